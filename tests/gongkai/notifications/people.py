"""People with addresses, and messages to them, for tests of the messages."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.services import create_user
from gongkai.jobs.running import Ran, run_next
from gongkai.notifications.models import Delivery, Message, What
from gongkai.notifications.services import set_address, set_choices, tell
from gongkai.trail.actors import SYSTEM, Subject

# Thursday, nine o'clock in the county.
AT = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)
MAIL, PHONE = "heni@example.gov.cn", "13800131234"
SUBJECT = Subject("record", "a1", "云溪县农村供水工程管护办法")


def person(name: str = "heni", display_name: str = "何拟") -> User:
    """Somebody without duties."""
    return create_user(by=SYSTEM, at=AT, username=name, display_name=display_name).user


def with_mail(user: User, value: str = MAIL) -> User:
    """Registers a mail address."""
    set_address(user, What.MAIL, value, by=actor_for(user), at=AT)
    return user


def with_phone(user: User, value: str = PHONE) -> User:
    """Registers a phone number."""
    set_address(user, What.PHONE, value, by=actor_for(user), at=AT)
    return user


def undisturbed(user: User, start: time, end: time, *, working_days: bool = False) -> None:
    """Sets quiet hours."""
    set_choices(
        user,
        off=[],
        quiet_from=start,
        quiet_until=end,
        working_days=working_days,
        by=actor_for(user),
        at=AT,
    )


@transaction.atomic
def told(
    *people: User,
    key: str = "returned-1",
    at: datetime = AT,
    kind: str = "returned",
    sentence: str = "“云溪县农村供水工程管护办法”第1稿被退回修改",
    agency_code: str = "",
) -> list[Message]:
    """Tells these people."""
    return tell(
        people,
        kind=kind,
        subject=SUBJECT,
        sentence=sentence,
        link="/office/records/a1/",
        key=key,
        at=at,
        agency_code=agency_code,
    )


def run_at(at: datetime) -> Ran:
    """Runs the next job that is due."""
    return run_next(worker="w", clock=lambda: at)


def delivery() -> Delivery:
    """The only one there is."""
    return Delivery.objects.get()
