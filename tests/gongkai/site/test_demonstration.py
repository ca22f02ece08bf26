"""The demonstration county, filled once for all tests here: its figures, its work, its traces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Count, Q
from django.test import Client
from django.utils.timezone import localdate, now
from pytest_django import DjangoDbBlocker, Settings

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.calendars.queries import calendar_for
from gongkai.disclosure import verification
from gongkai.disclosure.attachments import attachments_of
from gongkai.disclosure.figures import published_late
from gongkai.disclosure.imports.batches import batch_faults, standing_of_batch
from gongkai.disclosure.interpretations import owing
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import (
    Cleanup,
    Clearance,
    EmergencyOrder,
    HandOver,
    ImportBatch,
    LegalityOpinion,
    PublicAct,
    ReadingPlace,
    Record,
    Relation,
    Review,
    Schedule,
    Version,
)
from gongkai.disclosure.normative import expiring, undecided
from gongkai.disclosure.pages import bodies_without, pages_to_look_at
from gongkai.disclosure.queries import latest, overdue, position_of
from gongkai.disclosure.reading_places import missing_kinds, pending
from gongkai.disclosure.reappraisals import tasks
from gongkai.disclosure.steps import Step
from gongkai.figures.registry import Scope, disagreements, value
from gongkai.notifications.models import Message
from gongkai.site.demonstration.days import Days
from gongkai.site.demonstration.filling import fault, is_filled
from gongkai.site.demonstration.logins import logins
from gongkai.trail.models import Row
from gongkai.trail.verification import verify
from tests.gongkai.site.county import filled

pytestmark = [pytest.mark.heavy, pytest.mark.once]
OF_2020 = Scope(None, date(2020, 1, 1), date(2020, 12, 31), date(2020, 12, 31))


@pytest.fixture(autouse=True)
def _static_folder(settings: Settings) -> None:
    """WhiteNoise warns of a folder that `gongkai setup` has not made, and warnings are faults."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="module", autouse=True)
def said(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[str]]:
    """The county as of now, and what was said while it was made."""
    folder: Path = tmp_path_factory.mktemp("county")
    with filled(django_db_blocker, folder, now()) as lines:
        yield lines


# --- 2020, as the office reported it ----------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "reported"),
    [
        ("normative_made", 28),
        ("normative_in_force", 226),
        ("documents", 43),
        ("appointments", 8),
        ("interpretations", 28),
        ("central_procurements", 15),
        ("central_procurement_amount", Decimal("271.53")),
        ("procurements", 15),
        ("procurement_amount", Decimal("271.53")),
        ("normative_ended", 0),
        ("published_late", 0),
    ],
)
def test_the_figures_of_2020_are_those_of_the_report(figure: str, reported: int | Decimal) -> None:
    assert value(f"disclosure.{figure}", OF_2020) == reported
    office = frozenset({Agency.objects.get(code="gov-office").pk})
    own = Scope(office, OF_2020.since, OF_2020.until, OF_2020.as_of)
    assert value(f"disclosure.{figure}", own) == reported


def test_normative_documents_public_at_the_end_of_2020_are_all_226() -> None:
    """198 of the years before, 28 of the year."""
    before = Scope(None, None, date(2019, 12, 31), date(2019, 12, 31))
    assert value("disclosure.normative_in_force", before) == 198
    assert value("disclosure.normative_made", Scope(None, None, date(2020, 12, 31))) == 226


@pytest.mark.parametrize("scope", [OF_2020, Scope()], ids=["2020", "all time"])
def test_every_figure_is_as_long_as_its_list(scope: Scope) -> None:
    assert disagreements(scope) == []


def test_2020_came_in_as_batches_that_two_others_passed() -> None:
    through = ImportBatch.objects.annotate(passes=Count("reviews")).filter(passes=2)
    assert sorted(through.values_list("label", "rows")) == [
        ("2008—2019年行政规范性文件", 198),
        ("2020年政府信息", 122),
    ]
    for batch in through:
        found = standing_of_batch(batch)
        assert (found.published, found.left_out) == (batch.rows, 0)
        reviewers = set(batch.reviews.values_list("reviewer", flat=True))
        assert len(reviewers | {batch.imported_by}) == 3


def test_two_batches_wait_one_open_one_half_passed() -> None:
    waiting = ImportBatch.objects.annotate(passes=Count("reviews")).exclude(passes=2)
    assert sorted((one.label, one.reviews.count(), one.sealed_at is None) for one in waiting) == [
        ("农业农村局2021年补贴公告", 1, False),
        ("教育局2021—2023年文件", 0, True),
    ]


# --- the work of now: every state -------------------------------------------------------------


def newest(**wanted: object) -> list[Version]:
    records = Record.objects.filter(versions__number=1, **wanted).exclude(
        versions__batch_item__isnull=False
    )
    return [latest(one) for one in records.distinct()]


