"""Whether the actor of a verb may do it, and that the record is still as it was read.

The system itself (demonstration, schedules) has no duties and is not asked.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.policies import Policy
from gongkai.accounts.queries import standing_of
from gongkai.agencies.models import Agency
from gongkai.disclosure.errors import DisclosureError, NotEntitledError, StaleError
from gongkai.disclosure.models import Authorship, Record, Version
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.queries import affair_of
from gongkai.trail.actors import Actor, ActorKind, Subject
from statute.identity import find
from statute.masking import mask_text, masks_on

LONGEST_REASON = 300


def authorise(
    by: Actor, policy: Policy, record: Record, *, at: datetime, version: Version | None = None
) -> None:
    """Raises NotEntitledError where a person acts and the policy does not let that person."""
    if by.kind is not ActorKind.SYSTEM:
        _judge(by, policy, affair_of(record, version), at)


def authorise_in(by: Actor, policy: Policy, agency: Agency, *, at: datetime) -> None:
    """The same for an act in a body, before there is a record."""
    if by.kind is not ActorKind.SYSTEM:
        _judge(by, policy, RecordAffair(agency.pk), at)


def _judge(by: Actor, policy: Policy, affair: RecordAffair, at: datetime) -> None:
    user = None
    if by.kind is ActorKind.USER and by.id.isdecimal():
        user = User.objects.filter(pk=int(by.id), is_active=True).first()
    standing = None if user is None else standing_of(user, at)
    if standing is None or not policy.visible.test(standing, affair):
        raise NotEntitledError("无权办理：不在本人职责范围内")
    if not policy.allowed.test(standing, affair):
        raise NotEntitledError(_why(affair.authors, by))


def _why(authors: frozenset[str], by: Actor) -> str:
    if by.id in authors:
        return "无权办理：您参加过起草，不能审查自己起草的内容"
    return "无权办理：本人角色不允许此操作，或者同一文稿的另一步骤已由本人办理"


def locked(record: Record, *, revision: int | None = None) -> Record:
    """The record's row, locked and fresh; StaleError where it is not the revision that was read."""
    fresh = Record.objects.select_for_update().get(pk=record.pk)
    if revision is not None and fresh.revision != revision:
        raise StaleError("没有保存：别人在您之后改过。您的文字还在，请先看对方改了什么。")
    return fresh


def moved(record: Record) -> None:
    """Counts the record's revision on: whoever read it before is told."""
    record.revision += 1
    record.save(update_fields=["revision"])


def note_author(record: Record, person: str, name: str, *, at: datetime) -> None:
    """Keeps that a person wrote in a record: he reviews no version of it."""
    if not record.authors.filter(person=person).exists():
        Authorship(record=record, person=person, name=name, since=at).save(force_insert=True)


def required(text: str, what: str, *, field: str = "reason") -> str:
    """A text that must say something."""
    plain = " ".join(text.split())
    if not plain:
        raise DisclosureError(f"请写明{what}", field=field)
    return plain[:LONGEST_REASON]


def subject_of(version: Version) -> Subject:
    """A record as the trail names it: by its title, numbers of persons in it masked, for it was
    not reviewed yet."""
    title, masks = version.title, masks_on(timezone.localdate(version.drafted_at))
    shown = mask_text(title, find(title), masks)[:200]
    return Subject("record", str(version.record.public_id), shown)
