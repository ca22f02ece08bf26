"""Places of an ODS that lie off the beaten way: looks that are inherited, fields, far parts.

Each is read in a layer that is hidden and gone after stripping. Ordinary files stand beside them:
what every office writes must come through with all its words.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from screening.extraction import ods as extractor
from screening.extraction import ods_asides, ods_sheets
from screening.passages import Layer
from screening.reading import extract
from screening.stripping import ods, ods_tables
from screening.stripping.dispatch import strip
from tests.screening.build_ods import cell, part, row, sheet, style
from tests.screening.build_ods import ods as built
from tests.screening.build_opc import xml
from tests.screening.strip_checks import NUMBER, by_name, holds, shown
from tests.screening.strip_guards_ods import GUARDS
from tests.screening.traps import SHOWN, Traps

_T = Traps()
trap, FURTHER, EXPECTED = _T.trap, _T.builders, _T.expected

WHITE = '<style:text-properties fo:color="#ffffff"/>'
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def child(parent: str) -> str:
    """A cell style that says nothing of its own."""
    return (
        '<style:style style:name="c2" style:family="table-cell" '
        f'style:parent-style-name="{parent}"/>'
    )


# Looks that a cell or a line has from elsewhere.


@trap("样式: 行的默认样式", Layer.WHITE_TEXT)
def _row_look(secret: str) -> bytes:
    look = ' table:default-cell-style-name="c1"'
    return built(row(cell(secret), look=look), styles=style("c1", "table-cell", WHITE))


@trap("样式: 列的默认样式", Layer.WHITE_TEXT)
def _column_look(secret: str) -> bytes:
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="c1"/>'
    rows = row(cell("甲"), cell(secret))
    return built(rows, columns=columns, styles=style("c1", "table-cell", WHITE))


@trap("样式: 上级样式", Layer.WHITE_TEXT)
def _parent_look(secret: str) -> bytes:
    styles = style("c1", "table-cell", WHITE) + child("c1")
    return built(row(cell(secret, ' table:style-name="c2"')), styles=styles)


@trap("样式: 另一个部件里的上级样式", Layer.WHITE_TEXT)
def _far_parent_look(secret: str) -> bytes:
    common = part("styles", f"<office:styles>{style('c1', 'table-cell', WHITE)}</office:styles>")
    rows = row(cell(secret, ' table:style-name="c2"'))
    return built(rows, styles=child("c1"), parts={"styles.xml": common})


@trap("样式: 外层的白字", Layer.WHITE_TEXT)
def _outer_span(secret: str) -> bytes:
    bold = style("s0", "text", '<style:text-properties fo:font-weight="bold"/>')
    span = f'<text:span text:style-name="s0">{secret}</text:span>'
    rows = row(cell(f'甲<text:span text:style-name="s1">{span}</text:span>'))
    return built(rows, styles=bold + style("s1", "text", WHITE))


@trap("样式: 极窄的列", Layer.HIDDEN_COLUMN)
def _narrow(secret: str) -> bytes:
    narrow = '<style:table-column-properties style:column-width="0.01cm"/>'
    columns = '<table:table-column/><table:table-column table:style-name="w1"/>'
    rows = row(cell("甲"), cell(secret))
    return built(rows, columns=columns, styles=style("w1", "table-column", narrow))


@trap("样式: 收起的分组列", Layer.HIDDEN_COLUMN)
def _folded(secret: str) -> bytes:
    folded = '<table:table-column-group table:display="false"><table:table-column/>'
    columns = f"<table:table-column/>{folded}</table:table-column-group>"
    return built(row(cell("甲"), cell(secret)), columns=columns)


@trap("样式: 样式的名称", Layer.METADATA)
def _style_name(secret: str) -> bytes:
    rows = row(cell("甲", f' table:style-name="{secret}"'))
    return built(rows, styles=style(secret, "table-cell", ""))


# Words and attributes of elements.


@trap("元素: DDE 链接的缓存", Layer.HIDDEN_TEXT)
def _dde(secret: str) -> bytes:
    link = f"<table:dde-link><office:dde-source/>{sheet(row(cell(secret)), 'd')}</table:dde-link>"
    return built("", f"<table:dde-links>{link}</table:dde-links>")


@trap("元素: 表的说明", Layer.HIDDEN_TEXT)
def _description(secret: str) -> bytes:
    return built(f"<table:desc>{secret}</table:desc>")


@trap("元素: 隐藏工作表里的批注", Layer.COMMENT)
def _comment_on_hidden_sheet(secret: str) -> bytes:
    note = f"<office:annotation><text:p>{secret}</text:p></office:annotation>"
    hidden = style("t1", "table", '<style:table-properties table:display="false"/>')
    second = sheet(row(cell("甲", inside=note)), "底", ' table:style-name="t1"')
    return built("", second, styles=hidden)


@trap("元素: 隐藏的图形", Layer.HIDDEN_TEXT)
def _hidden_shape(secret: str) -> bytes:
    box = f"<draw:text-box><text:p>{secret}</text:p></draw:text-box>"
    frame = f'<draw:frame draw:display="none">{box}</draw:frame>'
    return built(f"<table:shapes>{frame}</table:shapes>")


@trap("元素: 浮动框架", Layer.LINK)
def _floating_frame(secret: str) -> bytes:
    frame = f'<draw:floating-frame xlink:href="file:///{secret}"/>'
    return built(f"<table:shapes><draw:frame>{frame}</draw:frame></table:shapes>")


@trap("属性: 链接的提示", Layer.METADATA)
def _link_title(secret: str) -> bytes:
    link = f'<text:a xlink:href="https://example.invalid/" office:title="{secret}">甲</text:a>'
    return built(row(cell(link)))


@trap("属性: 隐藏文字域", Layer.METADATA)
def _hidden_field(secret: str) -> bytes:
    return built(row(cell(f'甲<text:hidden-text text:string-value="{secret}"/>')))


@trap("属性: 条件文字域", Layer.METADATA)
def _conditional_field(secret: str) -> bytes:
    field = f'<text:conditional-text text:string-value-if-false="{secret}">甲'
    return built(row(cell(f"{field}</text:conditional-text>")))


@trap("属性: 数值多于显示", Layer.HIDDEN_TEXT)
def _value(secret: str) -> bytes:
    value = f'<table:table-cell office:value-type="float" office:value="{secret}">'
    return built(row(f"{value}<text:p>1.1E+17</text:p></table:table-cell>"))


@trap("属性: 保护的密钥", Layer.METADATA)
def _key(secret: str) -> bytes:
    return built(look=f' table:protected="true" table:protection-key="{secret}"')


# Parts.


@trap("部件: RDF", Layer.METADATA)
def _rdf(secret: str) -> bytes:
    about = f'<rdf:Description rdf:about="{secret}"/>'
    return built(parts={"manifest.rdf": xml(f'<rdf:RDF xmlns:rdf="{_RDF}">{about}</rdf:RDF>')})


@trap("部件: 部件的名称", Layer.METADATA)
def _part_name(secret: str) -> bytes:
    return built(parts={f"{secret}.bin": b"x"})


@trap("部件: 打印机的数据", Layer.METADATA)
def _printer_data(secret: str) -> bytes:
    data = base64.b64encode(b"\0" * 16 + secret.encode() + b"\0" * 9).decode()
    item = '<config:config-item config:name="PrinterSetup" config:type="base64Binary">'
    inside = f"<office:settings>{item}{data}</config:config-item></office:settings>"
    return built(parts={"settings.xml": part("settings", inside)})


@trap("部件: XML 注释", Layer.METADATA)
def _aside(secret: str) -> bytes:
    return built(before=f"<!-- {secret} -->")


@trap("部件: 签章人", Layer.METADATA)
def _signer(secret: str) -> bytes:
    inside = xml(f"<a><X509SubjectName>{secret}</X509SubjectName></a>")
    return built(parts={"META-INF/documentsignatures.xml": inside})


def layers_of(data: bytes) -> set[Layer]:
    return {each.place.layer for each in extract(data).passages if NUMBER in each.text}


def kept(data: bytes) -> bool:
    """Whether the secret is there, also as the data of a printer."""
    plain = b"\0" * 16 + NUMBER.encode() + b"\0" * 9
    return holds(data) or holds(data, base64.b64encode(plain).decode())


@pytest.mark.parametrize("name", FURTHER)
def test_every_further_place_is_read_in_its_layer(name: str) -> None:
    assert layers_of(FURTHER[name](NUMBER)) == {EXPECTED[name]}


@pytest.mark.parametrize("name", FURTHER)
def test_what_a_further_place_hides_is_gone_and_the_rest_stays(name: str) -> None:
    data = FURTHER[name](NUMBER)
    assert kept(data)
    after = strip(data).data
    assert not kept(after)
    assert shown(after) == shown(data)
    assert SHOWN in shown(after)


# What reads a place, and the guards that take it out.
_LAST: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "样式": lambda patch: patch.setattr(ods_sheets, "HIDERS", {}),
    "元素": lambda patch: patch.setattr(ods_asides, "KEEPERS", {}),
    "属性": lambda patch: patch.setattr(ods_sheets, "take_attribute", lambda *_: ""),
    "部件": lambda patch: patch.setattr(extractor, "PARTS", {}),
}
# XML comments and names of parts are read for every package alike.
_ELSEWHERE = ("部件: XML 注释", "部件: 部件的名称")


@pytest.mark.parametrize("name", [name for name in FURTHER if name not in _ELSEWHERE])
def test_without_its_reader_a_further_place_is_missed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = FURTHER[name](NUMBER)
    for take in _LAST["样式"], _LAST["元素"], _LAST[name.partition(":")[0]]:
        take(monkeypatch)
    monkeypatch.setattr(ods_sheets, "layer_of", lambda *_: None)
    monkeypatch.setattr(ods_sheets, "CELL_PARTS", {})
    monkeypatch.setattr(extractor.Book, "rest", lambda *_: None)
    assert EXPECTED[name] not in layers_of(data)


@pytest.mark.parametrize("name", [name for name in FURTHER if name != "部件: XML 注释"])
def test_without_the_guards_a_further_place_comes_along(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser itself leaves comments of XML behind; that has its control among the packages."""
    data = FURTHER[name](NUMBER)
    used = "list parts sheets rows columns emptied looks values"
    for guard in by_name(GUARDS, f"{used} conditions formats addresses links"):
        guard(monkeypatch, data)
    monkeypatch.setattr(ods_tables, "telling", lambda _: False)
    monkeypatch.setattr(ods, "_drop_hidden_shapes", lambda *_: None)
    monkeypatch.setattr(ods._Names, "settle", lambda *_: None)
    assert kept(ods.strip(data).data)


