"""The screens: one's own messages, how one wants to be told, and who was told what."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.accounts.models import User
from gongkai.accounts.roles import Role
from gongkai.accounts.services import change_password, grant_role
from gongkai.agencies.models import Agency
from gongkai.jobs.running import Ran
from gongkai.notifications.models import Address, Delivery, Message, Preference, State
from gongkai.notifications.services import delivering, mark_read
from gongkai.trail.actors import SYSTEM
from tests.gongkai.agencies.county import body, found
from tests.gongkai.notifications.gateway import Desk
from tests.gongkai.notifications.mail_server import MailBox
from tests.gongkai.notifications.people import (
    AT,
    MAIL,
    PHONE,
    person,
    run_at,
    told,
    with_mail,
    with_phone,
)
from tests.gongkai.office.staff import SIGN_IN_WITH, signed_in


@pytest.fixture(autouse=True)
def _one_factor(settings: Settings, keys: None) -> None:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    settings.GONGKAI_ORIGIN = "http://testserver"
    settings.STATIC_ROOT = settings.GONGKAI_HOME / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture
def clerk(keys: None) -> User:
    return settled(person())


def settled(user: User) -> User:
    """With a password of his own, so that no screen asks for one."""
    return change_password(user, SIGN_IN_WITH, by=SYSTEM, at=timezone.now())


def page(client: Client, name: str, query: str = "", **values: object) -> str:
    answer = client.get(reverse(f"office:{name}", kwargs=values) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def post(client: Client, name: str, said: dict[str, object] | None = None, **at: object) -> int:
    return client.post(reverse(f"office:{name}", kwargs=at), said or {}).status_code


def unseen() -> int:
    """How many messages nobody has seen."""
    return Message.objects.unread().count()


# --- one's own --------------------------------------------------------------------------------


def test_the_rail_counts_what_was_not_seen(clerk: User) -> None:
    client = signed_in(clerk)
    counts = []
    for number in range(2):
        answer = client.get(reverse("office:messages"))
        counts.append({one.label: one.count for one in answer.context["rail"]}["消息"])
        told(clerk, key=f"k{number}")
    told(person("mate", "吕初审"), key="k9")
    assert counts == [None, 1]


def test_an_empty_list_says_what_comes_here_and_where_to_go(clerk: User) -> None:
    client = signed_in(clerk)
    assert "没有未读的消息" in page(client, "messages")
    assert "还没有消息" in page(client, "messages", "?show=all")
    told(clerk)
    assert "管护办法”第1稿被退回修改" in page(client, "messages")


def test_opening_a_message_marks_it_and_leads_to_the_matter(clerk: User) -> None:
    (message,) = told(clerk)
    client = signed_in(clerk)
    page(client, "messages")
    assert unseen() == 1  # looking at the list is not looking at the matter
    answer = client.post(reverse("office:message_open", kwargs={"pk": message.pk}))
    assert answer["Location"] == "/office/records/a1/"
    assert unseen() == 0
    assert "管护办法" not in page(client, "messages")
    assert "管护办法" in page(client, "messages", "?show=all")


def test_one_or_all_are_marked_without_opening(clerk: User) -> None:
    first, *_ = told(clerk)
    told(clerk, key="k2")
    told(clerk, key="k3")
    client = signed_in(clerk)
    assert post(client, "message_read", pk=first.pk) == 302
    assert unseen() == 2
    assert post(client, "messages_read") == 302
    assert unseen() == 0


def test_anothers_message_is_not_there(clerk: User) -> None:
    (message,) = told(person("mate", "吕初审"), sentence="“别人的办法”第1稿被退回修改")
    (own,) = told(clerk, key="own")
    client = signed_in(clerk)
    for name in ("message_read", "message_open"):
        assert post(client, name, pk=message.pk) == 404
        assert post(client, name, pk=own.pk) == 302
    assert unseen() == 1
    assert "别人的办法" not in page(client, "messages", "?show=all")


def test_what_became_of_it_outside_stands_below_it(clerk: User, box: MailBox, desk: Desk) -> None:
    with_phone(with_mail(clerk))
    told(clerk)
    mail, phone = Delivery.objects.order_by("way")
    delivering.end(mail.pk, State.SENT, "", at=AT)
    delivering.end(phone.pk, State.STOPPED, "消息网关拒收（404）", at=AT)
    words = page(signed_in(clerk), "messages")
    assert "邮件：2026-03-12 09:00 已发出" in words
    assert "短信：没有发成，消息网关拒收（404）" in words


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_asks_the_same_number_of_times(
    rows: int, clerk: User, box: MailBox, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with_mail(clerk)
    for number in range(rows):
        told(clerk, key=f"k{number}")
    client = signed_in(clerk)
    page(client, "messages")
    with django_assert_num_queries(11):
        page(client, "messages")


def test_a_long_list_has_pages(clerk: User) -> None:
    for number in range(21):
        told(clerk, key=f"k{number}", at=AT + timedelta(minutes=number))
    client = signed_in(clerk)
    assert page(client, "messages").count("message_open") == 0
    assert page(client, "messages").count("/open/") == 20
    assert page(client, "messages", "?page=2").count("/open/") == 1


# --- how one wants to be told -----------------------------------------------------------------


def test_where_nothing_is_set_up_the_screens_say_so(clerk: User) -> None:
    client = signed_in(clerk)
    assert "本系统没有开通邮件和手机消息" in page(client, "messages")
    words = page(client, "message_choices")
    assert "没有开通邮件和手机消息" in words
    assert "请系统管理员" in words
    assert '<form method="post" action="/office/messages/' not in words


def test_without_an_address_one_is_told_that_and_where_to_register_it(
    clerk: User, box: MailBox
) -> None:
    client = signed_in(clerk)
    assert "您还没有登记邮箱或者手机号" in page(client, "messages")
    assert "还没有登记邮箱，所以不发邮件" in page(client, "message_choices")
    with_mail(clerk)
    assert "邮件另外发，20:00 至 08:00 不发，休息日不发" in page(client, "messages")


def test_an_address_is_registered_masked_replaced_and_taken_away(
    clerk: User, box: MailBox, desk: Desk
) -> None:
    client = signed_in(clerk)
    assert post(client, "message_address", {"value": MAIL}, what="mail") == 302
    assert post(client, "message_address", {"value": PHONE}, what="phone") == 302
    words = page(client, "message_choices")
    assert "h***@example.gov.cn" in words
    assert "138****1234" in words
    assert MAIL not in words
    assert PHONE not in words
    assert post(client, "message_remove", what="mail") == 302
    assert [one.what for one in Address.objects.all()] == ["phone"]
    assert post(client, "message_remove", what="mail") == 302
    assert "没有登记过邮箱" in page(client, "message_choices")


def test_what_is_no_address_is_refused_beside_its_field_and_kept(clerk: User, box: MailBox) -> None:
    client = signed_in(clerk)
    answer = client.post(
        reverse("office:message_address", kwargs={"what": "mail"}), {"value": "nobody"}
    )
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "邮箱写成 name@example.gov.cn 这样" in words
    assert 'value="nobody"' in words
    assert not Address.objects.exists()
    assert post(client, "message_address", {"value": "a"}, what="pigeon") == 404


def test_choices_are_kept_and_shown_again(clerk: User, box: MailBox) -> None:
    client = signed_in(clerk)
    said = {"quiet_from": "19:30", "quiet_until": "07:15", "mail": ["returned", "cleared"]}
    assert post(client, "message_choices", dict(said)) == 302
    kept = Preference.objects.get()
    assert (f"{kept.quiet_from:%H:%M}", f"{kept.quiet_until:%H:%M}") == ("19:30", "07:15")
    assert kept.working_days is False
    assert "mail:returned" not in kept.off
    assert "mail:review_due" in kept.off
    words = page(client, "message_choices")
    assert 'value="19:30"' in words
    ticked = set(re.findall(r'name="mail" value="(\w+)"[^>]*checked', words))
    assert ticked == {"returned", "cleared"}


def test_a_time_that_is_none_is_refused(clerk: User, box: MailBox) -> None:
    client = signed_in(clerk)
    said: dict[str, object] = {"quiet_from": "25:00", "quiet_until": "08:00"}
    assert post(client, "message_choices", said) == 422
    assert not Preference.objects.exists()


def test_a_trial_arrives_and_says_its_result(clerk: User, box: MailBox) -> None:
    with_mail(clerk)
    client = signed_in(clerk)
    post(client, "message_choices", {"quiet_from": "00:00", "quiet_until": "00:00", "mail": []})
    assert "给自己试发一条" in page(client, "message_choices")
    minute = timezone.now().replace(second=5)
    with time_machine.travel(minute, tick=False):
        assert post(client, "message_try") == 302
        assert post(client, "message_try") == 302  # one a minute
    assert Message.objects.filter(kind="try").count() == 1
    assert "一分钟内已经试发过一次" in page(client, "message_choices")
    assert run_at(timezone.now() + timedelta(minutes=1)) is Ran.DONE
    assert "这是一条试发的消息" in box.mails()[0].get_content()
    assert "已发出" in page(client, "messages")


# --- who was told what ------------------------------------------------------------------------


@pytest.fixture
def county(keys: None) -> tuple[Agency, Agency]:
    found()
    return body("nongye", "云溪县农业农村局"), body("zhujian", "云溪县住房和城乡建设局")


def watcher(agency: Agency, role: Role = Role.AGENCY_ADMINISTRATOR) -> User:
    user = settled(person("watcher", "吴股长"))
    grant_role(user, by=SYSTEM, at=timezone.now(), agency=agency, role=role)
    return user


@pytest.mark.parametrize("role", [Role.AGENCY_ADMINISTRATOR, Role.AUDITOR])
def test_the_register_shows_the_own_body_and_no_other(
    role: Role, clerk: User, county: tuple[Agency, Agency]
) -> None:
    farming, housing = county
    told(clerk, agency_code=farming.code, sentence="“农业的办法”第1稿被退回修改")
    told(clerk, key="b", agency_code=housing.code, sentence="“住建的办法”第1稿被退回修改")
    told(clerk, key="c", sentence="“谁也不属于的办法”第1稿被退回修改")
    client = signed_in(watcher(farming, role))
    words = page(client, "messages_told")
    assert "农业的办法" in words
    assert "住建的办法" not in words
    assert "谁也不属于的办法" not in words


def test_who_answers_for_no_body_has_no_register(
    clerk: User, county: tuple[Agency, Agency]
) -> None:
    grant_role(clerk, by=SYSTEM, at=timezone.now(), agency=county[0], role=Role.DRAFTER)
    client = signed_in(clerk)
    assert client.get(reverse("office:messages_told")).status_code == 403
    assert "消息登记" not in page(client, "messages")
    keeper = signed_in(watcher(county[0]))
    assert "看消息登记" in page(keeper, "messages")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?q=何拟", {"甲", "乙"}),
        ("?q=乙", {"乙"}),
        ("?q=吕", {"丙"}),
        ("?kind=cleared", {"乙"}),
        ("?result=unread", {"乙", "丙"}),
        ("?result=stopped", {"甲"}),
        ("?result=waiting", {"乙"}),
        ("?since=2026-03-13", {"乙", "丙"}),
        ("?until=2026-03-12", {"甲"}),
        ("?since=2026-03-13&until=2026-03-13", {"乙"}),
    ],
)
def test_the_register_is_narrowed(
    query: str, shown: set[str], clerk: User, county: tuple[Agency, Agency], box: MailBox
) -> None:
    code, day = county[0].code, timedelta(days=1)
    with_mail(clerk)
    (first,) = told(clerk, agency_code=code, sentence="“甲”第1稿被退回修改")
    told(clerk, key="b", kind="cleared", agency_code=code, sentence="“乙”可以发布", at=AT + day)
    told(person("mate", "吕初审"), key="c", agency_code=code, sentence="“丙”退回", at=AT + 2 * day)
    delivering.end(first.deliveries.get().pk, State.STOPPED, "邮件服务器拒收（550）", at=AT)
    mark_read(first, at=AT)
    words = page(signed_in(watcher(county[0])), "messages_told", query)
    assert {one for one in "甲乙丙" if f"“{one}”" in words} == shown


def test_the_register_is_taken_away_as_a_spreadsheet_without_addresses(
    clerk: User, county: tuple[Agency, Agency], box: MailBox
) -> None:
    told(with_mail(clerk), agency_code=county[0].code)
    run_at(AT)
    client = signed_in(watcher(county[0]))
    answer = client.get(reverse("office:messages_told") + "?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join([answer.content]))).active
    assert sheet is not None
    heads, line = sheet.iter_rows(values_only=True)
    assert heads == ("时间", "收件人", "种类", "内容", "在系统里", "另外发出")
    assert line == (
        "2026-03-12 09:00",
        "何拟",
        "退回修改",
        "“云溪县农村供水工程管护办法”第1稿被退回修改",
        "未读",
        "邮件：2026-03-12 09:00 已发出",
    )


@pytest.mark.parametrize("rows", [1, 50])
def test_the_register_asks_the_same_number_of_times(
    rows: int,
    clerk: User,
    county: tuple[Agency, Agency],
    box: MailBox,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with_mail(clerk)
    for number in range(rows):
        told(clerk, key=f"k{number}", agency_code=county[0].code)
    client = signed_in(watcher(county[0]))
    page(client, "messages_told")
    with django_assert_num_queries(9):
        page(client, "messages_told")
