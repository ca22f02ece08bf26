"""DOCX files with one hiding place each, their parts written by hand.

Each builder takes the secret and gives a file that says it nowhere else.
"""

from __future__ import annotations

from screening.passages import Layer
from tests.screening import build_opc
from tests.screening.build_opc import (
    CHART,
    COMPATIBLE,
    DIAGRAM,
    DRAWING,
    MICROSOFT,
    OFFICE,
    OFFICE_VML,
    VML,
    Part,
    cached,
    chart,
    link,
    opc,
    png,
    xml,
)
from tests.screening.traps import SHOWN, Traps

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SPACES = " ".join(
    (
        f'xmlns:w="{_WORD}"', f'xmlns:r="{OFFICE}"', f'xmlns:a="{DRAWING}"', f'xmlns:c="{CHART}"',
        f'xmlns:mc="{COMPATIBLE}"', f'xmlns:v="{VML}"', f'xmlns:o="{OFFICE_VML}"',
        f'xmlns:dgm="{DIAGRAM}"', f'xmlns:w14="{MICROSOFT}/word/2010/wordml"',
        f'xmlns:w15="{MICROSOFT}/word/2012/wordml"',
        f'xmlns:wps="{MICROSOFT}/word/2010/wordprocessingShape"',
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
    )
)  # fmt: skip
_SIGN = 'w:author="x" w:date="2026-01-05T09:00:00Z"'
_T = Traps()
trap, TRAPS, EXPECTED = _T.trap, _T.builders, _T.expected


