"""What a workbook hides is nowhere in the stripped file, and what it shows is still there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from screening.passages import UnfitFileError
from screening.stripping import dispatch
from screening.stripping.xlsx import strip
from tests.screening.build_xlsx import TRAPS, Sheet, row, words, xlsx
from tests.screening.samples import zipped
from tests.screening.strip_checks import LETTERS, NUMBER, by_name, holds, parts, shown
from tests.screening.strip_guards_xlsx import GUARDS
from tests.screening.traps import SHOWN

# Hiding places with the guards that keep the secret out; without them it goes out.
HIDING = {
    "xlsx: 隐藏行": "places",
    "xlsx: 零高的行": "places",
    "xlsx: 隐藏列": "places",
    "xlsx: 零宽的列": "places",
    "xlsx: 收起的分组列": "places",
    "xlsx: 筛选掉的行": "places",
    "xlsx: 筛选条件": "list",
    "xlsx: 隐藏工作表": "sheets",
    "xlsx: 深度隐藏的工作表": "sheets",
    "xlsx: 隐藏工作表的名称": "sheets",
    "xlsx: 白色文字": "fonts",
    "xlsx: 主题色里的白色文字": "fonts",
    "xlsx: 和填充同色的文字": "fonts",
    "xlsx: 三个分号的格式": "formats",
    "xlsx: 富文本里的白色文字": "fonts",
    "xlsx: 拼音": "list",
    "xlsx: 合并掉的单元格": "merged",
    "xlsx: 没有单元格使用的字符串": "strings",
    "xlsx: 数字格式里的文字": "styles",
    "xlsx: 批注": "parts",
    "xlsx: 批注的作者": "parts",
    "xlsx: 会话批注": "parts",
    "xlsx: 会话批注的人员": "parts",
    "xlsx: 共享工作簿的修订": "parts",
    "xlsx: 修订人": "parts",
    "xlsx: 方案": "list",
    "xlsx: 公式": "values",
    "xlsx: 条件格式的公式": "list",
    "xlsx: 隐藏的名称": "list removal",
    "xlsx: 名称的说明": "list removal",
    "xlsx: 数据有效性的选项": "list removal",
    "xlsx: 数据有效性的提示": "list removal",
    "xlsx: 扩展的数据有效性": "list",
    "xlsx: 数据透视表缓存的记录": "parts",
    "xlsx: 数据透视表缓存的项": "parts",
    "xlsx: 外部链接的缓存": "parts",
    "xlsx: 外部链接的路径": "parts",
    "xlsx: 数据连接": "parts",
    "xlsx: 切片器的项": "parts",
    "xlsx: 隐藏的图形": "parts",
    "xlsx: 替代文字": "list",
    "xlsx: 旧式图形": "parts",
    "xlsx: 图表的缓存": "parts",
    "xlsx: 图片里的说明": "parts",
    "xlsx: 超链接": "parts",
    "xlsx: 超链接的提示": "list removal",
    "xlsx: 内嵌的文档": "parts",
    "xlsx: 内嵌的 OLE 对象": "parts",
    "xlsx: 打印机设置": "parts",
    "xlsx: 作者": "parts",
    "xlsx: 单位": "parts",
    "xlsx: 自定义属性": "parts",
    "xlsx: 自定义 XML": "parts",
    "xlsx: 文件的绝对路径": "list",
    "xlsx: 自定义样式的名称": "styles",
    "xlsx: 无人引用的工作表": "parts",
    "xlsx: 不认识的元素": "list",
    "xlsx: 不认识的属性": "attributes",
}
# Seen by all who open the file.
SEEN = ["xlsx: 文本框", "xlsx: 页眉"]
REFUSED_AFTERWARDS = {"xlsx: 旧式图形"}


def test_every_trap_is_judged_here() -> None:
    assert set(TRAPS) == {*HIDING, *SEEN}


@pytest.mark.parametrize("name", HIDING)
def test_what_is_hidden_is_gone_and_what_is_seen_stays(name: str) -> None:
    new = strip(TRAPS[name](NUMBER)).data

    assert not holds(new)
    assert SHOWN in shown(new)


@pytest.mark.parametrize("name", HIDING)
def test_without_its_guard_the_secret_goes_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old = TRAPS[name](NUMBER)
    for guard in by_name(GUARDS, HIDING[name]):
        guard(monkeypatch, old)

    assert holds(strip(old).data)


@pytest.mark.parametrize("name", HIDING)
def test_the_new_file_is_proved(name: str) -> None:
    old = TRAPS[name](NUMBER)
    if name in REFUSED_AFTERWARDS:  # words in a layer that is seen cannot come along
        with pytest.raises(UnfitFileError, match="少了看得见的文字"):
            dispatch.strip(old)
        return

    assert not holds(dispatch.strip(old).data)


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_stays(name: str) -> None:
    assert NUMBER in shown(dispatch.strip(TRAPS[name](NUMBER)).data)


def _book(change: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "汇总"
    sheet["A1"] = SHOWN
    change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _opened(data: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def _looks(sheet: Worksheet) -> None:
    sheet["A2"], sheet["B2"], sheet["C2"] = "序号", 1234.5, "=1+1"
    sheet["C2"] = 2
    sheet["B2"].number_format = '#,##0.00"元"'
    sheet["A2"].font = Font(name="宋体", bold=True, color="FFFFFFFF")
    sheet["A2"].fill = PatternFill("solid", fgColor="FF1F4E79")
    sheet.merge_cells("A3:C3")
    sheet["A3"] = "合计"
    sheet.column_dimensions["B"].width = 30.5
    sheet.freeze_panes = "A2"


def test_a_workbook_of_a_program_opens_again_with_its_values_and_looks() -> None:
    new = _opened(dispatch.strip(_book(_looks)).data)

    assert [[cell.value for cell in row] for row in new.rows] == [
        [SHOWN, None, None], ["序号", 1234.5, 2], ["合计", None, None],
    ]  # fmt: skip
    assert new.title == "汇总"
    assert new["B2"].number_format == '#,##0.00"元"'
    assert (new["A2"].font.name, new["A2"].font.b) == ("宋体", True)
    assert new["A2"].fill.fgColor.rgb == "FF1F4E79"
    assert [str(area) for area in new.merged_cells.ranges] == ["A3:C3"]
    assert new.column_dimensions["B"].width == 30.5
    assert new.freeze_panes == "A2"


def test_the_same_workbook_is_always_stripped_to_the_same_bytes() -> None:
    first = strip(_book(_looks)).data

    assert strip(first).data == first


def test_a_formula_becomes_its_value_and_one_without_value_is_refused() -> None:
    def formula(sheet: Worksheet) -> None:
        sheet["A2"] = "=1+1"

    without = _book(formula)
    with pytest.raises(UnfitFileError, match="没有保存计算结果"):
        strip(without)

    content = dict(parts(without))["xl/worksheets/sheet1.xml/"].decode()
    computed = content.replace("<v></v>", "<v>2</v>").replace("<v />", "<v>2</v>")
    computed = computed.replace("<v/>", "<v>2</v>")
    new = _opened(strip(_replaced(without, "xl/worksheets/sheet1.xml", computed)).data)
    assert new["A2"].value == 2


def _replaced(data: bytes, name: str, content: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    return zipped({**files, name: content.encode()})


def test_hidden_rows_and_columns_keep_their_places() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet["A2"], sheet["A3"], sheet["C3"] = "藏", "三", "丙"
        sheet["B3"] = "藏"
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    new = _opened(dispatch.strip(_book(hide)).data)

    assert new["A3"].value == "三"
    assert new["C3"].value == "丙"
    assert new["A2"].value is None
    assert new.row_dimensions[2].hidden
    assert new.column_dimensions["B"].hidden


def test_an_area_merged_out_of_a_hidden_row_is_refused() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet["A2"] = "合计"
        sheet.merge_cells("A2:A4")
        sheet.row_dimensions[2].hidden = True

    with pytest.raises(UnfitFileError, match="取消合并"):
        strip(_book(merge))


def test_a_white_head_of_a_table_gets_the_ground_that_the_table_gave_it() -> None:
    def head(sheet: Worksheet) -> None:
        sheet["A2"], sheet["A3"] = "表头", "值"
        sheet["A2"].font = Font(color="FFFFFFFF")
        sheet.add_table(Table(displayName="t1", ref="A2:A3"))

    new = _opened(dispatch.strip(_book(head)).data)

    assert new["A2"].value == "表头"
    assert new["A2"].fill.fgColor.rgb == "FF4472C4"


def test_a_format_that_says_something_else_is_refused() -> None:
    def masked(sheet: Worksheet) -> None:
        sheet["A2"] = 13800000000
        sheet["A2"].number_format = '"***"'

    with pytest.raises(UnfitFileError, match="数字格式"):
        strip(_book(masked))


def test_a_picture_in_a_cell_is_refused() -> None:
    def picture(sheet: Worksheet) -> None:
        sheet["A2"] = '=DISPIMG("ID_1",1)'

    with pytest.raises(UnfitFileError, match="浮动的图片"):
        strip(_book(picture))


@given(st.lists(st.text(LETTERS, max_size=20)))
@settings(max_examples=25, deadline=None)
def test_visible_words_are_the_same_in_the_same_order(values: list[str]) -> None:
    rows = "".join(
        row(at, words(f"A{at}", escape(value))) for at, value in enumerate(values, start=2)
    )
    old = xlsx(Sheet(rows))

    assert shown(dispatch.strip(old).data) == shown(old)
