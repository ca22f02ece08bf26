"""The figures of disclosure: documents made, in force, ended; what is public; what is late.

A flow counts by the day on which something was first public, withdrawn or not since; a stock is
counted on a day. Documents in force at the start and those made are those in force at the end and
those ended, but for what was made and is not yet in force.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar, calendar_for
from gongkai.disclosure.details import DetailsError, ProcurementDetails, Stage, details_of
from gongkai.disclosure.interpretations import forms_of, owing, share_of
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Act, PublicAct, Record, Version
from gongkai.disclosure.normative import Standing, has_ended, public_texts, standings
from gongkai.disclosure.publication_days import (
    first_public_between,
    first_public_on,
    start_of,
)
from gongkai.disclosure.queries import overdue, publication_due
from gongkai.figures.registry import Figure, Scope, Value, register
from statute.calendars import Calendar
from statute.interpretation import InterpretationForm

# The screen of the office that shows the list behind a figure.
LIST_ADDRESS = "/office/records/"
_FEN_OF_WAN = 1_000_000


def published(scope: Scope, kind: str = "") -> QuerySet[Record]:
    """Records first public in the period, of one kind where one is named."""
    found = Record.objects.filter(first_public_between(scope.since, scope.until))
    found = found.of_agencies(scope.agency_ids).order_by("pk")
    return found.filter(kind=kind) if kind else found


def public_stock(scope: Scope) -> QuerySet[Record]:
    """What everybody could read at the end of the day: the last act until then is no withdrawal.
    What was public elsewhere before it came here counts from its first day."""
    day = _day(scope)
    acts = PublicAct.objects.filter(record=OuterRef("pk"), at__lt=start_of(day + timedelta(days=1)))
    last = Subquery(acts.order_by("-pk").values("act")[:1])
    found = Record.objects.filter(first_public_between(None, day)).of_agencies(scope.agency_ids)
    found = found.annotate(last_act=last).order_by("pk")
    return found.filter(Q(last_act__isnull=True) | ~Q(last_act=Act.WITHDRAW))


def in_force_at_end(scope: Scope) -> list[Record]:
    """Normative documents that hold on the day, public by then."""
    day = _day(scope)
    until = Scope(scope.agency_ids, None, day)
    return [one.record for one in _normative(until) if one.on(day).holds]


def ended_in_period(scope: Scope) -> list[Record]:
    """Normative documents that were repealed, replaced or expired within the period."""
    day = _day(scope)
    return [
        one.record
        for one in _normative(Scope(scope.agency_ids, None, day))
        if has_ended(one, day) and not _had_ended_before(one, scope.since)
    ]


def _had_ended_before(standing: Standing, since: date | None) -> bool:
    return since is not None and has_ended(standing, since - timedelta(days=1))


def _normative(scope: Scope) -> list[Standing]:
    return standings(published(scope, RecordKind.NORMATIVE))


def beyond_text(scope: Scope) -> list[Record]:
    """Interpretations of the period that are more than plain text."""
    found = published(scope, RecordKind.INTERPRETATION)
    forms = forms_of(found)
    return [one for one in found if forms[one.pk] - {InterpretationForm.TEXT}]


def share_beyond_text(scope: Scope) -> Decimal:
    """The same in percent of the period's interpretations, to one place; 0 where there is none."""
    share = share_of(published(scope, RecordKind.INTERPRETATION))
    if not share.total:
        return Decimal("0.0")
    return (Decimal(share.beyond_text * 100) / share.total).quantize(Decimal("0.1"))


def procurements(scope: Scope, *, centralised: bool = False) -> list[Record]:
    """Results of procurement published in the period; the contract that follows is not counted
    again. `centralised`: 集中采购 alone, as table two of 2019 asked."""
    return [record for record, _ in _results(scope, centralised=centralised)]


def procurement_fen(scope: Scope, *, centralised: bool = False) -> int:
    """What these results come to, in fen."""
    return sum(made.amount_fen for _, made in _results(scope, centralised=centralised))


def _results(scope: Scope, *, centralised: bool) -> list[tuple[Record, ProcurementDetails]]:
    chosen = list(published(scope, RecordKind.PROCUREMENT).select_related("live__version"))
    texts = public_texts(chosen)
    found = []
    for record in chosen:
        made = _procurement(texts.get(record.pk))
        if made is None or made.stage is not Stage.RESULT:
            continue
        if made.centralised or not centralised:
            found.append((record, made))
    return found


def _procurement(version: Version | None) -> ProcurementDetails | None:
    """None for what came here without amounts: it cannot be summed, so it is not counted."""
    if version is None:
        return None
    try:
        made = details_of(RecordKind.PROCUREMENT, version.details)
    except DetailsError:
        return None
    return made if isinstance(made, ProcurementDetails) else None


