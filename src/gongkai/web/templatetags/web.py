"""The components as template tags: `{% load web %}`, one tag per component of design.md part 4.

A tag draws a value; it fetches nothing. All of them stand on the page of components.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.http import QueryDict

from gongkai.web import wording
from gongkai.web.clock_calendar import ClockCalendar
from gongkai.web.day_strip import DayStrip
from gongkai.web.difference import Paragraph
from gongkai.web.panels import Badge, EmptyState, Finding, Level, Link, TimelineEntry
from gongkai.web.tables import Table, address
from gongkai.web.year_calendar import YearCalendar

register = template.Library()
WEEK = tuple("一二三四五六日")


@register.filter
def day_words(day: date, today: date | None = None) -> str:
    """3月25日 星期三."""
    return wording.day_in_words(day, today)


@register.filter
def short_day(day: date) -> str:
    """3月25日."""
    return wording.short_day(day)


@register.filter
def moment(at: datetime | None) -> str:
    """2026-03-10 09:05, or a dash."""
    return "—" if at is None else wording.moment(at)


@register.filter
def thousands(number: int) -> str:
    """1,204."""
    return wording.count(number)


@register.simple_tag
def query_with(query: QueryDict, **changes: str) -> str:
    """The present address with parameters changed."""
    return address(query, changes)


@register.inclusion_tag("web/parts/crumbs.html")
def crumbs(links: Sequence[Link]) -> dict[str, Any]:
    """Breadcrumb: the last is not a link; phones show only the parent."""
    return {"crumbs": links[:-1], "here": links[-1]}


@register.inclusion_tag("web/parts/badge.html")
def badge(value: Badge) -> dict[str, Any]:
    """A state in one word on its tint."""
    return {"badge": value}


@register.inclusion_tag("web/parts/strip.html")
def strip(value: DayStrip, *, sentence: bool = True) -> dict[str, Any]:
    """The day strip; without its sentence only where the sentence stands beside it."""
    return {"strip": value, "sentence": sentence}


@register.inclusion_tag("web/parts/clock_calendar.html")
def clock(value: ClockCalendar, *, legend: bool = True) -> dict[str, Any]:
    """The clock calendar with its sum."""
    return {"calendar": value, "legend": legend, "week": WEEK}


@register.inclusion_tag("web/parts/year_calendar.html")
def year(value: YearCalendar) -> dict[str, Any]:
    """Twelve small months."""
    return {"year": value, "week": WEEK}


@register.inclusion_tag("web/parts/timeline.html")
def timeline(entries: Sequence[TimelineEntry]) -> dict[str, Any]:
    """A docket, newest first."""
    return {"entries": entries}


@register.inclusion_tag("web/parts/findings.html")
def findings(found: Sequence[Finding]) -> dict[str, Any]:
    """The findings panel with its counts."""
    return {
        "findings": found,
        "blocking": sum(finding.level is Level.BLOCKING for finding in found),
        "open": sum(finding.level is Level.OPEN for finding in found),
    }


@register.inclusion_tag("web/parts/difference.html")
def differences(paragraphs: Sequence[Paragraph]) -> dict[str, Any]:
    """Old and new wording in one text."""
    changed = sum(paragraph.changed for paragraph in paragraphs)
    return {"paragraphs": paragraphs, "changed": changed}


@register.inclusion_tag("web/parts/empty.html")
def empty(value: EmptyState) -> dict[str, Any]:
    """An empty list: what, why, what to do."""
    return {"empty": value}


@register.inclusion_tag("web/parts/table.html")
def table(value: Table[Any], empty_state: EmptyState | None = None) -> dict[str, Any]:
    """A table with sort, pager and files; with its empty state when there is no row."""
    return {"table": value, "empty": empty_state}