# Ordinary files.


def formatted(format_: str, value: str, words: str) -> bytes:
    """A cell with a number format of its own."""
    own = '<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>'
    own_cell = f'<table:table-cell table:style-name="c1" {value}><text:p>{words}</text:p>'
    return built(row(f"{own_cell}</table:table-cell>"), styles=format_ + own)


_DATE = 'office:value-type="date" office:date-value="2026-01-05"'
_ORDINARY = {
    "a date in Chinese": formatted(
        '<number:date-style style:name="N1"><number:year number:style="long"/><number:text>年'
        "</number:text><number:month/><number:text>月</number:text><number:day/>"
        "<number:text>日</number:text></number:date-style>",
        _DATE,
        "2026年1月5日",
    ),
    "a date with dashes": formatted(
        '<number:date-style style:name="N1"><number:year number:style="long"/><number:text>-'
        "</number:text><number:month/><number:text>-</number:text><number:day/>"
        "</number:date-style>",
        _DATE,
        "2026-1-5",
    ),
    "a sum of money": formatted(
        '<number:currency-style style:name="N1"><number:currency-symbol>￥'
        "</number:currency-symbol><number:number/><number:text>元</number:text>"
        "</number:currency-style>",
        'office:value-type="currency" office:value="5"',
        "￥5元",
    ),
    "a share": formatted(
        '<number:percentage-style style:name="N1"><number:number/><number:text>%</number:text>'
        "</number:percentage-style>",
        'office:value-type="percentage" office:value="0.5"',
        "50%",
    ),
    "text in small print": built(
        row(cell('<text:span text:style-name="s1">甲</text:span>')),
        styles=style("s1", "text", '<style:text-properties fo:font-size="58%"/>'),
    ),
    "a drawing on a hidden sheet": built(
        "",
        sheet(
            "<table:shapes><draw:frame><draw:text-box><text:p>丑</text:p></draw:text-box>"
            f"</draw:frame></table:shapes>{row(cell('甲'))}",
            "底",
            ' table:style-name="t1"',
        ),
        styles=style("t1", "table", '<style:table-properties table:display="false"/>'),
    ),
    "a header with the name of the sheet": built(
        parts={
            "styles.xml": part(
                "styles",
                '<office:master-styles><style:master-page style:name="Default"><style:header>'
                "<text:p><text:sheet-name>汇总</text:sheet-name></text:p></style:header>"
                "</style:master-page></office:master-styles>",
            )
        }
    ),
}


@pytest.mark.parametrize("kind", _ORDINARY)
def test_an_ordinary_file_is_stripped_and_not_refused(kind: str) -> None:
    data = _ORDINARY[kind]
    words = [each.text for each in extract(data).passages if each.place.layer is Layer.VISIBLE]
    after = extract(strip(data).data)
    assert [each.text for each in after.passages if each.place.layer is Layer.VISIBLE] == words
