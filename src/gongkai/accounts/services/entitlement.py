"""Whether the actor of a verb may do it: the policies of the screens, asked once more here.

The system itself (setup, demonstration data, schedules) has no duties and is not asked.
"""

from __future__ import annotations

from datetime import datetime

from gongkai.accounts.errors import AccountRefusedError, NotEntitledError
from gongkai.accounts.models import User
from gongkai.accounts.policies import Affair, Policy
from gongkai.accounts.queries import affair_of, standing_of
from gongkai.trail.actors import Actor, ActorKind, Subject


def authorise(by: Actor, policy: Policy, affair: Affair, *, at: datetime) -> None:
    """Raises NotEntitledError where a person acts and the policy does not let that person."""
    if by.kind is ActorKind.SYSTEM:
        return
    user = _acting(by)
    standing = None if user is None else standing_of(user, at)
    if standing is None or not policy.visible.test(standing, affair):
        raise NotEntitledError("无权办理：不在本人职责范围内")
    if not policy.allowed.test(standing, affair):
        raise NotEntitledError("无权办理：本人角色不允许此操作，或事关本人")


def authorise_about(by: Actor, policy: Policy, user: User, *, at: datetime) -> None:
    """The same for an act on a person."""
    authorise(by, policy, affair_of(user, at), at=at)


def locked(user: User) -> User:
    """The person's row, locked and fresh: verbs on one person happen one after another."""
    return User.objects.select_for_update().get(pk=user.pk)


def required(text: str, what: str) -> str:
    """A text that must say something; refuses blanks."""
    plain = " ".join(text.split())
    if not plain:
        raise AccountRefusedError(f"{what}不能为空")
    return plain


def subject_of(user: User) -> Subject:
    """A person as the trail names it."""
    return Subject("user", str(user.pk), user.display_name)


def _acting(by: Actor) -> User | None:
    if by.kind is not ActorKind.USER or not by.id.isdecimal():
        return None
    return User.objects.filter(pk=int(by.id), is_active=True).first()
