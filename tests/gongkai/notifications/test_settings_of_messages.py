"""What cannot work is said before the first message is lost."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from gongkai.notifications import channels, configuration
from gongkai.notifications.checks import message_settings
from gongkai.notifications.models import Way
from gongkai.site.environment import read_environment

FROM = "xxgk@example.gov.cn"


def found(settings: Settings, url: str, sender: str = FROM) -> list[str | None]:
    settings.GONGKAI_MAIL_URL, settings.GONGKAI_MAIL_FROM = url, sender
    return [one.id for one in message_settings(None)]


def test_without_settings_there_is_no_way_out_and_no_fault(settings: Settings) -> None:
    assert found(settings, "", "") == []
    assert channels.ways() == {}


@pytest.mark.parametrize("sender", ["", "公开办", "a@b.cn\nBcc: c@d.cn"])
def test_a_server_without_a_sender_is_a_fault(settings: Settings, sender: str) -> None:
    assert found(settings, "smtps://mail.example.gov.cn", sender) == ["gongkai.notifications.E001"]
    assert found(settings, "smtps://mail.example.gov.cn") == []


def test_a_password_in_clear_over_a_network_is_a_fault(settings: Settings) -> None:
    plain = "smtp+plain://u:p@10.0.0.5"
    assert found(settings, plain) == ["gongkai.notifications.E002"]
    assert found(settings, "smtp+plain://10.0.0.5") == []
    assert found(settings, "smtp+plain://u:p@127.0.0.1") == []
    assert found(settings, "smtp+plain://u:p@localhost:25") == []
    assert found(settings, "smtp://u:p@10.0.0.5") == []


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtps://mail.example.gov.cn", 465),
        ("smtp://mail.example.gov.cn", 587),
        ("smtp+plain://mail.example.gov.cn", 25),
        ("smtps://mail.example.gov.cn:994", 994),
    ],
)
def test_the_scheme_knows_its_port(settings: Settings, url: str, port: int) -> None:
    settings.GONGKAI_MAIL_URL, settings.GONGKAI_MAIL_FROM = url, FROM
    server = configuration.mail_server()
    assert server is not None
    assert (server.host, server.port) == ("mail.example.gov.cn", port)


def test_name_and_password_may_hold_any_sign(settings: Settings) -> None:
    settings.GONGKAI_MAIL_URL = "smtps://xxgk%40example.gov.cn:a%2Fb%3Ac@mail.example.gov.cn"
    settings.GONGKAI_MAIL_FROM = FROM
    server = configuration.mail_server()
    assert server is not None
    assert (server.user, server.password) == ("xxgk@example.gov.cn", "a/b:c")


def test_a_way_is_called_as_people_know_it(settings: Settings) -> None:
    settings.GONGKAI_WEBHOOK_URL = "https://gateway.example.gov.cn/"
    names = {}
    for form in configuration.forms():
        settings.GONGKAI_WEBHOOK_FORM = form
        names[form] = channels.ways()[Way.WEBHOOK]
    assert names == {"json": "短信", "dingtalk": "政务钉钉", "wecom": "企业微信"}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GONGKAI_MAIL_URL", "mail.example.gov.cn:25"),
        ("GONGKAI_MAIL_URL", "https://mail.example.gov.cn"),
        ("GONGKAI_WEBHOOK_URL", "ftp://gateway.example.gov.cn"),
        ("GONGKAI_WEBHOOK_FORM", "feishu"),
        ("GONGKAI_WEBHOOK_PRIVATE", "yes"),
    ],
)
def test_a_value_that_cannot_be_used_is_kept_as_a_problem(variable: str, value: str) -> None:
    given = read_environment({variable: value})
    assert [problem.variable for problem in given.problems] == [variable]
    name = variable.removeprefix("GONGKAI_").lower()
    assert getattr(given.outgoing, name) != value


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GONGKAI_MAIL_URL", "imap://u:s3cret@mail.example.gov.cn"),
        ("GONGKAI_WEBHOOK_URL", "ftp://robot.example.cn/send?access_token=s3cret"),
    ],
)
def test_a_key_in_an_address_is_not_repeated(variable: str, value: str) -> None:
    (problem,) = read_environment({variable: value}).problems
    assert "s3cret" not in problem.value
