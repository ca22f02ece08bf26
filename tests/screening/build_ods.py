"""ODS files with one hiding place each, their parts written by hand.

Each builder takes the secret and gives a file that says it nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping

from screening.passages import Layer
from tests.screening.build_opc import png, xml
from tests.screening.samples import zipped
from tests.screening.traps import SHOWN, Traps

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    [
        *(
            f'xmlns:{name}="{_ODF}{uri}:1.0"'
            for name, uri in (
                ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
                ("draw", "drawing"), ("meta", "meta"), ("script", "script"), ("form", "form"),
                ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("number", "datastyle"),
                ("config", "config"), ("chart", "chart"),
            )
        ),
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)  # fmt: skip
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_T = Traps()
trap, TRAPS, EXPECTED = _T.trap, _T.builders, _T.expected


def cell(text: str = "", look: str = "", inside: str = "") -> str:
    """A cell with a line of words."""
    line = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="string"{look}>{inside}{line}</table:table-cell>'


def row(*cells: str, look: str = "") -> str:
    """A row of cells."""
    return f"<table:table-row{look}>{''.join(cells)}</table:table-row>"


def sheet(inside: str, name: str = "汇总", look: str = "") -> str:
    """A sheet."""
    return f'<table:table table:name="{name}"{look}>{inside}</table:table>'


def style(name: str, family: str, properties: str) -> str:
    """A style of a cell, row, column or sheet."""
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


def content(spreadsheet: str, styles: str = "", before: str = "") -> bytes:
    """The part with the sheets."""
    return xml(
        f"<office:document-content {_SPACES}>{before}<office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{spreadsheet}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def ods(
    rows: str = "", *more: str, styles: str = "", columns: str = "", before: str = "",
    parts: Mapping[str, bytes] | None = None, look: str = "",
) -> bytes:  # fmt: skip
    """A sheet with the line for everybody and these rows, more sheets and whatever follows."""
    first = sheet(f"{columns}{row(cell(SHOWN))}{rows}", look=look)
    files = {
        "mimetype": _MIME.encode(),
        "content.xml": content(first + "".join(more), styles, before),
        **(parts or {}),
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type=""/>'
        for name in files
        if name != "mimetype"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0">{entries}'
    return zipped({**files, "META-INF/manifest.xml": xml(f"{manifest}</manifest:manifest>")})


def part(root: str, inside: str) -> bytes:
    """A part beside the content: styles, meta, settings."""
    return xml(f"<office:document-{root} {_SPACES}>{inside}</office:document-{root}>")


# Rows, columns, sheets.


@trap("ods: 隐藏行", Layer.HIDDEN_ROW)
def _hidden_row(secret: str) -> bytes:
    return ods(row(cell(secret), look=' table:visibility="collapse"'))


@trap("ods: 零高的行", Layer.HIDDEN_ROW)
def _flat_row(secret: str) -> bytes:
    flat = style("r1", "table-row", '<style:table-row-properties style:row-height="0cm"/>')
    return ods(row(cell(secret), look=' table:style-name="r1"'), styles=flat)


@trap("ods: 收起的分组行", Layer.HIDDEN_ROW)
def _folded_rows(secret: str) -> bytes:
    rows = row(cell(secret))
    return ods(f'<table:table-row-group table:display="false">{rows}</table:table-row-group>')


@trap("ods: 筛选掉的行", Layer.FILTERED_ROW)
def _filtered_row(secret: str) -> bytes:
    return ods(row(cell(secret), look=' table:visibility="filter"'))


@trap("ods: 隐藏列", Layer.HIDDEN_COLUMN)
def _hidden_column(secret: str) -> bytes:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    return ods(row(cell("甲"), cell(secret)), columns=columns)


@trap("ods: 重复写的隐藏列", Layer.HIDDEN_COLUMN)
def _hidden_columns(secret: str) -> bytes:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:number-columns-repeated="3" table:visibility="collapse"/>'
    )
    empty = '<table:table-cell table:number-columns-repeated="3"/>'
    return ods(row(empty, cell(secret)), columns=columns)


@trap("ods: 隐藏工作表", Layer.HIDDEN_SHEET)
def _hidden_sheet(secret: str) -> bytes:
    hidden = style("t1", "table", '<style:table-properties table:display="false"/>')
    second = sheet(row(cell(secret)), "底表", ' table:style-name="t1"')
    return ods("", second, styles=hidden)


@trap("ods: 隐藏工作表的名称", Layer.HIDDEN_SHEET)
def _name_of_hidden_sheet(secret: str) -> bytes:
    hidden = style("t1", "table", '<style:table-properties table:display="false"/>')
    return ods("", sheet(row(cell("甲")), secret, ' table:style-name="t1"'), styles=hidden)


@trap("ods: 合并掉的单元格", Layer.HIDDEN_TEXT)
def _merged_away(secret: str) -> bytes:
    covered = f"<table:covered-table-cell><text:p>{secret}</text:p></table:covered-table-cell>"
    return ods(row(cell("甲", ' table:number-columns-spanned="2"'), covered))


# Looks.


def looked(secret: str, look: str) -> bytes:
    """The secret in a cell of its own style."""
    own = style("c1", "table-cell", look)
    return ods(row(cell(secret, ' table:style-name="c1"')), styles=own)


@trap("ods: 白色文字", Layer.WHITE_TEXT)
def _white(secret: str) -> bytes:
    return looked(secret, '<style:text-properties fo:color="#ffffff"/>')


@trap("ods: 和底色同色的文字", Layer.WHITE_TEXT)
def _shaded(secret: str) -> bytes:
    return looked(
        secret,
        '<style:table-cell-properties fo:background-color="#1f3864"/>'
        '<style:text-properties fo:color="#1f3864"/>',
    )


@trap("ods: 一段白色文字", Layer.WHITE_TEXT)
def _white_span(secret: str) -> bytes:
    own = style("s1", "text", '<style:text-properties fo:color="#ffffff"/>')
    span = f'甲<text:span text:style-name="s1">{secret}</text:span>'
    return ods(row(cell(span)), styles=own)


@trap("ods: 隐藏文字", Layer.HIDDEN_TEXT)
def _hidden_span(secret: str) -> bytes:
    own = style("s1", "text", '<style:text-properties text:display="none"/>')
    span = f'甲<text:span text:style-name="s1">{secret}</text:span>'
    return ods(row(cell(span)), styles=own)


@trap("ods: 极小的文字", Layer.WHITE_TEXT)
def _tiny(secret: str) -> bytes:
    return looked(secret, '<style:text-properties fo:font-size="1pt"/>')


@trap("ods: 保护后不显示的单元格", Layer.HIDDEN_TEXT)
def _protected_away(secret: str) -> bytes:
    own = style(
        "c1", "table-cell",
        '<style:table-cell-properties style:cell-protect="hidden-and-protected"/>',
    )  # fmt: skip
    rows = row(cell(secret, ' table:style-name="c1"'))
    return ods(rows, styles=own, look=' table:protected="true"')


@trap("ods: 空的数字格式", Layer.WHITE_TEXT)
def _no_format(secret: str) -> bytes:
    formats = '<number:text-style style:name="N1"/>'
    own = '<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>'
    return ods(row(cell(secret, ' table:style-name="c1"')), styles=formats + own)


# Comments, revisions, formulas.


@trap("ods: 批注", Layer.COMMENT)
def _comment(secret: str) -> bytes:
    note = f"<office:annotation><text:p>{secret}</text:p></office:annotation>"
    return ods(row(cell("甲", inside=note)))


@trap("ods: 批注的作者", Layer.METADATA)
def _comment_author(secret: str) -> bytes:
    note = f"<office:annotation><dc:creator>{secret}</dc:creator></office:annotation>"
    return ods(row(cell("甲", inside=note)))


def tracked(inside: str) -> str:
    """Changes under revision."""
    return f"<table:tracked-changes>{inside}</table:tracked-changes>"


@trap("ods: 修订前的单元格", Layer.DELETED)
def _tracked(secret: str) -> bytes:
    previous = f"<table:change-track-table-cell><text:p>{secret}</text:p>"
    change = (
        '<table:cell-content-change table:id="c1"><table:previous>'
        f"{previous}</table:change-track-table-cell></table:previous></table:cell-content-change>"
    )
    return ods("", tracked(change))


@trap("ods: 修订人", Layer.METADATA)
def _reviser(secret: str) -> bytes:
    info = f"<office:change-info><dc:creator>{secret}</dc:creator></office:change-info>"
    return ods("", tracked(f'<table:insertion table:id="c1">{info}</table:insertion>'))


@trap("ods: 公式", Layer.FORMULA)
def _formula(secret: str) -> bytes:
    formula = f' table:formula=\'of:=IF(TRUE();"甲";"{secret}")\''
    return ods(row(cell("甲", formula)))


@trap("ods: 单元格的内部值", Layer.HIDDEN_TEXT)
def _inner_value(secret: str) -> bytes:
    return ods(row(cell("甲", f' office:string-value="{secret}"')))


@trap("ods: 定义的名称", Layer.DEFINED_NAME)
def _name(secret: str) -> bytes:
    name = f'<table:named-expression table:name="a" table:expression="&quot;{secret}&quot;"/>'
    return ods("", f"<table:named-expressions>{name}</table:named-expressions>")


@trap("ods: 数据有效性的选项", Layer.VALIDATION)
def _choices(secret: str) -> bytes:
    condition = f"of:cell-content-is-in-list(&quot;甲&quot;;&quot;{secret}&quot;)"
    inside = f'<table:content-validation table:name="v1" table:condition="{condition}"/>'
    return ods("", f"<table:content-validations>{inside}</table:content-validations>")


@trap("ods: 数据有效性的提示", Layer.VALIDATION)
def _prompt(secret: str) -> bytes:
    message = f"<table:help-message><text:p>{secret}</text:p></table:help-message>"
    inside = f'<table:content-validation table:name="v1">{message}</table:content-validation>'
    return ods("", f"<table:content-validations>{inside}</table:content-validations>")


@trap("ods: 条件格式", Layer.FORMULA)
def _condition(secret: str) -> bytes:
    own = style(
        "c1", "table-cell",
        f'<style:map style:condition="cell-content()=&quot;{secret}&quot;"/>',
    )  # fmt: skip
    return ods(styles=own)


@trap("ods: 筛选条件", Layer.FILTERED_ROW)
def _filter(secret: str) -> bytes:
    inside = (
        '<table:database-range table:name="a"><table:filter><table:filter-condition '
        f'table:field-number="0" table:operator="=" table:value="{secret}"/></table:filter>'
        "</table:database-range>"
    )
    return ods("", f"<table:database-ranges>{inside}</table:database-ranges>")


@trap("ods: 数据透视表的项", Layer.CACHE)
def _pivot(secret: str) -> bytes:
    member = f'<table:data-pilot-member table:name="{secret}"/>'
    return ods(
        "",
        f"<table:data-pilot-tables><table:data-pilot-table>{member}</table:data-pilot-table>"
        "</table:data-pilot-tables>",
    )


@trap("ods: 外部链接的缓存", Layer.CACHE)
def _external(secret: str) -> bytes:
    source = '<table:table-source xlink:href="file:///D:/a.ods" table:table-name="a"/>'
    return ods("", sheet(source + row(cell(secret)), "'file:///D:/a.ods'#a"))


@trap("ods: 外部链接的路径", Layer.LINK)
def _external_path(secret: str) -> bytes:
    source = f'<table:table-source xlink:href="file:///D:/{secret}/a.ods"/>'
    return ods("", sheet(source, "a"))


@trap("ods: 方案", Layer.HIDDEN_TEXT)
def _scenario(secret: str) -> bytes:
    look = f'<table:scenario table:is-active="false" table:comment="{secret}"/>'
    return ods("", sheet(look, "a"))


# Drawings, links, headers.


@trap("ods: 文本框", Layer.TEXT_BOX)
def _text_box(secret: str) -> bytes:
    frame = f"<draw:frame><draw:text-box><text:p>{secret}</text:p></draw:text-box></draw:frame>"
    return ods(f"<table:shapes>{frame}</table:shapes>")


@trap("ods: 替代文字", Layer.ALT_TEXT)
def _alt_text(secret: str) -> bytes:
    frame = f"<draw:frame><svg:desc>{secret}</svg:desc></draw:frame>"
    return ods(f"<table:shapes>{frame}</table:shapes>")


@trap("ods: 图形的名称", Layer.ALT_TEXT)
def _name_of_shape(secret: str) -> bytes:
    return ods(f'<table:shapes><draw:frame draw:name="{secret}"/></table:shapes>')


@trap("ods: 超链接", Layer.LINK)
def _hyperlink(secret: str) -> bytes:
    return ods(row(cell(f'<text:a xlink:href="file:///D:/{secret}">甲</text:a>')))


@trap("ods: 页眉", Layer.HEADER)
def _header(secret: str) -> bytes:
    master = (
        '<office:master-styles><style:master-page style:name="a"><style:header>'
        f"<text:p>{secret}</text:p></style:header></style:master-page></office:master-styles>"
    )
    return ods(parts={"styles.xml": part("styles", master)})


@trap("ods: 脚本", Layer.SCRIPT)
def _script(secret: str) -> bytes:
    script = f'<office:script script:language="ooo:Basic">{secret}</office:script>'
    return ods(before=f"<office:scripts>{script}</office:scripts>")


@trap("ods: 宏库", Layer.SCRIPT)
def _basic(secret: str) -> bytes:
    space = "http://openoffice.org/2000/script"
    module = xml(f'<script:module xmlns:script="{space}" script:name="a">{secret}</script:module>')
    return ods(parts={"Basic/Standard/a.xml": module})


@trap("ods: 表单的默认值", Layer.FORM_FIELD)
def _form(secret: str) -> bytes:
    control = f'<form:form><form:text form:id="a" form:current-value="{secret}"/></form:form>'
    return ods(f"<office:forms>{control}</office:forms>")


# Files inside, properties, everything else.


@trap("ods: 内嵌的对象", Layer.ATTACHMENT)
def _object(secret: str) -> bytes:
    inside = content(sheet(row(cell(secret)), "a"))
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    return ods(f"<table:shapes>{frame}</table:shapes>", parts={"Object 1/content.xml": inside})


@trap("ods: 内嵌的 OLE 对象", Layer.ATTACHMENT)
def _ole(secret: str) -> bytes:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + secret.encode("utf-16-le")
    return ods(parts={"Object 1": data})


@trap("ods: 图片里的说明", Layer.ATTACHMENT)
def _picture(secret: str) -> bytes:
    return ods(parts={"Pictures/a.png": png(secret)})


@trap("ods: 缩略图", Layer.ATTACHMENT)
def _thumbnail(secret: str) -> bytes:
    return ods(parts={"Thumbnails/thumbnail.png": png(secret)})


@trap("ods: 作者", Layer.METADATA)
def _author(secret: str) -> bytes:
    creator = f"<office:meta><dc:creator>{secret}</dc:creator></office:meta>"
    return ods(parts={"meta.xml": part("meta", creator)})


@trap("ods: 自定义属性", Layer.METADATA)
def _own_property(secret: str) -> bytes:
    own = f'<meta:user-defined meta:name="a">{secret}</meta:user-defined>'
    return ods(parts={"meta.xml": part("meta", f"<office:meta>{own}</office:meta>")})


@trap("ods: 打印机设置", Layer.METADATA)
def _printer(secret: str) -> bytes:
    item = f'<config:config-item config:name="PrinterName">{secret}</config:config-item>'
    settings = part("settings", f"<office:settings>{item}</office:settings>")
    return ods(parts={"settings.xml": settings})


@trap("ods: 旧版本", Layer.ATTACHMENT)
def _version(secret: str) -> bytes:
    return ods(parts={"Versions/1.0": ods(row(cell(secret)))})


@trap("ods: 清单以外的部件", Layer.METADATA)
def _unknown_part(secret: str) -> bytes:
    return ods(parts={"own/own.xml": xml(f"<own>{secret}</own>")})


@trap("ods: 不认识的元素", Layer.HIDDEN_TEXT)
def _unknown_element(secret: str) -> bytes:
    return ods(row(f'<x:own xmlns:x="urn:own">{secret}</x:own>'))


@trap("ods: 不认识的属性", Layer.METADATA)
def _unknown_attribute(secret: str) -> bytes:
    return ods(row(cell("甲"), look=f' xmlns:x="urn:own" x:own="{secret}"'))
