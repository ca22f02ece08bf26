"""Every hiding place of an ODS is read in its layer; without its reader it is missed.

Broken and oversized files are read or refused with a reason, and nothing else.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from screening.extraction import ods, ods_asides, ods_sheets
from screening.extraction.ods import harvest
from screening.passages import Carrier, Extraction, Layer, UnfitFileError
from screening.reading import extract
from tests.screening.build_ods import EXPECTED, TRAPS, cell, content, row, sheet, style
from tests.screening.build_ods import ods as built
from tests.screening.places import seconds
from tests.screening.samples import zipped
from tests.screening.traps import SHOWN

PLANTED = "城北某甲1357"

# The tables of the extractor, with their modules.
_TABLES = {"HIDERS": ods_sheets, "CELL_PARTS": ods_sheets, "KEEPERS": ods_asides, "PARTS": ods}
_FILES = r"(?:Pictures|Thumbnails|Versions|media)/.*"
_OBJECTS = r"Object[ _]?\d+(?:/.*)?"
_MACROS = r"(?:Basic|Dialogs|Scripts)/.*"

# What reads each place: table and entry. The last reader counts where it gives the same layer.
READERS: dict[str, tuple[tuple[str, str], ...]] = {
    "ods: 隐藏行": (("HIDERS", "row"),),
    "ods: 零高的行": (("HIDERS", "row"),),
    "ods: 收起的分组行": (("HIDERS", "row"),),
    "ods: 筛选掉的行": (("HIDERS", "row"),),
    "ods: 隐藏列": (("HIDERS", "column"),),
    "ods: 重复写的隐藏列": (("HIDERS", "column"),),
    "ods: 隐藏工作表": (("HIDERS", "sheet"),),
    "ods: 合并掉的单元格": (("HIDERS", "merge"),),
    "ods: 白色文字": (("HIDERS", "look"),),
    "ods: 和底色同色的文字": (("HIDERS", "look"),),
    "ods: 极小的文字": (("HIDERS", "look"),),
    "ods: 保护后不显示的单元格": (("HIDERS", "protection"),),
    "ods: 空的数字格式": (("HIDERS", "format"),),
    "ods: 批注": (("CELL_PARTS", "annotation"),),
    "ods: 批注的作者": (("CELL_PARTS", "annotation"),),
    "ods: 修订前的单元格": (("KEEPERS", "tracked-changes"),),
    "ods: 修订人": (("KEEPERS", "tracked-changes"),),
    "ods: 定义的名称": (("KEEPERS", "named-expression"),),
    "ods: 数据有效性的选项": (("KEEPERS", "content-validation"),),
    "ods: 数据有效性的提示": (("KEEPERS", "content-validation"),),
    "ods: 条件格式": (("KEEPERS", "map"),),
    "ods: 筛选条件": (("KEEPERS", "filter-condition"),),
    "ods: 数据透视表的项": (("KEEPERS", "data-pilot-member"),),
    "ods: 外部链接的缓存": (("HIDERS", "sheet"),),
    "ods: 外部链接的路径": (("KEEPERS", "href"),),
    "ods: 超链接": (("KEEPERS", "href"),),
    "ods: 方案": (("KEEPERS", "scenario"),),
    "ods: 文本框": (("KEEPERS", "frame"),),
    "ods: 替代文字": (("KEEPERS", "frame"),),
    "ods: 图形的名称": (("KEEPERS", "frame"),),
    "ods: 页眉": (("KEEPERS", "header"),),
    "ods: 脚本": (("KEEPERS", "script"),),
    "ods: 宏库": (("PARTS", _MACROS),),
    "ods: 表单的默认值": (("KEEPERS", "forms"),),
    "ods: 内嵌的对象": (("PARTS", _OBJECTS),),
    "ods: 内嵌的 OLE 对象": (("PARTS", _OBJECTS),),
    "ods: 图片里的说明": (("PARTS", _FILES), ("PARTS", r"(?s).*")),
    "ods: 缩略图": (("PARTS", _FILES), ("PARTS", r"(?s).*")),
    "ods: 作者": (("PARTS", r"meta\.xml"), ("PARTS", r"(?s).*")),
    "ods: 自定义属性": (("PARTS", r"meta\.xml"), ("PARTS", r"(?s).*")),
    "ods: 打印机设置": (("PARTS", r"settings\.xml"), ("PARTS", r"(?s).*")),
    "ods: 旧版本": (("PARTS", _FILES), ("PARTS", r"(?s).*")),
    "ods: 清单以外的部件": (("PARTS", r"(?s).*"),),
}
# Read by a rule and not by an entry of a table; each has a control of its own below.
BY_RULE = {
    "ods: 隐藏工作表的名称",
    "ods: 一段白色文字",
    "ods: 隐藏文字",
    "ods: 公式",
    "ods: 单元格的内部值",
    "ods: 不认识的元素",
    "ods: 不认识的属性",
}


def layers_of(extraction: Extraction, words: str = PLANTED) -> set[Layer]:
    """The layers in which the words stand; what stands in a file inside is attached."""
    return {
        Layer.ATTACHMENT if each.place.inside else each.place.layer
        for each in extraction.passages
        if words in each.text
    }


@pytest.mark.parametrize("name", TRAPS)
def test_every_hiding_place_is_read_in_its_layer(name: str) -> None:
    extraction = extract(TRAPS[name](PLANTED))
    assert extraction.carrier is Carrier.ODS
    assert layers_of(extraction) == {EXPECTED[name]}
    assert layers_of(extraction, SHOWN) == {Layer.VISIBLE} or name == "ods: 旧版本"


def test_every_hiding_place_has_a_control() -> None:
    assert set(READERS) | BY_RULE == set(TRAPS)
    assert not set(READERS) & BY_RULE


@pytest.mark.parametrize("name", READERS)
def test_without_its_reader_the_place_is_missed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for table, entry in READERS[name]:
        monkeypatch.delitem(getattr(_TABLES[table], table), entry)
    assert EXPECTED[name] not in layers_of(extract(TRAPS[name](PLANTED)))


@pytest.mark.parametrize("name", ["ods: 一段白色文字", "ods: 隐藏文字"])
def test_without_the_rule_for_looks_a_span_is_taken_for_seen(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ods_sheets, "layer_of", lambda *_: None)
    assert layers_of(extract(TRAPS[name](PLANTED))) == {Layer.VISIBLE}


def test_without_the_rule_for_sheets_the_name_is_taken_for_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ods_sheets, "sheet_layer", lambda *_: None)
    assert layers_of(extract(TRAPS["ods: 隐藏工作表的名称"](PLANTED))) == {Layer.VISIBLE}


def test_without_attributes_formulas_and_inner_values_are_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ods_sheets, "take_attribute", lambda *_: "")
    monkeypatch.setattr(ods.Book, "rest", lambda *_: None)
    for name in ("ods: 公式", "ods: 单元格的内部值"):
        assert not layers_of(extract(TRAPS[name](PLANTED)))


@pytest.mark.parametrize("name", ["ods: 不认识的元素", "ods: 不认识的属性"])
def test_without_the_last_reader_what_is_unknown_is_missed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ods.Book, "rest", lambda *_: None)
    assert not layers_of(extract(TRAPS[name](PLANTED)))


# Places, counted by hand.


def cells_of(data: bytes) -> list[tuple[str, str, int, int]]:
    return [
        (each.text, each.place.cell, each.place.row, each.place.column)
        for each in harvest(data).extraction.passages
        if each.place.cell
    ]


def test_repeated_cells_and_rows_count_towards_the_place() -> None:
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    empty = '<table:table-row table:number-rows-repeated="5"><table:table-cell/></table:table-row>'
    data = built(empty + row(gap, cell("乙")))
    assert cells_of(data) == [(SHOWN, "A1", 1, 1), ("乙", "C7", 7, 3)]


def test_a_place_in_a_hidden_column_is_worded_in_chinese() -> None:
    found = extract(TRAPS["ods: 隐藏列"](PLANTED)).passages
    (place,) = (each.place for each in found if each.text == PLANTED)
    assert place.wording() == "工作表“汇总” B2（隐藏列）"


def test_lines_of_a_cell_stand_in_one_passage() -> None:
    data = built(row("<table:table-cell><text:p>甲</text:p><text:p>乙</text:p></table:table-cell>"))
    assert ("甲\n乙", "A2", 2, 1) in cells_of(data)


def test_a_white_half_of_a_number_does_not_hide_the_other() -> None:
    white = style("s1", "text", '<style:text-properties fo:color="#ffffff"/>')
    span = '1101<text:span text:style-name="s1">0119</text:span>'
    found = extract(built(row(cell(span)), styles=white))
    assert layers_of(found, "1101") == {Layer.VISIBLE}
    assert layers_of(found, "0119") == {Layer.WHITE_TEXT}


def test_a_named_format_hides_only_the_cells_that_use_it() -> None:
    """Two formats, the last of which shows nothing: each is known by its own name."""
    formats = (
        '<number:number-style style:name="N1"><number:number/></number:number-style>'
        '<number:text-style style:name="N2"/>'
    )
    used = '<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>'
    data = built(row(cell("甲", ' table:style-name="c1"')), styles=formats + used)
    assert layers_of(extract(data), "甲") == {Layer.VISIBLE}
    assert layers_of(extract(data), SHOWN) == {Layer.VISIBLE}


# A number alone is a passage like any other, also where nobody but the last reader looks.
_BARE = ["ods: 作者", "ods: 清单以外的部件", "ods: 不认识的元素", "ods: 内嵌的对象"]


@pytest.mark.parametrize("name", _BARE)
@pytest.mark.parametrize("digits", [18, 11])
def test_a_number_alone_is_not_taken_for_a_measure(name: str, digits: int) -> None:
    number = "110101190001010011"[:digits]
    assert layers_of(extract(TRAPS[name](number)), number) == {EXPECTED[name]}


def test_a_long_number_with_a_letter_is_read_as_fast_as_others() -> None:
    """So short that a reader who tries every way to part it fails here and does not hang."""
    short, long = (TRAPS["ods: 不认识的元素"]("1" * size + "x") for size in (6, 24))
    assert seconds(lambda: extract(long)) <= 10 * seconds(lambda: extract(short)) + 0.3


# Hostile files: words or a refusal, within the time of a blink.


def test_a_million_repeated_rows_and_cells_are_not_written_out() -> None:
    many = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>甲</text:p></table:table-cell>'
        "</table:table-row>"
    )
    one = built(many.replace("1048576", "1").replace("16384", "1"))
    assert seconds(lambda: cells_of(built(many))) <= 10 * seconds(lambda: cells_of(one)) + 0.3
    found = cells_of(built(many))
    assert found == [(SHOWN, "A1", 1, 1), ("甲", "A2", 2, 1)]


@pytest.mark.parametrize("count", ["-1", "0", "abc", "", "9" * 40])
def test_odd_counts_are_read_as_they_can_be(count: str) -> None:
    odd = f'<table:table-row table:number-rows-repeated="{count}">{cell("甲")}</table:table-row>'
    assert layers_of(extract(built(odd)), "甲") == {Layer.VISIBLE}


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    circle = "".join(
        f'<style:style style:name="{own}" style:family="table-cell" '
        f'style:parent-style-name="{other}"/>'
        for own, other in (("a", "b"), ("b", "a"))
    )
    data = built(row(cell("甲", ' table:style-name="a"')), styles=circle)
    assert layers_of(extract(data), "甲") == {Layer.VISIBLE}


def read_or_refused(data: bytes) -> str:
    """The reason of a refusal, "" when the file was read; anything else is an error."""
    try:
        extract(data)
    except UnfitFileError as error:
        return error.reason
    return ""


def test_a_file_cut_off_anywhere_is_refused() -> None:
    data = TRAPS["ods: 批注"](PLANTED)
    for end in range(0, len(data) - 1, 41):
        assert read_or_refused(data[:end])


def with_part(name: str, inside: bytes) -> bytes:
    """The file of all kinds of parts, one of them replaced."""
    with zipfile.ZipFile(BytesIO(built())) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    return zipped({**parts, name: inside})


_BROKEN = {
    "empty": b"",
    "truncated": content(sheet(row(cell("甲"))))[:-40],
    "no XML": b"\x00\x01\x02\xff" * 20,
    "wrong encoding": b'<?xml version="1.0" encoding="UTF-7"?><a/>',
    "document type": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "too deep": b"<a>" * 5000 + b"</a>" * 5000,
}


@pytest.mark.parametrize("kind", _BROKEN)
def test_broken_content_is_refused_with_a_reason(kind: str) -> None:
    assert read_or_refused(with_part("content.xml", _BROKEN[kind]))


@pytest.mark.parametrize("kind", _BROKEN)
@pytest.mark.parametrize("part", ["styles.xml", "meta.xml", "settings.xml", "Object 1/content.xml"])
def test_broken_parts_raise_nothing_but_a_refusal(kind: str, part: str) -> None:
    read_or_refused(with_part(part, _BROKEN[kind]))


@pytest.mark.parametrize("name", TRAPS)
def test_content_cut_off_is_refused_wherever_it_ends(name: str) -> None:
    with zipfile.ZipFile(BytesIO(TRAPS[name](PLANTED))) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    cut = parts["content.xml"][: len(parts["content.xml"]) * 2 // 3]
    assert read_or_refused(zipped({**parts, "content.xml": cut}))


def test_a_box_on_a_hidden_sheet_is_hidden() -> None:
    hidden = style("t1", "table", '<style:table-properties table:display="false"/>')
    frame = "<draw:frame><draw:text-box><text:p>甲乙</text:p></draw:text-box></draw:frame>"
    shapes = f"<table:shapes>{frame}</table:shapes>"
    data = built(
        shapes.replace("甲乙", "丙丁"),
        sheet(shapes, "底表", ' table:style-name="t1"'),
        styles=hidden,
    )
    assert layers_of(extract(data), "甲乙") == {Layer.HIDDEN_SHEET}
    assert layers_of(extract(data), "丙丁") == {Layer.TEXT_BOX}
