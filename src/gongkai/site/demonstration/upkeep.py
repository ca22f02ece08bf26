"""What an office looks after: reading places with their lists, a clean-up that is under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongkai.accounts.roles import Role
from gongkai.disclosure.models import Cleanup, ReadingPlace
from gongkai.disclosure.normative import cleanup_lines
from gongkai.disclosure.services.normative import Verdict, decide_in_cleanup, open_cleanup
from gongkai.disclosure.services.places import PlaceFacts, hand_over, register_place
from gongkai.site.demonstration.content import read
from gongkai.site.demonstration.days import Agenda, Days
from gongkai.site.demonstration.people import Desk
from statute.validity import CleanupResult

# In working days ago: since when the places are open, and when lists were handed over to them.
_OPEN = 230
_HANDED_OVER = (150, 30)


@dataclass(slots=True)
class Place:
    """A reading place, and the lists that the government's office hands over to it."""

    words: Mapping[str, Any]
    desks: Mapping[str, Desk]
    days: Days
    place: ReadingPlace = field(init=False)

    def register(self, at: datetime) -> None:
        """By the officer of the body that keeps it."""
        words, desk = self.words, self.desks[self.words["body"]]
        facts = PlaceFacts(*(words[name] for name in ("name", "address", "hours", "phone")))
        by = desk.by(Role.DISCLOSURE_OFFICER)
        since = self.days.ago(_OPEN)
        self.place = register_place(desk.agency, words["kind"], facts, since=since, by=by, at=at)

    def hand_over(self, at: datetime) -> None:
        """A list up to the working day before."""
        office = self.desks["gov-office"]
        until = self.days.before(at)
        by = office.by(Role.DISCLOSURE_OFFICER)
        hand_over(self.place, office.agency, until=until, by=by, at=at)


@dataclass(slots=True)
class CleanUp:
    """行政规范性文件清理: opened, a part decided, the rest waits."""

    desk: Desk
    days: Days
    cleanup: Cleanup = field(init=False)

    def open(self, at: datetime) -> None:
        """By the officer."""
        said = read("county")["cleanup"]
        until = self.days.before(at)
        by = self.desk.by(Role.DISCLOSURE_OFFICER)
        self.cleanup = open_cleanup(
            self.desk.agency, label=said["label"], until=until, basis=said["basis"], by=by, at=at
        )

    def keep(self, at: datetime) -> None:
        """继续有效, for the oldest."""
        self._decide(CleanupResult.KEEP, read("county")["cleanup"]["kept"], at)

    def amend(self, at: datetime) -> None:
        """修改, for some after them."""
        self._decide(CleanupResult.AMEND, read("county")["cleanup"]["amended"], at)

    def _decide(self, result: CleanupResult, number: int, at: datetime) -> None:
        day = self.days.before(at)
        open_ones = [line for line in cleanup_lines(self.cleanup, day) if line.decision is None]
        reason = "上位法已经修改" if result is CleanupResult.AMEND else ""
        verdicts: Sequence[Verdict] = [
            Verdict(line.standing.record, result, reason) for line in open_ones[:number]
        ]
        by = self.desk.by(Role.FINAL_REVIEWER)
        decide_in_cleanup(self.cleanup, verdicts, by=by, at=at)


def schedule(agenda: Agenda, desks: Mapping[str, Desk]) -> None:
    """Places and clean-up on the agenda."""
    for number, words in enumerate(read("county")["places"]):
        place = Place(words, desks, agenda.days)
        agenda.add(_OPEN, _OPEN, place.register, shift=number)
        for start in _HANDED_OVER if words.get("receives") else ():
            agenda.add(start, start, place.hand_over, shift=number)
    clean_up = CleanUp(desks["gov-office"], agenda.days)
    agenda.add(22, 12, clean_up.open, clean_up.keep, clean_up.amend)
