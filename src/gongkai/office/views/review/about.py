"""What an address of the review is about: the record, its newest version, where that stands.

It judges nothing by itself: gongkai.disclosure.policies does, on what is handed to them here.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse

from gongkai.accounts.standing import Standing
from gongkai.disclosure.desk import affair_at, together_with, turn_of
from gongkai.disclosure.models import BatchItem, Record, Referral, ReviewRule, Version
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.queries import Position, latest, position_of
from gongkai.disclosure.steps import Step
from gongkai.office.views.upkeep.scope import found_record
from gongkai.web.panels import Link

DESK = Link("审查", "/office/review/")


@dataclass(frozen=True, slots=True)
class Case:
    """A version under review with its place in the chain."""

    record: Record
    version: Version
    position: Position
    affair: RecordAffair
    in_batch: bool

    @property
    def link(self) -> Link:
        """The screen on which it is reviewed."""
        return Link(self.version.title, review_url(self.record))

    @property
    def back(self) -> Link:
        """The same as the way back from a form."""
        return Link("审查的页面", self.link.url)

    @property
    def referral(self) -> Referral | None:
        """What was put to another authority and is not answered."""
        if not self.position.referred:
            return None
        return Referral.objects.filter(review__version=self.version).latest("pk")

    def turn(self, who: Standing) -> Step | None:
        """The step at which this person may give a verdict now."""
        return turn_of(who, self.affair)

    def following(self, who: Standing, step: Step) -> Step | None:
        """The step that he may pass in the same act."""
        return together_with(who, self.affair, step)


def case_of(pk: uuid.UUID) -> Case:
    """The newest version of the record of an address; 404 where there is none."""
    record = found_record(pk)
    version = latest(record)
    version.record = record
    position = position_of(version)
    rule = ReviewRule.objects.filter(agency_id=record.agency_id).first()
    affair = affair_at(version, position, rule)
    in_batch = BatchItem.objects.filter(version=version, excepted=False).exists()
    if in_batch:
        affair = replace(affair, due=())
    return Case(record, version, position, affair, in_batch)


def this_case(_request: HttpRequest, *, pk: uuid.UUID) -> RecordAffair:
    """What the policies judge a verdict by."""
    return case_of(pk).affair


def this_question(_request: HttpRequest, *, pk: uuid.UUID) -> RecordAffair:
    """The same for an answer: due is the step that asked."""
    case = case_of(pk)
    referral = case.referral
    due = () if referral is None else (Step(referral.review.step),)
    return replace(case.affair, due=due)


def review_url(record: Record) -> str:
    """The screen on which a record is reviewed."""
    return reverse("office:review", args=[record.public_id])
