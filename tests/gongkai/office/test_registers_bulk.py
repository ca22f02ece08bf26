"""Acts on many records: each through its verb; what is refused stays; no uncleared one gets out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Clearance, PublicAct, Record, Schedule
from gongkai.disclosure.services import drafting
from tests.gongkai.disclosure.chain import AT, Chain, drafted, passed, person, submitted
from tests.gongkai.disclosure.documents import office
from tests.gongkai.disclosure.states import States
from tests.gongkai.office.registered import entered, mixed, of

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(settings: Settings) -> Chain:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    return office()


def named(client: Client, act: str, *records: Record) -> Any:
    """The screen that names what is about to happen."""
    ids = [str(one.public_id) for one in records]
    return client.post(reverse("office:records_bulk"), {"act": act, "record": ids})


def done(client: Client, act: str, *records: Record, **said: str) -> Any:
    """The act itself, in the revision in which the records stand now."""
    fresh = [Record.objects.get(pk=one.pk) for one in records]
    chosen = [f"{one.public_id}:{one.revision}" for one in fresh]
    data = {"act": act, "record": chosen, "sure": "1", **said}
    return client.post(reverse("office:records_bulk"), data)


def told(answer: Any) -> tuple[list[str], dict[str, str]]:
    """Titles of what was done, and of what was refused with the reason."""
    assert answer.status_code == 200
    refused = {one.row.title: one.why for one in answer.context["refused"]}
    return [one.title for one in answer.context["done"]], refused


def test_publishing_a_mix_publishes_what_is_cleared_and_nothing_else(chain: Chain) -> None:
    records = mixed(chain)
    states = States(chain)
    records |= {"before_final": states.before_final(), "emergency": states.in_an_emergency()}
    records |= {"withdrawn": states.published(), "planned": states.cleared()}
    states.withdraw(records["withdrawn"])
    states.plan(records["planned"])
    cleared = [passed(chain, submitted(chain, title=f"通过{n}")).record for n in range(3)]
    before = set(Record.objects.public().values_list("pk", flat=True))
    finished, refused = told(done(of(chain, "officer"), "publish", *records.values(), *cleared))
    out = set(Record.objects.public().values_list("pk", flat=True)) - before
    may_go = {records["cleared"].pk, *(one.pk for one in cleared)}
    leaks = out - may_go
    live = Record.objects.public().select_related("live__version")
    leaks |= {one.pk for one in live if one.live and one.live.version.attribute != "proactive"}
    print(f"publish at once: {len(records) + 3} chosen, {len(out)} public, {len(leaks)} leaks")
    assert (leaks, out) == (set(), may_go)
    assert sorted(finished) == ["已通过的一份", "通过0", "通过1", "通过2"]
    assert refused["在审的一份"] == refused["一份草稿"] == "还没有通过审查，不能公开"
    assert refused["不公开的一份"] == "公开属性是不予公开，不能发布"
    assert refused["公开的一份"] == "这一稿已经公开"
    assert Clearance.objects.filter(record=records["draft"]).count() == 0


def test_the_screen_before_names_every_record_and_does_nothing(chain: Chain) -> None:
    records = mixed(chain)
    answer = named(of(chain, "officer"), "publish", *records.values())
    page = answer.content.decode()
    assert "发布 5 条信息" in page
    assert "其中 4 条现在不能发布" in page
    assert all(f"{one.public_id}:" in page for one in records.values())
    assert Record.objects.public().count() == 1


@pytest.mark.parametrize("act", ["publish", "plan"])
def test_what_was_withdrawn_does_not_come_back_among_many(act: str, chain: Chain) -> None:
    states, client = States(chain), of(chain, "officer")
    gone, planned, cleared = states.published(), states.cleared(), states.cleared()
    states.withdraw(gone)
    states.plan(planned)
    said = {"day": (timezone.localdate() + timedelta(days=9)).isoformat(), "time": "09:00"}
    answer = done(client, act, gone, planned, cleared, **said)
    why = {one.row.line.record.pk: one.why for one in answer.context["refused"]}
    assert why[gone.pk].startswith("已撤回")
    assert why[planned.pk].startswith("已定时发布")
    assert [one.line.record.pk for one in answer.context["done"]] == [cleared.pk]
    assert not Record.objects.get(pk=gone.pk).is_public


def test_drafts_are_submitted_and_the_faulty_say_what_is_missing(chain: Chain) -> None:
    good, bad = drafted(chain, title="齐全的"), drafted(chain, title="没写正文", body="")
    finished, refused = told(done(of(chain, "drafter"), "submit", good.record, bad.record))
    assert (finished, refused) == (["齐全的"], {"没写正文": "请写正文，或者附上文件"})
    good.refresh_from_db()
    assert good.submitted_at is not None


def test_withdrawing_takes_one_reason_for_all_and_needs_one(chain: Chain) -> None:
    states = States(chain)
    first, another, draft = states.published(), states.published(), states.draft()
    client = of(chain, "final")
    assert done(client, "withdraw", first, another, reason=" ").status_code == 422
    assert Record.objects.public().count() == 2
    finished, refused = told(done(client, "withdraw", first, another, draft, reason="数字有误"))
    assert (len(finished), list(refused.values())) == (2, ["现在没有公开，无须撤回"])
    assert Record.objects.public().count() == 0
    reasons = PublicAct.objects.filter(act="withdraw").values_list("reason", flat=True)
    assert list(reasons) == ["数字有误", "数字有误"]


def test_publication_is_planned_for_a_moment_that_is_still_to_come(chain: Chain) -> None:
    records = mixed(chain)
    client, day = of(chain, "officer"), timezone.localdate() + timedelta(days=2)
    past = done(client, "plan", records["cleared"], day="2026-03-12", time="09:00")
    assert told(past)[1] == {"已通过的一份": "定时发布的时间须在现在以后"}
    said = {"day": day.isoformat(), "time": "08:30"}
    finished, refused = told(done(client, "plan", records["cleared"], records["draft"], **said))
    assert finished == ["已通过的一份"]
    assert list(refused) == ["一份草稿"]
    (planned,) = Schedule.objects.all()
    assert f"{timezone.localtime(planned.at):%Y-%m-%d %H:%M}" == f"{day} 08:30"
    assert done(client, "plan", records["cleared"], day="", time="").status_code == 422


def test_who_may_not_is_told_so_record_by_record(chain: Chain) -> None:
    records = mixed(chain)
    finished, refused = told(done(of(chain, "drafter"), "publish", records["cleared"]))
    assert finished == []
    assert "无权办理" in refused["已通过的一份"]
    finished, _ = told(done(of(chain, "officer"), "publish", records["cleared"]))
    assert finished == ["已通过的一份"]


def test_who_does_none_of_these_acts_is_refused_the_screen(chain: Chain) -> None:
    record = mixed(chain)["cleared"]
    assert done(of(chain, "section"), "publish", record).status_code == 403
    assert done(of(chain, "officer"), "publish", record).status_code == 200


def test_a_record_of_another_body_cannot_be_chosen(chain: Chain) -> None:
    record = mixed(chain)["cleared"]
    department = Agency.objects.filter(kind="department").first()
    assert department is not None
    outsider = entered(person("outsider", "外审", Role.DISCLOSURE_OFFICER, department))
    answer = done(outsider, "publish", record)
    assert answer.status_code == 302  # nothing that he can see was chosen
    assert not Record.objects.get(pk=record.pk).is_public


def test_what_changed_after_it_was_named_is_left_alone(chain: Chain) -> None:
    record = drafted(chain, title="改过的").record
    revision = Record.objects.get(pk=record.pk).revision
    drafting.edit(
        record.versions.get(), {"title": "又改了"}, revision=revision,
        by=chain.actor("drafter"), at=AT,
    )  # fmt: skip
    data = {"act": "submit", "record": f"{record.public_id}:{revision}", "sure": "1"}
    client = of(chain, "drafter")
    _, refused = told(client.post(reverse("office:records_bulk"), data))
    assert "您看过以后又有人改动过" in refused["又改了"]
    assert record.versions.get().submitted_at is None
    assert told(done(client, "submit", record))[0] == ["又改了"]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "publish"},
        {"act": "explode", "record": "x"},
        {"act": "publish", "record": "not-a-uuid"},
        {"act": "publish", "back": "https://elsewhere.example/"},
    ],
)
def test_nothing_chosen_leads_back_to_the_list(data: dict[str, str], chain: Chain) -> None:
    answer = of(chain, "officer").post(reverse("office:records_bulk"), data)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("office:records"))


def test_more_than_a_hundred_at_once_are_refused(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.office.views.registers.bulk.MOST_AT_ONCE", 2)
    records = list(mixed(chain).values())
    assert done(of(chain, "officer"), "publish", *records).status_code == 302
    assert Record.objects.public().count() == 1
    assert done(of(chain, "officer"), "publish", *records[:2]).status_code == 200
