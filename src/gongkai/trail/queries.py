"""What the trail viewer asks: rows by person, subject, agency and period, page by page.

Who may see which chain is for the caller to say, by the agency codes handed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.trail.models import DailyHead, Row, RowQuerySet

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked; an empty field asks nothing. Days are local, both included."""

    agency_codes: frozenset[str] | None = None
    person: str = ""
    event: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, the latest first; `older` is handed in to get the next page, None at the end."""

    rows: tuple[Row, ...]
    older: int | None


def rows(asked: Filter) -> RowQuerySet:
    """The rows asked for, the latest first. `agency_codes=None` asks for all chains."""
    found = Row.objects.between(_start(asked.since), _start(_after(asked.until)))
    if asked.agency_codes is not None:
        found = found.of_agencies(asked.agency_codes)
    if asked.person:
        found = found.by_person(asked.person)
    if asked.event:
        found = found.filter(event=asked.event)
    if asked.subject_kind:
        found = found.about(asked.subject_kind, asked.subject_id)
    return found.order_by("-pk")


def page(asked: Filter, *, before: int | None = None, size: int = PAGE) -> Page:
    """One page; `before` is `older` of the page before. One query, however deep."""
    found = rows(asked)
    if before is not None:
        found = found.filter(pk__lt=before)
    read = list(found[: size + 1])
    shown = tuple(read[:size])
    return Page(shown, shown[-1].pk if len(read) > size else None)


def history(kind: str, thing: str) -> RowQuerySet:
    """What was done to one thing, the first first."""
    return Row.objects.about(kind, thing).order_by("pk")


def agencies() -> Iterable[str]:
    """The codes that have a chain; "" is the installation."""
    return Row.objects.order_by("agency_code").values_list("agency_code", flat=True).distinct()


def heads() -> list[DailyHead]:
    """All heads, the latest first."""
    return list(DailyHead.objects.order_by("-number"))


def _after(day: date | None) -> date | None:
    return None if day is None else day + timedelta(days=1)


def _start(day: date | None) -> datetime | None:
    return None if day is None else timezone.make_aware(datetime.combine(day, time.min))
