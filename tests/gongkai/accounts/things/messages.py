"""A message to somebody of the farming department who is none of the persons of the table."""

from __future__ import annotations

from datetime import datetime

from gongkai.accounts.roles import Role
from gongkai.notifications.services import tell
from gongkai.trail.actors import Subject
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import opened, placed


def addresses(places: Places, at: datetime) -> dict[str, dict[str, object]]:
    """The message, and the kind of address that the screens of addresses are about."""
    told = opened("told")
    placed(told, places.farming, Role.DRAFTER)
    (message,) = tell(
        [told],
        kind="returned",
        subject=Subject("record", "a", "管护办法"),
        sentence="“管护办法”第1稿被退回修改",
        link="/office/",
        key="returned-1",
        at=at,
        agency_code=places.farming.code,
    )
    return {
        "message_read": {"pk": message.pk},
        "message_open": {"pk": message.pk},
        "message_address": {"what": "mail"},
        "message_remove": {"what": "mail"},
    }
