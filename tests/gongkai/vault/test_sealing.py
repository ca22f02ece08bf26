"""Sealed values: unreadable without the key, bound to their place, shown only for a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pytest_django import Settings

from gongkai.trail.models import Row
from gongkai.vault import ciphers
from gongkai.vault.errors import DamagedValueError, VaultRefusedError
from gongkai.vault.models import DataKey
from gongkai.vault.services import (
    hmac_of,
    mask,
    owners_with,
    remember_identifier,
    reveal,
    seal,
)
from statute.identity import Kind
from tests.gongkai.vault.values import AT, HANDLER, resident_id

REASON = "核对申请人身份"
CIPHERS = sorted(ciphers.ALGORITHMS)


def shown(
    ciphertext: bytes, owner: str = "1", field: str = "id_number", kind: str = "applicant"
) -> str:
    return reveal(kind, owner, field, ciphertext, by=HANDLER, at=AT, reason=REASON)


@pytest.mark.parametrize("cipher", CIPHERS)
def test_what_is_sealed_comes_back_for_a_reason(
    keys: Path, settings: Settings, cipher: str
) -> None:
    settings.GONGKAI_CIPHER = cipher
    value = resident_id(1)
    ciphertext = seal("applicant", "1", "id_number", value)
    assert value.encode() not in ciphertext
    assert shown(ciphertext) == value
    assert DataKey.objects.get(kind="applicant").algorithm == cipher


@pytest.mark.parametrize("cipher", CIPHERS)
def test_equal_values_do_not_look_alike(keys: Path, settings: Settings, cipher: str) -> None:
    settings.GONGKAI_CIPHER = cipher
    assert len({seal("applicant", "1", "phone", "13800001234") for _ in range(50)}) == 50


def test_a_change_of_cipher_leaves_older_values_readable(keys: Path, settings: Settings) -> None:
    settings.GONGKAI_CIPHER = "aes-256-gcm"
    old = seal("applicant", "1", "id_number", "甲")
    settings.GONGKAI_CIPHER = "sm4-gcm"
    new = seal("applicant", "2", "id_number", "乙")
    assert (shown(old), shown(new, "2")) == ("甲", "乙")
    # A thing keeps the cipher that its key was made for.
    assert ciphers.algorithm_of(seal("applicant", "1", "phone", "丙")).name == "aes-256-gcm"
    assert ciphers.algorithm_of(new).name == "sm4-gcm"


@pytest.mark.parametrize(
    ("kind", "owner", "field"),
    [
        pytest.param("applicant", "2", "id_number", id="another person"),
        pytest.param("applicant", "1", "phone", id="another field"),
        pytest.param("party", "1", "id_number", id="another kind"),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(
    keys: Path, kind: str, owner: str, field: str
) -> None:
    ciphertext = seal("applicant", "1", "id_number", "甲")
    seal(kind, owner, field, "其他")
    with pytest.raises(DamagedValueError):
        shown(ciphertext, owner, field, kind)


@pytest.mark.parametrize("cipher", CIPHERS)
def test_every_changed_bit_is_noticed(keys: Path, settings: Settings, cipher: str) -> None:
    settings.GONGKAI_CIPHER = cipher
    ciphertext = seal("applicant", "1", "id_number", "甲")
    for place in range(len(ciphertext) * 8):
        changed = bytearray(ciphertext)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(DamagedValueError):
            shown(bytes(changed))


@pytest.mark.parametrize(
    "what",
    [b"", b"\x01", b"plain text of some length, not sealed"],
    ids=["nothing", "a byte", "text"],
)
def test_what_is_no_sealed_value_is_told_apart(keys: Path, what: bytes) -> None:
    seal("applicant", "1", "id_number", "甲")
    with pytest.raises(DamagedValueError):
        shown(what)


@given(plaintext=st.binary(max_size=300), bound_to=st.binary(max_size=40))
@hypothesis(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_envelope_holds_what_another_implementation_reads(
    plaintext: bytes, bound_to: bytes
) -> None:
    key = bytes(range(32))
    envelope = ciphers.encrypt(key, plaintext, bound_to, ciphers.AES)
    assert ciphers.decrypt(key, envelope, bound_to) == plaintext
    assert AESGCM(key).decrypt(envelope[2:14], envelope[14:], envelope[:2] + bound_to) == plaintext


def test_a_clear_view_is_told_with_its_reason_and_without_the_value(keys: Path) -> None:
    ciphertext = seal("applicant", "1", "id_number", resident_id(3))
    shown(ciphertext)
    row = Row.objects.get(event="vault.revealed")
    assert (
        row.sentence == f"云溪县农业农村局承办人甲查看“applicant 1”的id_number原文，理由：{REASON}"
    )
    assert row.agency_code == "nongye"
    assert resident_id(3) not in str(row.content())


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        pytest.param("", "至少 4 个字", id="none"),
        pytest.param(" 看 看 看 ", "", id="blanks inside count as written"),
        pytest.param("看一看", "至少 4 个字", id="three characters"),
        pytest.param("核" * 201, "至多 200 个字", id="an essay"),
        pytest.param("当事人电话13800001234来电", "不得写入", id="a phone number in it"),
    ],
)
def test_without_a_proper_reason_nothing_is_shown(keys: Path, reason: str, said: str) -> None:
    ciphertext = seal("applicant", "1", "id_number", "甲")
    if not said:
        assert reveal("applicant", "1", "id_number", ciphertext, by=HANDLER, at=AT, reason=reason)
        return
    with pytest.raises(VaultRefusedError, match=said):
        reveal("applicant", "1", "id_number", ciphertext, by=HANDLER, at=AT, reason=reason)
    assert not Row.objects.filter(event="vault.revealed").exists()


def test_the_same_identifier_is_found_however_it_was_typed_and_only_at_home(keys: Path) -> None:
    for owner, typed in (
        ("1", "33990019900101002X"),
        ("2", "339900 19900101 002x"),
        ("3", "3399001990010100２X"),
    ):
        remember_identifier(
            "applicant", owner, "id_number", what="resident_id", value=typed, agency_code="nongye"
        )
    found = owners_with("resident_id", "339900-19900101-002X", "nongye")
    assert found == (("applicant", "1"), ("applicant", "2"), ("applicant", "3"))
    assert owners_with("resident_id", "33990019900101002X", "zhujian") == ()
    assert owners_with("passport", "33990019900101002X", "nongye") == ()


def test_digests_of_two_agencies_have_nothing_in_common(keys: Path) -> None:
    here, there = (hmac_of("resident_id", resident_id(5), code) for code in ("nongye", "zhujian"))
    assert here != there
    assert here == hmac_of("resident_id", resident_id(5), "nongye")


@pytest.mark.parametrize(
    ("what", "value", "masked"),
    [
        pytest.param("name", "欧阳小明", "欧阳某", id="a name"),
        pytest.param("address", "云溪县白鹭镇桥下村8号", "云溪县白鹭镇", id="an address"),
        pytest.param(Kind.MOBILE, "13800001234", "138****1234", id="a mobile number"),
        pytest.param(
            Kind.RESIDENT_ID, "33990019900101002X", "33*************02X", id="an ID number"
        ),
        pytest.param("diagnosis", "高血压", "***", id="what has no style is hidden"),
    ],
)
def test_masks_show_what_the_law_lets_lists_show(what: str, value: str, masked: str) -> None:
    assert mask(what, value, on=date(2026, 3, 2)) == masked


def test_separators_cannot_be_smuggled_into_a_binding() -> None:
    with pytest.raises(ValueError, match="分隔符"):
        ciphers.bound("applicant", "1\x1fid")
