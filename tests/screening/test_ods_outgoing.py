"""The ODS that goes out is a whole package that hides nothing, whatever sheet it came from.

That each hiding place is emptied, with its control, is shown beside this; here stand the promises
about the file as a whole, and the files that are none.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.passages import Layer, UnfitFileError
from screening.reading import extract
from screening.stripping.dispatch import strip
from screening.stripping.promises import hidden_left
from screening.stripping.writing import packed
from screening.xml import parse_xml
from tests.screening.build_ods import TRAPS, cell, row
from tests.screening.build_ods import ods as built
from tests.screening.strip_checks import NUMBER, by_name, holds
from tests.screening.strip_guards_ods import GUARDS
from tests.screening.traps import SHOWN

NAME = "城北某甲"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
# Seen by all who open the file, so it stays; a control of a form cannot come along at all.
HIDING = [name for name in TRAPS if name not in ("ods: 文本框", "ods: 页眉", "ods: 表单的默认值")]
# Attributes go without being counted: the report tells of elements and of parts.
UNCOUNTED = ("ods: 图形的名称", "ods: 不认识的属性")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def cells(data: bytes) -> list[str]:
    """The words of the cells that are seen, in order."""
    return [
        each.text
        for each in extract(data).passages
        if each.place.cell and each.place.layer is Layer.VISIBLE and not each.place.inside
    ]


@pytest.mark.parametrize("name", HIDING)
def test_a_hidden_name_is_gone_and_the_cells_stay_in_order(name: str) -> None:
    before = TRAPS[name](NAME)
    assert holds(before, NAME)
    after = strip(before).data
    assert not holds(after, NAME)
    assert cells(after) == cells(before)


@pytest.mark.parametrize("name", HIDING)
def test_the_new_file_hides_nothing_and_says_what_went(name: str) -> None:
    stripped = strip(TRAPS[name](NUMBER))
    assert hidden_left(extract(stripped.data)) == ()
    assert stripped.removed or name in UNCOUNTED


@pytest.mark.parametrize(
    ("name", "guards"),
    [
        ("ods: 隐藏行", "rows"), ("ods: 隐藏列", "columns"), ("ods: 批注", "list"),
        ("ods: 作者", "parts"),
    ],
)  # fmt: skip
def test_a_stripper_that_forgets_a_place_is_caught_by_the_proof(
    name: str, guards: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = TRAPS[name](NUMBER)
    for guard in by_name(GUARDS, guards):
        guard(monkeypatch, data)
    with pytest.raises(UnfitFileError, match="清理后仍有看不见的内容"):
        strip(data)


@pytest.mark.parametrize("name", HIDING)
def test_the_package_is_whole_and_lists_its_parts(name: str) -> None:
    data = strip(TRAPS[name](NUMBER)).data
    with zipfile.ZipFile(BytesIO(data)) as whole:
        assert whole.testzip() is None
        first = whole.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    parts = parts_of(data)
    assert parts["mimetype"] == MIME.encode()
    for part in (name for name in parts if name.endswith(".xml")):
        parse_xml(parts[part])
    listed = {
        value
        for entry in parse_xml(parts["META-INF/manifest.xml"]).iter()
        for key, value in entry.attrib.items()
        if str(key).endswith("full-path")
    }
    assert listed == set(parts) - {"mimetype", "META-INF/manifest.xml"} | {"/"}


def test_the_same_file_gives_the_same_bytes() -> None:
    data = TRAPS["ods: 批注"](NUMBER)
    assert strip(data).data == strip(data).data


@pytest.mark.parametrize("name", HIDING)
def test_stripping_twice_gives_the_same_bytes_and_finds_nothing_more(name: str) -> None:
    once = strip(TRAPS[name](NUMBER)).data
    twice = strip(once)
    assert twice.removed == ()
    assert twice.data == once


_LAYERS = {
    "ods: 批注": Layer.COMMENT,
    "ods: 隐藏行": Layer.HIDDEN_ROW,
    "ods: 筛选掉的行": Layer.FILTERED_ROW,
    "ods: 隐藏列": Layer.HIDDEN_COLUMN,
    "ods: 隐藏工作表": Layer.HIDDEN_SHEET,
    "ods: 白色文字": Layer.WHITE_TEXT,
    "ods: 公式": Layer.FORMULA,
    "ods: 宏库": Layer.SCRIPT,
    "ods: 内嵌的对象": Layer.ATTACHMENT,
    "ods: 旧版本": Layer.EARLIER_VERSION,
    "ods: 作者": Layer.METADATA,
}


@pytest.mark.parametrize("name", _LAYERS)
def test_what_went_is_reported_in_its_layer(name: str) -> None:
    removed = strip(TRAPS[name](NUMBER)).removed
    assert _LAYERS[name] in {one.layer for one in removed if one.count}


def test_public_links_stay_and_others_lose_their_address() -> None:
    links = "".join(
        f'<text:a xlink:href="{address}">{word}</text:a>'
        for address, word in (
            ("https://example.invalid/a", "甲"),
            ("mailto:a@example.invalid", "乙"),
            ("http://u:p@example.invalid/", "丙"),
            ("file:///D:/a.ods", "丁"),
        )
    )
    after = strip(built(row(cell(links)))).data
    found = [e.text for e in extract(after).passages if e.place.layer is Layer.LINK]
    assert found == ["https://example.invalid/a"]
    assert cells(after) == [SHOWN, "甲乙丙丁"]


# Any sheet, however its rows and columns are hidden.

_WORDS = st.text("甲乙丙丁戊己庚辛0123456789", min_size=1, max_size=6)
_COLUMNS = st.lists(st.booleans(), min_size=1, max_size=5)
_VISIBLE = st.sampled_from(["", "", "collapse", "filter"])

Grid = tuple[list[bool], list[tuple[str, list[str]]]]


@st.composite
def _grids(draw: st.DrawFn) -> Grid:
    """Which columns are hidden, and lines: how each is hidden, and its words."""
    columns = draw(_COLUMNS)
    width = len(columns)
    line = st.tuples(_VISIBLE, st.lists(_WORDS, min_size=width, max_size=width))
    return columns, draw(st.lists(line, max_size=5))


def _visibility(value: str) -> str:
    return f' table:visibility="{value}"' if value else ""


@given(_grids())
@settings(max_examples=80, deadline=None)
def test_the_seen_cells_of_any_sheet_stay_in_order_and_no_others(grid: Grid) -> None:
    hidden, lines = grid
    hidden = [False, *hidden]  # the first column holds the line for everybody
    columns = (_visibility("collapse" if each else "") for each in hidden)
    data = built(
        "".join(
            row(cell("壬"), *(cell(word) for word in words), look=_visibility(how))
            for how, words in lines
        ),
        columns="".join(f"<table:table-column{look}/>" for look in columns),
    )
    expected = [SHOWN]
    for how, words in lines:
        if not how:
            seen = zip(hidden, ["壬", *words], strict=True)
            expected += [word for away, word in seen if not away]
    after = strip(data).data
    assert cells(data) == expected
    assert cells(after) == expected
    assert hidden_left(extract(after)) == ()


# Files that are none.


def test_a_file_cut_off_anywhere_is_refused() -> None:
    data = TRAPS["ods: 批注"](NUMBER)
    for end in range(0, len(data) - 1, 61):
        with pytest.raises(UnfitFileError):
            strip(data[:end])


@pytest.mark.parametrize("name", TRAPS)
def test_content_cut_off_is_refused(name: str) -> None:
    parts = parts_of(TRAPS[name](NUMBER))
    parts["content.xml"] = parts["content.xml"][: len(parts["content.xml"]) * 2 // 3]
    with pytest.raises(UnfitFileError):
        strip(packed(parts))


def test_a_workbook_without_a_sheet_that_is_seen_is_refused() -> None:
    parts = parts_of(TRAPS["ods: 隐藏工作表"](NUMBER))
    seen = '<table:table table:name="汇总"'
    assert seen.encode() in parts["content.xml"]
    hidden = parts["content.xml"].replace(seen.encode(), f'{seen} table:style-name="t1"'.encode())
    with pytest.raises(UnfitFileError, match="没有看得见的工作表"):
        strip(packed({**parts, "content.xml": hidden}))
