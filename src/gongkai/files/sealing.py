"""Content and excerpts of files under the data key of their owner; it stores nothing.

The vault seals words one at a time and logs whoever reads them. A file is bytes by the million and
is read by machines far more often than by people, so it takes the same key and the same envelope
here; what a person opens is logged where it is opened (services.opening).
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from gongkai.files.registry import Owner
from gongkai.vault import ciphers, data_keys
from gongkai.vault.errors import DamagedValueError
from gongkai.vault.models import DataKey


@dataclass(frozen=True, slots=True)
class Box:
    """The key of one owner in clear, for one act: what it shuts is bound to owner and field."""

    owner: Owner
    algorithm: ciphers.Algorithm
    key: bytes = field(repr=False)

    def shut(self, name: str, plain: bytes) -> bytes:
        """Ciphertext."""
        return ciphers.encrypt(self.key, plain, self._binding(name), self.algorithm)

    def opened(self, name: str, sealed: bytes) -> bytes:
        """The content. DamagedValueError for what was changed or belongs elsewhere."""
        return ciphers.decrypt(self.key, sealed, self._binding(name))

    def fingerprint_key(self) -> bytes:
        """The key of digests of found words: without it nobody can try numbers against them."""
        return hmac.new(self.key, b"gongkai.files.findings", hashlib.sha256).digest()

    def _binding(self, name: str) -> bytes:
        return ciphers.bound(self.owner.kind, self.owner.id, name)


def box_of(owner: Owner) -> Box:
    """The owner's key, which vault.seal made with the first name. KeyDestroyedError,
    MasterKeyError; DamagedValueError where there never was one."""
    row = DataKey.objects.filter(kind=owner.kind, owner_id=owner.id).first()
    if row is None:
        raise DamagedValueError("没有该信息的密钥，密文不属于此处")
    return Box(owner, ciphers.ALGORITHMS[row.algorithm], data_keys.unwrap(row))
