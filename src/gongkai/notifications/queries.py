"""What is asked about messages: one's own, how many unread, what one chose, who was told what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from gongkai.accounts.models import User
from gongkai.accounts.roles import CONTROL_ROLES
from gongkai.accounts.standing import Standing
from gongkai.notifications.models import Address, Message, MessageQuerySet, Preference, What
from gongkai.notifications.quiet import Quiet


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose, or the choice of whoever never did."""

    off: frozenset[str] = frozenset()
    quiet: Quiet = field(default_factory=Quiet)

    def wants(self, way: str, kind: str) -> bool:
        """Whether this kind is wanted on this way."""
        return f"{way}:{kind}" not in self.off


def choices_of(people: Iterable[User]) -> dict[int, Choices]:
    """What each person chose, by number; one query."""
    found = {one.pk: Choices() for one in people}
    for row in Preference.objects.filter(person__in=found):
        quiet = Quiet(row.quiet_from, row.quiet_until, row.working_days)
        found[row.person_id] = Choices(frozenset(row.off), quiet)
    return found


def own(person: User) -> MessageQuerySet:
    """A person's messages, the newest first, with what became of them outside."""
    return Message.objects.to(person).prefetch_related("deliveries")


def unread_count(user_id: int | None) -> int:
    """How many messages wait to be seen; one query, of an index."""
    return Message.objects.unread().filter(person_id=user_id).count()


def addresses_of(person: User) -> dict[What, Address]:
    """The addresses a person has, masked."""
    return {What(one.what): one for one in Address.objects.filter(person=person)}


def register_for(who: Standing) -> QuerySet[Message]:
    """Who was told what about matters of the bodies that the asker administers or audits."""
    codes = {held.agency_code for held in who.held if held.role in CONTROL_ROLES}
    found = Message.objects.of_agencies(codes)
    return found.select_related("person").prefetch_related("deliveries")
