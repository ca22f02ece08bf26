"""Screens of the office through the HTTP client: what is shown to whom, and what an act does."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.accounts.access import declaration_of
from gongkai.accounts.models import Cover, RoleGrant, User
from gongkai.accounts.queries import identities_of
from gongkai.agencies.models import Agency, DisclosureOffice
from gongkai.agencies.services.founding import create_agency
from gongkai.calendars.models import HolidayNotice
from gongkai.figures.registry import Scope, disagreements, registered
from gongkai.jobs import registry, services
from gongkai.jobs.models import OutboxRow, State
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.office.staff import Staff, signed_in


def text_of(client: Client, name: str, *args: object, query: str = "") -> str:
    """The page of a screen; it must answer 200."""
    answer = client.get(reverse(f"office:{name}", args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def post(client: Client, name: str, /, *args: object, **said: str) -> int:
    """The status of an act: 302 when done, 422 when its form has faults."""
    return client.post(reverse(f"office:{name}", args=args), said).status_code


# --- the frame --------------------------------------------------------------------------------


def test_every_route_of_the_office_declares_its_policy() -> None:
    office = next(r for r in get_resolver().url_patterns if str(r.pattern) == "office/")
    routes = [r for r in getattr(office, "url_patterns", []) if isinstance(r, URLPattern)]
    undeclared = [str(r.pattern) for r in routes if declaration_of(r.callback) is None]
    print(f"office: {len(routes)} routes, {len(undeclared)} without a policy")
    assert len(routes) >= 36
    assert undeclared == []


def test_the_top_bar_warns_and_names_person_body_and_day(staff: Staff) -> None:
    page = text_of(signed_in(staff.officer), "work_list")
    assert "非涉密系统，严禁录入涉密内容" in page
    assert "周科员" in page
    assert staff.office.name in page
    assert "工作日" in page or "休息日" in page


@pytest.mark.parametrize(
    ("who", "entries"),
    [
        ("system", ["待办", "消息", "机关", "人员", "日历", "任务"]),
        ("security", ["待办", "消息", "机关", "人员", "日历"]),
        ("audit", ["待办", "消息", "机关", "人员", "日历", "留痕", "任务"]),
        ("clerk", ["待办", "消息", "文件检查", "机关", "日历"]),
        ("keeper", ["待办", "消息", "机关", "人员", "日历"]),
        ("auditor", ["待办", "消息", "机关", "日历", "留痕"]),
    ],
)
def test_the_rail_shows_what_one_may_open(who: str, entries: list[str], staff: Staff) -> None:
    answer = signed_in(getattr(staff, who)).get(reverse("office:work_list"))
    assert [entry.label for entry in answer.context["rail"]] == entries
    assert [entry.label for entry in answer.context["rail"] if entry.current] == ["待办"]


def test_who_has_not_signed_in_is_sent_to_the_sign_in(staff: Staff) -> None:
    answer = Client().get(reverse("office:agencies"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_an_empty_work_list_says_what_to_do_next(staff: Staff) -> None:
    page = text_of(signed_in(staff.idle), "work_list")
    assert "现在没有等您办的事" in page
    assert "看今年的日历" in page


def test_the_work_list_sends_the_system_administrator_to_what_is_missing(staff: Staff) -> None:
    page = text_of(signed_in(staff.system), "work_list")
    assert f"{staff.bureau.name}没有登记政府信息公开工作机构" in page
    assert reverse("office:agency_contact", args=[staff.bureau.code]) in page


# --- bodies -----------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_of_bodies_asks_the_same_number_of_times(
    more: int, staff: Staff, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        create_agency(
            by=SYSTEM,
            at=timezone.now(),
            code=f"x{number}",
            name=f"新机关{number}",
            kind="department",
        )
    client = signed_in(staff.clerk)
    text_of(client, "agencies")  # the session is touched once a minute
    with django_assert_num_queries(10):
        text_of(client, "agencies", query="?q=新机关")


def test_bodies_are_filtered_and_exported(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    found = client.get(reverse("office:agencies"), {"kind": "township", "export": "json"})
    kinds = {row["类别"] for row in json.loads(found.content)}
    assert kinds == {"乡镇人民政府"}
    assert "没有符合条件的机关" in text_of(client, "agencies", query="?q=没有这个")


def test_a_refused_founding_says_why_beside_the_field(staff: Staff) -> None:
    client = signed_in(staff.system)
    said = {"name": "县新局", "code": staff.bureau.code, "kind": "department"}
    answer = client.post(reverse("office:agency_create"), said)
    assert answer.status_code == 422
    assert "已经用过" in answer.context["form"].errors["code"][0]
    assert 'value="县新局"' in answer.content.decode()


def test_a_body_is_founded_renamed_moved_and_closed(staff: Staff) -> None:
    client = signed_in(staff.system)
    today = timezone.localdate().isoformat()
    government = str(Agency.objects.get(name="云溪县人民政府").pk)
    assert post(client, "agency_create", name="县数据局", code="sjj", kind="department") == 302
    assert (
        post(client, "agency_move", "sjj", parent=government, on=today, basis="云编发〔2026〕3号")
        == 302
    )
    assert post(client, "agency_profile", "sjj", letter_code="云数", index_code="11330000") == 302
    agency = Agency.objects.get(code="sjj")
    assert (str(agency.parent_id), agency.letter_code) == (government, "云数")
    assert post(client, "agency_close", "sjj", on=today, basis="云编发〔2026〕9号") == 302
    assert Agency.objects.get(code="sjj").valid_to is not None


def test_a_body_is_merged_into_another(staff: Staff) -> None:
    client = signed_in(staff.system)
    create_agency(by=SYSTEM, at=timezone.now(), code="old", name="旧局", kind="department",
                  valid_from=date(2020, 1, 1))  # fmt: skip
    on = timezone.localdate().isoformat()
    said = {"into": str(staff.bureau.pk), "on": on, "basis": "云编发〔2026〕4号"}
    assert post(client, "agency_merge", "old", **said) == 302
    page = text_of(client, "agency", "old")
    assert "并入" in page
    assert staff.bureau.name in page


def test_the_nine_elements_are_checked_at_once_and_kept(staff: Staff) -> None:
    client = signed_in(staff.keeper)
    code = staff.bureau.code
    contact = {
        "classification": "按条例第二十条分类",
        "arrangement": "索引号编排",
        "access": "网站、政务公开专区",
        "name": "办公室",
        "address": "城关街道人民路1号",
        "hours": "工作日 8:30—12:00",
        "phone": "12",
        "fax": "有一个",
        "online": "https://example.gov.cn/",
    }
    answer = client.post(reverse("office:agency_contact", args=[code]), contact)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"phone", "fax"}
    contact |= {"phone": "0570-3012345", "fax": "无"}
    assert post(client, "agency_contact", code, **contact) == 302
    assert DisclosureOffice.objects.get(agency=staff.bureau).fax == "无"
    assert post(client, "agency_confirm", code) == 302
    assert "0570-3012345" in text_of(client, "agency", code)


# --- people -----------------------------------------------------------------------------------


def test_an_agency_administrator_sees_the_own_people_only(staff: Staff) -> None:
    answer = signed_in(staff.keeper).get(reverse("office:people"))
    shown = {row.username for row in answer.context["table"].page}
    assert {"keeper", "clerk", "auditor"} <= shown
    assert shown.isdisjoint({"system", "security", "audit", "officer"})


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_of_people_asks_the_same_number_of_times(
    more: int, staff: Staff, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(staff.system)
    names = ["clerk", "auditor", "officer"][:more]
    User.objects.exclude(username__in=[*names, "system"]).update(
        is_active=False, disabled_at=timezone.now()
    )
    text_of(client, "people")
    with django_assert_num_queries(11):
        text_of(client, "people")


def test_a_one_time_password_is_shown_once_and_opens_nothing_in_the_trail(staff: Staff) -> None:
    client = signed_in(staff.system)
    said = {"display_name": "林办事", "username": "linbs"}
    answer = client.post(reverse("office:person_create"), said)
    password = answer.context["password"]
    assert password in answer.content.decode()
    user = User.objects.get(username="linbs")
    assert user.check_password(password)
    assert password not in text_of(client, "person", user.pk)
    assert answer["Cache-Control"] == "no-store" or "no-store" in answer["Cache-Control"]


def test_a_duty_is_given_and_taken(staff: Staff) -> None:
    client = signed_in(staff.keeper)
    said = {"agency": str(staff.bureau.pk), "role": "drafter"}
    assert post(client, "duty_grant", staff.clerk.pk, **said) == 302
    grant = RoleGrant.objects.get(user=staff.clerk, role="drafter")
    assert post(client, "duty_revoke", grant.pk) == 302
    grant.refresh_from_db()
    assert grant.revoked_by == "吴股长"


def test_an_agency_administrator_is_not_offered_the_roles_that_watch_him(staff: Staff) -> None:
    page = text_of(signed_in(staff.keeper), "duty_grant", staff.clerk.pk)
    assert 'value="auditor"' not in page
    assert 'value="agency_administrator"' not in page
    said = {"agency": str(staff.bureau.pk), "role": "auditor"}
    assert post(signed_in(staff.keeper), "duty_grant", staff.clerk.pk, **said) == 422
    assert 'value="auditor"' in text_of(signed_in(staff.security), "duty_grant", staff.clerk.pk)


def test_a_person_of_another_body_is_not_there(staff: Staff) -> None:
    client = signed_in(staff.keeper)
    for name in ("person", "duty_grant", "cover_set", "password_reset", "person_switch"):
        assert client.get(reverse(f"office:{name}", args=[staff.officer.pk])).status_code == 404


def test_absence_is_covered_and_the_cover_cancelled(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    today = timezone.localdate().isoformat()
    said = {
        "standing_in": str(staff.keeper.pk),
        "agency": str(staff.bureau.pk),
        "starts_on": today,
        "ends_on": today,
        "reason": "年休假",
    }
    assert post(client, "cover_set", staff.clerk.pk, **said) == 302
    cover = Cover.objects.get()
    assert "吴股长代郑承办" in text_of(client, "own")
    assert post(client, "cover_cancel", cover.pk) == 302
    cover.refresh_from_db()
    assert cover.cancelled_at is not None


def test_an_account_is_disabled_with_a_reason_and_opened_again(staff: Staff) -> None:
    client = signed_in(staff.security)
    clerk = signed_in(staff.clerk)
    assert post(client, "person_switch", staff.clerk.pk) == 422
    assert post(client, "person_switch", staff.clerk.pk, reason="调离") == 302
    assert clerk.get(reverse("office:work_list")).status_code == 302
    assert post(client, "person_switch", staff.clerk.pk, reason="调回") == 302


def test_password_second_factor_name_and_appointment_are_reset_by_security(staff: Staff) -> None:
    client = signed_in(staff.security)
    answer = client.post(reverse("office:password_reset", args=[staff.clerk.pk]))
    assert User.objects.get(pk=staff.clerk.pk).check_password(answer.context["password"])
    assert post(client, "factor_reset", staff.clerk.pk, reason="手机丢了") == 302
    assert post(client, "person_rename", staff.clerk.pk, display_name="郑成办") == 302
    said = {"role": "audit_administrator"}
    assert post(client, "appoint", staff.idle.pk, **said) == 302
    appointment = staff.idle.administrator_grants.get()
    assert post(client, "dismiss", appointment.pk) == 302
    assert post(client, "appoint", staff.clerk.pk, **said) == 422


def test_security_ties_an_identity_sees_it_and_unties_it(staff: Staff, settings: Settings) -> None:
    settings.GONGKAI_OIDC_NAME = "云溪统一登录"
    client, clerk = signed_in(staff.security), staff.clerk.pk
    assert "没有关联，只能用登录名登录" in text_of(client, "person", clerk)
    assert "云溪统一登录" in text_of(client, "identity_tie", clerk)
    assert post(client, "identity_tie", clerk) == 422
    assert post(client, "identity_tie", clerk, uid="sub-0007") == 302
    identity = identities_of(staff.clerk).get()
    untie = reverse("office:identity_untie", args=[identity.pk])
    page = text_of(client, "person", clerk)
    assert "sub-0007" in page
    assert untie in page
    # Who may not untie is told that there is one, and not which.
    watched = text_of(signed_in(staff.keeper), "person", clerk)
    assert "已关联" in watched
    assert "sub-0007" not in watched
    assert untie not in watched
    assert "sub-0007" in text_of(signed_in(staff.clerk), "own")
    assert post(client, "identity_tie", staff.idle.pk, uid="sub-0007") == 422
    assert post(client, "identity_untie", identity.pk) == 422
    settings.GONGKAI_OIDC_NAME = ""  # what is left behind can still be taken away
    assert post(client, "identity_untie", identity.pk, reason="调离") == 302
    assert not identities_of(staff.clerk).exists()
    told = Row.objects.filter(event__startswith="accounts.identity_")
    assert [row.sentence for row in told.order_by("pk")] == [
        "钱安全为“郑承办”关联统一身份认证（main）",
        "钱安全解除“郑承办”的统一身份认证关联（main），理由：调离",
    ]
    assert 'section-head">统一身份' not in text_of(client, "person", clerk)


# --- calendar ---------------------------------------------------------------------------------

NOTICE = {
    "year": "2027",
    "number": "国办发明电〔2026〕9号",
    "issued_on": "2026-11-20",
    "holidays": "元旦 2027-01-01 2027-01-03\n春节 2027-02-05 2027-02-11",
    "working": "2027-02-14",
}


@pytest.fixture
def entered(staff: Staff) -> HolidayNotice:
    """A notice entered by the disclosure officer."""
    assert post(signed_in(staff.officer), "notice_enter", save="1", **NOTICE) == 302
    return HolidayNotice.objects.get()


def test_a_notice_is_shown_before_it_is_stored(staff: Staff) -> None:
    answer = signed_in(staff.officer).post(reverse("office:notice_enter"), NOTICE)
    assert answer.context["preview"].days_off == 10
    assert not HolidayNotice.objects.exists()
    wrong = signed_in(staff.officer).post(
        reverse("office:notice_enter"), NOTICE | {"holidays": "元旦"}
    )
    assert wrong.status_code == 422
    assert "第 1 行" in wrong.content.decode()


def test_who_entered_a_notice_cannot_confirm_it(staff: Staff, entered: HolidayNotice) -> None:
    officer, system = signed_in(staff.officer), signed_in(staff.system)
    assert "要由第二个人确认" in text_of(officer, "notice", entered.pk)
    assert post(officer, "notice_confirm", entered.pk) == 403
    assert "等第二个人复核" in text_of(system, "work_list")
    assert post(system, "notice_confirm", entered.pk) == 302
    entered.refresh_from_db()
    assert entered.state == "有效"
    page = text_of(signed_in(staff.clerk), "calendar", query="?year=2027")
    assert "2月14日星期日，调休上班" in page
    assert "暂定，节假日安排未公布" not in page


def test_a_correction_stands_beside_what_it_corrects(staff: Staff, entered: HolidayNotice) -> None:
    system = signed_in(staff.system)
    assert post(system, "notice_confirm", entered.pk) == 302
    corrected = NOTICE | {"working": "2027-02-20", "supersedes": str(entered.pk), "save": "1"}
    assert post(signed_in(staff.officer), "notice_enter", **corrected) == 302
    second = HolidayNotice.objects.get(supersedes=entered)
    page = text_of(system, "notice", second.pk)
    assert "更正前" in page
    assert "2027-02-20" in page
    assert "2027-02-14" in page


def test_a_notice_is_withdrawn_with_a_reason(staff: Staff, entered: HolidayNotice) -> None:
    officer = signed_in(staff.officer)
    assert post(officer, "notice_withdraw", entered.pk) == 422
    assert post(officer, "notice_withdraw", entered.pk, reason="录错了") == 302
    assert "录错了" in text_of(officer, "notice", entered.pk)


def test_a_year_without_a_notice_is_shown_as_provisional(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    page = text_of(client, "calendar", query="?year=2028")
    assert "暂定，节假日安排未公布" in page
    assert text_of(client, "calendar", query="?year=1066")
    assert text_of(client, "calendar", query="?year=abc")


# --- trail and jobs ---------------------------------------------------------------------------


def test_an_auditor_reads_the_chain_of_the_own_body_only(staff: Staff) -> None:
    rows = signed_in(staff.auditor).get(reverse("office:trail")).context["rows"]
    assert {row.agency_code for row in rows} == {staff.bureau.code}
    chosen = signed_in(staff.auditor).get(reverse("office:trail"), {"agency": "installation"})
    assert {row.agency_code for row in chosen.context["rows"]} == {staff.bureau.code}
    everything = signed_in(staff.audit).get(reverse("office:trail")).context["rows"]
    assert {"", staff.bureau.code, staff.office.code} <= {row.agency_code for row in everything}


def test_an_auditor_exports_the_chain_of_the_own_body_only(staff: Staff) -> None:
    answer = signed_in(staff.auditor).get(reverse("office:trail"), {"export": "json"})
    assert {line["机关"] for line in json.loads(answer.content)} == {staff.bureau.code}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"person": "没有这个人"}, 0),
        ({"subject": "周科员", "event": "accounts.role_granted"}, 1),
        ({"until": "2001-01-01"}, 0),
        ({"since": "不是日期", "subject": "周科员", "event": "accounts.role_granted"}, 1),
    ],
)
def test_the_trail_is_filtered(query: dict[str, str], found: int, staff: Staff) -> None:
    answer = signed_in(staff.audit).get(reverse("office:trail"), query)
    assert len(answer.context["rows"]) == found


def test_the_trail_is_read_page_by_page(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.trail.queries.PAGE", 5)
    client = signed_in(staff.audit)
    first = client.get(reverse("office:trail")).context
    second = client.get(reverse("office:trail") + first["older_url"]).context
    assert max(row.pk for row in second["rows"]) < min(row.pk for row in first["rows"])
    assert second["newest_url"]


def test_the_chains_are_verified_on_the_screen(staff: Staff) -> None:
    page = signed_in(staff.audit).post(reverse("office:trail_verify")).content.decode()
    assert "留痕完整" in page
    assert signed_in(staff.auditor).post(reverse("office:trail_verify")).status_code == 403
    assert "还没有总摘要" in text_of(signed_in(staff.audit), "trail_heads")


def test_a_stopped_job_is_shown_with_its_reason_and_retried(staff: Staff) -> None:
    at = timezone.now()
    services.enqueue(registry.registered()[0].name, arguments={}, at=at)
    lease = services.claim(worker="w", at=at)
    assert lease is not None
    services.give_back(lease, at=at, reason="磁盘满了", final=True)
    system, audit = signed_in(staff.system), signed_in(staff.audit)
    assert "磁盘满了" in text_of(system, "jobs")
    assert "重新执行" not in text_of(audit, "jobs")
    assert post(audit, "job_retry", lease.row_id) == 403
    assert post(system, "job_retry", lease.row_id) == 302
    assert OutboxRow.objects.get(pk=lease.row_id).state == State.WAITING
    again = system.post(reverse("office:job_retry", args=[lease.row_id]), follow=True)
    assert "只有已停止的任务" in again.content.decode()


def test_every_figure_of_the_office_is_as_long_as_its_list(staff: Staff) -> None:
    assert {figure.name for figure in registered()} >= {"agencies.bodies", "accounts.people"}
    whole = disagreements(Scope())
    one = disagreements(Scope(agency_ids=frozenset({staff.bureau.pk})))
    print(f"figures: {len(registered())} registered, {len(whole) + len(one)} disagree")
    assert whole == one == []
