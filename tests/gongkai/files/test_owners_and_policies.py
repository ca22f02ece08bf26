"""Who may see, take in and work on files: the owner's word at that moment, and nobody else's."""

from __future__ import annotations

import pytest

from gongkai.accounts.access import may
from gongkai.accounts.policies import Policy
from gongkai.accounts.roles import AdministratorRole
from gongkai.accounts.standing import Standing
from gongkai.files.models import Role, State, StoredFile
from gongkai.files.policies import DOWNLOAD, OPEN_ORIGINAL, SEE, TAKE_IN, WORK_ON
from gongkai.files.registry import Owner, register_owner, stem
from tests.gongkai.files.cases import AT, CASE, CHANGED, KIND, SEEN

SEER, WORKER, STRANGER = 11, 12, 13


@pytest.fixture(autouse=True)
def _judged() -> None:
    SEEN.clear()
    CHANGED.clear()
    SEEN.update({(SEER, "12"), (WORKER, "12")})
    CHANGED.update({(WORKER, "12"), (STRANGER, "12")})


def file(role: Role, state: State = State.READY) -> StoredFile:
    return StoredFile(owner_kind=KIND, owner_id="12", role=role, state=state)


def who(policy: Policy, subject: object) -> set[int]:
    people = (SEER, WORKER, STRANGER)
    return {person for person in people if may(policy, Standing(person, AT), subject)}


@pytest.mark.parametrize(
    ("policy", "subject", "expected"),
    [
        (SEE, CASE, {SEER, WORKER}),
        (TAKE_IN, CASE, {WORKER}),
        (SEE, file(Role.ORIGINAL), {SEER, WORKER}),
        (DOWNLOAD, file(Role.STRIPPED), {SEER, WORKER}),
        (DOWNLOAD, file(Role.REDACTED), {SEER, WORKER}),
        (DOWNLOAD, file(Role.ORIGINAL), set()),
        (DOWNLOAD, file(Role.CONVERTED), set()),
        (OPEN_ORIGINAL, file(Role.ORIGINAL), {SEER, WORKER}),
        (OPEN_ORIGINAL, file(Role.ORIGINAL, State.SEALED), {SEER, WORKER}),
        (OPEN_ORIGINAL, file(Role.ORIGINAL, State.QUARANTINED), set()),
        (OPEN_ORIGINAL, file(Role.ORIGINAL, State.INFECTED), set()),
        (WORK_ON, file(Role.ORIGINAL), {WORKER}),
        (WORK_ON, file(Role.ORIGINAL, State.QUARANTINED), set()),
        (SEE, Owner("unheard_of", "12"), set()),
        (SEE, None, set()),
        (TAKE_IN, None, set()),
    ],
)
def test_the_owner_says_who(policy: Policy, subject: object, expected: set[int]) -> None:
    assert who(policy, subject) == expected


@pytest.mark.parametrize("policy", [SEE, TAKE_IN, DOWNLOAD, OPEN_ORIGINAL, WORK_ON])
def test_nobody_signed_in_and_no_administrator_gets_past_the_owner(policy: Policy) -> None:
    SEEN.add((None, "12"))
    CHANGED.add((None, "12"))
    assert not may(policy, Standing(None, AT), file(Role.STRIPPED))
    system = Standing(99, AT, administrator=AdministratorRole.SYSTEM)
    assert not may(policy, system, file(Role.STRIPPED))


def test_two_kinds_of_one_name_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="重名"):
        register_owner(KIND, label="别的", sees=lambda *_: True, changes=lambda *_: True)


def test_an_owner_says_how_its_outgoing_names_begin() -> None:
    assert stem(CASE) == "云农公开〔2026〕12号"
    assert stem(Owner("unheard_of", "1")) == ""
