"""Work taken, given back, taken over.

Who may is judged by the app above whose matter it is: its verbs call these in their transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.claims.errors import ClaimError
from gongkai.claims.matters import Matter
from gongkai.claims.models import Claim
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record

LONGEST_REASON = 200


@transaction.atomic
def take(matter: Matter, *, by: Actor, at: datetime) -> Claim:
    """认领. What the person has already stays as it is; ClaimError where somebody else has it."""
    standing = _standing(matter)
    if standing is not None:
        if standing.person == by.id:
            return standing
        raise ClaimError(f"{standing.person_name}已经认领；要接替请写明原因")
    claim = _entered(matter, by=by, at=at)
    _note("claims.taken", matter, by=by, at=at)
    return claim


@transaction.atomic
def give_back(matter: Matter, *, reason: str, by: Actor, at: datetime) -> Claim:
    """退回: it waits for anybody again. Only who has it may."""
    standing = _standing(matter)
    if standing is None or standing.person != by.id:
        raise ClaimError("不是您认领的，不能退回")
    why = _required(reason)
    _end(standing, why, by=by, at=at)
    _note("claims.given_back", matter, by=by, at=at, reason=why)
    return standing


@transaction.atomic
def take_over(matter: Matter, *, reason: str, by: Actor, at: datetime) -> Claim:
    """接替 somebody who is away, with the reason; ClaimError where nobody else has it."""
    standing = _standing(matter)
    if standing is None or standing.person == by.id:
        raise ClaimError("没有别人认领，直接认领就可以")
    why = _required(reason)
    _end(standing, why, by=by, at=at)
    claim = _entered(matter, by=by, at=at)
    _note("claims.taken_over", matter, by=by, at=at, reason=why, before=standing.person_name)
    return claim


def _standing(matter: Matter) -> Claim | None:
    kind, id_, occasion = matter.key
    found = Claim.objects.standing().select_for_update()
    return found.filter(matter_kind=kind, matter_id=id_, occasion=occasion).first()


def _entered(matter: Matter, *, by: Actor, at: datetime) -> Claim:
    claim = Claim(
        matter_kind=matter.kind,
        matter_id=matter.id,
        label=matter.label[:200],
        agency_code=matter.agency_code,
        occasion=matter.occasion,
        occasion_label=matter.occasion_label,
        person=by.id,
        person_name=by.name,
        taken_at=at,
    )
    claim.save(force_insert=True)
    return claim


def _end(claim: Claim, reason: str, *, by: Actor, at: datetime) -> None:
    claim.ended_at, claim.ended_by, claim.ended_by_name = at, by.id, by.name
    claim.reason = reason
    claim.save(update_fields=["ended_at", "ended_by", "ended_by_name", "reason"])


def _required(reason: str) -> str:
    plain = " ".join(reason.split())
    if not plain:
        raise ClaimError("请写明原因")
    return plain[:LONGEST_REASON]


def _note(event: str, matter: Matter, *, by: Actor, at: datetime, **facts: str) -> None:
    record(
        event,
        by=by,
        at=at,
        subject=Subject(matter.kind, matter.id, matter.label),
        agency_code=matter.agency_code,
        facts={"occasion": matter.occasion_label, **facts},
    )
