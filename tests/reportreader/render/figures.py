"""Any figures a report may hold, from a source of chance: a seeded Random or Hypothesis.

They foot, unless a fault is asked for; how they are printed is a layout's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from random import Random

from hypothesis import strategies as st

from statute.reporting.cells import APPLICANT_COLUMNS, BLANK, Cell, Figures
from statute.reporting.editions import edition as edition_of
from statute.reporting.forms import Column, Unit
from statute.reporting.tables import DISPUTES, OTHER_SINGLE, OTHER_THREE, request_rows

AGENCIES = ("样例县人民政府", "样例县自然资源局", "样例县城东镇人民政府")
_ORGANISATIONS = len(APPLICANT_COLUMNS) - 2


class Fault(StrEnum):
    """A sum that does not hold, as clerks get them wrong."""

    OUTCOMES = "outcomes"  # （七）总计 is not the sum of （一）…（六）
    ROW_TOTAL = "row_total"  # one row's 总计 is not the sum of its columns
    CARRIED_OVER = "carried_over"  # 一 + 二 is not 三 + 四
    DISPUTES = "disputes"  # a 总计 of table four is wrong


def random_figures(
    chance: Random,
    *,
    edition: str,
    other_in_three: bool | None = None,
    blank_organisations: bool = False,
    fault: Fault | None = None,
) -> Figures:
    """The figures of one report on this form.

    （六）其他处理 is printed as the form has it unless `other_in_three` says otherwise; with
    `blank_organisations` the five columns of organisations are left empty throughout.
    """
    form = edition_of(edition)
    three = edition == "2021" if other_in_three is None else other_in_three
    rows = _requests(chance, three=three, people_only=blank_organisations)
    disputes = {
        name: value for group in DISPUTES for name, value in _group(chance, group.columns).items()
    }
    proactive: dict[str, tuple[Cell, ...]] = {
        row: tuple(_published(chance, column) for column in columns)
        for row, (_, columns) in form.proactive_rows.items()
    }
    _break(chance, fault, rows, disputes)
    requests: dict[str, tuple[Cell, ...]] = dict(rows)
    if blank_organisations:
        empty = (BLANK,) * _ORGANISATIONS
        requests = {row: (cells[0], *empty, cells[-1]) for row, cells in rows.items()}
    first, last = form.report_years
    return Figures(
        edition=edition,
        year=chance.randint(first, last or 2025),
        agency=chance.choice(AGENCIES),
        requests=requests,
        disputes=disputes,
        proactive=proactive,
        units=_units(chance, edition),
    )


def seeded_figures(
    seed: str,
    *,
    edition: str,
    other_in_three: bool | None = None,
    blank_organisations: bool = False,
    fault: Fault | None = None,
) -> Figures:
    """The same figures for the same seed, today and tomorrow."""
    return random_figures(
        Random(seed),
        edition=edition,
        other_in_three=other_in_three,
        blank_organisations=blank_organisations,
        fault=fault,
    )


def figures(
    *,
    editions: tuple[str, ...] = ("2019", "2021"),
    other_in_three: bool | None = None,
    blanks: bool = False,
    faults: tuple[Fault | None, ...] = (None,),
) -> st.SearchStrategy[Figures]:
    """The same under Hypothesis; failures can be repeated and are made smaller."""
    return st.builds(
        random_figures,
        st.randoms(use_true_random=False),
        edition=st.sampled_from(editions),
        other_in_three=st.just(other_in_three),
        blank_organisations=st.just(blanks),
        fault=st.sampled_from(faults),
    )


def _count(chance: Random) -> int:
    """Mostly nothing, now and then a great many: as offices have it."""
    kind = chance.randrange(100)
    if kind < 62:
        return 0
    if kind < 85:
        return chance.randint(1, 9)
    if kind < 96:
        return chance.randint(10, 99)
    return chance.randint(100, 12_000)


def _requests(chance: Random, *, three: bool, people_only: bool) -> dict[str, tuple[int, ...]]:
    names = [row.id for row in request_rows(OTHER_THREE if three else OTHER_SINGLE)]
    outcomes = [name for name in names if name.startswith("r_") and name != "r_sum"]

    def row() -> list[int]:
        organisations = [
            0 if people_only or chance.random() < 0.8 else _count(chance)
            for _ in range(_ORGANISATIONS)
        ]
        return [_count(chance), *organisations]

    body = {name: row() for name in outcomes}
    body["r_sum"] = [sum(column) for column in zip(*body.values(), strict=True)]
    body["a4"] = row()
    due = [sum(pair) for pair in zip(body["r_sum"], body["a4"], strict=True)]
    body["a2"] = [chance.randint(0, min(total, 40)) for total in due]
    body["a1"] = [total - before for total, before in zip(due, body["a2"], strict=True)]
    return {name: (*body[name], sum(body[name])) for name in names}


def _group(chance: Random, columns: tuple[Column, ...]) -> dict[str, int]:
    results = [_count(chance) % 400 for _ in columns[:-1]]
    return dict(zip((column.id for column in columns), [*results, sum(results)], strict=True))


def _published(chance: Random, column: Column) -> Cell:
    if column.unit in {Unit.YUAN_10K, Unit.FREE}:
        whole = _count(chance)
        return whole if chance.random() < 0.5 else Decimal(f"{whole}.{chance.randint(1, 99):02d}")
    count = _count(chance)
    return -count if column.signed and chance.random() < 0.3 else count


def _units(chance: Random, edition: str) -> Mapping[str, str | None]:
    if edition == "2021":
        return {"admin_fee": "万元"}
    return {"central_purchase": chance.choice(("元", "万元", None))}


def _break(
    chance: Random,
    fault: Fault | None,
    rows: dict[str, tuple[int, ...]],
    disputes: dict[str, int],
) -> None:
    """Makes one sum wrong, in the first column and in what is added up from it."""
    by = chance.randint(1, 9)
    if fault in {Fault.OUTCOMES, Fault.CARRIED_OVER}:
        name = "r_sum" if fault is Fault.OUTCOMES else "a4"
        first, *middle, total = rows[name]
        rows[name] = (first + by, *middle, total + by)
    elif fault is Fault.ROW_TOTAL:
        name = chance.choice(sorted(rows))
        rows[name] = (*rows[name][:-1], rows[name][-1] + by)
    elif fault is Fault.DISPUTES:
        disputes["ld_total"] += by
