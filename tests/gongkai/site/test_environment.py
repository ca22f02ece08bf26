"""What is read from the environment, and what is said about what cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from gongkai.site import checks
from gongkai.site.environment import KEY_FILE, Environment, environment, read_environment

LONG = "k" * 60


def test_without_any_variable_everything_has_a_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = read_environment({})
    assert given.problems == ()
    assert given.home == tmp_path / "var"
    assert given.origin == "http://127.0.0.1:8000"
    assert set(given.hosts) == {"127.0.0.1", "localhost", "::1"}
    assert (given.database_url, given.database_role) == ("", "gongkai_app")
    assert (given.https, given.second_factor, given.secret_key) == (False, True, "")


def test_the_public_address_names_the_host() -> None:
    given = read_environment({"GONGKAI_ORIGIN": "https://xxgk.example.gov.cn/"})
    assert (given.origin, given.https) == ("https://xxgk.example.gov.cn", True)
    assert given.hosts == ("xxgk.example.gov.cn",)


def test_the_key_is_read_from_the_home_unless_given(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text(f"{LONG}\n", encoding="ascii")
    home = {"GONGKAI_HOME": str(tmp_path)}
    assert read_environment(home).secret_key == LONG
    other = {**home, "GONGKAI_SECRET_KEY": LONG.upper()}
    assert read_environment(other).secret_key == LONG.upper()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GONGKAI_ORIGIN", "xxgk.example.gov.cn"),
        ("GONGKAI_DATABASE_URL", "mysql://db/office"),
        ("GONGKAI_DATABASE_URL", "postgresql://[broken"),
        ("GONGKAI_DATABASE_ROLE", 'app"; DROP ROLE owner'),
        ("GONGKAI_REDIS_URL", "http://cache"),
        ("GONGKAI_OIDC_URL", "http://id.example.gov.cn"),
        ("GONGKAI_OIDC_URL", "http://localhost:9000"),
        ("GONGKAI_OIDC_URL", "http://127.0.0.1.example.gov.cn"),
        ("GONGKAI_OIDC_URL", "https://"),
        ("GONGKAI_OIDC_URL", "https://id.example.gov.cn:port"),
        ("GONGKAI_OIDC_URL", "https://u:p@id.example.gov.cn"),
        ("GONGKAI_OIDC_URL", "https://id.example.gov.cn;script-src"),
        ("GONGKAI_OIDC_URL", "https://id.example.gov.cn/?realm=gov"),
        ("GONGKAI_OIDC_URL", "https://[broken"),
        ("GONGKAI_OIDC_SECOND_FACTOR", "yes"),
        ("GONGKAI_THREADS", "0"),
        ("GONGKAI_THREADS", "八"),
        ("GONGKAI_SECOND_FACTOR", "yes"),
        ("GONGKAI_PASSWORD_POLICY", "none"),
        ("GONGKAI_CIPHER", "des"),
        ("GONGKAI_LOG_LEVEL", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_is_kept_as_a_problem(variable: str, value: str) -> None:
    given = read_environment({variable: value})
    assert [problem.variable for problem in given.problems] == [variable]
    assert getattr(given, variable.removeprefix("GONGKAI_").lower(), None) != value


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GONGKAI_DATABASE_URL", "mysql://u:secret@db/x"),
        ("GONGKAI_OIDC_URL", "https://u:secret@id.example.gov.cn"),
    ],
)
def test_a_password_in_an_address_is_not_repeated(variable: str, value: str) -> None:
    (problem,) = read_environment({variable: value}).problems
    assert "secret" not in problem.value


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://id.example.gov.cn/realms/gov", "https://id.example.gov.cn"),
        ("https://id.example.gov.cn:8443/", "https://id.example.gov.cn:8443"),
        ("http://127.0.0.1:9000/oidc", "http://127.0.0.1:9000"),
        ("", ""),
    ],
)
def test_an_identity_provider_is_reached_over_tls_or_on_this_machine(url: str, origin: str) -> None:
    given = read_environment({"GONGKAI_OIDC_URL": url})
    assert (given.problems, given.oidc_url, given.oidc_origin) == ((), url, origin)
    assert given.oidc_second_factor is False
    assert read_environment({"GONGKAI_OIDC_SECOND_FACTOR": "1"}).oidc_second_factor is True


def test_the_check_says_in_chinese_where_a_provider_may_stand(
    monkeypatch: pytest.MonkeyPatch, good: dict[str, str]
) -> None:
    (message,) = found(monkeypatch, {**good, "GONGKAI_OIDC_URL": "http://id.example.gov.cn"})
    assert "gongkai.E001 环境变量 GONGKAI_OIDC_URL 的值不能用" in checks.as_text(message)
    assert "https://…" in checks.as_text(message)
    assert "只有在本机试用时可以写 http://127.0.0.1" in checks.as_text(message)


# --- checks -----------------------------------------------------------------------------------


def found(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], *, production: bool = True
) -> list[CheckMessage]:
    """What the checks say to an environment, in production unless said otherwise."""
    given = read_environment(variables)
    monkeypatch.setattr(checks, "environment", lambda: given)
    name = "production" if production else "testing"
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", f"gongkai.site.settings.{name}")
    return checks.check_settings()


def ids(messages: list[CheckMessage]) -> list[str]:
    return [str(message.id).removeprefix("gongkai.") for message in messages]


@pytest.fixture
def good(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """An environment of a server that is set up rightly."""
    settings.SECRET_KEY = LONG
    settings.ALLOWED_HOSTS = ["xxgk.example.gov.cn"]
    settings.DEBUG = False
    return {"GONGKAI_HOME": str(tmp_path), "GONGKAI_ORIGIN": "https://xxgk.example.gov.cn"}


def test_right_settings_raise_nothing(
    monkeypatch: pytest.MonkeyPatch, good: dict[str, str]
) -> None:
    assert found(monkeypatch, good) == []


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("SECRET_KEY", "", "E002"),
        ("SECRET_KEY", "short", "E003"),
        ("DEBUG", True, "E010"),
        ("ALLOWED_HOSTS", [], "E011"),
        ("ALLOWED_HOSTS", ["*"], "E011"),
        ("ALLOWED_HOSTS", ["other.example.gov.cn"], "E012"),
    ],
)
def test_production_refuses_a_wrong_setting(
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    good: dict[str, str],
    setting: str,
    value: object,
    expected: str,
) -> None:
    setattr(settings, setting, value)
    messages = found(monkeypatch, good)
    assert expected in ids(messages)
    assert all(message.hint for message in messages)


def test_without_tls_only_the_machine_itself_is_served(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, good: dict[str, str]
) -> None:
    plain = {**good, "GONGKAI_ORIGIN": "http://xxgk.example.gov.cn"}
    assert ids(found(monkeypatch, plain)) == ["E013"]
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert found(monkeypatch, {**good, "GONGKAI_ORIGIN": "http://127.0.0.1:8000"}) == []


def test_a_wrong_variable_is_an_error_with_a_hint(
    monkeypatch: pytest.MonkeyPatch, good: dict[str, str]
) -> None:
    (message,) = found(monkeypatch, {**good, "GONGKAI_CIPHER": "des"})
    assert "E001" in checks.as_text(message)
    assert "aes-256-gcm" in checks.as_text(message)


def test_files_that_others_can_read_are_named(
    monkeypatch: pytest.MonkeyPatch, good: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / KEY_FILE).write_text(LONG, encoding="ascii")
    (tmp_path / KEY_FILE).chmod(0o640)
    (tmp_path / "gongkai.sqlite3").touch(mode=0o644)
    assert ids(found(monkeypatch, good)) == ["E004", "W030"]


def test_a_home_that_cannot_be_written_is_an_error(
    monkeypatch: pytest.MonkeyPatch, good: dict[str, str]
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert ids(found(monkeypatch, good)) == ["E005"]


def test_an_old_sqlite_is_an_error(monkeypatch: pytest.MonkeyPatch, good: dict[str, str]) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 31, 0))
    assert ids(found(monkeypatch, good)) == ["E021"]


def test_errors_stop_the_start_and_warnings_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    checks.refuse_wrong_settings(databases=False)
    given = read_environment({"GONGKAI_CIPHER": "des"})
    monkeypatch.setattr(checks, "environment", lambda: given)
    with pytest.raises(checks.WrongSettingsError, match=r"gongkai\.E001"):
        checks.refuse_wrong_settings(databases=False)


def test_the_environment_of_the_process_is_read_once() -> None:
    assert isinstance(environment(), Environment)
    assert environment() is environment()
