"""What is printed is what is read: in every layout each cell is right or unknown, never wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportreader.read import read_bytes
from statute.reporting.cells import Figures
from tests.reportreader.comparison import Comparison
from tests.reportreader.render.figures import Fault, figures, seeded_figures
from tests.reportreader.render.layout import Layout
from tests.reportreader.render.layouts import LAYOUTS

BY_NAME = {layout.name: layout for layout in LAYOUTS}
WITH_TABLES = [layout.name for layout in LAYOUTS if layout.shows_tables]
AS_IMAGES = [layout.name for layout in LAYOUTS if not layout.shows_tables]
SLOW = {".pdf", ".docx"}
MOST_UNKNOWN = 0.05
# A row that does not foot reads as another that does, where sums are all there is to go by.
FAULTS_OUTSIDE_ROWS = (None, Fault.OUTCOMES, Fault.CARRIED_OVER)


def read(layout: Layout, printed: Figures) -> Figures:
    return read_bytes(layout.render(printed), layout.file_name).figures


def reports(layout: Layout, count: int) -> list[Figures]:
    """Different figures of both forms, （六） in one row or three, with and without faults."""
    faults = FAULTS_OUTSIDE_ROWS if layout.rests_on_sums else (None, *Fault)
    return [
        seeded_figures(
            f"{layout.name} {number}",
            edition="2019" if number % 2 else "2021",
            other_in_three=(None, True, False)[number % 3],
            blank_organisations=number % 5 == 4 and not layout.rests_on_sums,
            fault=faults[number % len(faults)],
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("name", WITH_TABLES)
def test_no_cell_is_wrong_and_few_are_unknown_where_nothing_is_lost(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    layout = BY_NAME[name]
    everything, told = Comparison(), Comparison()
    for printed in reports(layout, 5 if layout.suffix in SLOW else 30):
        found = read(layout, printed)
        everything.add(printed, found)
        if layout.tells_all(printed):
            told.add(printed, found)
    line = f"{name}: {everything.share:.1%} of {everything.cells} cells unknown"
    if told.cells:
        line += f", {told.share:.1%} where nothing was lost"
    record_property("share of unknown", line)
    assert everything.wrong == []
    assert told.share <= MOST_UNKNOWN
    assert bool(told.cells) == layout.lossless


@pytest.mark.parametrize("name", [name for name in WITH_TABLES if BY_NAME[name].suffix not in SLOW])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_figures_are_read_as_printed_or_left_unknown(name: str, data: st.DataObject) -> None:
    layout = BY_NAME[name]
    faults = FAULTS_OUTSIDE_ROWS if layout.rests_on_sums else (None, *Fault)
    blanks = data.draw(st.booleans()) and not layout.rests_on_sums
    three = data.draw(st.sampled_from((None, True, False)))
    printed = data.draw(figures(other_in_three=three, blanks=blanks, faults=faults))
    result = Comparison()
    result.add(printed, read(layout, printed))
    assert result.wrong == []


@pytest.mark.parametrize("name", WITH_TABLES)
def test_the_form_the_year_and_the_agency_are_told(name: str) -> None:
    layout = BY_NAME[name]
    for printed in reports(layout, 2):
        found = read(layout, printed)
        assert (found.edition, found.year, found.agency) == (
            printed.edition,
            printed.year,
            printed.agency,
        )


@pytest.mark.parametrize("name", WITH_TABLES)
def test_the_old_form_used_in_a_later_year_is_still_the_old_form(name: str) -> None:
    layout = BY_NAME[name]
    old = seeded_figures("old form", edition="2019")
    printed = Figures(
        edition="2019",
        year=2023,
        agency=old.agency,
        requests=old.requests,
        disputes=old.disputes,
        proactive=old.proactive,
        units=old.units,
    )
    found = read(layout, printed)
    assert (found.edition, found.year) == ("2019", 2023)
    result = Comparison()
    result.add(printed, found)
    assert result.wrong == []


@pytest.mark.parametrize("name", AS_IMAGES)
def test_tables_that_are_images_are_missing_and_said_to_be(name: str) -> None:
    layout = BY_NAME[name]
    (printed,) = reports(layout, 1)
    reading = read_bytes(layout.render(printed), layout.file_name)
    assert reading.figures.requests is None
    assert reading.figures.disputes is None
    assert reading.figures.proactive is None
    assert reading.figures.year == printed.year
    assert any("图片" in remark.text for remark in reading.remarks)