def run(text: str, look: str = "") -> str:
    """A run; `look` goes into its properties."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, look: str = "") -> str:
    """A paragraph."""
    properties = f"<w:pPr>{look}</w:pPr>" if look else ""
    return f"<w:p>{properties}{inside}</w:p>"


def table(*rows: str, look: str = "") -> str:
    """A table of rows."""
    return f'<w:tbl><w:tblPr>{look}<w:tblW w:w="0" w:type="auto"/></w:tblPr>{"".join(rows)}</w:tbl>'


def row(*cells: str, look: str = "") -> str:
    """A row of cells."""
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def cell(inside: str, look: str = "") -> str:
    """A cell; words become a paragraph."""
    content = inside if inside.startswith("<") else p(run(inside))
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


def part(root: str, inside: str) -> bytes:
    """A part in the language of Word."""
    return xml(f"<w:{root} {_SPACES}>{inside}</w:{root}>")


def story(name: str, root: str, kind: str, inside: str, id_: str = "") -> Part:
    """A part with words beside the body: header, notes, comments, styles, settings."""
    return Part(f"word/{name}.xml", part(root, inside), kind, f"{_TYPE}{kind}+xml", id=id_)


def docx(body: str = "", *parts: Part, styles: str = "", end: str = "") -> bytes:
    """A document with the line for everybody, then this body."""
    main = Part(
        "word/document.xml",
        part("document", f"<w:body>{p(run(SHOWN))}{body}<w:sectPr>{end}</w:sectPr></w:body>"),
        type=f"{_TYPE}document.main+xml",
    )
    sheet = [story("styles", "styles", "styles", styles)] if styles else []
    return opc(main, [*sheet, *parts])


# Looks: words that are printed in no way.


@trap("docx: 隐藏文字", Layer.HIDDEN_TEXT)
def _hidden(secret: str) -> bytes:
    return docx(p(run("前") + run(secret, "<w:vanish/>") + run("后")))


@trap("docx: 字符样式里的隐藏文字", Layer.HIDDEN_TEXT)
def _hidden_by_style(secret: str) -> bytes:
    styles = (
        '<w:style w:type="character" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="a"><w:basedOn w:val="base"/></w:style>'
    )
    return docx(p(run(secret, '<w:rStyle w:val="a"/>')), styles=styles)


@trap("docx: 段落样式里的隐藏文字", Layer.HIDDEN_TEXT)
def _hidden_by_paragraph_style(secret: str) -> bytes:
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
    return docx(p(run(secret), '<w:pStyle w:val="a"/>'), styles=styles)


@trap("docx: 白色文字", Layer.WHITE_TEXT)
def _white(secret: str) -> bytes:
    return docx(p(run(secret, '<w:color w:val="FFFFFF"/>')))


@trap("docx: 主题色里的白色文字", Layer.WHITE_TEXT)
def _white_of_theme(secret: str) -> bytes:
    return docx(p(run(secret, '<w:color w:val="auto" w:themeColor="background1"/>')))


@trap("docx: 和底纹同色的文字", Layer.WHITE_TEXT)
def _shaded(secret: str) -> bytes:
    look = '<w:color w:val="1F3864"/><w:shd w:val="clear" w:fill="1F3864"/>'
    return docx(p(run(secret, look)))


@trap("docx: 和突出显示同色的文字", Layer.WHITE_TEXT)
def _highlighted(secret: str) -> bytes:
    return docx(p(run(secret, '<w:color w:val="000000"/><w:highlight w:val="black"/>')))


@trap("docx: 极小的文字", Layer.WHITE_TEXT)
def _tiny(secret: str) -> bytes:
    return docx(p(run(secret, '<w:sz w:val="2"/>')))


@trap("docx: 全透明的文字", Layer.WHITE_TEXT)
def _transparent(secret: str) -> bytes:
    return docx(p(run(secret, "<w14:textFill><w14:noFill/></w14:textFill>")))


@trap("docx: 缩进到页面以外的文字", Layer.OUTSIDE_PAGE)
def _beside_page(secret: str) -> bytes:
    return docx(p(run(secret), '<w:ind w:left="-20000"/>'))


@trap("docx: 隐藏的表格行", Layer.HIDDEN_ROW)
def _hidden_row(secret: str) -> bytes:
    return docx(table(row(cell("甲")), row(cell(secret), look="<w:hidden/>")))


@trap("docx: 合并掉的单元格", Layer.HIDDEN_TEXT)
def _merged_away(secret: str) -> bytes:
    return docx(
        table(
            row(cell("甲", '<w:vMerge w:val="restart"/>')),
            row(cell(secret, "<w:vMerge/>")),
        )
    )


# Comments and revisions.


@trap("docx: 批注", Layer.COMMENT)
def _comment(secret: str) -> bytes:
    inside = f'<w:comment w:id="0" w:author="x">{p(run(secret))}</w:comment>'
    return docx(
        p(run("甲") + '<w:r><w:commentReference w:id="0"/></w:r>'),
        story("comments", "comments", "comments", inside),
    )


@trap("docx: 批注的作者", Layer.METADATA)
def _comment_author(secret: str) -> bytes:
    inside = f'<w:comment w:id="0" w:author="{secret}">{p(run("好"))}</w:comment>'
    return docx("", story("comments", "comments", "comments", inside))


@trap("docx: 审阅人名单", Layer.METADATA)
def _people(secret: str) -> bytes:
    content = xml(
        f'<w15:people {_SPACES}><w15:person w15:author="{secret}"><w15:presenceInfo '
        'w15:providerId="None" w15:userId="x"/></w15:person></w15:people>'
    )
    kind = f"{MICROSOFT}/2011/relationships/people"
    return docx("", Part("word/people.xml", content, kind, f"{_TYPE}people+xml"))


@trap("docx: 修订插入", Layer.INSERTED)
def _inserted(secret: str) -> bytes:
    return docx(p(run("甲") + f'<w:ins w:id="1" {_SIGN}>{run(secret)}</w:ins>'))


def deleted(text: str) -> str:
    """A deletion under revision."""
    return (
        f'<w:del w:id="1" {_SIGN}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
        "</w:del>"
    )


@trap("docx: 修订删除", Layer.DELETED)
def _deleted(secret: str) -> bytes:
    return docx(p(run("甲") + deleted(secret)))


@trap("docx: 删去一半的号码", Layer.DELETED)
def _half_deleted(secret: str) -> bytes:
    return docx(p(run(secret[:4]) + deleted(secret[4:9]) + run(secret[9:])))


@trap("docx: 移动前的文字", Layer.DELETED)
def _moved_from(secret: str) -> bytes:
    return docx(p(f'<w:moveFrom w:id="1" {_SIGN}>{run(secret)}</w:moveFrom>'))


@trap("docx: 移动后的文字", Layer.INSERTED)
def _moved_to(secret: str) -> bytes:
    return docx(p(f'<w:moveTo w:id="1" {_SIGN}>{run(secret)}</w:moveTo>'))


@trap("docx: 修订删除的表格行", Layer.DELETED)
def _deleted_row(secret: str) -> bytes:
    return docx(table(row(cell("甲")), row(cell(secret), look=f'<w:del w:id="1" {_SIGN}/>')))


@trap("docx: 修订人", Layer.METADATA)
def _reviser(secret: str) -> bytes:
    change = f'<w:pPrChange w:id="1" w:author="{secret}"><w:pPr/></w:pPrChange>'
    return docx(p(run("甲"), change))


# Beside the body.


@trap("docx: 脚注", Layer.NOTE)
def _footnote(secret: str) -> bytes:
    inside = f'<w:footnote w:id="2">{p(run(secret))}</w:footnote>'
    return docx(
        p(run("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        story("footnotes", "footnotes", "footnotes", inside),
    )


@trap("docx: 尾注", Layer.NOTE)
def _endnote(secret: str) -> bytes:
    inside = f'<w:endnote w:id="2">{p(run(secret))}</w:endnote>'
    return docx(
        p(run("甲") + '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        story("endnotes", "endnotes", "endnotes", inside),
    )


@trap("docx: 页眉", Layer.HEADER)
def _header(secret: str) -> bytes:
    return docx(
        "", story("header1", "hdr", "header", p(run(secret)), "rHead"),
        end='<w:headerReference w:type="default" r:id="rHead"/>',
    )  # fmt: skip


@trap("docx: 页脚", Layer.HEADER)
def _footer(secret: str) -> bytes:
    return docx(
        "", story("footer1", "ftr", "footer", p(run(secret)), "rFoot"),
        end='<w:footerReference w:type="default" r:id="rFoot"/>',
    )  # fmt: skip


@trap("docx: 脚注分隔符", Layer.HIDDEN_TEXT)
def _separator(secret: str) -> bytes:
    inside = f'<w:footnote w:type="continuationNotice" w:id="1">{p(run(secret))}</w:footnote>'
    return docx("", story("footnotes", "footnotes", "footnotes", inside))


@trap("docx: 无人引用的脚注", Layer.HIDDEN_TEXT)
def _unreferenced_footnote(secret: str) -> bytes:
    inside = f'<w:footnote w:id="7">{p(run(secret))}</w:footnote>'
    return docx("", story("footnotes", "footnotes", "footnotes", inside))


# Drawings.


def anchored(graphic: str, *, name: str = 'name="Text Box 1"', at: int = 0, uri: str = "") -> str:
    """A floating drawing."""
    return (
        '<w:r><w:drawing><wp:anchor behindDoc="0"><wp:positionH relativeFrom="page">'
        f"<wp:posOffset>{at}</wp:posOffset></wp:positionH>"
        '<wp:extent cx="914400" cy="914400"/>'
        f'<wp:docPr id="1" {name}/><a:graphic><a:graphicData uri="{uri}">{graphic}'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def text_box(text: str, look: str = "") -> str:
    """A shape of Word with words in it."""
    return (
        f"<wps:wsp><wps:spPr>{look}</wps:spPr><wps:txbx><w:txbxContent>{p(run(text))}"
        "</w:txbxContent></wps:txbx></wps:wsp>"
    )


@trap("docx: 文本框", Layer.TEXT_BOX)
def _text_box(secret: str) -> bytes:
    return docx(p(anchored(text_box(secret))))


@trap("docx: 旧式文本框", Layer.TEXT_BOX)
def _old_text_box(secret: str) -> bytes:
    shape = f"<v:shape><v:textbox><w:txbxContent>{p(run(secret))}</w:txbxContent></v:textbox>"
    return docx(p(f"<w:r><w:pict>{shape}</v:shape></w:pict></w:r>"))


@trap("docx: 艺术字", Layer.TEXT_BOX)
def _word_art(secret: str) -> bytes:
    shape = f'<v:shape><v:textpath string="{secret}"/></v:shape>'
    return docx(p(f"<w:r><w:pict>{shape}</w:pict></w:r>"))


@trap("docx: 旧版本程序才显示的内容", Layer.HIDDEN_TEXT)
def _fallback(secret: str) -> bytes:
    shape = f"<v:shape><v:textbox><w:txbxContent>{p(run(secret))}</w:txbxContent></v:textbox>"
    alternatives = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{anchored(text_box("甲"))[5:-6]}'
        f"</mc:Choice><mc:Fallback><w:pict>{shape}</v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    return docx(p(f"<w:r>{alternatives}</w:r>"))


@trap("docx: 页面以外的文本框", Layer.OUTSIDE_PAGE)
def _box_beside_page(secret: str) -> bytes:
    return docx(p(anchored(text_box(secret), at=-20_000_000)))


@trap("docx: 隐藏的图形", Layer.HIDDEN_TEXT)
def _hidden_shape(secret: str) -> bytes:
    return docx(p(anchored(text_box(secret), name='name="Text Box 1" hidden="1"')))


@trap("docx: 图片的替代文字", Layer.ALT_TEXT)
def _alt_text(secret: str) -> bytes:
    return docx(p(anchored("", name=f'name="Picture 1" descr="{secret}"')))


@trap("docx: 图形的名称", Layer.ALT_TEXT)
def _name_of_shape(secret: str) -> bytes:
    return docx(p(anchored("", name=f'name="{secret}"')))


@trap("docx: 图表的缓存", Layer.CACHE)
def _chart_cache(secret: str) -> bytes:
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return docx(
        p(anchored('<c:chart r:id="rChart"/>', uri=uri)),
        chart(cached(secret), "word/charts/chart1.xml"),
    )


@trap("docx: 智能图形", Layer.TEXT_BOX)
def _diagram(secret: str) -> bytes:
    model = xml(
        f"<dgm:dataModel {_SPACES}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>{secret}</a:t></a:r>"
        "</a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    )
    return docx(
        p(anchored('<dgm:relIds r:dm="rData"/>')),
        Part(
            "word/diagrams/data1.xml", model, "diagramData",
            "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml", id="rData",
        ),
    )  # fmt: skip


# Fields, links, controls.


def field(code: str, shown: str) -> str:
    """A field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@trap("docx: 域代码", Layer.FORMULA)
