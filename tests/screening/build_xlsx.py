"""XLSX files with one hiding place each, their parts written by hand.

Each builder takes the secret and gives a file that says it nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from screening.passages import Layer
from tests.screening import build_opc
from tests.screening.build_opc import (
    COMPATIBLE,
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

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_VND = "application/vnd.openxmlformats-officedocument."
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_SPACES = " ".join(
    (
        f'xmlns="{_SHEET}"', f'xmlns:r="{OFFICE}"', f'xmlns:mc="{COMPATIBLE}"',
        f'xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main"',
        f'xmlns:xm="{MICROSOFT}/excel/2006/main"',
    )
)  # fmt: skip
ONE = "xl/worksheets/sheet1.xml"
_PIVOT_CACHE = "xl/pivotCache/definition1.xml"
_T = Traps()
trap, TRAPS, EXPECTED = _T.trap, _T.builders, _T.expected

_STYLES = """<styleSheet xmlns="{space}">{formats}<fonts>
<font><sz val="11"/><color theme="1"/><name val="Calibri"/></font>{font}</fonts>
<fills><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill>{fill}</fills>
<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>
<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/>{look}</cellXfs>
<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/>{named}</cellStyles></styleSheet>"""


def words(ref: str, text: str, look: str = "") -> str:
    """A cell that keeps its words itself."""
    return f'<c r="{ref}" t="inlineStr"{look}><is><t>{text}</t></is></c>'


def number(ref: str, value: str, look: str = "") -> str:
    """A cell with a number."""
    return f'<c r="{ref}"{look}><v>{value}</v></c>'


def row(at: int, *cells: str, look: str = "") -> str:
    """A row of cells."""
    return f'<row r="{at}"{look}>{"".join(cells)}</row>'


def styles(
    *, font: str = "", fill: str = "", formats: str = "", look: str = "", named: str = ""
) -> Part:
    """Styles of which the second is special."""
    text = _STYLES.format(
        space=_SHEET, font=font, fill=fill, formats=formats, look=look, named=named
    )
    return Part("xl/styles.xml", xml(text), "styles", f"{_TYPE}styles+xml")


@dataclass(slots=True)
class Sheet:
    """What goes into a sheet: rows, and elements before and behind them."""

    rows: str = ""
    before: str = ""
    after: str = ""
    name: str = "汇总"
    state: str = ""
    parts: list[Part] = field(default_factory=list)

    def xml(self) -> bytes:
        """The part of the sheet; the line for everybody is in its first cell."""
        first = row(1, words("A1", SHOWN))
        return xml(
            f"<worksheet {_SPACES}>{self.before}<sheetData>{first}{self.rows}</sheetData>"
            f"{self.after}</worksheet>"
        )


def xlsx(*sheets: Sheet, book: str = "", parts: tuple[Part, ...] = ()) -> bytes:
    """A workbook of these sheets; `book` stands behind the list of sheets."""
    listed = ""
    every: list[Part] = []
    for at, sheet in enumerate(sheets or (Sheet(),), start=1):
        state = f' state="{sheet.state}"' if sheet.state else ""
        listed += f'<sheet name="{sheet.name}" sheetId="{at}"{state} r:id="rSheet{at}"/>'
        name = f"xl/worksheets/sheet{at}.xml"
        every.append(
            Part(name, sheet.xml(), "worksheet", f"{_TYPE}worksheet+xml", id=f"rSheet{at}")
        )
        every += sheet.parts
    main = Part(
        "xl/workbook.xml", xml(f"<workbook {_SPACES}><sheets>{listed}</sheets>{book}</workbook>"),
        type=f"{_TYPE}sheet.main+xml",
    )  # fmt: skip
    return opc(main, [*every, *parts])


def beside(name: str, root: str, kind: str, inside: str, type_: str = "", id_: str = "") -> Part:
    """A part that hangs on the first sheet."""
    content = xml(f"<{root} {_SPACES}>{inside}</{root}>")
    return Part(f"xl/{name}.xml", content, kind, f"{_TYPE}{type_ or kind}+xml", ONE, id_)


def of_book(name: str, root: str, kind: str, inside: str) -> Part:
    """A part that hangs on the workbook."""
    content = xml(f"<{root} {_SPACES}>{inside}</{root}>")
    return Part(f"xl/{name}.xml", content, kind, f"{_TYPE}{kind}+xml")


# Rows, columns, sheets.


@trap("xlsx: 隐藏行", Layer.HIDDEN_ROW)
def _hidden_row(secret: str) -> bytes:
    return xlsx(Sheet(row(2, words("A2", secret), look=' hidden="1"')))


@trap("xlsx: 零高的行", Layer.HIDDEN_ROW)
def _flat_row(secret: str) -> bytes:
    return xlsx(Sheet(row(2, words("A2", secret), look=' ht="0" customHeight="1"')))


@trap("xlsx: 隐藏列", Layer.HIDDEN_COLUMN)
def _hidden_column(secret: str) -> bytes:
    cols = '<cols><col min="2" max="4" width="9" hidden="1"/></cols>'
    return xlsx(Sheet(row(2, words("C2", secret)), cols))


@trap("xlsx: 零宽的列", Layer.HIDDEN_COLUMN)
def _narrow_column(secret: str) -> bytes:
    cols = '<cols><col min="3" max="3" width="0" customWidth="1"/></cols>'
    return xlsx(Sheet(row(2, words("C2", secret)), cols))


@trap("xlsx: 收起的分组列", Layer.HIDDEN_COLUMN)
def _folded_columns(secret: str) -> bytes:
    cols = '<cols><col min="3" max="16384" width="9" outlineLevel="1" hidden="1"/></cols>'
    return xlsx(Sheet(row(2, words("XFD2", secret)), cols))


@trap("xlsx: 筛选掉的行", Layer.FILTERED_ROW)
def _filtered_row(secret: str) -> bytes:
    rows = row(2, words("A2", "甲")) + row(3, words("A3", secret), look=' hidden="1"')
    after = (
        '<autoFilter ref="A1:A3"><filterColumn colId="0"><filters><filter val="甲"/></filters>'
        "</filterColumn></autoFilter>"
    )
    return xlsx(Sheet(rows, after=after))


@trap("xlsx: 筛选条件", Layer.FILTERED_ROW)
def _filter(secret: str) -> bytes:
    after = (
        f'<autoFilter ref="A1:A3"><filterColumn colId="0"><filters><filter val="{secret}"/>'
        "</filters></filterColumn></autoFilter>"
    )
    return xlsx(Sheet(after=after))


@trap("xlsx: 隐藏工作表", Layer.HIDDEN_SHEET)
def _hidden_sheet(secret: str) -> bytes:
    return xlsx(Sheet(), Sheet(row(2, words("A2", secret)), name="底表", state="hidden"))


@trap("xlsx: 深度隐藏的工作表", Layer.HIDDEN_SHEET)
def _very_hidden_sheet(secret: str) -> bytes:
    return xlsx(Sheet(), Sheet(row(2, words("A2", secret)), name="底表", state="veryHidden"))


@trap("xlsx: 隐藏工作表的名称", Layer.HIDDEN_SHEET)
def _name_of_hidden_sheet(secret: str) -> bytes:
    return xlsx(Sheet(), Sheet(name=secret, state="hidden"))


# Looks.


@trap("xlsx: 白色文字", Layer.WHITE_TEXT)
def _white(secret: str) -> bytes:
    font = '<font><color rgb="FFFFFFFF"/></font>'
    look = '<xf numFmtId="0" fontId="1" fillId="0" applyFont="1"/>'
    sheet = Sheet(row(2, words("A2", secret, ' s="1"')))
    return xlsx(sheet, parts=(styles(font=font, look=look),))


@trap("xlsx: 主题色里的白色文字", Layer.WHITE_TEXT)
def _white_of_theme(secret: str) -> bytes:
    font = '<font><color theme="0"/></font>'
    look = '<xf numFmtId="0" fontId="1" fillId="0" applyFont="1"/>'
    sheet = Sheet(row(2, words("A2", secret, ' s="1"')))
    return xlsx(sheet, parts=(styles(font=font, look=look),))


@trap("xlsx: 和填充同色的文字", Layer.WHITE_TEXT)
def _shaded(secret: str) -> bytes:
    font = '<font><color rgb="FF1F3864"/></font>'
    fill = '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill>'
    look = '<xf numFmtId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/>'
    sheet = Sheet(row(2, words("A2", secret, ' s="1"')))
    return xlsx(sheet, parts=(styles(font=font, fill=fill, look=look),))


@trap("xlsx: 三个分号的格式", Layer.WHITE_TEXT)
def _no_format(secret: str) -> bytes:
    formats = '<numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts>'
    look = '<xf numFmtId="164" fontId="0" fillId="0" applyNumberFormat="1"/>'
    sheet = Sheet(row(2, words("A2", secret, ' s="1"')))
    return xlsx(sheet, parts=(styles(formats=formats, look=look),))


@trap("xlsx: 富文本里的白色文字", Layer.WHITE_TEXT)
def _white_run(secret: str) -> bytes:
    rich = (
        '<c r="A2" t="inlineStr"><is><r><t>甲</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr>'
        f"<t>{secret}</t></r></is></c>"
    )
    return xlsx(Sheet(row(2, rich)))


@trap("xlsx: 拼音", Layer.HIDDEN_TEXT)
def _phonetic(secret: str) -> bytes:
    rich = f'<c r="A2" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>{secret}</t></rPh></is></c>'
    return xlsx(Sheet(row(2, rich)))


@trap("xlsx: 合并掉的单元格", Layer.HIDDEN_TEXT)
def _merged_away(secret: str) -> bytes:
    rows = row(2, words("A2", "甲"), words("B2", secret))
    return xlsx(Sheet(rows, after='<mergeCells><mergeCell ref="A2:C3"/></mergeCells>'))


@trap("xlsx: 没有单元格使用的字符串", Layer.EARLIER_VERSION)
def _left_over_string(secret: str) -> bytes:
    strings = f"<si><t>甲</t></si><si><t>{secret}</t></si>"
    sheet = Sheet(row(2, '<c r="A2" t="s"><v>0</v></c>'))
    return xlsx(sheet, parts=(of_book("sharedStrings", "sst", "sharedStrings", strings),))


@trap("xlsx: 数字格式里的文字", Layer.VISIBLE)
def _words_in_format(secret: str) -> bytes:
    code = f"&quot;{secret}&quot;0"
    formats = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
    return xlsx(parts=(styles(formats=formats),))


# Comments and revisions.


@trap("xlsx: 批注", Layer.COMMENT)
def _comment(secret: str) -> bytes:
    inside = (
        "<authors><author>x</author></authors><commentList>"
        f'<comment ref="A1" authorId="0"><text><r><t>{secret}</t></r></text></comment>'
        "</commentList>"
    )
    return xlsx(Sheet(parts=[beside("comments1", "comments", "comments", inside)]))


@trap("xlsx: 批注的作者", Layer.METADATA)
def _comment_author(secret: str) -> bytes:
    inside = f"<authors><author>{secret}</author></authors><commentList/>"
    return xlsx(Sheet(parts=[beside("comments1", "comments", "comments", inside)]))


@trap("xlsx: 会话批注", Layer.COMMENT)
def _thread(secret: str) -> bytes:
    space = f"{MICROSOFT}/office/spreadsheetml/2018/threadedcomments"
    content = xml(
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="A1" id="x"><text>{secret}</text>'
        "</threadedComment></ThreadedComments>"
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    type_ = "application/vnd.ms-excel.threadedcomments+xml"
    part = Part("xl/threadedComments/threadedComment1.xml", content, kind, type_, ONE)
    return xlsx(Sheet(parts=[part]))


@trap("xlsx: 会话批注的人员", Layer.METADATA)
def _person(secret: str) -> bytes:
    space = f"{MICROSOFT}/office/spreadsheetml/2018/threadedcomments"
    content = xml(
        f'<personList xmlns="{space}"><person displayName="{secret}" id="x" userId="y"/>'
        "</personList>"
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/person"
    type_ = "application/vnd.ms-excel.person+xml"
    return xlsx(parts=(Part("xl/persons/person.xml", content, kind, type_),))


@trap("xlsx: 共享工作簿的修订", Layer.EARLIER_VERSION)
def _revision(secret: str) -> bytes:
    headers = of_book("revisions/revisionHeaders", "headers", "revisionHeaders", "")
    inside = f'<rcc rId="1" sId="1"><oc r="A1" t="inlineStr"><is><t>{secret}</t></is></oc></rcc>'
    log = Part(
        "xl/revisions/revisionLog1.xml", xml(f"<revisions {_SPACES}>{inside}</revisions>"),
        "revisionLog", f"{_TYPE}revisionLog+xml", "xl/revisions/revisionHeaders.xml",
    )  # fmt: skip
    return xlsx(parts=(headers, log))


@trap("xlsx: 修订人", Layer.METADATA)
def _reviser(secret: str) -> bytes:
    inside = f'<header guid="x" userName="{secret}" r:id="r1"/>'
    return xlsx(parts=(of_book("revisions/revisionHeaders", "headers", "revisionHeaders", inside),))


@trap("xlsx: 方案", Layer.HIDDEN_TEXT)
def _scenario(secret: str) -> bytes:
    inside = f'<scenario name="a" user="x"><inputCells r="A1" val="{secret}"/></scenario>'
    return xlsx(Sheet(after=f"<scenarios>{inside}</scenarios>"))


# Formulas, names, caches.


@trap("xlsx: 公式", Layer.FORMULA)
def _formula(secret: str) -> bytes:
    cell = f'<c r="A2" t="str"><f>IF(TRUE,"甲","{secret}")</f><v>甲</v></c>'
    return xlsx(Sheet(row(2, cell)))


@trap("xlsx: 条件格式的公式", Layer.FORMULA)
def _condition(secret: str) -> bytes:
    rule = f'<cfRule type="expression" priority="1"><formula>A1="{secret}"</formula></cfRule>'
    after = f'<conditionalFormatting sqref="A1">{rule}</conditionalFormatting>'
    return xlsx(Sheet(after=after))


@trap("xlsx: 隐藏的名称", Layer.DEFINED_NAME)
def _hidden_name(secret: str) -> bytes:
    name = f'<definedName name="a" hidden="1">"{secret}"</definedName>'
    return xlsx(book=f"<definedNames>{name}</definedNames>")


@trap("xlsx: 名称的说明", Layer.DEFINED_NAME)
def _comment_of_name(secret: str) -> bytes:
    name = f'<definedName name="a" comment="{secret}">汇总!$A$1</definedName>'
    return xlsx(book=f"<definedNames>{name}</definedNames>")


@trap("xlsx: 数据有效性的选项", Layer.VALIDATION)
def _choices(secret: str) -> bytes:
    formula = f'<formula1>"甲,{secret}"</formula1>'
    inside = f'<dataValidation type="list" sqref="A1">{formula}</dataValidation>'
    return xlsx(Sheet(after=f"<dataValidations>{inside}</dataValidations>"))


@trap("xlsx: 数据有效性的提示", Layer.VALIDATION)
def _prompt(secret: str) -> bytes:
    inside = f'<dataValidation type="whole" prompt="{secret}" sqref="A1"/>'
    return xlsx(Sheet(after=f"<dataValidations>{inside}</dataValidations>"))


@trap("xlsx: 扩展的数据有效性", Layer.VALIDATION)
def _far_choices(secret: str) -> bytes:
    inside = (
        '<x14:dataValidations><x14:dataValidation type="list"><x14:formula1><xm:f>'
        f'"{secret}"</xm:f></x14:formula1></x14:dataValidation></x14:dataValidations>'
    )
    return xlsx(Sheet(after=f'<extLst><ext uri="x">{inside}</ext></extLst>'))


def pivot(definition: str, records: str = "") -> tuple[Part, ...]:
    """A cache of a pivot table."""
    kind = "pivotCacheDefinition"
    first = of_book("pivotCache/definition1", kind, kind, definition)
    if not records:
        return (first,)
    content = xml(f"<pivotCacheRecords {_SPACES}>{records}</pivotCacheRecords>")
    type_ = f"{_TYPE}pivotCacheRecords+xml"
    name = "xl/pivotCache/records1.xml"
    return (first, Part(name, content, "pivotCacheRecords", type_, _PIVOT_CACHE))


@trap("xlsx: 数据透视表缓存的记录", Layer.CACHE)
def _pivot_records(secret: str) -> bytes:
    return xlsx(parts=pivot("", f'<r><s v="{secret}"/></r>'))


@trap("xlsx: 数据透视表缓存的项", Layer.CACHE)
def _pivot_items(secret: str) -> bytes:
    fields = f'<cacheField name="a"><sharedItems><s v="{secret}"/></sharedItems></cacheField>'
    return xlsx(parts=pivot(f"<cacheFields>{fields}</cacheFields>"))


@trap("xlsx: 外部链接的缓存", Layer.CACHE)
def _external_cache(secret: str) -> bytes:
    data = (
        '<externalBook r:id="rOut"><sheetNames><sheetName val="a"/></sheetNames><sheetDataSet>'
        f'<sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{secret}</v></cell></row>'
        "</sheetData></sheetDataSet></externalBook>"
    )
    kind = "externalLink"
    return xlsx(parts=(of_book("externalLinks/externalLink1", kind, kind, data),))


@trap("xlsx: 外部链接的路径", Layer.LINK)
def _external_path(secret: str) -> bytes:
    part = of_book(
        "externalLinks/externalLink1", "externalLink", "externalLink",
        '<externalBook r:id="rOut"/>',
    )  # fmt: skip
    path = link(f"file:///D:/{secret}/a.xlsx", "externalLinkPath", "rOut", part.name)
    return xlsx(parts=(part, path))


@trap("xlsx: 数据连接", Layer.METADATA)
def _connection(secret: str) -> bytes:
    source = f'<dbPr connection="User={secret};" command="b"/>'
    inside = f'<connection id="1" name="a">{source}</connection>'
    return xlsx(parts=(of_book("connections", "connections", "connections", inside),))


@trap("xlsx: 切片器的项", Layer.CACHE)
def _slicer(secret: str) -> bytes:
    inside = f'<data><olap><levels><level sourceCaption="{secret}"/></levels></olap></data>'
    space = f"{MICROSOFT}/spreadsheetml/2009/9/main"
    content = xml(f'<slicerCacheDefinition xmlns="{space}">{inside}</slicerCacheDefinition>')
    kind = f"{MICROSOFT}/2007/relationships/slicerCache"
    type_ = "application/vnd.ms-excel.slicerCache+xml"
    return xlsx(parts=(Part("xl/slicerCaches/slicerCache1.xml", content, kind, type_),))


# Drawings, headers, links.


def drawing(inside: str, *parts: Part) -> list[Part]:
    """The drawing of the first sheet, and what hangs on it."""
    content = xml(
        f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{DRAWING}" xmlns:r="{OFFICE}">'
        f"<xdr:twoCellAnchor>{inside}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    type_ = f"{_VND}drawing+xml"
    return [Part("xl/drawings/drawing1.xml", content, "drawing", type_, ONE, "rDraw"), *parts]


def shape(text: str, name: str = 'name="TextBox 1"') -> str:
    """A shape with words in it."""
    return (
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" {name}/></xdr:nvSpPr><xdr:spPr/><xdr:txBody>'
        f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


@trap("xlsx: 文本框", Layer.TEXT_BOX)
def _text_box(secret: str) -> bytes:
    return xlsx(Sheet(after='<drawing r:id="rDraw"/>', parts=drawing(shape(secret))))


@trap("xlsx: 隐藏的图形", Layer.HIDDEN_TEXT)
def _hidden_shape(secret: str) -> bytes:
    hidden = shape(secret, 'name="TextBox 1" hidden="1"')
    return xlsx(Sheet(after='<drawing r:id="rDraw"/>', parts=drawing(hidden)))


@trap("xlsx: 替代文字", Layer.ALT_TEXT)
def _alt_text(secret: str) -> bytes:
    named = shape("甲", f'name="TextBox 1" descr="{secret}"')
    return xlsx(Sheet(after='<drawing r:id="rDraw"/>', parts=drawing(named)))


@trap("xlsx: 旧式图形", Layer.TEXT_BOX)
def _old_shape(secret: str) -> bytes:
    content = xml(
        f'<xml xmlns:v="{VML}" xmlns:o="{OFFICE_VML}"><v:shape><v:textbox><div><font>{secret}'
        "</font></div></v:textbox></v:shape></xml>"
    )
    part = Part(
        "xl/drawings/vmlDrawing1.vml", content, "vmlDrawing",
        "application/vnd.openxmlformats-officedocument.vmlDrawing", ONE,
    )  # fmt: skip
    return xlsx(Sheet(parts=[part]))


@trap("xlsx: 图表的缓存", Layer.CACHE)
def _chart_cache(secret: str) -> bytes:
    of = "xl/drawings/drawing1.xml"
    parts = drawing("", chart(cached(secret), "xl/charts/chart1.xml", of))
    return xlsx(Sheet(after='<drawing r:id="rDraw"/>', parts=parts))


@trap("xlsx: 图片里的说明", Layer.ATTACHMENT)
def _picture(secret: str) -> bytes:
    of = "xl/drawings/drawing1.xml"
    picture = Part("xl/media/image1.png", png(secret), "image", "image/png", of)
    return xlsx(Sheet(after='<drawing r:id="rDraw"/>', parts=drawing("", picture)))


@trap("xlsx: 页眉", Layer.HEADER)
def _header(secret: str) -> bytes:
    words = f'&amp;L&amp;"宋体,Bold"{secret}&amp;C&amp;P'
    return xlsx(Sheet(after=f"<headerFooter><oddHeader>{words}</oddHeader></headerFooter>"))


@trap("xlsx: 超链接", Layer.LINK)
def _hyperlink(secret: str) -> bytes:
    target = link(f"file:///D:/{secret}/a.xlsx", "hyperlink", "rLink", ONE)
    after = '<hyperlinks><hyperlink ref="A1" r:id="rLink"/></hyperlinks>'
    return xlsx(Sheet(after=after, parts=[target]))


@trap("xlsx: 超链接的提示", Layer.LINK)
def _tooltip(secret: str) -> bytes:
    after = f'<hyperlinks><hyperlink ref="A1" location="A1" tooltip="{secret}"/></hyperlinks>'
    return xlsx(Sheet(after=after))


# Files inside, properties, everything else.


@trap("xlsx: 内嵌的文档", Layer.ATTACHMENT)
def _package(secret: str) -> bytes:
    from tests.screening.samples import docx_parts, zipped

    letter = zipped(docx_parts(secret))
    kind = f"{_VND}wordprocessingml.document"
    part = Part("xl/embeddings/letter.docx", letter, "package", kind, ONE, "rIn")
    after = '<oleObjects><oleObject progId="Word.Document.12" r:id="rIn"/></oleObjects>'
    return xlsx(Sheet(after=after, parts=[part]))


@trap("xlsx: 内嵌的 OLE 对象", Layer.ATTACHMENT)
def _ole(secret: str) -> bytes:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + secret.encode("utf-16-le")
    part = Part(
        "xl/embeddings/oleObject1.bin", content, "oleObject", f"{_VND}oleObject", ONE, "rIn"
    )
    after = '<oleObjects><oleObject progId="Package" r:id="rIn"/></oleObjects>'
    return xlsx(Sheet(after=after, parts=[part]))


@trap("xlsx: 打印机设置", Layer.METADATA)
def _printer(secret: str) -> bytes:
    content = f"\\\\server\\{secret}".encode("utf-16-le") + bytes(64)
    type_ = f"{_TYPE}printerSettings"
    part = Part("xl/printerSettings/printerSettings1.bin", content, "printerSettings", type_, ONE)
    return xlsx(Sheet(parts=[part]))


@trap("xlsx: 作者", Layer.METADATA)
def _author(secret: str) -> bytes:
    return xlsx(parts=(build_opc.core(f"<dc:creator>{secret}</dc:creator>"),))


@trap("xlsx: 单位", Layer.METADATA)
def _company(secret: str) -> bytes:
    return xlsx(parts=(build_opc.app(f"<Company>{secret}</Company>"),))


@trap("xlsx: 自定义属性", Layer.METADATA)
def _own_property(secret: str) -> bytes:
    inside = f'<property pid="2" name="a"><vt:lpwstr>{secret}</vt:lpwstr></property>'
    return xlsx(parts=(build_opc.own_properties(inside),))


@trap("xlsx: 自定义 XML", Layer.METADATA)
def _own_xml(secret: str) -> bytes:
    return xlsx(parts=(build_opc.own_xml(secret),))


@trap("xlsx: 文件的绝对路径", Layer.METADATA)
def _path(secret: str) -> bytes:
    space = f"{MICROSOFT}/spreadsheetml/2010/11/ac"
    return xlsx(book=f'<x15ac:absPath xmlns:x15ac="{space}" url="C:\\Users\\{secret}\\"/>')


@trap("xlsx: 自定义样式的名称", Layer.METADATA)
def _name_of_style(secret: str) -> bytes:
    return xlsx(parts=(styles(named=f'<cellStyle name="{secret}" xfId="0"/>'),))


@trap("xlsx: 无人引用的工作表", Layer.EARLIER_VERSION)
def _orphan(secret: str) -> bytes:
    content = Sheet(row(2, words("A2", secret))).xml()
    return xlsx(parts=(Part("xl/worksheets/sheet9.xml", content, type=f"{_TYPE}worksheet+xml"),))


@trap("xlsx: 不认识的元素", Layer.METADATA)
def _unknown_element(secret: str) -> bytes:
    return xlsx(Sheet(after=f'<x:own xmlns:x="urn:own">{secret}</x:own>'))


@trap("xlsx: 不认识的属性", Layer.METADATA)
def _unknown_attribute(secret: str) -> bytes:
    return xlsx(Sheet(row(2, words("A2", "甲"), look=f' xmlns:x="urn:own" x:own="{secret}"')))
