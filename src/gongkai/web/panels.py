"""Small values that the components draw: crumbs, timeline entries, findings, empty states.

They hold words and addresses only; where the words come from is the business of the screens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Link:
    """A named target: a crumb, an act, a way out of an empty state."""

    label: str
    url: str = ""


class Level(StrEnum):
    """How a finding weighs: it blocks, it must be answered, or it has been answered."""

    BLOCKING = "blocking"
    OPEN = "open"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """The word shown beside the colour."""
        return {"blocking": "必须处理", "open": "要答复", "answered": "已答复"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: number as in the text, what, where, by which rule, what can be done."""

    number: int
    level: Level
    title: str
    where: str
    rule: str = ""
    acts: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a docket; `moves_clock` fills the dot."""

    on: date
    title: str
    detail: str = ""
    at: time | None = None
    moves_clock: bool = False


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What is empty, why, and what to do next: at least one link or sentence."""

    title: str
    why: str
    acts: Sequence[Link] = ()


class Tone(StrEnum):
    """State in the office: never without its word."""

    NEUTRAL = "neutral"
    ACTIVE = "active"
    WARN = "warn"
    BAD = "bad"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in one word."""

    label: str
    tone: Tone = Tone.NEUTRAL


class Validity(StrEnum):
    """How the validity of a document is drawn: solid, outline, dashed, grey."""

    IN_FORCE = "in-force"
    PARTLY = "partly"
    UPCOMING = "upcoming"
    OVER = "over"