def late_now(scope: Scope) -> list[Version]:
    """What had to be public before the day and never was, the longest first for each body."""
    day = _day(scope)
    waiting = Record.objects.filter(live__isnull=True, published_at__isnull=True)
    bodies = Agency.objects.filter(pk__in=waiting.of_agencies(scope.agency_ids).values("agency_id"))
    return [
        version
        for body in bodies.order_by("code")
        for version in overdue(day, _calendar(body, day), frozenset({body.pk}))
    ]


def published_late(scope: Scope) -> list[Record]:
    """Records first public in the period after their time had run out."""
    here = published(scope).filter(first_published_on__isnull=True).select_related("agency")
    first: dict[int, Version] = {}
    acts = PublicAct.objects.filter(record__in=here, act=Act.PUBLISH, clearance__isnull=False)
    for act in acts.select_related("clearance__version__record"):
        if act.clearance is not None:
            first[act.record_id] = act.clearance.version
    return [record for record in here if record.pk in first and _was_late(record, first[record.pk])]


def _was_late(record: Record, version: Version) -> bool:
    day = first_public_on(record)
    if day is None:
        return False
    due = publication_due(version, _calendar(record.agency, day))
    return due is not None and due.due < day


def _calendar(agency: Agency, day: date) -> Calendar:
    """That of the body; without local holidays for one that has ended."""
    return calendar_for(agency, day) if agency.exists_on(day) else calendar()


def _day(scope: Scope) -> date:
    """The day of a stock: the one asked for, else the end of the period, else today."""
    return scope.as_of or scope.until or localdate()


# --- the register -----------------------------------------------------------------------------

Rows = Callable[[Scope], QuerySet[Any] | Collection[object]]


def _counting(name: str, label: str, unit: str, rows: Rows) -> Figure:
    full = f"disclosure.{name}"

    def query(scope: Scope) -> Value:
        found = rows(scope)
        return found.count() if isinstance(found, QuerySet) else len(found)

    return Figure(full, label, unit, query, rows, _address(full))


def _address(name: str) -> Callable[[Scope], str]:
    def address(scope: Scope) -> str:
        days = {"since": scope.since, "until": scope.until, "as_of": scope.as_of}
        asked = {word: day.isoformat() for word, day in days.items() if day is not None}
        bodies = sorted(scope.agency_ids or ())
        return (
            f"{LIST_ADDRESS}?{urlencode({'figure': name, **asked, 'agency': bodies}, doseq=True)}"
        )

    return address


def _of_kind(kind: str) -> Rows:
    return lambda scope: published(scope, kind)


def _central(scope: Scope) -> list[Record]:
    return procurements(scope, centralised=True)


def _sum(name: str, label: str, *, centralised: bool) -> Figure:
    full = f"disclosure.{name}"
    return Figure(
        full,
        label,
        "万元",
        lambda scope: Decimal(procurement_fen(scope, centralised=centralised)) / _FEN_OF_WAN,
        lambda scope: procurements(scope, centralised=centralised),
        _address(full),
        counts=False,
    )


def register_figures() -> None:
    """Called once when the apps start."""
    share = "disclosure.interpretations_share_beyond_text"
    register(
        _counting("normative_made", "制发的行政规范性文件", "件", _of_kind(RecordKind.NORMATIVE)),
        _counting("normative_in_force", "现行有效的行政规范性文件", "件", in_force_at_end),
        _counting("normative_ended", "废止、失效、被替代的行政规范性文件", "件", ended_in_period),
        _counting("public", "公开的政府信息", "条", public_stock),
        _counting("documents", "公开的其他文件", "件", _of_kind(RecordKind.DOCUMENT)),
        _counting("appointments", "公开的人事任免", "条", _of_kind(RecordKind.APPOINTMENT)),
        _counting("interpretations", "公开的政策解读", "条", _of_kind(RecordKind.INTERPRETATION)),
        _counting("interpretations_beyond_text", "非纯文字的政策解读", "条", beyond_text),
        Figure(
            share,
            "非纯文字解读的比例",
            "%",
            share_beyond_text,
            beyond_text,
            _address(share),
            counts=False,
        ),
        _counting(
            "interpretations_owed",
            "应当解读尚未解读的文件",
            "件",
            lambda scope: owing(_day(scope), scope.agency_ids),
        ),
        _counting("procurements", "公布的采购结果", "项", procurements),
        _sum("procurement_amount", "采购总金额", centralised=False),
        _counting("central_procurements", "政府集中采购项目", "项", _central),
        _sum("central_procurement_amount", "政府集中采购总金额", centralised=True),
        _counting("overdue", "逾期未公开的信息", "条", late_now),
        _counting("published_late", "逾期公开的信息", "条", published_late),
    )
