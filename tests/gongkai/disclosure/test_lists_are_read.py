"""What a list looks like from the outside: workbooks, encodings, damage, traps."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from gongkai.disclosure.imports import cells, reading
from gongkai.disclosure.imports.cells import CellError
from gongkai.disclosure.imports.columns import COLUMNS, layout_of
from gongkai.disclosure.imports.reading import SheetError, Unreadable, read_sheet
from tests.gongkai.disclosure.lists import row, text, xlsx

EPOCH = CALENDAR_WINDOWS_1900
# Spreadsheets know no zones.
WITH_A_TIME = datetime.fromisoformat("2020-01-05T10:30")
TITLE = "云溪县农村供水工程管护办法"


def title_in(path: Path) -> object:
    return read_sheet(path).rows[1].cells[1]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        pytest.param("utf-8", ",", id="UTF-8"),
        pytest.param("utf-8-sig", ",", id="UTF-8带标记"),
        pytest.param("gb18030", ",", id="GB18030"),
        pytest.param("utf-16", "\t", id="UTF-16制表符"),
        pytest.param("gb18030", ";", id="GB18030分号"),
    ],
)
def test_csv_is_read_in_the_encodings_that_spreadsheets_write(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "清单.csv"
    path.write_bytes(text(row(), delimiter=delimiter).encode(encoding))
    sheet = read_sheet(path)
    assert title_in(path) == TITLE
    assert sheet.rows[0].cells[0] == "信息种类"
    assert sheet.rows[1].number == 2


def test_a_workbook_gives_days_numbers_and_text(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [WITH_A_TIME, 43835, 12.5, 3.0, True, " 甲 "])
    assert read_sheet(path).rows[1].cells[:6] == (
        date(2020, 1, 5), 43835, Decimal("12.5"), 3, True, "甲",
    )  # fmt: skip


def test_formulas_and_errors_have_no_value_of_their_own(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["=1+1", "#N/A"])
    book.save(tmp_path / "a.xlsx")
    formula, fault = read_sheet(tmp_path / "a.xlsx").rows[0].cells
    assert isinstance(formula, Unreadable)
    assert isinstance(fault, Unreadable)
    assert "公式" in formula.why
    assert "错误值" in fault.why


def test_sheets_that_are_not_read_are_named(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("空的")
    book.create_sheet("第二批").append(["x"])
    book.save(tmp_path / "a.xlsx")
    assert read_sheet(tmp_path / "a.xlsx").others == ("第二批",)


def test_days_of_a_workbook_from_1904_are_not_four_years_off(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append([42373])
    book.save(tmp_path / "a.xlsx")
    read = read_sheet(tmp_path / "a.xlsx")
    assert cells.day(read.rows[0].cells[0], read.epoch) == date(2020, 1, 5)
    assert cells.day(43835, EPOCH) == date(2020, 1, 5)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"\xd0\xcf\x11\xe0\xa1", "旧的 .xls", id="旧格式"),
        pytest.param(b"PK\x03\x04 nothing", "不是完好的 .xlsx", id="坏的压缩包"),
        pytest.param(b"\xff\xff\xff", "不是 UTF-8 或者 GB18030", id="不是文字"),
        pytest.param('标题\n"没有收尾的引号\n第二行\n'.encode(), "引号不成对", id="引号吞行"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(SheetError, match=words):
        read_sheet(path)


def repacked(source: Path, target: Path, part: str, data: bytes) -> Path:
    """A workbook with one part replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return target


def test_a_workbook_that_unpacks_to_a_mountain_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = xlsx(tmp_path / "a.xlsx", row())
    size = sum(one.file_size for one in zipfile.ZipFile(good).infolist())
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", size)
    assert title_in(good) == TITLE
    part = "xl/worksheets/sheet1.xml"
    padded = zipfile.ZipFile(good).read(part) + b" " * 10_000_000
    bad = repacked(good, tmp_path / "b.xlsx", part, padded)
    assert bad.stat().st_size < 50_000
    with pytest.raises(SheetError, match="展开以后过大"):
        read_sheet(bad)


