"""What is late is told once a working day, to whoever keeps the disclosure of that body."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils.timezone import make_aware

from gongkai.accounts.roles import Role
from gongkai.disclosure.daily import tell_what_is_late
from gongkai.disclosure.jobs import LATE_JOB
from gongkai.jobs import schedule
from gongkai.notifications.models import Message
from tests.gongkai.disclosure.chain import Chain, drafted, passed, person, public, submitted
from tests.gongkai.disclosure.documents import body, draft_of, office


@pytest.fixture
def chain(db: None) -> Chain:
    return office()


def morning(day: str) -> datetime:
    return make_aware(datetime.fromisoformat(f"{day} 08:30"))


def told() -> list[tuple[str, str, str]]:
    found = Message.objects.filter(kind="late").order_by("at", "person_id")
    return [(one.person.display_name, one.sentence, one.agency_code) for one in found]


def test_it_is_told_when_the_time_has_run_out_and_not_before(chain: Chain) -> None:
    drafted(chain)  # 成文 3月5日，最迟4月2日公开
    public(chain, title="已经公开的办法")
    tell_what_is_late(at=morning("2026-04-02"))
    assert told() == []
    tell_what_is_late(at=morning("2026-04-03"))
    line = f"{chain.agency.name}：1 条过了公开期限还没有公开"
    assert told() == [("张公开", line, chain.agency.code)]
    assert Message.objects.get(kind="late").link == "/office/records/?figure=disclosure.overdue"


def test_it_is_told_once_a_day_however_often_the_job_runs(chain: Chain) -> None:
    drafted(chain)
    tell_what_is_late(at=morning("2026-04-03"))
    tell_what_is_late(at=make_aware(datetime.fromisoformat("2026-04-03 15:00")))
    assert len(told()) == 1
    tell_what_is_late(at=morning("2026-04-07"))
    assert len(told()) == 2


@pytest.mark.parametrize("day", ["2026-04-04", "2026-04-05", "2026-04-06"])
def test_nobody_is_told_on_days_off(chain: Chain, day: str) -> None:
    drafted(chain)
    tell_what_is_late(at=morning(day))
    assert told() == []


def test_who_keeps_two_bodies_gets_one_message(chain: Chain) -> None:
    other = body(chain, "agriculture")
    drafted(chain)
    draft_of(other, "document", date(2026, 3, 5))
    only_one = person("only", "金公开", Role.DISCLOSURE_OFFICER, other.agency)
    tell_what_is_late(at=morning("2026-04-03"))
    both = {name: (line.count("：1 条"), code) for name, line, code in told()}
    assert both == {"张公开": (2, ""), only_one.display_name: (1, other.agency.code)}


def test_evaluations_past_their_day_are_told_too(chain: Chain) -> None:
    passed(chain, submitted(chain, attribute="on_request", attribute_reason="内部管理"))
    tell_what_is_late(at=morning("2027-03-12"))
    assert told() == []
    tell_what_is_late(at=morning("2027-03-15"))
    assert told()[0][1] == f"{chain.agency.name}：1 条过了评估日期还没有评估"


def test_it_stands_on_the_schedule() -> None:
    (found,) = [one for one in schedule.registered() if one.job == LATE_JOB]
    assert found.daily_at == "08:30"