def _field_code(secret: str) -> bytes:
    return docx(p(field(f"DOCVARIABLE {secret}", "甲")))


@trap("docx: 简单域", Layer.FORMULA)
def _simple_field(secret: str) -> bytes:
    return docx(p(f'<w:fldSimple w:instr=" AUTHOR {secret} ">{run("甲")}</w:fldSimple>'))


@trap("docx: 域代码里的普通文字", Layer.FORMULA)
def _words_in_field_code(secret: str) -> bytes:
    quote = field("QUOTE", "甲")
    return docx(p(quote.replace("</w:instrText>", f"</w:instrText><w:t>{secret}</w:t>")))


@trap("docx: 超链接域", Layer.LINK)
def _link_field(secret: str) -> bytes:
    return docx(p(field(f'HYPERLINK "mailto:{secret}@example.org"', "联系我们")))


@trap("docx: 超链接", Layer.LINK)
def _hyperlink(secret: str) -> bytes:
    return docx(
        p(f'<w:hyperlink r:id="rLink">{run("联系我们")}</w:hyperlink>'),
        link(f"file:///C:/Users/{secret}/a.docx", "hyperlink", "rLink"),
    )


@trap("docx: 超链接的提示", Layer.LINK)
def _tooltip(secret: str) -> bytes:
    return docx(p(f'<w:hyperlink w:anchor="a" w:tooltip="{secret}">{run("甲")}</w:hyperlink>'))


