"""The key by which a finding is known again in a later look, without telling what was found.

A digest of a telephone or ID number alone could be tried out in minutes, so the digest is keyed
(HMAC) with a secret of the caller that is kept apart from the findings: the office uses the data
key of the owner, whose destruction makes the keys meaningless too. A salt beside the digest would
not do: whoever has the row has the salt. Without a secret there is no key (the command line).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

_LENGTH = 32  # hexadecimal digits: 128 bits
_GONE = {ord(letter): None for letter in " \t\r\n\0\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff"}


def fingerprint(secret: bytes, parts: Iterable[str]) -> str:
    """The keyed digest of some texts in order, white space left out; "" without a secret."""
    if not secret:
        return ""
    digest = hmac.new(secret, digestmod=hashlib.sha256)
    for part in parts:
        told = part.translate(_GONE).encode("utf-8", "surrogatepass")
        digest.update(len(told).to_bytes(8, "big") + told)
    return digest.hexdigest()[:_LENGTH]
