"""Sealing, revealing with a reason, recognising the same identifier, destroying for good."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record
from gongkai.vault import ciphers, data_keys
from gongkai.vault.errors import KeyDestroyedError, VaultRefusedError
from gongkai.vault.identifiers import normal
from gongkai.vault.models import DataKey, Identifier
from statute.identity import find

_LEAST_REASON = 4
_HMAC_KIND = "vault.hmac"


@transaction.atomic
def seal(kind: str, owner_id: str, field: str, plaintext: str) -> bytes:
    """Ciphertext of a personal value, bound to kind, id and field; makes the data key at need.

    Raises KeyDestroyedError once the thing's key was destroyed, MasterKeyError without the right
    master key; then nothing is written.
    """
    row = _data_key(kind, owner_id)
    bound_to = ciphers.bound(kind, owner_id, field)
    algorithm = ciphers.ALGORITHMS[row.algorithm]
    return ciphers.encrypt(data_keys.unwrap(row), plaintext.encode(), bound_to, algorithm)


@transaction.atomic
def reveal(
    kind: str,
    owner_id: str,
    field: str,
    ciphertext: bytes,
    *,
    by: Actor,
    at: datetime,
    reason: str,
) -> str:
    """A sealed value in clear, for a reason of at least four characters; the trail tells it.

    The row of the trail is written first: where it cannot be, nothing is shown.
    """
    why = _reason(reason)
    record(
        "vault.revealed",
        by=by,
        at=at,
        subject=_subject(kind, owner_id),
        agency_code=by.agency_code,
        facts={"field": field, "reason": why},
    )
    return data_keys.open_value(kind, owner_id, field, bytes(ciphertext))


@transaction.atomic
def hmac_of(what: str, value: str, agency_code: str) -> str:
    """Keyed digest of a normalised identifier: equal within one agency, unrelated across them.

    `what` separates kinds of identifiers (a phone number is no passport number).
    """
    key = data_keys.unwrap(_data_key(_HMAC_KIND, agency_code or "installation"))
    message = ciphers.bound(what, normal(value))
    return hmac.new(key, message, hashlib.sha256).hexdigest()


@transaction.atomic
def remember_identifier(
    kind: str, owner_id: str, field: str, *, what: str, value: str, agency_code: str
) -> str:
    """Stores the digest by which the same identifier is found again; gone with the data key."""
    if (row := _data_key(kind, owner_id)).destroyed_at is not None:
        raise KeyDestroyedError(f"{row} 的密钥已销毁")
    digest = hmac_of(what, value, agency_code)
    Identifier.objects.update_or_create(
        kind=kind,
        owner_id=owner_id,
        field=field,
        agency_code=agency_code,
        defaults={"digest": digest},
    )
    return digest


def owners_with(what: str, value: str, agency_code: str) -> tuple[tuple[str, str], ...]:
    """(kind, id) of all things of one agency that carry this identifier."""
    digest = hmac_of(what, value, agency_code)
    found = Identifier.objects.filter(agency_code=agency_code, digest=digest)
    return tuple(found.order_by("id").values_list("kind", "owner_id"))


@transaction.atomic
def destroy(kind: str, owner_id: str, *, by: Actor, at: datetime, reason: str) -> None:
    """Destroys a thing's data key and digests: what it sealed is unreadable wherever it lies.

    Backups made before keep the wrapped key until they expire; the register of destructions (this
    row with its time) is what a restore has to apply again.
    """
    why = _reason(reason)
    row = DataKey.objects.select_for_update().filter(kind=kind, owner_id=owner_id).first()
    if row is None:
        raise VaultRefusedError("没有可销毁的密钥")
    if row.destroyed_at is not None:
        raise KeyDestroyedError("该密钥已经销毁")
    row.wrapped, row.destroyed_at = None, at
    row.save(update_fields=["wrapped", "destroyed_at"])
    Identifier.objects.filter(kind=kind, owner_id=owner_id).delete()
    record(
        "vault.destroyed",
        by=by,
        at=at,
        subject=_subject(kind, owner_id),
        agency_code=by.agency_code,
        facts={"reason": why},
    )


def _data_key(kind: str, owner_id: str) -> DataKey:
    """The row of a thing's key, made where there is none; locked against a destroyer."""
    rows = DataKey.objects.select_for_update().filter(kind=kind, owner_id=owner_id)
    if (row := rows.first()) is not None:
        return row
    algorithm = ciphers.in_force()
    master = data_keys.current_master()
    row = DataKey(
        kind=kind,
        owner_id=owner_id,
        algorithm=algorithm.name,
        master_version=master.version,
    )
    row.wrapped = data_keys.wrap(master, secrets.token_bytes(algorithm.key_size), row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Another transaction made it in the meantime; its key is the one.
        return rows.get()
    return row


def _reason(reason: str) -> str:
    plain = " ".join(reason.split())
    if len(plain) < _LEAST_REASON:
        raise VaultRefusedError(f"须写明理由（至少 {_LEAST_REASON} 个字）")
    if len(plain) > 200:
        raise VaultRefusedError("理由至多 200 个字")
    # The reason stands in clear in the trail, for ever.
    if find(plain):
        raise VaultRefusedError("理由中不得写入证件号码、电话等个人信息")
    return plain


def _subject(kind: str, owner_id: str) -> Subject:
    return Subject(kind, owner_id, f"{kind} {owner_id}")