def control(look: str) -> str:
    """A content control with a word in it."""
    content = f"<w:sdtContent>{p(run('甲'))}</w:sdtContent>"
    return f"<w:sdt><w:sdtPr>{look}</w:sdtPr>{content}</w:sdt>"


@trap("docx: 内容控件的选项", Layer.VALIDATION)
def _choices(secret: str) -> bytes:
    look = f'<w:dropDownList><w:listItem w:displayText="{secret}" w:value="1"/></w:dropDownList>'
    return docx(control(look))


@trap("docx: 内容控件的标题", Layer.METADATA)
def _control_title(secret: str) -> bytes:
    look = f'<w:alias w:val="{secret}"/>'
    return docx(control(look))


@trap("docx: 表单域的帮助文字", Layer.HIDDEN_TEXT)
def _form_help(secret: str) -> bytes:
    data = f'<w:ffData><w:helpText w:type="text" w:val="{secret}"/></w:ffData>'
    return docx(p(field("FORMTEXT", "甲").replace('"begin"/>', f'"begin">{data}</w:fldChar>', 1)))


# Properties and parts.


@trap("docx: 作者", Layer.METADATA)
def _author(secret: str) -> bytes:
    return docx("", build_opc.core(f"<dc:creator>{secret}</dc:creator>"))


@trap("docx: 单位", Layer.METADATA)
def _company(secret: str) -> bytes:
    return docx("", build_opc.app(f"<Company>{secret}</Company>"))


@trap("docx: 自定义属性", Layer.METADATA)
def _own_property(secret: str) -> bytes:
    inside = f'<property pid="2" name="a"><vt:lpwstr>{secret}</vt:lpwstr></property>'
    return docx("", build_opc.own_properties(inside))


@trap("docx: 自定义 XML", Layer.METADATA)
def _own_xml(secret: str) -> bytes:
    return docx("", build_opc.own_xml(secret))


