"""What nobody did in time, told to those who can still do it: reviews that are due, work that
nobody took, and the rest of a shortened review. It changes no record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from gongkai.accounts.models import User
from gongkai.accounts.roles import Role
from gongkai.agencies.queries import supervising_agency
from gongkai.calendars.queries import calendar, calendar_for
from gongkai.claims.queries import claim_of
from gongkai.disclosure.claiming import matter_of
from gongkai.disclosure.desk import DAYS_EACH, since_of
from gongkai.disclosure.models import BatchItem, EmergencyOrder, ReviewRule, Version
from gongkai.disclosure.queries import position_from, position_of
from gongkai.disclosure.stages import newest
from gongkai.disclosure.steps import STEPS, Step
from gongkai.disclosure.telling import who_may
from gongkai.notifications.kinds import Kind, register
from gongkai.notifications.recipients import holders
from gongkai.notifications.services import tell
from gongkai.trail.actors import Subject
from statute.calendars import Calendar
from statute.deadlines import working_days, working_days_between

STEP_DUE = Kind("step_due", "审查到期", "有一件政府信息的审查到期或者逾期。")
UNCLAIMED = Kind("unclaimed", "没有人认领", "有一件政府信息还没有人认领。")
EMERGENCY_LATE = Kind("emergency_late", "应急补审逾期", "有一件应急公开的信息没有按期补齐审查。")
UNCLAIMED_AFTER = 1  # working days


def register_alarm_kinds() -> None:
    """Adds what people are told about to the one list; called when the app starts."""
    register(STEP_DUE, UNCLAIMED, EMERGENCY_LATE)


def raise_alarms(*, at: datetime) -> None:
    """Once every working day; raised twice on a day, each is told once."""
    today = localdate(at)
    if not calendar().is_working_day(today):
        return
    for one in _waiting(today, at):
        _step_due(one, today, at=at)
        _unclaimed(one, today, at=at)
    for order in _unfinished(today):
        _emergency_late(order, today, at=at)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A version at its next step: since when it waits, by which calendar, after how many verdicts,
    and who may give the next."""

    version: Version
    step: Step
    since: date
    days: Calendar
    verdicts: int
    people: list[User]


def _waiting(today: date, at: datetime) -> Iterator[_Waiting]:
    """Versions under review with the step that is next; batches are passed as a whole."""
    items = BatchItem.objects.filter(excepted=False).values("version_id")
    found = newest().filter(submitted_at__isnull=False, clearance__isnull=True)
    found = found.exclude(pk__in=items).select_related("record__agency")
    for version in found.order_by("pk"):
        reviews = list(version.reviews.select_related("referral").order_by("pk"))
        position = position_from(reviews)
        if position.next is None or position.ended or position.referred:
            continue
        yield _Waiting(
            version=version,
            step=position.next,
            since=since_of(version, reviews),
            days=calendar_for(version.record.agency, today),
            verdicts=len(reviews),
            people=who_may(version, position.next, at),
        )


def _step_due(one: _Waiting, today: date, *, at: datetime) -> None:
    version, step = one.version, one.step
    rule = ReviewRule.objects.filter(agency=version.record.agency).first()
    due = working_days(one.since, rule.days_each if rule else DAYS_EACH, one.days).due
    if due > today:
        return
    late = working_days_between(due, today, one.days)
    state = f"已逾期{late}个工作日" if late else "今天到期"
    sentence = f"“{version.title}”的{step.label}{state}"
    _tell(one.people, STEP_DUE, version, sentence, f"{step}-{today}", at=at)


def _unclaimed(one: _Waiting, today: date, *, at: datetime) -> None:
    """Where several could take it and nobody has for more than a working day."""
    version, step = one.version, one.step
    if len(one.people) < 2 or claim_of(matter_of(version, step.value)) is not None:
        return
    waited = working_days_between(one.since, today, one.days)
    if waited <= UNCLAIMED_AFTER:
        return
    sentence = f"“{version.title}”的{step.label}已等{waited}个工作日，还没有人认领"
    keepers = holders(version.record.agency, {Role.AGENCY_ADMINISTRATOR}, at)
    key = f"{step}-{one.verdicts}"
    _tell([*one.people, *keepers], UNCLAIMED, version, sentence, key, at=at)


def _unfinished(today: date) -> Iterator[EmergencyOrder]:
    """Orders whose last day has passed without the other steps."""
    found = EmergencyOrder.objects.filter(rest_due_on__lt=today)
    for order in found.select_related("version__record__agency").order_by("pk"):
        position = position_of(order.version)
        if not position.ended and len(position.passed) < len(STEPS):
            yield order


def _emergency_late(order: EmergencyOrder, today: date, *, at: datetime) -> None:
    """The missing reviewers, and the supervising office, every working day until it is done."""
    version, due = order.version, order.rest_due_on
    passed = {Step(one.step) for one in position_of(version).passed}
    missing = [step for step in STEPS if step not in passed]
    people = [user for step in missing for user in who_may(version, step, at)]
    above = supervising_agency()
    if above is not None:
        people += holders(above, {Role.DISCLOSURE_OFFICER}, at)
    steps = "、".join(step.label for step in missing)
    sentence = f"“{version.title}”应急公开后应于{due.month}月{due.day}日补齐审查，还差{steps}"
    _tell(people, EMERGENCY_LATE, version, sentence, str(today), at=at)


def _tell(
    people: list[User], kind: Kind, version: Version, sentence: str, key: str, *, at: datetime
) -> None:
    record = version.record
    tell(
        people,
        kind=kind.name,
        subject=Subject("record", str(record.public_id), version.title[:200]),
        sentence=sentence,
        link=f"/office/records/{record.public_id}/review/",
        key=f"{kind.name}-{version.pk}-{key}",
        at=at,
        agency_code=record.agency.code,
    )
