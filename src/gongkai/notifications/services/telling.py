"""Telling people: once for each person and occasion, in the transaction of what they are told.

In the office a message is there as soon as that transaction is. What leaves the office is ordered
as a background job of the same transaction and goes out after it (gongkai.notifications.jobs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.jobs.services import NotInTransactionError, enqueue
from gongkai.notifications import channels, kinds
from gongkai.notifications.models import NEEDS, Address, Delivery, Message
from gongkai.notifications.queries import choices_of
from gongkai.trail.actors import Subject
from gongkai.trail.services import PersonalFactError
from statute.identity import Certainty, Kind, find

SEND_JOB = "notifications.send"
# A page of the office and nothing else: what is opened from a message leads nowhere outside.
_LINK = re.compile(r"/office/[A-Za-z0-9/_.-]*(\?[A-Za-z0-9=&_.-]*)?")


def tell(
    people: Iterable[User],
    *,
    kind: str,
    subject: Subject,
    sentence: str,
    link: str,
    key: str,
    at: datetime,
    agency_code: str = "",
) -> list[Message]:
    """Tells each of these people once for the occasion `key`; what was new.

    `sentence` stands in the office only, `link` is a page of the office. Called inside the verb
    that gives rise to it (NotInTransactionError). PersonalFactError where the words hold an
    identity number, as in the trail: a message is kept and read by others.
    """
    _check(sentence, subject, link)
    messages = [
        Message(
            person=person,
            kind=kinds.find(kind).name,
            agency_code=agency_code,
            subject_kind=subject.kind,
            subject_id=subject.id,
            subject_name=subject.label[:300],
            sentence=sentence[:500],
            link=link,
            key=key,
            at=at,
        )
        for person in {one.pk: one for one in people if one.is_active}.values()
    ]
    if not messages:
        return []
    # Whom another transaction told first is left out by the database, not by a look beforehand.
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    made = Message.objects.filter(pk__in=[one.pk for one in messages]).select_related("person")
    told = list(made.order_by("person_id"))
    _order(told, at=at)
    return told


def _check(sentence: str, subject: Subject, link: str) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError("消息须与引起它的行为在同一事务中")
    if not _LINK.fullmatch(link):
        raise ValueError(f"消息只能指向办公端的页面：{link}")
    if _holds_identity_number(sentence) or _holds_identity_number(subject.label):
        raise PersonalFactError(("sentence",))


def _order(messages: list[Message], *, at: datetime) -> None:
    """Orders what goes out besides: on each way that the installation has, for whoever has an
    address for it and did not decline this kind."""
    ways = channels.ways()
    if not ways or not messages:
        return
    people = [one.person for one in messages]
    has = set(Address.objects.filter(person__in=people).values_list("person_id", "what"))
    chosen = choices_of(people)
    deliveries = [
        Delivery(message=one, way=way, due_at=chosen[one.person_id].quiet.over(at))
        for one in messages
        for way in ways
        if (one.person_id, NEEDS[way].value) in has and chosen[one.person_id].wants(way, one.kind)
    ]
    for one in Delivery.objects.bulk_create(deliveries):
        enqueue(
            SEND_JOB,
            arguments={"delivery": one.pk.hex},
            at=at,
            run_after=one.due_at,
            unique_key=one.pk.hex,
        )


def _holds_identity_number(text: str) -> bool:
    return any(
        found.kind is Kind.RESIDENT_ID and found.certainty is Certainty.CERTAIN
        for found in find(text)
    )
