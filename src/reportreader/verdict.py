"""What checking says of one report: its faults with their cells and places, what could not be
judged, what held, and which cell explains several faults.

It reads no files and prints nothing: an opened report comes in, a Verdict goes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reportreader.located import CellAt, Cells, Report
from reportreader.prose_scope import Scope, scope_of
from statute.citations import Mark
from statute.reporting import checks
from statute.reporting.cells import Figures, Number
from statute.reporting.checks import RULES, Result, Rule, Severity, Status
from statute.reporting.checks_prose import against_prose
from statute.reporting.checks_sums import not_assessable
from statute.texts.anchors import cited


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a report is compared with; `unread` names files of children that could not be opened,
    each with its reason."""

    previous: Report | None = None
    children: tuple[Report, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of some cells. `number` counts the faults of a report from 1, errors
    before warnings; 0 for a finding that is no fault. `source` is the citation in Chinese.

    `cells` of a fault are all that take part; of what cannot be judged, those that prevent it.
    """

    result: Result
    cells: tuple[CellAt, ...]
    number: int = 0

    @property
    def rule(self) -> Rule:
        """The rule that was applied."""
        return self.result.rule

    @property
    def source(self) -> str:
        """Where the rule comes from, in Chinese."""
        return source_of(self.rule.id)


@dataclass(frozen=True, slots=True)
class HeldRule:
    """A rule that holds: how often, and a remark on how that was judged."""

    rule: Rule
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class SuspectCell:
    """A cell that, with another value, would settle the faults of these numbers; `alone` when no
    other cell could settle any of them."""

    cell: CellAt
    found: Number
    would_have_to_be: Number
    explains: tuple[int, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything checking says of one report."""

    report: Report
    faults: tuple[Finding, ...]
    open: tuple[Finding, ...]
    held: tuple[HeldRule, ...]
    suspects: tuple[SuspectCell, ...]
    messages: tuple[str, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Faults that make the report wrong."""
        return tuple(one for one in self.faults if one.rule.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Faults that only need an explanation."""
        return tuple(one for one in self.faults if one.rule.severity is Severity.WARN)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be opened, and why."""

    file: str
    reason: str


@cache
def source_of(rule_id: str) -> str:
    """The source of a rule as it is written in a letter, with what else it stands on."""
    rule = RULES[rule_id]
    text = "、".join(cited(citation) for citation in (rule.source, *rule.also))
    return f"{text}（出处凭记忆收录，待核对）" if rule.mark is Mark.MEMORY else text


_ALONE = Comparison()
_GOVERNMENT = "人民政府"
_SHORT_NAMES = {
    "镇": _GOVERNMENT,
    "乡": _GOVERNMENT,
    "苏木": _GOVERNMENT,
    "县": _GOVERNMENT,
    "街道": "办事处",
}


def judge(report: Report, comparison: Comparison = _ALONE) -> Verdict:
    """Checks a report against itself and against what it is to be compared with."""
    children = _named(_of_same_year(report, comparison.children))
    results = (
        *checks.check(_with_kind(report.reading.figures), _beside(report, comparison, children)),
        *_left_open_by_prose(report),
        *_left_out(report, comparison),
    )
    cells = Cells(report, comparison.previous, children)
    broken = [one for one in results if one.status is Status.FAULT]
    notes = [one.note for one in broken if one.rule.severity is Severity.NOTE]
    faults = sorted(
        (one for one in broken if one.rule.severity is not Severity.NOTE),
        key=lambda one: one.rule.severity is not Severity.ERROR,
    )
    return Verdict(
        report=report,
        faults=tuple(
            Finding(result, cells.all_of(result), number) for number, result in enumerate(faults, 1)
        ),
        open=tuple(
            Finding(result, cells.open_of(result))
            for result in results
            if result.status is Status.NOT_ASSESSABLE
        ),
        held=_held(results),
        suspects=tuple(_suspects(results, faults, cells)),
        messages=(*_messages(report, comparison), *notes),
    )


def _with_kind(figures: Figures) -> Figures:
    """Reports name their body in short: “…镇” for the government of a township."""
    name = figures.agency or ""
    kind = next(
        (
            checks.kind_by_name(name + rest)
            for ending, rest in _SHORT_NAMES.items()
            if name.endswith(ending)
        ),
        None,
    )
    return figures if kind is None else replace(figures, agency_kind=kind)


def _beside(
    report: Report, comparison: Comparison, children: Mapping[str, Report]
) -> checks.Beside:
    previous = comparison.previous
    figures = report.reading.figures
    return checks.Beside(
        previous=None if previous is None else previous.reading.figures,
        children=tuple(
            replace(child.reading.figures, agency=name)
            for name, child in children.items()
            if not comparison.unread
        ),
        prose=tuple(
            checks.ProseFigure(one.what, one.value, scope_of(one, figures) is Scope.SAME)
            for one in report.reading.prose
        ),
        parts=report.parts.texts,
        text=report.parts.narrative,
        previous_text=None if previous is None else previous.parts.narrative,
    )


def _left_open_by_prose(report: Report) -> Iterator[Result]:
    """Figures whose sentence names nobody: agreeing ones hold, others are for a person to judge."""
    figures = report.reading.figures
    prose = tuple(
        checks.ProseFigure(one.what, one.value, speaks_of_self=True)
        for one in report.reading.prose
        if scope_of(one, figures) is Scope.OPEN
    )
    for result in against_prose(figures, prose):
        if result.status is Status.FAULT:
            yield replace(
                result,
                status=Status.NOT_ASSESSABLE,
                note=f"正文写 {result.found}，表中为 {result.expected}，句中没有说明是谁的数",
                equation=None,
                values=(),
            )
        elif result.status is Status.HELD:
            yield result


def _of_same_year(report: Report, children: Sequence[Report]) -> tuple[Report, ...]:
    year = report.reading.figures.year
    return tuple(
        child for child in children if year is None or child.reading.figures.year in {None, year}
    )


def _named(children: Sequence[Report]) -> dict[str, Report]:
    """Children by a name of their own: the agency, the file where several bear the same or none."""
    names = [child.reading.figures.agency or child.file for child in children]
    shared = Counter(names)
    return {
        name if shared[name] == 1 else f"{name}（{child.file}）": child
        for name, child in zip(names, children, strict=True)
    }


def _left_out(report: Report, comparison: Comparison) -> Iterator[Result]:
    """A sum over bodies of which some are missing would only look like a fault."""
    rule = RULES["X15"]
    if comparison.unread:
        note = f"所辖机关有 {len(comparison.unread)} 份年报打不开，不能汇总"
        yield not_assessable(rule, (), note)
    kept = _of_same_year(report, comparison.children)
    others = [child.file for child in comparison.children if child not in kept]
    if others:
        names = "、".join(others[:5]) + ("等" if len(others) > 5 else "")
        yield not_assessable(rule, (), f"{len(others)} 份年报不是同一年度，未计入汇总：{names}")


def _held(results: Iterable[Result]) -> tuple[HeldRule, ...]:
    counts = Counter((one.rule.id, one.note) for one in results if one.status is Status.HELD)
    return tuple(HeldRule(RULES[rule], count, note) for (rule, note), count in counts.items())


def _suspects(
    results: Iterable[Result], faults: Sequence[Result], cells: Cells
) -> Iterator[SuspectCell]:
    numbers = {id(result): number for number, result in enumerate(faults, 1)}
    for suspect in checks.diagnose(results):
        yield SuspectCell(
            cells.at(suspect.cell),
            suspect.found,
            suspect.would_have_to_be,
            tuple(sorted(numbers[id(result)] for result in suspect.explains)),
            suspect.alone,
        )


def _messages(report: Report, comparison: Comparison) -> Iterator[str]:
    yield from (remark.text for remark in report.reading.remarks)
    agency = report.reading.figures.agency
    if comparison.previous is not None:
        before = comparison.previous.reading.figures.agency
        if agency and before and agency != before:
            yield f"上年年报的机关是“{before}”，本年报是“{agency}”，请确认是同一机关"
    yield from comparison.unread
