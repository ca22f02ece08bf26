"""What stands beside the text while it is written: findings, what is missing, until when.

It reads and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.calendars.queries import calendar_for
from gongkai.disclosure.intervals import REAPPRAISE_EVERY
from gongkai.disclosure.models import Version
from gongkai.disclosure.queries import publication_due
from gongkai.disclosure.services.drafting import submission_faults
from gongkai.disclosure.text_findings import TextFinding, text_findings
from gongkai.office.views.upkeep.scope import record_url
from gongkai.web.day_strip import DayStrip, day_strip
from gongkai.web.panels import Level
from gongkai.web.wording import day_in_words
from screening.findings.finding import Severity
from statute.attributes import Attribute
from statute.texts.anchors import brief

_FIRST_OF_SEVERAL = frozenset({"attribute", "grounds"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the panel draws it; `target` is the field it stands in."""

    number: int
    level: Level
    finding: TextFinding
    target: str
    rule: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One line of 公开前要齐的 and where it is mended."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Due:
    """Until when it must be public: the sentence, and the strip where working days count."""

    sentence: str
    strip: DayStrip | None


def beside(version: Version, day: date) -> dict[str, Any]:
    """The whole panel of a saved draft."""
    missing = missing_in(version)
    return {
        "version": version,
        "found": shown(text_findings(version)),
        "missing": missing,
        "lacking": len(missing),
        "due": due_of(version, day),
        "review_after": day_in_words(REAPPRAISE_EVERY.after(day), day),
        "saved": True,
    }


def shown(found: Iterable[TextFinding]) -> list[Shown]:
    """Findings numbered in the order in which they are read."""
    return [
        Shown(number, _level(one), one, target_of(one.field), brief(one.rule) if one.rule else "")
        for number, one in enumerate(found, 1)
    ]


def missing_in(version: Version) -> list[Missing]:
    """What keeps the draft from being submitted, each with the place to mend it."""
    page = record_url(version.record)
    away = {"": f"{page}#opinions", "files": f"{page}files/"}
    return [
        Missing(sentence, away.get(field) or f"#{target_of(field)}")
        for field, sentence in submission_faults(version)
    ]


def target_of(field: str) -> str:
    """The id on the page of the field that a fault or finding names."""
    name = field.replace("details.", "details_")
    return f"id_{name}_0" if name in _FIRST_OF_SEVERAL else f"id_{name}"


def due_of(version: Version, day: date) -> Due | None:
    """The limit of a 主动公开 version, or None where none runs yet."""
    if version.attribute != Attribute.PROACTIVE.value:
        return None
    calendar = calendar_for(version.record.agency, day)
    deadline = publication_due(version, calendar)
    if deadline is None:
        return None
    begun = ""
    if version.changed_on:
        begun = f"变更 {version.changed_on.isoformat()} → "
    elif version.formed_on:
        begun = f"成文 {version.formed_on.isoformat()} → "
    counted = any(one.counts for one in deadline.days)
    return Due(
        f"{begun}最迟{day_in_words(deadline.due, day)}公开",
        day_strip(deadline, day, calendar) if counted else None,
    )


def _level(finding: TextFinding) -> Level:
    if not finding.open:
        return Level.ANSWERED
    return Level.BLOCKING if finding.severity is Severity.MUST else Level.OPEN
