"""A person has seen a message; it is kept."""

from __future__ import annotations

from datetime import datetime

from gongkai.accounts.models import User
from gongkai.notifications.models import Message


def mark_read(message: Message, *, at: datetime) -> None:
    """The first time counts. No row of the trail: it is the person's own bookmark."""
    Message.objects.unread().filter(pk=message.pk).update(read_at=at)


def mark_all_read(person: User, *, at: datetime) -> int:
    """What was told up to this moment; how many. What arrives meanwhile stays unread."""
    return Message.objects.to(person).unread().filter(at__lte=at).update(read_at=at)
