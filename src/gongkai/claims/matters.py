"""What is taken: a matter at one occasion, as values. It knows no records and no cases."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter (kind, id, title without personal data, body) and the occasion: which step of it,
    such as "2.secrecy" for the secrecy review of the second draft."""

    kind: str
    id: str
    label: str
    agency_code: str
    occasion: str
    occasion_label: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What a claim is found by."""
        return self.kind, self.id, self.occasion