@trap("docx: 文档变量", Layer.METADATA)
def _variable(secret: str) -> bytes:
    inside = f'<w:docVars><w:docVar w:name="a" w:val="{secret}"/></w:docVars>'
    return docx("", story("settings", "settings", "settings", inside))


@trap("docx: 附加的模板", Layer.LINK)
def _template(secret: str) -> bytes:
    return docx(
        "", story("settings", "settings", "settings", '<w:attachedTemplate r:id="rT"/>'),
        link(f"file:///C:/Users/{secret}/a.dotx", "attachedTemplate", "rT", "word/settings.xml"),
    )  # fmt: skip


@trap("docx: 自定义样式的名称", Layer.METADATA)
def _name_of_style(secret: str) -> bytes:
    style = f'<w:style w:customStyle="1" w:styleId="a"><w:name w:val="{secret}"/></w:style>'
    return docx(styles=style)


@trap("docx: 项目编号里的文字", Layer.VISIBLE)
def _numbering(secret: str) -> bytes:
    inside = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{secret}%1."/>'
        "</w:lvl></w:abstractNum>"
    )
    return docx("", story("numbering", "numbering", "numbering", inside))


@trap("docx: 文档部件", Layer.HIDDEN_TEXT)
def _building_block(secret: str) -> bytes:
    block = (
        f"<w:docParts><w:docPart><w:docPartBody>{p(run(secret))}</w:docPartBody></w:docPart>"
        "</w:docParts>"
    )
    content = part("glossaryDocument", block)
    kind = "glossaryDocument"
    return docx(
        "", Part("word/glossary/document.xml", content, kind, f"{_TYPE}document.glossary+xml")
    )


@trap("docx: 嵌入的其他文档", Layer.ATTACHMENT)
def _chunk(secret: str) -> bytes:
    page = f"<html><body><p>{secret}</p></body></html>".encode()
    return docx(
        '<w:altChunk r:id="rChunk"/>',
        Part("word/chunk.html", page, "aFChunk", "text/html", id="rChunk"),
    )


@trap("docx: 内嵌的工作簿", Layer.ATTACHMENT)
def _package(secret: str) -> bytes:
    from tests.screening.samples import xlsx_parts, zipped

    book = zipped(xlsx_parts(secret))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return docx(
        p('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="rBook"/></w:object></w:r>'),
        Part("word/embeddings/book.xlsx", book, "package", kind, id="rBook"),
    )


@trap("docx: 内嵌的 OLE 对象", Layer.ATTACHMENT)
def _ole(secret: str) -> bytes:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + secret.encode("utf-16-le")
    return docx(
        p('<w:r><w:object><o:OLEObject ProgID="Package" r:id="rOle"/></w:object></w:r>'),
        Part(
            "word/embeddings/oleObject1.bin", content, "oleObject",
            "application/vnd.openxmlformats-officedocument.oleObject", id="rOle",
        ),
    )  # fmt: skip


@trap("docx: 图片里的说明", Layer.ATTACHMENT)
def _picture(secret: str) -> bytes:
    graphic = '<pic:pic><pic:blipFill><a:blip r:embed="rPic"/></pic:blipFill></pic:pic>'
    return docx(
        p(anchored(graphic)),
        Part("word/media/image1.png", png(secret), "image", "image/png", id="rPic"),
    )


@trap("docx: 缩略图", Layer.ATTACHMENT)
def _thumbnail(secret: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    return docx("", Part("docProps/thumbnail.png", png(secret), kind, "image/png", "/"))


@trap("docx: 邮件合并的数据源", Layer.METADATA)
def _mail_merge(secret: str) -> bytes:
    inside = f'<w:mailMerge><w:query w:val="{secret}"/></w:mailMerge>'
    return docx("", story("settings", "settings", "settings", inside))


@trap("docx: 无人引用的部件", Layer.EARLIER_VERSION)
def _orphan(secret: str) -> bytes:
    content = part("document", f"<w:body>{p(run(secret))}</w:body>")
    return docx("", Part("word/document2.xml", content, type=f"{_TYPE}document.main+xml"))


@trap("docx: 不认识的元素", Layer.HIDDEN_TEXT)
def _unknown_element(secret: str) -> bytes:
    return docx(f'<x:own xmlns:x="urn:own">{secret}</x:own>')


@trap("docx: 不认识的属性", Layer.METADATA)
def _unknown_attribute(secret: str) -> bytes:
    return docx(p(f'<w:r xmlns:x="urn:own" x:own="{secret}"><w:t>甲</w:t></w:r>'))
