"""认领: a reviewer takes the step that is due, the disclosure office takes a publication."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.claims import services as claims
from gongkai.claims.matters import Matter
from gongkai.claims.models import Claim
from gongkai.disclosure.claiming import OCCASIONS, PUBLISH, matter_of, policy_of
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Version
from gongkai.disclosure.queries import position_of
from gongkai.disclosure.services.entitlement import authorise, locked
from gongkai.disclosure.steps import Step
from gongkai.trail.actors import Actor


@transaction.atomic
def claim_work(version: Version, occasion: str, *, by: Actor, at: datetime) -> Claim:
    """Takes the work that waits; gongkai.claims.errors.ClaimError where somebody else has it."""
    return claims.take(_due(version, occasion, by=by, at=at), by=by, at=at)


@transaction.atomic
def give_work_back(
    version: Version, occasion: str, *, reason: str, by: Actor, at: datetime
) -> Claim:
    """Leaves it to the others again, also after the duty was lost."""
    _known(occasion)
    return claims.give_back(matter_of(version, occasion), reason=reason, by=by, at=at)


@transaction.atomic
def take_work_over(
    version: Version, occasion: str, *, reason: str, by: Actor, at: datetime
) -> Claim:
    """Takes it from somebody who is away, with the reason."""
    matter = _due(version, occasion, by=by, at=at)
    return claims.take_over(matter, reason=reason, by=by, at=at)


def _due(version: Version, occasion: str, *, by: Actor, at: datetime) -> Matter:
    _known(occasion)
    record = locked(version.record)
    authorise(by, policy_of(occasion), record, at=at, version=version)
    if occasion == PUBLISH:
        if not hasattr(version, "clearance") or record.live_id == version.clearance.pk:
            raise DisclosureError("现在不等发布，不用认领")
    elif not _waits_for(version, Step(occasion)):
        raise DisclosureError("现在没有轮到这一步，不用认领")
    return matter_of(version, occasion)


def _waits_for(version: Version, step: Step) -> bool:
    if version.submitted_at is None:
        return False
    position = position_of(version)
    passed = {Step(one.step) for one in position.passed}
    urgent = hasattr(version, "emergency_order") and not position.ended and step not in passed
    return position.next is step or urgent


def _known(occasion: str) -> None:
    if occasion not in OCCASIONS:
        raise DisclosureError("没有这个环节", field="occasion")
