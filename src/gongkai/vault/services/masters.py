"""Master keys: the first, the next, and wrapping every data key anew; values stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record
from gongkai.vault import data_keys, keyring
from gongkai.vault.errors import MasterKeyError, VaultRefusedError
from gongkai.vault.models import DataKey, MasterKeyVersion

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Rotation:
    """How far a rotation is: newest version, keys wrapped anew in this run, keys to do."""

    version: int
    rewrapped: int
    remaining: int


def ensure_master_key(*, by: Actor, at: datetime) -> int:
    """The version in use; makes the first key of a new installation. For setup, any number of
    times.

    Raises MasterKeyError where the database knows a key and the file is missing or another one:
    a new key would not open what is there.
    """
    if MasterKeyVersion.objects.exists():
        return data_keys.current_master().version
    return _new_version(by=by, at=at)


def begin_rotation(*, by: Actor, at: datetime) -> int:
    """Makes the next master key; from now on new data keys are wrapped with it."""
    data_keys.current_master()
    return _new_version(by=by, at=at)


def rotate(*, by: Actor, at: datetime) -> Rotation:
    """Makes a new master key and wraps every data key with it, in batches; one that was
    interrupted is finished first and no further key is made. Both versions read meanwhile."""
    pending = MasterKeyVersion.objects.filter(retired_at__isnull=True).count() > 1
    if not pending:
        begin_rotation(by=by, at=at)
    done = 0
    while (step := rewrap(by=by, at=at)).rewrapped:
        done += step.rewrapped
    _retire_older(step.version, by=by, at=at)
    return Rotation(step.version, done, step.remaining)


@transaction.atomic
def rewrap(*, by: Actor, at: datetime, limit: int = _BATCH) -> Rotation:
    """Wraps up to `limit` data keys with the newest master key, in one transaction."""
    master = data_keys.current_master()
    older = DataKey.objects.filter(wrapped__isnull=False, master_version__lt=master.version)
    rows = list(older.select_for_update().order_by("master_version", "id")[:limit])
    for row in rows:
        row.wrapped = data_keys.wrap(master, data_keys.unwrap(row), row)
        row.master_version = master.version
        row.save(update_fields=["wrapped", "master_version"])
    remaining = older.count()
    if rows and not remaining:
        record(
            "vault.rotated",
            by=by,
            at=at,
            subject=Subject("master_key", str(master.version), f"主密钥第 {master.version} 版"),
        )
    return Rotation(master.version, len(rows), remaining)


@transaction.atomic
def retire_master_key(version: int, *, by: Actor, at: datetime, remove_file: bool = False) -> None:
    """Marks an old version as no longer used; refuses while any data key needs it.

    The file may be removed once no backup from its time is kept any more.
    """
    row = MasterKeyVersion.objects.select_for_update().filter(version=version).first()
    newest = MasterKeyVersion.objects.aggregate(newest=Max("version"))["newest"]
    if row is None or version == newest:
        raise VaultRefusedError("只能停用旧版主密钥")
    if DataKey.objects.filter(wrapped__isnull=False, master_version=version).exists():
        raise VaultRefusedError(f"仍有数据密钥由主密钥第 {version} 版保护，不能停用")
    if row.retired_at is None:
        row.retired_at = at
        row.save(update_fields=["retired_at"])
        record(
            "vault.master_retired",
            by=by,
            at=at,
            subject=Subject("master_key", str(version), f"主密钥第 {version} 版"),
        )
    if remove_file:
        transaction.on_commit(lambda: keyring.remove(version))


def _retire_older(newest: int, *, by: Actor, at: datetime) -> None:
    older = MasterKeyVersion.objects.filter(version__lt=newest, retired_at__isnull=True)
    for version in list(older.values_list("version", flat=True)):
        retire_master_key(version, by=by, at=at)


@transaction.atomic
def _new_version(*, by: Actor, at: datetime) -> int:
    known = list(MasterKeyVersion.objects.select_for_update())
    version = known[-1].version + 1 if known else 1
    if not known and keyring.versions() not in {(), (1,)}:
        raise MasterKeyError("密钥文件夹中有数据库不认识的主密钥，请核对数据库是否正确")
    # The file first: a row without a key would be a key nobody has.
    master = keyring.create(version)
    MasterKeyVersion.objects.create(version=version, fingerprint=master.fingerprint, created_at=at)
    record(
        "vault.master_created",
        by=by,
        at=at,
        subject=Subject("master_key", str(version), f"主密钥第 {version} 版"),
    )
    return version