def test_work_waits_at_every_step() -> None:
    at = dict.fromkeys(Step, 0)
    for version in newest():
        position = position_of(version)
        submitted = version.submitted_at is not None and not hasattr(version, "clearance")
        if submitted and position.next and not position.referred:
            at[position.next] += 1
    assert min(at.values()) >= 1, at


def test_drafts_lie_there_some_with_what_must_not_be_published() -> None:
    drafts = Version.objects.filter(submitted_at__isnull=True)
    assert drafts.count() >= 6
    assert drafts.filter(body__contains="身份证号").exists()
    assert LegalityOpinion.objects.filter(version__in=drafts, lawful=True).exists()


def test_a_draft_is_held_back_by_what_its_workbook_hides_and_a_clean_one_went_out() -> None:
    attached = {one.title: attachments_of(one) for one in newest() if one.files}
    (held,) = attached["云溪县农村供水管网改造补助发放公示"]
    assert not held.ready
    assert "隐藏列" in "".join(held.obstacles)
    (clean,) = attached["关于公布政务服务中心进驻事项的通知"]
    assert clean.ready
    assert clean.outgoing is not None


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("returned to the drafter", lambda: Review.objects.filter(back_to="drafter")),
        ("returned to a step", lambda: Review.objects.filter(back_to="section")),
        (
            "referred and unanswered",
            lambda: Review.objects.filter(verdict="refer", referral__answered_at__isnull=True),
        ),
        (
            "another body asked",
            lambda: Version.objects.filter(coordinations__answered_at__isnull=True).exclude(
                coordinations=None
            ),
        ),
        (
            "cleared, not public yet",
            lambda: Record.objects.filter(
                clearances__version__attribute="proactive", published_at__isnull=True
            ),
        ),
        ("planned", lambda: Schedule.objects.filter(done_at__isnull=True)),
        ("withdrawn", lambda: PublicAct.objects.filter(act="withdraw").exclude(reason="")),
        ("replaced", lambda: PublicAct.objects.filter(act="replace")),
        ("corrected", lambda: Relation.objects.filter(kind="corrects")),
        ("amended", lambda: Relation.objects.filter(kind="amends")),
        ("repealed", lambda: Relation.objects.filter(kind="repeals")),
        ("to be disclosed", lambda: Record.objects.filter(reappraisals__decision="disclose")),
        ("kept for another year", lambda: Record.objects.filter(reappraisals__decision="keep")),
    ],
)  # fmt: skip
def test_there_is_something_of_every_state(what: str, found: object) -> None:
    assert callable(found)
    assert found().exists(), what


def test_an_emergency_has_its_other_steps_still_to_come_and_another_is_late() -> None:
    today = localdate()
    due = sorted(EmergencyOrder.objects.values_list("rest_due_on", flat=True))
    assert len(due) == 2
    assert due[0] < today <= due[1]
    assert all(one.version.record.is_public for one in EmergencyOrder.objects.all())


def test_some_are_late_and_some_were_published_late() -> None:
    office = Agency.objects.get(code="gov-office")
    today = localdate()
    late = overdue(today, calendar_for(office, today), frozenset({office.pk}))
    assert "关于印发云溪县公共数据开放清单的通知" in [one.title for one in late]
    assert value("disclosure.overdue", Scope()) >= 2
    found = published_late(Scope())
    assert sorted(latest(one).title for one in found) == [
        "云溪县事业单位公开招聘工作人员公告",
        "云溪县人口变动抽样调查主要数据",
    ]


def test_documents_run_out_within_three_months_and_interpretations_are_owed() -> None:
    today = localdate()
    assert [(one.days_left, one.standing.version.title) for one in expiring(today, None)] == [
        (24, "云溪县农机报废更新补贴实施细则"),
        (62, "云溪县政府专职消防队伍管理办法"),
    ]
    owed = {one.standing.version.title: one.late for one in owing(today, None)}
    assert owed == {"云溪县校外托管机构管理规定": True, "云溪县既有住宅加装电梯管理办法": False}


def test_what_the_office_signed_itself_has_unified_numbers_without_gaps() -> None:
    """Old documents were brought in without; another body has none."""
    numbered = Record.objects.exclude(reg_no="").order_by("reg_no")
    by_year: dict[str, list[int]] = {}
    for one in numbered:
        letters, year, number = one.reg_no.split("-")
        assert (letters, one.agency.code) == ("YYXD01", "gov-office")
        by_year.setdefault(year, []).append(int(number))
    assert sum(len(numbers) for numbers in by_year.values()) == 8
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_year.values())


def test_evaluations_are_late_and_due_soon() -> None:
    today = localdate()
    late = [one.version.title for one in tasks(today, None) if one.is_late(today)]
    assert late == ["关于行政中心车位调整方案的报告"]
    soon = tasks(date.fromordinal(today.toordinal() + 30), None)
    assert len(soon) == 2


