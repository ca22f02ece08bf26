"""Every hiding place of an XLSX is found at its layer, and missed when its guard is taken out."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from screening.extraction import (
    office_drawing,
    office_parts,
    xlsx,
    xlsx_formats,
    xlsx_sheet,
    xlsx_strings,
)
from screening.extraction.xlsx import harvest
from screening.extraction.xlsx_formats import hides, is_date, shown
from screening.extraction.xlsx_ranges import area_of, cell_of, name_of
from screening.limits import open_package
from screening.passages import Layer, Passage, UnfitFileError
from tests.screening.build_opc import chart
from tests.screening.build_xlsx import (
    EXPECTED,
    TRAPS,
    Sheet,
    drawing,
    number,
    of_book,
    row,
    shape,
    styles,
    words,
)
from tests.screening.build_xlsx import xlsx as built
from tests.screening.places import (
    NUMBER,
    Guard,
    all_of,
    entry,
    function,
    layers_of,
    no_rest,
    seconds,
)
from tests.screening.samples import zipped
from tests.screening.traps import SHOWN

_SHARED: Any = office_parts.SHARED


def hider(name: str) -> Guard:
    hiders: Any = xlsx_sheet.HIDERS
    return entry(hiders, name)


def keeper(*names: str) -> Guard:
    keepers: Any = xlsx_sheet.KEEPERS
    return all_of(entry(keepers, *names), no_rest)


def reader(*kinds: str) -> Guard:
    """Takes readers of parts out, and the one that reads what nobody knows."""
    readers: Any = xlsx.READERS
    own = [kind for kind in kinds if kind in xlsx.READERS]
    shared = [kind for kind in kinds if kind not in xlsx.READERS]
    return all_of(entry(readers, *own), entry(_SHARED, *shared), no_rest)


def drawn(kind: str) -> Guard:
    drawings: Any = office_drawing.DRAWINGS
    return all_of(entry(drawings, kind), no_rest)


book: Any = xlsx.KEEPERS
no_hidden_sheets = all_of(hider("sheet"), function(xlsx_sheet, "lay_over_hidden"))
no_links = function(office_parts.Office, "tell_link")
no_shapes = function(office_drawing, "name_shapes")
no_files = entry(_SHARED, "package", "oleObject", "image", office_parts.OTHER)
no_formulas = function(xlsx_sheet, "take_words", "")

GUARDS: dict[str, Guard] = {
    "xlsx: 隐藏行": hider("row"),
    "xlsx: 零高的行": hider("row"),
    "xlsx: 隐藏列": hider("column"),
    "xlsx: 零宽的列": hider("column"),
    "xlsx: 收起的分组列": hider("column"),
    "xlsx: 筛选掉的行": hider("filter"),
    "xlsx: 筛选条件": keeper("filter"),
    "xlsx: 隐藏工作表": no_hidden_sheets,
    "xlsx: 深度隐藏的工作表": no_hidden_sheets,
    "xlsx: 隐藏工作表的名称": function(xlsx, "is_hidden", answer=False),
    "xlsx: 白色文字": hider("look"),
    "xlsx: 主题色里的白色文字": hider("look"),
    "xlsx: 和填充同色的文字": hider("look"),
    "xlsx: 三个分号的格式": hider("format"),
    "xlsx: 富文本里的白色文字": function(xlsx_sheet, "unseen_run", answer=False),
    "xlsx: 拼音": function(xlsx_strings, "local_name", "t"),
    "xlsx: 合并掉的单元格": hider("merge"),
    "xlsx: 没有单元格使用的字符串": reader("sharedStrings"),
    "xlsx: 数字格式里的文字": reader("styles"),
    "xlsx: 批注": reader("comments"),
    "xlsx: 批注的作者": reader("comments"),
    "xlsx: 会话批注": reader("threadedComment"),
    "xlsx: 会话批注的人员": reader("person"),
    "xlsx: 共享工作簿的修订": reader("revisionLog"),
    "xlsx: 修订人": reader("revisionHeaders"),
    "xlsx: 方案": keeper("inputCells"),
    "xlsx: 公式": no_formulas,
    "xlsx: 条件格式的公式": keeper("cfRule"),
    "xlsx: 隐藏的名称": all_of(entry(book, "names"), no_rest),
    "xlsx: 名称的说明": all_of(entry(book, "names"), no_rest),
    "xlsx: 数据有效性的选项": keeper("dataValidation"),
    "xlsx: 数据有效性的提示": keeper("dataValidation"),
    "xlsx: 扩展的数据有效性": keeper("dataValidation"),
    "xlsx: 数据透视表缓存的记录": reader("pivotCacheRecords"),
    "xlsx: 数据透视表缓存的项": reader("pivotCacheDefinition"),
    "xlsx: 外部链接的缓存": reader("externalLink"),
    "xlsx: 外部链接的路径": no_links,
    "xlsx: 数据连接": reader("connections"),
    "xlsx: 切片器的项": reader("slicerCache"),
    "xlsx: 文本框": drawn("drawing"),
    "xlsx: 隐藏的图形": function(office_drawing, "unseen_shape"),
    "xlsx: 替代文字": all_of(no_shapes, no_rest),
    "xlsx: 旧式图形": drawn("vmlDrawing"),
    "xlsx: 图表的缓存": drawn("chart"),
    "xlsx: 图片里的说明": no_files,
    "xlsx: 页眉": keeper("oddHeader"),
    "xlsx: 超链接": no_links,
    "xlsx: 超链接的提示": keeper("hyperlink"),
    "xlsx: 内嵌的文档": no_files,
    "xlsx: 内嵌的 OLE 对象": no_files,
    "xlsx: 打印机设置": entry(_SHARED, office_parts.OTHER),
    "xlsx: 作者": reader("core-properties"),
    "xlsx: 单位": reader("extended-properties"),
    "xlsx: 自定义属性": reader("custom-properties"),
    "xlsx: 自定义 XML": no_rest,
    "xlsx: 文件的绝对路径": no_rest,
    "xlsx: 自定义样式的名称": reader("styles"),
    "xlsx: 无人引用的工作表": entry(_SHARED, office_parts.ORPHAN, office_parts.OTHER),
    "xlsx: 不认识的元素": no_rest,
    "xlsx: 不认识的属性": no_rest,
}


def passages(data: bytes) -> tuple[Passage, ...]:
    return harvest(data).extraction.passages


def said(data: bytes) -> list[tuple[Layer, str]]:
    return [(each.place.layer, each.text) for each in passages(data)]


@pytest.mark.parametrize("name", TRAPS)
def test_a_hiding_place_is_read_at_its_layer(name: str) -> None:
    found = harvest(TRAPS[name](NUMBER))
    assert layers_of(found) == {EXPECTED[name]} or name == "xlsx: 内嵌的文档"
    assert Layer.VISIBLE in layers_of(found, SHOWN)


def test_a_letter_in_a_workbook_is_handed_over() -> None:
    (letter,) = harvest(TRAPS["xlsx: 内嵌的文档"](NUMBER)).embedded
    assert NUMBER.encode() in open_package(letter.data).read("word/document.xml")


@pytest.mark.parametrize("name", TRAPS)
def test_without_its_guard_the_hiding_place_is_missed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    GUARDS[name](monkeypatch)
    found = harvest(TRAPS[name](NUMBER))
    assert EXPECTED[name] not in layers_of(found)
    assert name != "xlsx: 内嵌的文档" or not found.embedded


def test_every_trap_has_a_layer_and_a_guard() -> None:
    assert TRAPS.keys() == EXPECTED.keys() == GUARDS.keys()
    assert len(TRAPS) >= 55


# Places, values and looks, by hand.


def the(data: bytes, text: str) -> Passage:
    (found,) = (each for each in passages(data) if text in each.text)
    return found


def test_a_cell_is_called_as_in_the_sheet() -> None:
    found = the(built(Sheet(row(14, words("C14", "甲乙")))), "甲乙")
    assert found.place.wording() == "工作表“汇总” C14"
    assert (found.place.row, found.place.column) == (14, 3)


def test_cells_without_names_are_counted() -> None:
    rows = "<row><c><v>1</v></c><c><v>22</v></c></row>"
    assert the(built(Sheet(rows)), "22").place.cell == "B2"


@pytest.mark.parametrize("stored", ["13800000000", "1.1010119900307E+17", "0.5", "-3"])
def test_a_number_is_read_as_it_is_stored(stored: str) -> None:
    assert the(built(Sheet(row(2, number("A2", stored)))), stored).text == stored


def test_letters_written_by_their_number_are_read() -> None:
    assert (Layer.VISIBLE, "110甲") in said(built(Sheet(row(2, words("A2", "1_x0031_0甲")))))
    assert (Layer.VISIBLE, "1甲") in said(built(Sheet(row(2, words("A2", "1_xD800_甲")))))


def test_white_letters_on_a_dark_cell_are_seen() -> None:
    fill = '<fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill>'
    sheet = Sheet(row(2, words("A2", "甲乙", ' s="1"')))
    white = styles(
        font='<font><color theme="0"/></font>', fill=fill,
        look='<xf numFmtId="0" fontId="1" fillId="2"/>',
    )  # fmt: skip
    assert (Layer.VISIBLE, "甲乙") in said(built(sheet, parts=(white,)))


def test_the_first_cell_of_a_merged_area_and_the_head_of_a_filter_are_seen() -> None:
    rows = row(2, words("A2", "甲乙")) + row(3, words("A3", "丙丁"), look=' hidden="1"')
    merged = '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'
    filtered = '<autoFilter ref="A2:A9"><filterColumn colId="0"/></autoFilter>'
    found = said(built(Sheet(rows, after=merged + filtered)))
    assert (Layer.VISIBLE, "甲乙") in found
    assert (Layer.FILTERED_ROW, "丙丁") in found


def test_boxes_charts_and_margins_of_a_hidden_sheet_are_hidden() -> None:
    of = "xl/drawings/drawing1.xml"
    title = "<c:dLbl><c:tx><c:rich><a:p><a:r><a:t>丙丁</a:t></a:r></a:p></c:rich></c:tx></c:dLbl>"
    parts = drawing(shape("甲乙"), chart(title, "xl/charts/chart1.xml", of))
    after = '<headerFooter><oddHeader>戊己</oddHeader></headerFooter><drawing r:id="rDraw"/>'
    for state, layers in (("hidden", {Layer.HIDDEN_SHEET}), ("", {Layer.TEXT_BOX, Layer.HEADER})):
        found = said(built(Sheet(after=after, parts=parts, state=state)))
        assert {layer for layer, text in found if text in ("甲乙", "丙丁", "戊己")} == layers


def test_a_string_shown_by_a_cell_is_not_left_over() -> None:
    strings = of_book("sharedStrings", "sst", "sharedStrings", "<si><t>甲乙</t></si>")
    sheet = Sheet(row(2, '<c r="A2" t="s"><v>0</v></c>', '<c r="B2" t="s"><v>7</v></c>'))
    assert [each for each in said(built(sheet, parts=(strings,))) if each[1] == "甲乙"] == [
        (Layer.VISIBLE, "甲乙")
    ]


def test_areas_for_printing_are_no_hidden_names() -> None:
    names = (
        '<definedNames><definedName name="_xlnm.Print_Titles">汇总!$1:$2</definedName>'
        "<definedName name=\"_xlnm.Print_Area\">'汇总'!$A$1:$C$9</definedName></definedNames>"
    )
    assert [layer for layer, _ in said(built(book=names)) if layer.hidden] == []


# Worked by hand: 45000 is 15 March 2023; 0.75 of a day is six in the evening.
@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ('yyyy"年"m"月"d"日"', "45000", "2023年3月15日"),
        ("yyyy/m/d", "45000", "2023/3/15"),
        ("yyyy-mm-dd hh:mm:ss", "45000.75", "2023-03-15 18:00:00"),
        ("[$-804]yyyy/m/d;@", "45000", "2023/3/15"),
        ("h:mm AM/PM", "0.75", "18:00 下午"),
        ("yy.mm", "45000", "23.03"),
        ("m/d", "1", "1/1"),
        ("yyyy/m/d", "61", "1900/3/1"),
        ("0.00", "45000", "45000"),
        ('"第"0"号"', "45000", "45000"),
        ("yyyy/m/d", "-5", "-5"),
        ("yyyy/m/d", "9999999", "9999999"),
        ("yyyy/m/d", "甲", "甲"),
    ],
)
def test_dates_are_read_as_they_are_shown(code: str, value: str, words: str) -> None:
    assert shown(code, value) == words


def test_days_count_from_1904_where_the_book_says_so() -> None:
    assert shown("yyyy/m/d", "0", since_1904=True) == "1904/1/1"


@pytest.mark.parametrize(
    ("code", "value", "number", "hidden"),
    [
        (";;;", "1", True, True), (";;;", "甲", False, True), (";;", "1", True, True),
        ("0;;", "-1", True, True), ("0;;", "1", True, False), ("0;-0;", "0", True, True),
        ("0;-0;;@", "甲", False, False), ("General", "1", True, False), ('";"', "1", True, False),
        (";;", "甲", False, False),
    ],
)  # fmt: skip
def test_formats_that_show_nothing_hide(code: str, value: str, number: bool, hidden: bool) -> None:
    assert hides(code, value, number=number) is hidden


def test_formats_with_words_are_not_dates() -> None:
    assert not is_date('"日期"0')
    assert not is_date("[红色]0.0")
    assert is_date("[$-F800]dddd, mmmm dd, yyyy")
    assert all(is_date(code) for code in xlsx_formats.BUILT_IN.values())


def test_names_of_cells() -> None:
    assert cell_of("$AB$12") == (12, 28)
    assert name_of(12, 28) == "AB12"
    assert [cell_of(odd) for odd in ("", "A0", "12", "ABCD1", "A1B")] == [None] * 5
    area = area_of("C3:A1")
    assert area is not None
    assert area.holds(2, 2)
    assert area_of("A1:甲") is None


def test_a_workbook_of_another_program_is_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    sheet.append(["姓名", "日期", "金额"])
    sheet.append(["某甲", date(2023, 3, 15), 12.5])
    sheet.append(["某乙", datetime.fromisoformat("2023-03-15T18:00"), 3])
    stream = io.BytesIO()
    book.save(stream)
    seen = [each.text for each in passages(stream.getvalue()) if not each.place.layer.hidden]
    assert seen == [
        "名单", "姓名", "日期", "金额", "某甲", "2023-03-15", "12.5",
        "某乙", "2023-03-15 18:00:00", "3",
    ]  # fmt: skip
    hidden = {each.place.layer for each in passages(stream.getvalue()) if each.place.layer.hidden}
    assert hidden == {Layer.METADATA}  # the program, the dates


# Damage and size.


def outcome(data: bytes) -> str:
    try:
        harvest(data)
    except UnfitFileError as error:
        return error.reason or "without a reason"
    return ""


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


BROKEN = {
    "empty": b"",
    "cut off": b'<?xml version="1.0"?><worksheet><sheetData>',
    "no XML": b"\x00\x01\x02\xff" * 20,
    "entities": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "too deep": b"<a>" * 5000 + b"</a>" * 5000,
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/comments1.xml"]
)
def test_broken_parts_are_refused(kind: str, part: str) -> None:
    assert outcome(zipped({**parts_of(TRAPS["xlsx: 批注"](NUMBER)), part: BROKEN[kind]}))


def test_a_file_cut_off_anywhere_is_refused() -> None:
    data = TRAPS["xlsx: 批注"](NUMBER)
    assert all(outcome(data[:end]) for end in range(0, len(data) - 1, 61))


@pytest.mark.parametrize("odd", ["", "-1", "0", "甲", "9" * 40, "1e999", "NaN"])
def test_odd_numbers_are_read_as_they_can_be(odd: str) -> None:
    rows = (
        f'<row r="{odd}" ht="{odd}"><c r="{odd}" s="{odd}" t="s"><v>{odd}</v></c>'
        f'<c s="{odd}"><v>{odd}</v></c></row>'
    )
    before = f'<cols><col min="{odd}" max="{odd}" width="{odd}"/></cols>'
    after = f'<mergeCells><mergeCell ref="{odd}"/></mergeCells><autoFilter ref="{odd}"/>'
    strange = styles(
        formats=f'<numFmts><numFmt numFmtId="{odd}" formatCode="{odd}"/></numFmts>',
        font=f'<font><sz val="{odd}"/><color theme="{odd}" tint="{odd}"/></font>',
        look=f'<xf numFmtId="{odd}" fontId="{odd}" fillId="{odd}"/>',
    )
    assert outcome(built(Sheet(rows, before, after), parts=(strange,))) == ""


def merged(count: int) -> bytes:
    """Rows of ten cells, each with an area merged beside it, and one as wide as the sheet."""
    rows = "".join(
        row(at, *(number(f"{column}{at}", str(at)) for column in "ABCDEFGHIJ"))
        for at in range(2, count + 2)
    )
    merges = "".join(f'<mergeCell ref="K{at}:L{at}"/>' for at in range(2, count + 2))
    wide = '<mergeCell ref="M1:XFD1048576"/>'
    return built(Sheet(rows, after=f"<mergeCells>{merges}{wide}</mergeCells>"))


def test_time_grows_with_cells_and_merges_and_no_faster() -> None:
    few, many = merged(1_000), merged(4_000)
    assert len(passages(many)) > 40_000
    assert seconds(lambda: passages(many)) <= 8 * seconds(lambda: passages(few)) + 0.3
