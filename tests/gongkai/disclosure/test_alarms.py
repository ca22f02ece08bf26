"""What nobody did in time is told to those who can still do it, once a day, on working days."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gongkai.accounts.roles import Role
from gongkai.agencies.queries import supervising_agency
from gongkai.disclosure.alarms import raise_alarms
from gongkai.disclosure.models import Version
from gongkai.disclosure.services import claiming, reviewing
from gongkai.disclosure.steps import Step
from gongkai.jobs import schedule
from gongkai.notifications.models import Message
from tests.gongkai.disclosure.chain import AT, Chain, passed, person, staffed, submitted

pytestmark = pytest.mark.django_db

# Submitted on Thursday 2026-03-12; two working days a step: Monday the 16th.
FRIDAY = datetime(2026, 3, 13, 1, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 14, 1, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def chain() -> Chain:
    return staffed()


@pytest.fixture
def version(chain: Chain) -> Version:
    return submitted(chain)


def told(kind: str, at: datetime) -> list[tuple[str, str]]:
    """Who was told what at a moment, of a kind."""
    found = Message.objects.filter(kind=kind, at=at).order_by("person__display_name")
    return [(one.person.display_name, one.sentence) for one in found]


def test_a_review_is_called_to_mind_on_its_last_day_and_when_it_is_late(
    chain: Chain, version: Version
) -> None:
    for day in (FRIDAY, MONDAY, WEDNESDAY):
        raise_alarms(at=day)
    title = version.title
    assert told("step_due", FRIDAY) == []
    assert told("step_due", MONDAY) == [("吕初审", f"“{title}”的科室初审今天到期")]
    assert told("step_due", WEDNESDAY) == [("吕初审", f"“{title}”的科室初审已逾期2个工作日")]


def test_twice_on_a_day_it_is_told_once_and_never_on_a_day_off(
    chain: Chain, version: Version
) -> None:
    raise_alarms(at=SATURDAY)
    assert told("step_due", SATURDAY) == []
    raise_alarms(at=MONDAY)
    raise_alarms(at=MONDAY)
    assert len(told("step_due", MONDAY)) == 1


def test_the_next_step_has_its_own_days(chain: Chain, version: Version) -> None:
    reviewing.pass_step(
        version, Step.SECTION, digest=version.content_hash, by=chain.actor("section"), at=MONDAY
    )
    raise_alarms(at=MONDAY)
    assert told("step_due", MONDAY) == []
    raise_alarms(at=WEDNESDAY)
    assert [name for name, _ in told("step_due", WEDNESDAY)] == ["施保密"]


def test_what_several_could_take_and_nobody_took_is_an_alarm(
    chain: Chain, version: Version
) -> None:
    person("second", "金科长", Role.SECTION_REVIEWER, chain.agency)
    person("keeper", "戚管理", Role.AGENCY_ADMINISTRATOR, chain.agency)
    raise_alarms(at=FRIDAY)
    assert told("unclaimed", FRIDAY) == []
    raise_alarms(at=MONDAY)
    sentence = f"“{version.title}”的科室初审已等2个工作日，还没有人认领"
    assert told("unclaimed", MONDAY) == [
        ("吕初审", sentence),
        ("戚管理", sentence),
        ("金科长", sentence),
    ]


def test_what_somebody_took_and_what_one_person_alone_can_do_is_none(
    chain: Chain, version: Version
) -> None:
    raise_alarms(at=MONDAY)
    assert told("unclaimed", MONDAY) == []  # there is nobody else
    person("second", "金科长", Role.SECTION_REVIEWER, chain.agency)
    claiming.claim_work(version, Step.SECTION, by=chain.actor("section"), at=MONDAY)
    raise_alarms(at=WEDNESDAY)
    assert told("unclaimed", WEDNESDAY) == []


def test_a_shortened_review_not_made_whole_is_an_alarm_every_working_day(
    chain: Chain, version: Version
) -> None:
    above = supervising_agency()
    assert above == chain.agency
    reviewing.order_emergency(version, reason="山洪预警", by=chain.actor("final"), at=AT)
    passed(chain, version, Step.SECRECY)
    reviewing.clear_in_emergency(version, by=chain.actor("officer"), at=AT)
    # Three working days after Thursday the 12th: Tuesday the 17th.
    raise_alarms(at=MONDAY)
    assert told("emergency_late", MONDAY) == []
    raise_alarms(at=WEDNESDAY)
    names = [name for name, _ in told("emergency_late", WEDNESDAY)]
    assert names == ["吕初审", "孔终审", "张公开"]
    (sentence,) = {sentence for _, sentence in told("emergency_late", WEDNESDAY)}
    assert sentence == (
        f"“{version.title}”应急公开后应于3月17日补齐审查，还差科室初审、公开工作机构审核、终审"
    )
    for step in (Step.SECTION, Step.DISCLOSURE, Step.FINAL):
        passed(chain, version, step)
    thursday = datetime(2026, 3, 19, 1, 0, tzinfo=UTC)
    raise_alarms(at=thursday)
    assert told("emergency_late", thursday) == []


def test_it_stands_on_the_daily_schedule() -> None:
    (planned,) = [one for one in schedule.registered() if one.job == "disclosure.raise_alarms"]
    assert planned.daily_at == "08:40"
