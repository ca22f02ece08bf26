"""Messages to phones through a real gateway: forms, signatures, and where it may stand."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django import Settings

from gongkai.accounts.models import User
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.running import Ran
from gongkai.notifications import configuration
from gongkai.notifications.channels import Letter, PermanentError, TemporaryError, webhook
from gongkai.notifications.channels.network import resolved
from gongkai.notifications.configuration import Gateway
from gongkai.notifications.models import State
from tests.gongkai.notifications.certificate import certificate
from tests.gongkai.notifications.gateway import Desk, gateway
from tests.gongkai.notifications.people import AT, PHONE, delivery, run_at, told, with_phone

TEXT = "您起草的一件政府信息被退回修改。"
NOBODY = str(IPv4Address(0))
LETTER = Letter("0123456789abcdef", PHONE, "退回修改", TEXT)


def ours(settings: Settings, form: str = "json") -> Gateway:
    settings.GONGKAI_WEBHOOK_FORM = form
    found = configuration.gateway()
    assert found is not None
    return found


def test_a_phone_is_told_that_something_waits_and_what_is_not_said(clerk: User, desk: Desk) -> None:
    told(with_phone(clerk))
    assert run_at(AT) is Ran.DONE
    (asked,) = desk.asked
    assert asked.read() == {
        "id": delivery().pk.hex,
        "phone": PHONE,
        "text": f"{TEXT}请登录云溪县政府信息公开平台查看："
        "https://xxgk.example.gov.cn/office/records/a1/",
    }
    assert (delivery().state, delivery().way) == (State.SENT, "webhook")


def test_heads_sign_moment_number_and_body(desk: Desk, settings: Settings) -> None:
    webhook.send(ours(settings), LETTER)
    (asked,) = desk.asked
    moment, number = asked.heads["X-Gongkai-Timestamp"], asked.heads["Idempotency-Key"]
    message = f"{moment}\n{number}\n".encode() + asked.body
    code = hmac.new(b"sign with this", message, hashlib.sha256).hexdigest()
    assert asked.heads["X-Gongkai-Signature"] == f"sha256={code}"
    assert number == LETTER.id


def test_dingtalk_has_its_text_its_phone_and_its_signature(desk: Desk, settings: Settings) -> None:
    webhook.send(ours(settings, "dingtalk"), LETTER)
    (asked,) = desk.asked
    assert asked.read() == {
        "msgtype": "text",
        "text": {"content": TEXT},
        "at": {"atMobiles": [PHONE], "isAtAll": False},
    }
    query = parse_qs(urlsplit(asked.target).query)
    signed = f"{query['timestamp'][0]}\nsign with this".encode()
    code = hmac.new(b"sign with this", signed, hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(code).decode()]
    assert query["key"] == ["s3cret"]


def test_wecom_has_its_text_and_its_phone(desk: Desk, settings: Settings) -> None:
    webhook.send(ours(settings, "wecom"), LETTER)
    (asked,) = desk.asked
    assert asked.read() == {
        "msgtype": "text",
        "text": {"content": TEXT, "mentioned_mobile_list": [PHONE]},
    }
    assert asked.target == "/send?key=s3cret"


@pytest.mark.parametrize("form", list(configuration.forms()))
def test_no_text_can_add_a_field(form: str, desk: Desk, settings: Settings) -> None:
    sly = Letter("a", PHONE, "退回修改", '","isAtAll":true,"x":"{phone}\n')
    webhook.send(ours(settings, form), sly)
    webhook.send(ours(settings, form), LETTER)
    with_sly, plain = (str(asked.read()) for asked in desk.asked)
    assert with_sly == plain.replace(repr(TEXT), repr(sly.text)).replace(LETTER.id, "a")


# --- what the gateway answers -----------------------------------------------------------------


@pytest.mark.parametrize("status", [401, 403, 408, 429, 500, 503])
def test_a_gateway_that_cannot_now_is_asked_again(
    status: int, desk: Desk, settings: Settings
) -> None:
    desk.answer(status)
    with pytest.raises(TemporaryError, match=str(status)):
        webhook.send(ours(settings), LETTER)


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_a_gateway_that_will_not_is_not_asked_again(
    status: int, desk: Desk, settings: Settings
) -> None:
    desk.answer(status)
    with pytest.raises(PermanentError, match=str(status)):
        webhook.send(ours(settings), LETTER)


def test_no_redirect_is_followed(desk: Desk, settings: Settings) -> None:
    with gateway() as elsewhere:
        desk.answer(307, Location=f"http://127.0.0.1:{elsewhere.port}/")
        with pytest.raises(PermanentError, match="没有跟去"):
            webhook.send(ours(settings), LETTER)
        assert elsewhere.asked == []
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(b'{"errcode":130101}', TemporaryError, id="太快，再试"),
        pytest.param(b'{"errcode":310000}', PermanentError, id="签名不对，不再试"),
        pytest.param(b"<html>ok</html>", PermanentError, id="读不懂"),
        pytest.param(b'{"errcode":"0"}', PermanentError, id="不是数"),
        pytest.param(b"[0]", PermanentError, id="不是对象"),
    ],
)
def test_a_robot_says_in_the_body_what_it_did(
    body: bytes, error: type[Exception], desk: Desk, settings: Settings
) -> None:
    desk.answer(200, body)
    with pytest.raises(error):
        webhook.send(ours(settings, "dingtalk"), LETTER)
    desk.answer(200, b'{"errcode":0,"errmsg":"ok"}')
    webhook.send(ours(settings, "dingtalk"), LETTER)


def test_every_attempt_has_the_same_number(clerk: User, desk: Desk) -> None:
    told(with_phone(clerk))
    desk.answers = [(503, b"", {}), (200, b"{}", {})]
    assert run_at(AT) is Ran.FAILED
    assert run_at(AT + timedelta(minutes=1)) is Ran.DONE
    assert {asked.heads["Idempotency-Key"] for asked in desk.asked} == {delivery().pk.hex}
    assert len(desk.asked) == 2


def test_no_number_and_no_key_stand_in_logs_orders_or_reasons(
    clerk: User, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told(with_phone(clerk))
    desk.answers = [(503, PHONE.encode(), {}), (400, PHONE.encode(), {})]
    assert run_at(AT) is Ran.FAILED
    assert run_at(AT + timedelta(minutes=1)) is Ran.DONE
    kept = [str(vars(row)) for row in OutboxRow.objects.all()] + [str(vars(delivery()))]
    assert "消息网关暂时不收" in caplog.text
    assert not [one for one in (caplog.text, *kept) if PHONE in one or "s3cret" in one]
    assert not [asked for asked in desk.asked if PHONE in asked.target]


# --- where the gateway may stand --------------------------------------------------------------


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd00::1"])
def test_ones_own_network_is_called_where_the_settings_allow_it(address: str) -> None:
    with pytest.raises(PermanentError, match="内网"):
        resolved(address, 443, private=False)
    assert resolved(address, 443, private=True) == address


@pytest.mark.parametrize("address", ["169.254.169.254", NOBODY, "224.0.0.1", "fe80::1", "::"])
def test_the_link_groups_and_nobody_are_never_called(address: str) -> None:
    for private in (False, True):
        with pytest.raises(PermanentError, match="不允许"):
            resolved(address, 443, private=private)


def test_a_mapped_address_is_what_it_means() -> None:
    with pytest.raises(PermanentError, match="内网"):
        resolved("::ffff:10.0.0.1", 443, private=False)
    with pytest.raises(PermanentError, match="不允许"):
        resolved("::ffff:169.254.169.254", 443, private=True)
    assert resolved("8.8.8.8", 443, private=False) == "8.8.8.8"


def test_the_private_rule_holds_on_the_way_out(clerk: User, desk: Desk, settings: Settings) -> None:
    settings.GONGKAI_WEBHOOK_PRIVATE = False
    told(with_phone(clerk))
    assert run_at(AT) is Ran.DONE
    assert delivery().reason.startswith("消息网关在内网")
    assert desk.asked == []


def test_the_open_network_is_called_with_tls_alone(settings: Settings, desk: Desk) -> None:
    settings.GONGKAI_WEBHOOK_URL = "http://8.8.8.8/"
    with pytest.raises(PermanentError, match="https"):
        webhook.send(ours(settings), LETTER)


def test_a_certificate_must_be_trusted(
    desk: Desk, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = certificate(tmp_path)
    with gateway(path) as secure:
        settings.GONGKAI_WEBHOOK_URL = f"https://127.0.0.1:{secure.port}/"
        with pytest.raises(TemporaryError, match="证书"):
            webhook.send(ours(settings), LETTER)
        assert secure.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        webhook.send(ours(settings), LETTER)
        assert len(secure.asked) == 1


def test_no_proxy_of_the_environment_is_asked(
    desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    webhook.send(ours(settings), LETTER)
    assert len(desk.asked) == 1


def test_a_gateway_that_hangs_up_is_asked_again(settings: Settings, desk: Desk) -> None:
    settings.GONGKAI_WEBHOOK_URL = "http://127.0.0.1:1/"
    with pytest.raises(TemporaryError, match="没有应答"):
        webhook.send(ours(settings), LETTER)
