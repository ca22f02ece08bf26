"""Why a verb on a record was refused, in Chinese, with the field it is about."""

from __future__ import annotations

from collections.abc import Iterable


class DisclosureError(Exception):
    """A refusal; `field` names the form field concerned, if one is."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class StaleError(DisclosureError):
    """Somebody changed the record since it was read; what was typed is not lost."""


class NotReleasedError(DisclosureError):
    """The gate kept a file in the house: nothing was published. `reasons` are the gate's."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(f"没有公开，附件不能发出：{'；'.join(self.reasons)}")


class NotEntitledError(DisclosureError):
    """The person may not do this with this record."""
