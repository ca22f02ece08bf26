"""Unwrapping the data key of a thing; it reads rows and key files and changes neither."""

from __future__ import annotations

from gongkai.vault import ciphers, keyring
from gongkai.vault.errors import DamagedValueError, KeyDestroyedError, MasterKeyError
from gongkai.vault.models import DataKey, MasterKeyVersion


def current_master() -> keyring.MasterKey:
    """The newest master key, proved to be the one that the database knows.

    Raises MasterKeyError where there is none yet, where its file is missing, or is another key:
    nothing may be wrapped with a key that nobody will find again.
    """
    row = MasterKeyVersion.objects.filter(retired_at__isnull=True).order_by("-version").first()
    if row is None:
        raise MasterKeyError("尚无主密钥，请先运行 gongkai setup")
    return proved(row)


def proved(row: MasterKeyVersion) -> keyring.MasterKey:
    """The key of a version, read from its file and compared with the fingerprint kept of it."""
    master = keyring.load(row.version)
    if master.fingerprint != row.fingerprint:
        raise MasterKeyError(f"主密钥第 {row.version} 版与数据库所用的不是同一把")
    return master


def wrap(master: keyring.MasterKey, key: bytes, row: DataKey) -> bytes:
    """The data key as it is stored."""
    algorithm = ciphers.ALGORITHMS[row.algorithm]
    wrapping = ciphers.derived(master.secret, "wrap", algorithm)
    return ciphers.encrypt(wrapping, key, _binding(row, master.version), algorithm)


def unwrap(row: DataKey) -> bytes:
    """The data key in clear, for one act. Raises KeyDestroyedError, MasterKeyError."""
    if row.wrapped is None:
        raise KeyDestroyedError("该信息的密钥已销毁，任何人都无法再读")
    known = MasterKeyVersion.objects.filter(version=row.master_version).first()
    if known is None:
        raise MasterKeyError(f"数据库中没有主密钥第 {row.master_version} 版的记录")
    master = proved(known)
    algorithm = ciphers.ALGORITHMS[row.algorithm]
    wrapping = ciphers.derived(master.secret, "wrap", algorithm)
    return ciphers.decrypt(wrapping, bytes(row.wrapped), _binding(row, master.version))


def open_value(kind: str, owner_id: str, field: str, ciphertext: bytes) -> str:
    """A sealed value in clear, unlogged: for the vault's own use. People go through
    services.reveal, which asks for a reason."""
    row = DataKey.objects.filter(kind=kind, owner_id=owner_id).first()
    if row is None:
        raise DamagedValueError("没有该信息的密钥，密文不属于此处")
    return ciphers.decrypt(unwrap(row), ciphertext, ciphers.bound(kind, owner_id, field)).decode()


def _binding(row: DataKey, version: int) -> bytes:
    return ciphers.bound("data key", row.kind, row.owner_id, str(version))
