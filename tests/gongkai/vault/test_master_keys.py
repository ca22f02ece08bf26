"""Master keys: made once, kept from others, rotated without a pause; the wrong one is loud."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from gongkai.vault import keyring
from gongkai.vault.checks import key_files, keys_of_the_database
from gongkai.vault.errors import MasterKeyError, VaultRefusedError
from gongkai.vault.models import DataKey, MasterKeyVersion
from gongkai.vault.services import (
    begin_rotation,
    ensure_master_key,
    retire_master_key,
    reveal,
    rewrap,
    rotate,
    seal,
)
from tests.gongkai.vault.values import AT, HANDLER


def shown(ciphertext: bytes, owner: str) -> str:
    return reveal("applicant", owner, "name", ciphertext, by=HANDLER, at=AT, reason="核对身份")


def sealed(count: int) -> dict[str, bytes]:
    return {str(n): seal("applicant", str(n), "name", f"申请人{n}") for n in range(count)}


def test_the_key_file_is_for_us_alone(keys: Path) -> None:
    file = keys / "master-0001.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert [path.name for path in keys.iterdir()] == ["master-0001.key"]


def test_setup_may_run_again(keys: Path) -> None:
    before = (keys / "master-0001.key").read_bytes()
    assert ensure_master_key(by=SYSTEM, at=AT) == 1
    assert (keys / "master-0001.key").read_bytes() == before
    assert Row.objects.filter(event="vault.master_created").count() == 1


def test_a_key_left_by_an_interrupted_setup_is_taken(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.GONGKAI_HOME = tmp_path
    left = keyring.create(1)
    assert ensure_master_key(by=SYSTEM, at=AT) == 1
    assert MasterKeyVersion.objects.get().fingerprint == left.fingerprint


def test_keys_of_another_database_are_not_taken(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.GONGKAI_HOME = tmp_path
    keyring.create(1)
    keyring.create(2)
    with pytest.raises(MasterKeyError, match="不认识"):
        ensure_master_key(by=SYSTEM, at=AT)
    assert not MasterKeyVersion.objects.exists()


def gone(file: Path) -> None:
    file.unlink()


def another(file: Path) -> None:
    file.unlink()
    keyring.create(1)


def open_to_others(file: Path) -> None:
    file.chmod(0o644)


def cut(file: Path) -> None:
    file.write_text(file.read_text()[:-9])


def of_another_version(file: Path) -> None:
    file.write_text(file.read_text().replace("key 1", "key 2"))


FAULTS = [gone, another, open_to_others, cut, of_another_version]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.__name__ for fault in FAULTS])
def test_a_missing_or_wrong_master_key_is_loud_and_writes_nothing(
    keys: Path, fault: Callable[[Path], None]
) -> None:
    ciphertext = seal("applicant", "1", "name", "甲")
    assert keys_of_the_database(None, databases=["default"]) == []
    fault(keys / "master-0001.key")
    before = list(DataKey.objects.values_list("pk", "wrapped"))
    rows = Row.objects.count()
    attempts: list[Callable[[], object]] = [
        lambda: seal("applicant", "2", "name", "乙"),
        lambda: seal("applicant", "1", "phone", "丙"),
        lambda: shown(ciphertext, "1"),
        lambda: ensure_master_key(by=SYSTEM, at=AT),
        lambda: begin_rotation(by=SYSTEM, at=AT),
        lambda: rotate(by=SYSTEM, at=AT),
    ]
    for attempt in attempts:
        with pytest.raises(MasterKeyError), transaction.atomic():
            attempt()
    assert list(DataKey.objects.values_list("pk", "wrapped")) == before
    assert Row.objects.count() == rows
    assert MasterKeyVersion.objects.count() == 1
    (error,) = keys_of_the_database(None, databases=["default"])
    assert error.id == "gongkai.vault.E003"
    assert "放回" in str(error.hint)


def test_before_setup_nothing_is_sealed(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.GONGKAI_HOME = tmp_path
    with pytest.raises(MasterKeyError, match="尚无主密钥"):
        seal("applicant", "1", "name", "甲")
    assert not DataKey.objects.exists()


@pytest.mark.parametrize("fault", [open_to_others, cut], ids=["open to others", "cut"])
def test_a_bad_file_is_told_without_a_database(keys: Path, fault: Callable[[Path], None]) -> None:
    assert key_files(None) == []
    fault(keys / "master-0001.key")
    assert [error.id for error in key_files(None)] == ["gongkai.vault.E002"]


def test_an_unknown_cipher_is_told(keys: Path, settings: Settings) -> None:
    settings.GONGKAI_CIPHER = "rot13"
    assert [error.id for error in key_files(None)] == ["gongkai.vault.E001"]


def test_the_checks_are_on_djangos_list(keys: Path) -> None:
    (keys / "master-0001.key").unlink()
    told = {error.id for error in run_checks(databases=["default"])}
    assert "gongkai.vault.E003" in told


def test_rotation_wraps_every_key_anew_and_changes_no_value(keys: Path) -> None:
    values = sealed(7)
    before = dict(DataKey.objects.values_list("pk", "wrapped"))
    done = rotate(by=SYSTEM, at=AT)
    assert (done.version, done.rewrapped, done.remaining) == (2, 7, 0)
    after = dict(DataKey.objects.values_list("pk", "wrapped"))
    assert not [pk for pk in before if before[pk] == after[pk]]
    assert set(DataKey.objects.values_list("master_version", flat=True)) == {2}
    assert [shown(value, owner) for owner, value in values.items()] == [
        f"申请人{n}" for n in range(7)
    ]
    told = Row.objects.filter(event__startswith="vault.m").order_by("sequence")
    assert [row.sentence for row in told] == [
        "系统启用主密钥第 1 版",
        "系统启用主密钥第 2 版",
        "系统停用主密钥第 1 版",
    ]


def test_both_versions_read_while_a_rotation_is_under_way(keys: Path) -> None:
    values = sealed(5)
    begin_rotation(by=SYSTEM, at=AT)
    step = rewrap(by=SYSTEM, at=AT, limit=2)
    assert (step.rewrapped, step.remaining) == (2, 3)
    assert sorted(DataKey.objects.values_list("master_version", flat=True)) == [1, 1, 1, 2, 2]
    assert [shown(value, owner) for owner, value in values.items()] == [
        f"申请人{n}" for n in range(5)
    ]
    seal("applicant", "9", "name", "新人")
    assert DataKey.objects.get(owner_id="9").master_version == 2


def test_an_interrupted_rotation_is_finished_and_no_third_key_is_made(keys: Path) -> None:
    values = sealed(5)
    begin_rotation(by=SYSTEM, at=AT)
    rewrap(by=SYSTEM, at=AT, limit=2)
    done = rotate(by=SYSTEM, at=AT)
    assert (done.version, done.rewrapped, done.remaining) == (2, 3, 0)
    assert keyring.versions() == (1, 2)
    assert [shown(value, owner) for owner, value in values.items()] == [
        f"申请人{n}" for n in range(5)
    ]


def test_an_old_key_in_use_cannot_be_retired_nor_the_newest(keys: Path) -> None:
    sealed(1)
    begin_rotation(by=SYSTEM, at=AT)
    for version in (1, 2, 9):
        with pytest.raises(VaultRefusedError):
            retire_master_key(version, by=SYSTEM, at=AT)


def test_after_a_rotation_the_old_file_is_not_needed(
    keys: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    values = sealed(3)
    rotate(by=SYSTEM, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        retire_master_key(1, by=SYSTEM, at=AT, remove_file=True)
    assert keyring.versions() == (2,)
    assert [shown(value, owner) for owner, value in values.items()] == [
        f"申请人{n}" for n in range(3)
    ]
    assert keys_of_the_database(None, databases=["default"]) == []


def test_the_database_refuses_to_move_or_delete_keys(keys: Path) -> None:
    sealed(2)
    rows = DataKey.objects.filter(kind="applicant")
    attacks: list[Callable[[], object]] = [
        lambda: rows.filter(owner_id="0").update(owner_id="7"),
        lambda: rows.update(kind="party"),
        rows.delete,
        lambda: MasterKeyVersion.objects.update(fingerprint="0" * 64),
        lambda: MasterKeyVersion.objects.all().delete(),
    ]
    for attack in attacks:
        with pytest.raises(IntegrityError), transaction.atomic():
            attack()


def test_a_key_says_nothing_when_printed(keys: Path) -> None:
    master = keyring.load(1)
    assert repr(master) == "MasterKey(1)"
    copied = keys / "copy"
    shutil.copy(keys / "master-0001.key", copied)
    assert master.secret.hex() not in os.fsdecode(copied)
