"""Sending files: to whom the owner lets see them at this moment, as attachments that cannot act."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from gongkai.accounts.models import User
from gongkai.accounts.roles import Role
from gongkai.files import services
from gongkai.files.models import State, StoredFile
from screening.passages import Carrier
from tests.gongkai.accounts.people import clerk, signed_in
from tests.gongkai.agencies.county import body, found
from tests.gongkai.files.cases import LATER, SECOND, SEEN, TEXT, taken, told
from tests.gongkai.files.pipeline import Pipeline
from tests.gongkai.files.test_release_gate import set_state

REASON = "核对申请人补充的材料"


@pytest.fixture(autouse=True)
def _quiet(settings: Settings, home: Path) -> Iterator[None]:
    """Refused requests are the point here; WhiteNoise wants its folder."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("django.request").setLevel(logging.NOTSET)


@pytest.fixture
def person(home: Path) -> User:
    """Somebody of the bureau."""
    found()
    return clerk("chengban", body("nongye", "云溪县农业农村局"), Role.CASE_HANDLER)


@pytest.fixture
def client(person: User) -> Client:
    """The person's browser; the person sees case 12."""
    SEEN.add((person.pk, "12"))
    return signed_in(person)


def original_and_stripped() -> tuple[StoredFile, StoredFile]:
    original = taken(name="张三的申请.txt")
    return original, services.strip(original, by=SECOND, at=LATER)


def get(client: Client, file: StoredFile) -> Any:
    return client.get(f"/files/{file.pk}/")


def open_original(client: Client, file: StoredFile, reason: str = REASON) -> Any:
    return client.post(f"/files/{file.pk}/original/", {"reason": reason})


def test_a_stripped_file_is_sent_so_that_it_cannot_act(pipeline: Pipeline, client: Client) -> None:
    _, file = original_and_stripped()
    response = get(client, file)
    assert response.status_code == 200
    assert response.content == TEXT.encode() + b"stripped"
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    named = response.headers["Content-Disposition"]
    assert named.startswith("attachment; filename*=utf-8''")
    assert named.isascii()
    assert "%E5%BC%A0" not in named  # 张


@pytest.mark.parametrize("carrier", Carrier)
def test_no_carrier_is_sent_as_something_that_a_browser_runs(
    pipeline: Pipeline, client: Client, carrier: Carrier
) -> None:
    pipeline.carrier, pipeline.converter = carrier, True
    _, file = original_and_stripped()
    kind = get(client, file).headers["Content-Type"]
    assert not any(word in kind for word in ("html", "xml;", "svg", "script"))
    assert kind != "text/xml"


def test_who_may_see_is_asked_of_the_owner_each_time(
    pipeline: Pipeline, client: Client, person: User
) -> None:
    original, file = original_and_stripped()
    assert get(client, file).status_code == 200
    SEEN.clear()
    assert get(client, file).status_code == 404
    assert open_original(client, original).status_code == 404
    SEEN.add((person.pk, "13"))
    assert get(client, file).status_code == 404
    SEEN.add((person.pk, "12"))
    assert get(client, file).status_code == 200


def test_a_file_of_a_kind_that_nobody_registered_is_not_there(
    pipeline: Pipeline, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.files import registry

    _, file = original_and_stripped()
    monkeypatch.setattr(registry, "_REGISTRY", {})
    assert get(client, file).status_code == 404


def test_without_sign_in_one_is_sent_to_it(pipeline: Pipeline) -> None:
    original, file = original_and_stripped()
    assert get(Client(), file).status_code == 302
    assert open_original(Client(), original).status_code == 302


def test_an_original_is_sent_for_a_reason_alone(pipeline: Pipeline, client: Client) -> None:
    original, _ = original_and_stripped()
    assert get(client, original).status_code == 403
    assert open_original(client, original, "看").status_code == 422
    assert open_original(client, original, "查11010119000101001X").status_code == 422
    assert told("files.opened") == []
    response = open_original(client, original)
    assert response.status_code == 200
    assert response.content == TEXT.encode()
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    assert told("files.opened") == [f"云溪县农业农村局chengban打开附件1（原件），理由：{REASON}"]


@pytest.mark.parametrize("state", [State.QUARANTINED, State.INFECTED])
def test_what_is_in_quarantine_is_sent_to_nobody(
    pipeline: Pipeline, client: Client, state: State
) -> None:
    original = taken()
    set_state(original, state)
    assert get(client, original).status_code == 403
    assert open_original(client, original).status_code == 403


def test_only_the_one_verb_of_each_address_is_answered(pipeline: Pipeline, client: Client) -> None:
    original, file = original_and_stripped()
    assert client.post(f"/files/{file.pk}/").status_code == 405
    assert client.get(f"/files/{original.pk}/original/").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["00000000-0000-0000-0000-000000000000/", "..%2f..%2fetc%2fpasswd/", "abc/", "%00/"],
)
def test_an_address_of_no_file_is_404(pipeline: Pipeline, client: Client, path: str) -> None:
    assert client.get(f"/files/{path}").status_code == 404


def test_a_file_whose_content_is_gone_says_so(
    pipeline: Pipeline, client: Client, home: Path
) -> None:
    original, file = original_and_stripped()
    for path in (home / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    assert get(client, file).status_code == 410
    assert open_original(client, original).status_code == 410
