"""Wrong settings of sign-in are told when the program starts, each by its number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from gongkai.accounts.checks import sign_in_settings
from gongkai.accounts.configuration import ACCOUNTS_APPS, issuer_of, oidc_provider


def told() -> list[str | None]:
    return [error.id for error in sign_in_settings(None)]


def test_the_settings_of_the_suite_are_sound() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        pytest.param("GONGKAI_PASSWORD_POLICY", "none", "E001", id="no such password policy"),
        pytest.param("GONGKAI_SESSION_IDLE", timedelta(0), "E002", id="idle for no time"),
        pytest.param("GONGKAI_SESSION_IDLE", timedelta(hours=13), "E002", id="idle beyond the end"),
        pytest.param("GONGKAI_SESSION_ABSOLUTE", timedelta(days=2), "E002", id="two days long"),
        pytest.param("AXES_FAILURE_LIMIT", 100, "E003", id="a hundred attempts"),
        pytest.param("AXES_ENABLED", False, "E003", id="no lock-out"),
    ],
)
def test_a_wrong_setting_is_told(settings: Settings, name: str, value: object, number: str) -> None:
    setattr(settings, name, value)
    assert told() == [f"gongkai.accounts.{number}"]
    assert f"gongkai.accounts.{number}" in {error.id for error in run_checks()}


def test_nobody_can_sign_up_and_axes_alone_counts(settings: Settings) -> None:
    assert settings.ACCOUNT_RATE_LIMITS is False
    assert settings.MFA_RATE_LIMITS is False
    assert settings.AUTHENTICATION_BACKENDS[0] == "axes.backends.AxesStandaloneBackend"
    assert settings.MIDDLEWARE[-1] == "axes.middleware.AxesMiddleware"
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert set(ACCOUNTS_APPS) <= set(settings.INSTALLED_APPS)


def test_an_oidc_provider_is_a_setting() -> None:
    made = oidc_provider(
        server_url="https://sso.example.gov.cn/", client_id="gongkai", secret="only-for-tests"
    )
    (app,) = made["openid_connect"]["APPS"]
    assert app["provider_id"] == "main"
    assert app["settings"] == {
        "server_url": "https://sso.example.gov.cn",
        "oauth_pkce_enabled": True,
    }


@pytest.mark.parametrize(
    "address",
    [
        "https://sso.example.gov.cn/realms/gov",
        "https://sso.example.gov.cn/realms/gov/",
        "https://sso.example.gov.cn/realms/gov/.well-known/openid-configuration",
    ],
)
def test_the_provider_is_found_by_its_own_address_or_that_of_its_description(address: str) -> None:
    assert issuer_of(address) == "https://sso.example.gov.cn/realms/gov"


@pytest.mark.parametrize(("client", "secret"), [("", "s"), ("c", ""), ("", "")])
def test_a_provider_without_its_registration_is_told(
    settings: Settings, client: str, secret: str
) -> None:
    address = "https://sso.example.gov.cn"
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(
        server_url=address, client_id=client, secret=secret
    )
    assert told() == ["gongkai.accounts.E005"]
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(server_url=address, client_id="c", secret="s")
    assert told() == []
