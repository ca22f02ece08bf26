"""Mail to a real server: what arrives, what is tried again, what is not, and what is never said."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.services import disable_user
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.models import State as RowState
from gongkai.jobs.running import Ran
from gongkai.notifications import configuration
from gongkai.notifications.channels import Letter, PermanentError, TemporaryError, mail
from gongkai.notifications.configuration import MailServer
from gongkai.notifications.models import Delivery, State, What
from gongkai.notifications.services import mark_read, remove_address
from gongkai.trail.actors import SYSTEM
from tests.gongkai.notifications.certificate import certificate
from tests.gongkai.notifications.mail_server import MailBox, mail_server
from tests.gongkai.notifications.people import (
    AT,
    MAIL,
    delivery,
    run_at,
    told,
    undisturbed,
    with_mail,
)

LETTER = Letter("0123456789abcdef", MAIL, "退回修改", "您起草的一件政府信息被退回修改。")


def server() -> MailServer:
    found = configuration.mail_server()
    assert found is not None
    return found


def test_a_mail_arrives_and_says_that_something_waits_not_what(clerk: User, box: MailBox) -> None:
    told(with_mail(clerk))
    assert run_at(AT) is Ran.DONE
    (mail_,) = box.mails()
    assert box.arrived[0][0] == MAIL
    assert mail_["To"] == MAIL
    assert mail_["From"] == "云溪县政府信息公开平台 <xxgk@example.gov.cn>"
    assert mail_["Subject"] == "退回修改　云溪县政府信息公开平台".replace("　", " ")
    assert mail_["Message-ID"] == f"<{delivery().pk.hex}@example.gov.cn>"
    assert mail_["Auto-Submitted"] == "auto-generated"
    assert mail_.get_content().strip() == (
        "您起草的一件政府信息被退回修改。请登录云溪县政府信息公开平台查看："
        "https://xxgk.example.gov.cn/office/records/a1/"
    )
    assert b"\xe5\x86\x9c\xe6\x9d\x91" not in box.arrived[0][1]
    assert (delivery().state, delivery().ended_at) == (State.SENT, AT)


def test_a_server_that_refuses_for_now_is_asked_again_later(clerk: User, box: MailBox) -> None:
    told(with_mail(clerk))
    box.at_recipient = ["451 try later", "250 ok"]
    assert run_at(AT) is Ran.FAILED
    assert (delivery().state, delivery().attempts) == (State.WAITING, 1)
    assert delivery().reason == "邮件服务器暂时不收（451）"
    assert run_at(AT + timedelta(seconds=59)) is Ran.NOTHING
    assert run_at(AT + timedelta(seconds=60)) is Ran.DONE
    assert delivery().state == State.SENT
    assert len(box.arrived) == 1


def test_the_pauses_grow_and_after_six_attempts_it_stops_and_says_so(
    clerk: User, box: MailBox
) -> None:
    told(with_mail(clerk))
    box.at_end = ["452 full"] * 20
    at, waited = AT, []
    while run_at(at) is Ran.FAILED:
        row = OutboxRow.objects.get(name="notifications.send")
        waited.append((row.run_after - at) // timedelta(minutes=1))
        at = row.run_after
    assert waited == [1, 4, 16, 64, 256]
    assert delivery().state == State.STOPPED
    assert delivery().reason == "试了 6 次：邮件服务器暂时不收（452）"
    assert OutboxRow.objects.get(name="notifications.send").state == RowState.DONE
    assert box.arrived == []


def test_a_server_that_refuses_for_good_is_not_asked_again(clerk: User, box: MailBox) -> None:
    told(with_mail(clerk))
    box.at_recipient = [f"550 no such user {MAIL}"]
    assert run_at(AT) is Ran.DONE
    assert delivery().state == State.STOPPED
    assert delivery().reason == "邮件服务器拒收（550），请核对邮箱"
    assert run_at(AT + timedelta(days=1)) is Ran.NOTHING


def test_a_server_that_is_away_is_asked_again(clerk: User, box: MailBox) -> None:
    told(with_mail(clerk))
    with pytest.raises(TemporaryError, match="没有应答"):
        mail.send(replace(server(), port=1), LETTER)
    assert run_at(AT) is Ran.DONE


@pytest.mark.parametrize("heading", ["公开\r\nBcc: all@example.gov.cn", "公开\nX-A: b", "公开\0"])
def test_a_line_break_in_a_heading_adds_no_head(box: MailBox, heading: str) -> None:
    mail.send(server(), replace(LETTER, heading=heading))
    mail.send(server(), LETTER)
    with_break, plain = box.mails()
    assert with_break.keys() == plain.keys()
    assert with_break["Subject"] == " ".join(heading.replace("\0", " ").split())


def test_a_line_break_in_the_name_of_the_site_adds_no_head(box: MailBox) -> None:
    mail.send(replace(server(), name="云溪\r\nBcc: all@example.gov.cn"), LETTER)
    (found,) = box.mails()
    assert "Bcc" not in found
    assert found["From"].addresses[0].addr_spec == "xxgk@example.gov.cn"


def test_a_dot_alone_in_the_text_does_not_end_the_mail(box: MailBox) -> None:
    mail.send(server(), replace(LETTER, text="第一行\n.\nRSET\n第二行"))
    assert box.mails()[0].get_content().splitlines() == ["第一行", ".", "RSET", "第二行"]


def test_no_address_stands_in_logs_orders_or_reasons(
    clerk: User, box: MailBox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told(with_mail(clerk))
    box.at_recipient = [f"451 {MAIL} later", f"550 {MAIL} never"]
    assert run_at(AT) is Ran.FAILED
    assert run_at(AT + timedelta(minutes=1)) is Ran.DONE
    kept = [str(vars(row)) for row in OutboxRow.objects.all()]
    kept += [str(vars(one)) for one in Delivery.objects.all()]
    assert "邮件服务器暂时不收" in caplog.text  # what is said is said
    assert not [line for line in (caplog.text, *kept) if MAIL in line or "heni@" in line]
    assert MAIL not in repr(LETTER)


@pytest.mark.parametrize("parting", ["421 busy", "500 what", "nonsense"])
def test_what_a_server_says_in_parting_does_not_send_the_mail_again(
    clerk: User, box: MailBox, parting: str
) -> None:
    told(with_mail(clerk))
    box.at_quit = parting
    assert run_at(AT) is Ran.DONE
    assert (delivery().state, len(box.arrived)) == (State.SENT, 1)


# --- asked at the last moment -----------------------------------------------------------------


def test_what_was_seen_meanwhile_is_not_sent(clerk: User, box: MailBox) -> None:
    with_mail(clerk)
    undisturbed(clerk, time(8), time(14))
    (message,) = told(clerk)
    assert run_at(AT) is Ran.NOTHING
    mark_read(message, at=AT + timedelta(hours=1))
    assert run_at(AT + timedelta(hours=5)) is Ran.DONE
    assert (delivery().state, delivery().reason) == (State.SKIPPED, "本人已经在系统里看过")
    assert box.arrived == []


def test_after_the_quiet_hours_what_was_not_seen_is_sent(clerk: User, box: MailBox) -> None:
    with_mail(clerk)
    undisturbed(clerk, time(8), time(14))
    told(clerk)
    assert run_at(AT + timedelta(hours=5)) is Ran.DONE
    assert len(box.arrived) == 1


def test_an_address_taken_away_or_a_person_who_left_is_sent_nothing(
    clerk: User, box: MailBox
) -> None:
    told(with_mail(clerk))
    remove_address(clerk, What.MAIL, by=actor_for(clerk), at=AT)
    assert run_at(AT) is Ran.DONE
    assert delivery().reason == "本人已经撤掉地址"
    told(with_mail(clerk), key="second")
    disable_user(clerk, by=SYSTEM, at=AT, reason="调离")
    assert run_at(AT) is Ran.DONE
    assert Delivery.objects.get(message__key="second").reason == "账户已经停用"
    assert box.arrived == []


def test_mail_switched_off_meanwhile_is_said(clerk: User, box: MailBox, settings: Settings) -> None:
    told(with_mail(clerk))
    settings.GONGKAI_MAIL_URL = ""
    assert run_at(AT) is Ran.DONE
    assert delivery().reason == "这条途径现在没有开通"


# --- encryption -------------------------------------------------------------------------------


def test_without_starttls_nothing_is_sent_unless_plain_is_written(box: MailBox) -> None:
    with pytest.raises(TemporaryError, match="不支持"):
        mail.send(replace(server(), scheme="smtp"), LETTER)
    assert box.arrived == []
    mail.send(server(), LETTER)
    assert len(box.arrived) == 1


def test_a_certificate_must_be_trusted(
    box: MailBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = certificate(tmp_path)
    with mail_server(path, user="AHhnAHB3") as secure:  # \0xg\0pw
        asked = replace(server(), scheme="smtp", port=secure.port, user="xg", password="pw")
        with pytest.raises(TemporaryError, match="证书"):
            mail.send(asked, LETTER)
        assert secure.arrived == []
        assert not [one for one in secure.commands if one.startswith("AUTH")]
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        mail.send(asked, LETTER)
        assert len(secure.arrived) == 1
        with pytest.raises(TemporaryError, match="535"):
            mail.send(replace(asked, password="wrong"), LETTER)
        assert len(secure.arrived) == 1


def test_a_refusal_of_the_whole_mail_is_for_good(box: MailBox) -> None:
    box.at_end = ["554 no"]
    with pytest.raises(PermanentError, match="554"):
        mail.send(server(), LETTER)
