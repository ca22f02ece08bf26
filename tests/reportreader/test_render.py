"""The generator itself: figures foot unless told otherwise, layouts print what they are given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from statute.reporting.cells import BLANK, Figures
from statute.reporting.tables import DISPUTES
from tests.reportreader.render.figures import Fault, figures, seeded_figures
from tests.reportreader.render.layouts import LAYOUTS
from tests.reportreader.render.printed import Part, requests_table


def number(cell: object) -> int:
    assert isinstance(cell, int)
    return cell


def rows(printed: Figures) -> dict[str, list[int]]:
    return {
        row: [number(cell) for cell in cells] for row, cells in (printed.requests or {}).items()
    }


def broken_sums(printed: Figures) -> set[Fault]:
    """Which kinds of sums do not hold, worked out from the figures alone."""
    table, broken = rows(printed), set()
    outcomes = [name for name in table if name.startswith("r_") and name != "r_sum"]
    for column in range(7):
        if sum(table[name][column] for name in outcomes) != table["r_sum"][column]:
            broken.add(Fault.OUTCOMES)
        incoming = table["a1"][column] + table["a2"][column]
        if incoming != table["r_sum"][column] + table["a4"][column]:
            broken.add(Fault.CARRIED_OVER)
    if any(sum(cells[:-1]) != cells[-1] for cells in table.values()):
        broken.add(Fault.ROW_TOTAL)
    disputes = printed.disputes or {}
    for group in DISPUTES:
        *results, total = [number(disputes[column.id]) for column in group.columns]
        if sum(results) != total:
            broken.add(Fault.DISPUTES)
    return broken


@settings(max_examples=50, deadline=None)
@given(printed=figures())
def test_every_sum_holds_when_no_fault_is_asked_for(printed: Figures) -> None:
    assert broken_sums(printed) == set()


@pytest.mark.parametrize("fault", Fault)
def test_the_fault_asked_for_is_there(fault: Fault) -> None:
    for seed in range(20):
        printed = seeded_figures(f"fault {seed}", edition="2021", fault=fault)
        assert fault in broken_sums(printed)


@pytest.mark.parametrize(
    ("edition", "three", "count"),
    [
        pytest.param("2019", None, 23, id="the form of 2019"),
        pytest.param("2021", None, 25, id="the form of 2021"),
        pytest.param("2019", True, 25, id="the form of 2019 with three rows in （六）"),
        pytest.param("2021", False, 23, id="the form of 2021 with one row in （六）"),
    ],
)
def test_table_three_has_the_rows_of_its_form(edition: str, three: bool, count: int) -> None:
    printed = seeded_figures("1", edition=edition, other_in_three=three)
    assert len(printed.requests or {}) == count
    table = requests_table(printed)
    assert table.row_count == count + 3
    results = [cell for cell in table.cells if cell.text == "三、本年度办理结果"]
    assert [cell.row_span for cell in results] == [count - 3]
    assert sum(cell.part is Part.VALUE for cell in table.cells) == count * 7


def test_blank_columns_are_those_of_organisations() -> None:
    printed = seeded_figures("blanks", edition="2021", blank_organisations=True)
    for cells in (printed.requests or {}).values():
        assert cells[1:6] == (BLANK,) * 5
        assert cells[0] == cells[6]


def test_layouts_are_many_and_have_names_of_their_own() -> None:
    names = [layout.name for layout in LAYOUTS]
    assert len(names) >= 30
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: str(layout.name))
def test_a_layout_prints_the_same_twice_and_says_what_it_loses(layout: object) -> None:
    known = next(item for item in LAYOUTS if item is layout)
    printed = seeded_figures("3", edition="2021")
    if known.suffix != ".docx":  # python-docx writes the time of day into its zip
        assert known.render(printed) == known.render(printed)
    assert (known.lossless and known.keeps_blanks) == (known.loses == "")
