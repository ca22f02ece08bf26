"""What a person chooses for himself: addresses, ways, quiet hours. Nobody chooses for another."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.timezone import localdate

from gongkai.accounts.errors import NotEntitledError
from gongkai.accounts.models import User
from gongkai.notifications.errors import NotificationRefusedError
from gongkai.notifications.models import Address, Preference, What
from gongkai.trail.actors import Actor, ActorKind, Subject
from gongkai.trail.services import record
from gongkai.vault.services import destroy, mask, seal
from statute.identity import Kind, find

OWNER = "notification_address"
_KINDS = {What.MAIL: Kind.EMAIL, What.PHONE: Kind.MOBILE}


@transaction.atomic
def set_address(person: User, what: What, value: str, *, by: Actor, at: datetime) -> Address:
    """Keeps an address, encrypted under a key of its own; the one before is destroyed with its
    key. NotificationRefusedError where it is no address."""
    person = _own(person, by)
    plain = _checked(what, value)
    _destroy(person, what, by=by, at=at)
    number = uuid.uuid4()
    made = Address.objects.create(
        id=number,
        person=person,
        what=what,
        sealed=seal(OWNER, number.hex, what.value, plain),
        mask=mask(_KINDS[what], plain, on=localdate(at)),
        set_at=at,
    )
    _trace("notifications.address_set", person, by=by, at=at, what=what.label)
    return made


@transaction.atomic
def remove_address(person: User, what: What, *, by: Actor, at: datetime) -> None:
    """Destroys an address and its key; what still waits to go there is not sent."""
    person = _own(person, by)
    if not _destroy(person, what, by=by, at=at):
        raise NotificationRefusedError(f"没有登记过{what.label}")
    _trace("notifications.address_removed", person, by=by, at=at, what=what.label)


@transaction.atomic
def set_choices(
    person: User,
    *,
    off: Collection[str],
    quiet_from: time,
    quiet_until: time,
    working_days: bool,
    by: Actor,
    at: datetime,
) -> Preference:
    """Which kinds are not wanted on which way ("mail:returned"), and when not to disturb."""
    person = _own(person, by)
    chosen, _ = Preference.objects.update_or_create(
        person=person,
        defaults={
            "off": sorted(set(off)),
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "working_days": working_days,
        },
    )
    hours = "不设安静时段" if quiet_from == quiet_until else f"{chosen}不发"
    days = "只在工作日" if working_days else "休息日也发"
    declined = f"不要{len(chosen.off)}项" if chosen.off else "各项都要"
    _trace(
        "notifications.choices_set", person, by=by, at=at, choices=f"{hours}，{days}，{declined}"
    )
    return chosen


def _own(person: User, by: Actor) -> User:
    """The person's row, locked: two acts on one's addresses happen one after another."""
    if by.kind is not ActorKind.SYSTEM and by.id != str(person.pk):
        raise NotEntitledError("无权办理：接收消息的方式只能由本人设定")
    return User.objects.select_for_update().get(pk=person.pk)


def _checked(what: What, value: str) -> str:
    plain = value.strip()
    if what is What.PHONE:
        digits = "".join(plain.split()).replace("-", "")
        found = find(digits)
        if len(found) != 1 or found[0].kind is not Kind.MOBILE or len(digits) != 11:
            raise NotificationRefusedError("手机号是 11 位数字，1 开头。", field="value")
        return digits
    try:
        validate_email(plain)
    except ValidationError:
        plain = ""
    if not plain or not plain.isascii() or len(plain) > 200:
        raise NotificationRefusedError("邮箱写成 name@example.gov.cn 这样。", field="value")
    return plain


def _destroy(person: User, what: What, *, by: Actor, at: datetime) -> bool:
    old = Address.objects.filter(person=person, what=what).first()
    if old is None:
        return False
    destroy(OWNER, old.pk.hex, by=by, at=at, reason=f"本人更换或者撤掉{what.label}")
    old.delete()
    return True


def _trace(event: str, person: User, *, by: Actor, at: datetime, **facts: str) -> None:
    subject = Subject("user", str(person.pk), person.display_name)
    record(event, by=by, at=at, subject=subject, agency_code=by.agency_code, facts=facts)