def test_a_workbook_that_brings_its_own_entities_is_not_read(tmp_path: Path) -> None:
    good = xlsx(tmp_path / "a.xlsx", row())
    part = "xl/worksheets/sheet1.xml"
    trap = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + zipfile.ZipFile(good).read(part)
    with pytest.raises(SheetError, match="不应有的声明"):
        read_sheet(repacked(good, tmp_path / "b.xlsx", part, trap))


def test_beyond_the_limits_nothing_is_left_out_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx(tmp_path / "a.xlsx", row(), row())
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert len(read_sheet(path).rows) == 3
    monkeypatch.setattr(reading, "MOST_ROWS", 1)
    with pytest.raises(SheetError, match="超过1行"):
        read_sheet(path)
    monkeypatch.setattr(reading, "MOST_COLUMNS", 3)
    with pytest.raises(SheetError, match="超过3列"):
        read_sheet(path)
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    with pytest.raises(SheetError, match="文件超过"):
        read_sheet(path)


@pytest.mark.parametrize(
    "written",
    [
        "2020-1-5", "2020-01-05", "2020/1/5", "2020.1.5", "2020年1月5日", "２０２０年１月５日",
        "20200105", "43835", "2020-01-05 10:30:00", date(2020, 1, 5), 43835, 20200105,
        Decimal("43835.4375"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_and_spreadsheets_write_it(written: reading.Cell) -> None:
    assert cells.day(written, EPOCH) == date(2020, 1, 5)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2020-2-30", "没有这一天"),
        ("2020年1月", "读不出日期"),
        ("1/5/2020", "读不出日期"),
        ("20-1-5", "读不出日期"),
        ("去年", "读不出日期"),
        (12, "读不出日期"),
        ("1900-1-1", "早于1949年10月1日"),
        ("2026-3-13", "晚于今天"),
        (Unreadable("是公式"), "是公式"),
    ],
)
def test_what_is_no_day_is_said_so(written: reading.Cell, words: str) -> None:
    with pytest.raises(CellError, match=words):
        cells.day(written, EPOCH, until=date(2026, 3, 12))


def test_amounts_are_whole_fen() -> None:
    assert cells.fen("1,234.5元") == 123450
    assert cells.fen(Decimal("0.10")) == 10
    assert cells.fen(12) == 1200
    for wrong in ("1.234", "一万", "1e9", "12万元", "-5", "inf"):
        with pytest.raises(CellError, match="读不出金额"):
            cells.fen(wrong)


def test_articles_are_read_as_they_are_spoken() -> None:
    assert cells.grounds("《政府信息公开条例》第十六条第二款；条例第十五条") == [
        "regulations#16.2",
        "regulations#15",
    ]
    for wrong in ("条例第十三条", "第十六条第三款", "保密法第九条"):
        with pytest.raises(CellError, match="不是条例第十四条"):
            cells.grounds(wrong)


def test_plain_text_becomes_paragraphs_and_its_marks_stay_text() -> None:
    assert cells.paragraphs("第一条\n\n<b>第二条</b>") == (
        "<p>第一条</p><p>&lt;b&gt;第二条&lt;/b&gt;</p>"
    )


def test_a_category_of_two_tiers_is_asked_for_by_its_code() -> None:
    assert cells.category("统计信息") == "p20_04"
    with pytest.raises(CellError, match="p21_county_land_taking、p21_town_land_taking"):
        cells.category("土地征收")
    with pytest.raises(CellError, match="是否“统计信息”"):
        cells.category("统计的信息")


def test_heads_are_found_below_a_title_and_by_their_other_names(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "云溪县历年文件目录\n\n序号,名称*,文号,生成日期（必填）,密级\n1,甲,,,\n", "utf-8"
    )
    layout = layout_of(read_sheet(path))
    assert layout is not None
    assert layout.row == 3
    assert {at: one.name for at, one in layout.places.items()} == {
        1: "title", 2: "doc_no", 3: "formed_on",
    }  # fmt: skip
    assert layout.unknown == ("密级",)
    assert layout.missing == ("信息种类", "公开属性")


def test_no_two_columns_share_a_name() -> None:
    heads = [head for one in COLUMNS for head in (one.head, *one.others)]
    assert len(set(heads)) == len(heads) > 60
