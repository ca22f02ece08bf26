"""The daily jobs: head, sheet on disk, verification; and retrying a stopped job by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.tamper_trail import drop_triggers
from django.db import connection
from pytest_django.fixtures import Settings

from gongkai.jobs import queries, schedule, services
from gongkai.jobs.models import OutboxRow, State
from gongkai.jobs.running import Ran, run_next
from gongkai.trail.bundles import head_sheet
from gongkai.trail.models import DailyHead, Row
from gongkai.trail.oversight import retry_job
from tests.gongkai.databases import as_owner
from tests.gongkai.trail.recording import AT, CLERK, decide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home_of_the_test(tmp_path: Path, settings: Settings) -> None:
    settings.GONGKAI_HOME = tmp_path


def work() -> list[Ran]:
    """Runs what is due; how each ended."""
    ended: list[Ran] = []
    while (ran := run_next(worker="w", clock=lambda: AT)) is not Ran.NOTHING:
        ended.append(ran)
    return ended


def test_the_daily_head_is_taken_and_its_sheet_lies_in_the_folder(tmp_path: Path) -> None:
    decide()
    services.enqueue("trail.take_head", arguments={}, at=AT)
    assert work() == [Ran.DONE, Ran.DONE]
    head = DailyHead.objects.get()
    (sheet,) = (tmp_path / "trail-heads").iterdir()
    assert sheet.name == "000001-2026-03-02.txt"
    assert sheet.read_text(encoding="utf-8") == head_sheet(head)


def test_the_daily_verification_is_recorded() -> None:
    decide()
    services.enqueue("trail.verify", arguments={}, at=AT)
    assert work() == [Ran.DONE]
    sentence = Row.objects.get(event="trail.verified").sentence
    assert sentence == "系统核对全部留痕：1条链、1条记录，发现0处问题"


def test_a_fault_stops_the_daily_verification_and_stays_on_the_list() -> None:
    decide()
    with as_owner(connection):
        drop_triggers()
    Row.objects.update(actor_name="张三")
    services.enqueue("trail.verify", arguments={}, at=AT)
    assert work() == [Ran.FAILED]
    (stopped,) = queries.failed()
    assert stopped.reason.startswith("留痕核对发现 1 处问题：机关 YX001 的留痕链第 1 条")


def test_the_jobs_are_on_the_schedule() -> None:
    names = {periodic.name for periodic in schedule.registered()}
    assert {"trail.take_head", "trail.verify", "jobs.prune"} <= names


def test_retrying_by_hand_is_recorded_with_the_reason_it_had_stopped_for() -> None:
    order = services.enqueue("trail.verify", arguments={}, at=AT)
    OutboxRow.objects.filter(pk=order.pk).update(state=State.FAILED, reason="磁盘已满")
    assert retry_job(order.pk, by=CLERK, at=AT).state == State.WAITING
    assert Row.objects.get(event="jobs.retried").sentence == (
        f"云溪县政府办公室李明重新执行后台任务trail.verify #{order.pk}，停止原因：磁盘已满"
    )
    with pytest.raises(services.NotFailedError):
        retry_job(order.pk, by=CLERK, at=AT)
    assert Row.objects.filter(event="jobs.retried").count() == 1
