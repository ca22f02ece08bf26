"""Keeps the secrets of second factors (TOTP keys, seeds of recovery codes) as ciphertext.

They belong to no reveal: only the check of a code reads them.
"""

from __future__ import annotations

import base64

from gongkai.accounts.adapters import SecondFactorAdapter
from gongkai.vault import data_keys, services

# One key for all: allauth does not say whose secret it is. A reset deletes the row itself.
_KIND, _ID, _FIELD = "vault.second_factor", "installation", "secret"


class SealedSecondFactorAdapter(SecondFactorAdapter):
    """allauth's hooks for secrets at rest."""

    def encrypt(self, text: str) -> str:
        """Ciphertext in base64."""
        return base64.b64encode(services.seal(_KIND, _ID, _FIELD, text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return data_keys.open_value(_KIND, _ID, _FIELD, base64.b64decode(encrypted_text))
