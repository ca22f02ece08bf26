"""The county filled in one transaction: either all of it is there, or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.notifications.services.reading import mark_all_read
from gongkai.site.demonstration import history, pages, upkeep
from gongkai.site.demonstration.content import read
from gongkai.site.demonstration.days import OPENED, Agenda, Days, founded
from gongkai.site.demonstration.logins import give_passwords
from gongkai.site.demonstration.papers import Paper, Shelf
from gongkai.site.demonstration.people import Desk, found_bodies, open_unified_numbers, staffed

Say = Callable[[str], object]
_TELL_EVERY = 250
# In working days ago: when everybody read his messages last.
_READ_UNTIL = 6


class UnfitInstallationError(Exception):
    """Why this installation cannot become the demonstration county, in Chinese."""


def is_filled() -> bool:
    """Whether the county's people are there: they come with everything else or not at all."""
    first = read("county")["logins"][0]["username"]
    return User.objects.filter(username=first).exists()


def fault() -> str:
    """Why the county cannot be filled in here; empty where it can."""
    if Agency.objects.filter(demonstration=False).exists():
        return "这里有真实的机关，不是演示安装，什么也没有改"
    office = Agency.objects.filter(supervising=True).first()
    if office is None or office.valid_from > localdate(founded()):
        return "这里的演示机关是以前的版本设立的，用 gongkai demo --reset 另建一个"
    return ""


def fill(*, at: datetime, say: Say) -> None:
    """Makes the county as it is at a moment; UnfitInstallationError where it cannot be."""
    if why := fault():
        raise UnfitInstallationError(why)
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        days = Days(localdate(at))
        found_bodies()
        say(f"机关 {Agency.objects.count()} 个")
        (opened,) = days.moments(OPENED, OPENED, 1)
        desks = staffed(opened)
        open_unified_numbers(desks["gov-office"], opened)
        say(f"人员 {User.objects.count()} 名")
        agenda = _agenda(days, desks, Path(folder))
        agenda.carry_out(_told(say))
        give_passwords(at=at)


def _agenda(days: Days, desks: dict[str, Desk], folder: Path) -> Agenda:
    agenda, shelf = Agenda(days), Shelf(days)
    pages.schedule(agenda, desks)
    history.schedule(agenda, desks, folder)
    upkeep.schedule(agenda, desks)
    for number, words in enumerate(read("current")["record"]):
        Paper(words, desks[words["body"]], shelf).schedule(agenda, shift=number % 20)
    agenda.add(_READ_UNTIL, _READ_UNTIL, _read_by_all)
    return agenda


def _read_by_all(at: datetime) -> None:
    """Everybody has seen what he was told until then: what is unread is news."""
    for person in User.objects.order_by("pk"):
        mark_all_read(person, at=at)


def _told(say: Say) -> Callable[[int, int], object]:
    def tell(done: int, total: int) -> None:
        if done % _TELL_EVERY == 0 or done == total:
            say(f"办理 {done}/{total} 步")

    return tell