def test_every_body_has_its_pages_some_long_not_looked_at() -> None:
    today = localdate()
    assert [one.code for one in bodies_without(RecordKind.GUIDE, today)] == ["songling"]
    assert bodies_without(RecordKind.ORGANISATION, today) == []
    waiting = pages_to_look_at(today, None)
    assert {one.record.agency.code for one in waiting} == {"commerce", "culture", "labour"}
    assert [one.record.agency.code for one in waiting if one.differs] == ["labour"]


def test_places_are_open_have_their_lists_and_more_to_get() -> None:
    today = localdate()
    assert missing_kinds(today) == ()
    assert HandOver.objects.count() == 4
    office = Agency.objects.get(code="gov-office")
    for place in ReadingPlace.objects.filter(kind__in=["archive", "library"]):
        assert pending(place, office, today)


def test_a_clean_up_is_under_way() -> None:
    cleanup = Cleanup.objects.get()
    assert cleanup.decisions.count() == 94
    assert len(undecided(cleanup, localdate())) > 50


# --- lawful, traced, fictional ----------------------------------------------------------------


def test_the_trail_is_sound_and_in_the_order_of_time() -> None:
    assert verify().sound
    for code in Row.objects.values_list("agency_code", flat=True).distinct():
        if code:
            rows = Row.objects.filter(agency_code=code).order_by("sequence")
            moments = list(rows.values_list("at", flat=True))
            assert moments == sorted(moments), code


def test_every_row_has_its_trace() -> None:
    """What was drafted, submitted, judged, cleared, made public is told by the trail, each once."""
    told = dict(Row.objects.order_by().values_list("event").annotate(Count("pk")))
    own = Q(batch_item__isnull=True)
    assert told["disclosure.drafted"] == Version.objects.filter(own).count()
    submitted = Version.objects.filter(own, submitted_at__isnull=False)
    assert told["disclosure.submitted"] == submitted.count()
    verdicts = dict(Review.objects.order_by().values_list("verdict").annotate(Count("pk")))
    assert told["disclosure.passed"] == verdicts["pass"]
    assert told["disclosure.returned"] == verdicts["return"]
    assert told["disclosure.referred"] == verdicts["refer"]
    assert told["disclosure.cleared"] == Clearance.objects.count()
    acts = PublicAct.objects.exclude(act="withdraw")
    assert told["disclosure.published"] == acts.count()
    assert told["disclosure.withdrawn"] == PublicAct.objects.filter(act="withdraw").count()
    assert told["disclosure.related"] == Relation.objects.count()
    assert told["accounts.user_created"] == User.objects.count()
    assert told["agencies.created"] == Agency.objects.count()


def test_whoever_acted_on_a_record_was_a_person_with_that_duty() -> None:
    """The system itself, which is not judged, did nothing to a record."""
    acts = Row.objects.filter(event__startswith="disclosure.")
    assert set(acts.values_list("actor_kind", flat=True)) == {"user"}
    assert acts.filter(actor_kind="user").count() > 1000


def test_the_nightly_comparison_finds_nothing() -> None:
    assert verification.faults() == []
    assert batch_faults() == []


def test_messages_of_long_ago_are_read_and_those_of_this_week_are_news() -> None:
    week = Days(localdate()).ago(6)
    assert not Message.objects.unread().filter(at__date__lt=week).exists()
    assert Message.objects.unread().filter(at__date__gt=week).exists()


def test_everything_is_marked_as_a_demonstration() -> None:
    assert Agency.objects.count() == 32
    assert not Agency.objects.filter(demonstration=False).exists()


# --- who signs in ----------------------------------------------------------------------------


def test_everybody_in_the_list_signs_in_with_the_password_shown() -> None:
    for one in logins():
        client = Client()
        answer = client.post("/accounts/login/", {"login": one.username, "password": one.password})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/office/"), one.username


def test_the_list_has_every_duty_and_nobody_twice() -> None:
    found = logins()
    assert len({one.username for one in found}) == len(found) == 18
    duties = "、".join(one.duty for one in found)
    for duty in ("拟稿人", "保密审查人", "终审人", "用印管理员", "审计员", "安全管理员"):
        assert duty in duties


def test_a_wrong_password_opens_nothing() -> None:
    answer = Client().post("/accounts/login/", {"login": "nigao", "password": "Yunxi-0000-0000"})
    assert answer.status_code == 200


# --- again, and elsewhere ----------------------------------------------------------------------


def test_it_is_filled_and_says_so(said: list[str]) -> None:
    assert is_filled()
    assert fault() == ""
    assert said[0] == "机关 32 个"
    assert said[-1].startswith("办理 ")
