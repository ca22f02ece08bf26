"""A destroyed key: nothing it sealed can be read, no digest is left, the trail still verifies."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.trail.models import Row
from gongkai.vault.errors import KeyDestroyedError, VaultRefusedError
from gongkai.vault.models import DataKey, Identifier
from gongkai.vault.services import destroy, owners_with, remember_identifier, reveal, seal
from tests.gongkai.vault.values import AT, HANDLER, resident_id

WHY = "保存期限届满"


def sealed() -> bytes:
    remember_identifier(
        "applicant",
        "1",
        "id_number",
        what="resident_id",
        value=resident_id(1),
        agency_code="nongye",
    )
    return seal("applicant", "1", "id_number", resident_id(1))


def test_a_destroyed_key_leaves_nothing_to_read_find_or_seal_with(keys: Path) -> None:
    ciphertext = sealed()
    other = seal("applicant", "2", "id_number", "乙")
    wrapped = bytes(DataKey.objects.get(kind="applicant", owner_id="1").wrapped or b"")
    assert len(wrapped) > 32
    destroy("applicant", "1", by=HANDLER, at=AT, reason=WHY)
    with pytest.raises(KeyDestroyedError):
        reveal("applicant", "1", "id_number", ciphertext, by=HANDLER, at=AT, reason="核对身份")
    with pytest.raises(KeyDestroyedError):
        seal("applicant", "1", "phone", "13800001234")
    with pytest.raises(KeyDestroyedError):
        remember_identifier(
            "applicant", "1", "id_number", what="resident_id", value="x", agency_code="nongye"
        )
    assert owners_with("resident_id", resident_id(1), "nongye") == ()
    assert not Identifier.objects.filter(owner_id="1").exists()
    assert (
        reveal("applicant", "2", "id_number", other, by=HANDLER, at=AT, reason="核对身份") == "乙"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM vault_datakey")
        assert wrapped not in [bytes(row[0]) for row in cursor.fetchall() if row[0] is not None]


def test_destroying_is_told_with_its_reason(keys: Path) -> None:
    sealed()
    destroy("applicant", "1", by=HANDLER, at=AT, reason=WHY)
    row = Row.objects.get(event="vault.destroyed")
    assert row.sentence == "云溪县农业农村局承办人甲销毁“applicant 1”的密钥，理由：保存期限届满"


def test_destroying_twice_or_nothing_or_for_no_reason_is_refused(keys: Path) -> None:
    sealed()
    with pytest.raises(VaultRefusedError, match="没有可销毁"):
        destroy("applicant", "9", by=HANDLER, at=AT, reason=WHY)
    with pytest.raises(VaultRefusedError, match="至少 4 个字"):
        destroy("applicant", "1", by=HANDLER, at=AT, reason="删")
    destroy("applicant", "1", by=HANDLER, at=AT, reason=WHY)
    with pytest.raises(KeyDestroyedError):
        destroy("applicant", "1", by=HANDLER, at=AT, reason=WHY)


def test_a_destroyed_key_is_not_revived_by_hand(keys: Path) -> None:
    sealed()
    row = DataKey.objects.get(kind="applicant")
    wrapped = row.wrapped
    destroy("applicant", "1", by=HANDLER, at=AT, reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.filter(pk=row.pk).update(wrapped=wrapped, destroyed_at=None)
