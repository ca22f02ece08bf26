"""Publishing, planning, withdrawing from the screens: nothing goes out that was not cleared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import localdate
from pytest_django import Settings

from gongkai.disclosure.models import PublicAct, Record, Schedule, Version
from gongkai.disclosure.steps import Step
from tests.gongkai.disclosure.chain import Chain, drafted, passed, submitted
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


@pytest.fixture
def chain(desk: Desk) -> Chain:
    return desk.chain


def pk(version: Version) -> str:
    return str(version.record.public_id)


def tomorrow() -> dict[str, str]:
    return {"day": (localdate() + timedelta(days=1)).isoformat(), "time": "09:00"}


def test_the_officer_publishes_what_was_cleared_and_nobody_else_does(
    desk: Desk, chain: Chain
) -> None:
    version = passed(chain, submitted(chain))
    page = desk.page("officer", "record_publish", pk(version))
    assert "所有人都能在公开平台上看到" in page
    for other in ("drafter", "section", "final"):
        assert desk.post(other, "record_publish", pk(version)) == 403, other
    assert not Record.objects.public().exists()
    assert desk.post("officer", "record_publish", pk(version)) == 302
    assert Record.objects.public().count() == 1


def test_nothing_uncleared_goes_out_through_any_of_these_forms(desk: Desk, chain: Chain) -> None:
    versions = [drafted(chain), submitted(chain), passed(chain, submitted(chain), Step.SECTION)]
    forms: dict[str, dict[str, str]] = {
        "record_publish": {},
        "record_plan": tomorrow(),
        "record_emergency_clear": {},
    }
    refused = 0
    for version in versions:
        for name, said in forms.items():
            for way in (said, {**said, "digest": version.content_hash, "force": "1"}):
                assert desk.post("officer", name, pk(version), **way) == 422, name
                refused += 1
    assert refused == 18
    assert not Record.objects.public().exists()
    assert not Schedule.objects.exists()
    assert not PublicAct.objects.exists()
    control = passed(chain, submitted(chain))
    assert desk.post("officer", "record_publish", pk(control)) == 302
    assert Record.objects.public().count() == 1


def test_a_plan_is_made_shown_and_cancelled(desk: Desk, chain: Chain) -> None:
    version = passed(chain, submitted(chain))
    assert "待发布　1" in desk.page("officer", "review_desk")
    past = {"day": "2026-01-05", "time": "09:00"}
    assert desk.post("officer", "record_plan", pk(version), **past) == 422
    assert desk.post("officer", "record_plan", pk(version), **tomorrow()) == 302
    assert "已定时　1" in desk.page("officer", "review_desk")
    assert desk.post("section", "record_plan_cancel", pk(version)) == 403
    assert desk.post("officer", "record_plan_cancel", pk(version)) == 302
    assert "待发布　1" in desk.page("officer", "review_desk")
    assert desk.post("officer", "record_plan_cancel", pk(version)) == 404


def test_withdrawing_asks_for_the_reason_that_the_public_reads(desk: Desk, chain: Chain) -> None:
    version = passed(chain, submitted(chain))
    assert desk.post("officer", "record_withdraw", pk(version), reason="有误") == 422
    assert desk.post("officer", "record_publish", pk(version)) == 302
    assert "公众在原来的地址上会看到这句话" in desk.page("officer", "record_withdraw", pk(version))
    assert desk.post("officer", "record_withdraw", pk(version), reason="") == 422
    assert Record.objects.public().count() == 1
    assert desk.post("final", "record_withdraw", pk(version), reason="附件有误") == 302
    assert not Record.objects.public().exists()
    assert PublicAct.objects.get(act="withdraw").reason == "附件有误"
