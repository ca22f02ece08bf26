"""The ways out of the office: what is handed over, and the two ways in which that can fail."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.notifications import configuration
from gongkai.notifications.models import Way


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves: `id` is the same at every attempt, `target` an address in clear."""

    id: str
    target: str = field(repr=False)
    heading: str
    text: str


class NotSentError(Exception):
    """It did not go out; the message is written for people and holds no address."""


class TemporaryError(NotSentError):
    """Another attempt is worth while: nobody answered, too busy, not let in for now."""


class PermanentError(NotSentError):
    """Another attempt would end the same way."""


def ways() -> dict[Way, str]:
    """The ways that this installation has, with the name people know them by."""
    found: dict[Way, str] = {}
    if configuration.mail_server() is not None:
        found[Way.MAIL] = Way.MAIL.label
    if (gateway := configuration.gateway()) is not None:
        found[Way.WEBHOOK] = gateway.form.label
    return found


def one_line(text: str) -> str:
    """Text for a head: whatever breaks a line is a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
