"""AES-256-GCM and SM4-GCM over bytes, one envelope for both; it knows no key but the one given."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongkai.vault.errors import DamagedValueError

_FORMAT = 1
_NONCE, _TAG = 12, 16
_HEADER = 2
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A cipher by the name used in settings, its number in the envelope, its key in bytes."""

    name: str
    number: int
    key_size: int


AES, SM4 = Algorithm("aes-256-gcm", 1, 32), Algorithm("sm4-gcm", 2, 16)
ALGORITHMS = {algorithm.name: algorithm for algorithm in (AES, SM4)}
_BY_NUMBER = {algorithm.number: algorithm for algorithm in ALGORITHMS.values()}


def in_force() -> Algorithm:
    """The cipher that GONGKAI_CIPHER names, for data keys made from now on; KeyError otherwise."""
    name: str = getattr(settings, "GONGKAI_CIPHER", AES.name)
    return ALGORITHMS[name]


def encrypt(key: bytes, plaintext: bytes, bound_to: bytes, algorithm: Algorithm) -> bytes:
    """Envelope: format, cipher, nonce, ciphertext, tag; `bound_to` must be the same to read it."""
    header = bytes([_FORMAT, algorithm.number])
    nonce = secrets.token_bytes(_NONCE)
    encryptor = Cipher(_block(key, algorithm), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(header + bound_to)
    body = encryptor.update(plaintext) + encryptor.finalize()
    return header + nonce + body + encryptor.tag


def decrypt(key: bytes, envelope: bytes, bound_to: bytes) -> bytes:
    """The plaintext. Raises DamagedValueError where a bit, the key or `bound_to` is not right."""
    algorithm = algorithm_of(envelope)
    header, nonce = envelope[:_HEADER], envelope[_HEADER : _HEADER + _NONCE]
    body, tag = envelope[_HEADER + _NONCE : -_TAG], envelope[-_TAG:]
    if len(key) != algorithm.key_size:
        raise DamagedValueError("密钥与密文的算法不符")
    decryptor = Cipher(_block(key, algorithm), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(header + bound_to)
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag:
        raise DamagedValueError("密文已被改动，或不属于此处") from None


def algorithm_of(envelope: bytes) -> Algorithm:
    """Which cipher made an envelope. Raises DamagedValueError for what is none."""
    if len(envelope) < _HEADER + _NONCE + _TAG or envelope[0] != _FORMAT:
        raise DamagedValueError("不是本系统的密文")
    try:
        return _BY_NUMBER[envelope[1]]
    except KeyError:
        raise DamagedValueError("密文的算法未知") from None


def derived(master: bytes, purpose: str, algorithm: Algorithm) -> bytes:
    """A key for one purpose from the master key, which itself encrypts nothing."""
    info = SEPARATOR.join(("gongkai", purpose, algorithm.name)).encode()
    return HKDF(SHA256(), algorithm.key_size, salt=None, info=info).derive(master)


def bound(*parts: str) -> bytes:
    """What an envelope is bound to, unmistakably: the parts may not hold the separator."""
    if any(SEPARATOR in part for part in parts):
        raise ValueError("种类、编号和字段不得含有分隔符")
    return SEPARATOR.join(parts).encode()


def _block(key: bytes, algorithm: Algorithm) -> algorithms.AES256 | algorithms.SM4:
    return algorithms.AES256(key) if algorithm is AES else algorithms.SM4(key)
