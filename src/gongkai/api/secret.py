"""The secret of a token: made, taken apart, compared. It is shown once and stored nowhere."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

_MARK = "gongkai"
_PREFIX_BYTES = 5
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Secret:
    """A token as it is shown: gongkai_<prefix>_<43 random characters>. The prefix finds its row."""

    prefix: str
    rest: str

    @property
    def shown(self) -> str:
        """What the other system is given."""
        return f"{_MARK}_{self.prefix}_{self.rest}"

    @property
    def digest(self) -> str:
        """What is stored."""
        return hashlib.sha256(self.shown.encode()).hexdigest()

    def is_of(self, digest: str) -> bool:
        """Whether a stored digest is that of this secret, in a time that tells nothing."""
        return hmac.compare_digest(self.digest, digest)

    def __repr__(self) -> str:
        return f"Secret({self.prefix})"


def new_secret() -> Secret:
    """A token that nobody has."""
    return Secret(secrets.token_hex(_PREFIX_BYTES), secrets.token_urlsafe(_SECRET_BYTES))


def read_secret(text: str) -> Secret | None:
    """A token as a system sent it; None where it is none."""
    mark, _, tail = text.partition("_")
    prefix, _, rest = tail.partition("_")
    if mark != _MARK or not prefix or not rest or not text.isascii():
        return None
    return Secret(prefix, rest)
