"""What is late, told once every working day: to the disclosure officers of each body, one message
a person for all the bodies that he keeps. It counts as the registers count and changes nothing.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.utils.timezone import localdate

from gongkai.accounts.models import User
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar
from gongkai.disclosure.interpretations import owing
from gongkai.disclosure.models import Record
from gongkai.disclosure.registers import late_among
from gongkai.notifications.kinds import Kind
from gongkai.notifications.recipients import holders
from gongkai.notifications.services import tell
from gongkai.trail.actors import Subject

LATE = Kind("late", "逾期提醒", "有政府信息的期限过了，等您处理。")
_PAGE = "/office/records/?figure=disclosure.overdue"


def tell_what_is_late(*, at: datetime) -> None:
    """Nothing on days off, and nothing where nothing is late; told twice a day, it says it once."""
    today = localdate(at)
    if not calendar().is_working_day(today):
        return
    lines: dict[User, list[tuple[Agency, str]]] = {}
    for agency, line in _lines(today):
        for officer in holders(agency, {Role.DISCLOSURE_OFFICER}, at):
            lines.setdefault(officer, []).append((agency, line))
    for officer, said in lines.items():
        bodies = [agency for agency, _ in said]
        first = bodies[0]
        tell(
            [officer],
            kind=LATE.name,
            subject=Subject("agency", first.code, first.name),
            sentence="；".join(line for _, line in said),
            link=_PAGE,
            key=f"late-{today}",
            at=at,
            agency_code=first.code if len(bodies) == 1 else "",
        )


def _lines(today: date) -> list[tuple[Agency, str]]:
    """Every body with something late, and what, in a sentence."""
    unpublished = _by_body(late_among(Record.objects.all(), today))
    uninterpreted = Counter(one.standing.record.agency_id for one in owing(today, None) if one.late)
    unevaluated = Counter(
        Record.objects.filter(next_review_on__lt=today).values_list("agency_id", flat=True)
    )
    counts = (
        (unpublished, "条过了公开期限还没有公开"),
        (uninterpreted, "件应当解读还没有解读"),
        (unevaluated, "条过了评估日期还没有评估"),
    )
    ids = set(unpublished) | set(uninterpreted) | set(unevaluated)
    return [
        (agency, f"{agency.name}：" + "，".join(_said(counts, agency.pk)))
        for agency in Agency.objects.filter(pk__in=ids).order_by("code")
    ]


def _said(counts: tuple[tuple[Counter[int], str], ...], agency_id: int) -> list[str]:
    return [f"{counted[agency_id]} {words}" for counted, words in counts if counted[agency_id]]


def _by_body(ids: list[int]) -> Counter[int]:
    return Counter(Record.objects.filter(pk__in=ids).values_list("agency_id", flat=True))
