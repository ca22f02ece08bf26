"""Every night what is public is compared with reviews, words and trail; a disagreement is kept."""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai.disclosure.models import Record, Version
from gongkai.guards.triggers import registered
from gongkai.jobs import queries, schedule, services
from gongkai.jobs.running import Ran, run_next
from gongkai.trail.models import Row
from tests.gongkai.databases import as_owner
from tests.gongkai.disclosure.chain import AT, Chain, passed, staffed, submitted

pytestmark = pytest.mark.django_db


def drop_guards_of_versions() -> None:
    """What only the owner can: takes the guards of the words away."""
    with connection.cursor() as cursor:
        for trigger in registered():
            if trigger.table == "disclosure_version":
                on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")


@pytest.fixture
def chain() -> Chain:
    return staffed()


def compared() -> Ran:
    services.enqueue("disclosure.verify", arguments={}, at=AT)
    ran = run_next(worker="w", clock=lambda: AT)
    while ran is Ran.DONE and not Row.objects.filter(event="disclosure.verified").exists():
        ran = run_next(worker="w", clock=lambda: AT)
    return ran


def test_what_agrees_is_noted_with_the_number_of_records(chain: Chain) -> None:
    passed(chain, submitted(chain))
    assert compared() is Ran.DONE
    sentence = Row.objects.get(event="disclosure.verified").sentence
    assert sentence == "系统核对全部政府信息1条，与审查、内容和留痕相符"


def test_words_changed_behind_the_guards_stop_the_job_and_are_named(chain: Chain) -> None:
    version = passed(chain, submitted(chain))
    with as_owner(connection):
        drop_guards_of_versions()
    Version.objects.filter(pk=version.pk).update(body="<p>换过的正文</p>")
    assert compared() is Ran.FAILED
    (row,) = queries.failed()
    record = Record.objects.get()
    assert row.reason == (
        f"公开信息核对发现 1 处不符：{record.public_id} 第1稿的内容与送审时的摘要不符"
    )
    assert not Row.objects.filter(event="disclosure.verified").exists()


def test_it_stands_on_the_daily_schedule() -> None:
    (planned,) = [one for one in schedule.registered() if one.job == "disclosure.verify"]
    assert (planned.daily_at, planned.label) == ("02:40", "核对公开信息与审查、留痕")
