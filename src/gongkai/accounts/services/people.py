"""Opening, naming, disabling accounts and ending their sessions; nothing is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from gongkai.accounts.errors import AccountRefusedError
from gongkai.accounts.models import AdministratorGrant, User
from gongkai.accounts.one_time import one_time_password
from gongkai.accounts.policies import CHANGE_PERSON, CREATE_USER, Affair
from gongkai.accounts.roles import AdministratorRole
from gongkai.accounts.services.entitlement import (
    authorise,
    authorise_about,
    locked,
    required,
    subject_of,
)
from gongkai.trail.actors import Actor
from gongkai.trail.services import record


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account just opened and its one-time password, shown once and stored nowhere in clear."""

    user: User
    one_time_password: str


@transaction.atomic
def create_user(*, by: Actor, at: datetime, username: str, display_name: str) -> NewAccount:
    """Opens an account with a one-time password that must be changed at the first sign-in.

    Raises AccountRefusedError for a login name that is malformed or taken.
    """
    authorise(by, CREATE_USER, Affair(), at=at)
    user = User(
        username=username.strip().lower(),
        display_name=required(display_name, "姓名"),
        created_at=at,
        must_change_password=True,
    )
    password = one_time_password()
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as error:
        raise AccountRefusedError("；".join(error.messages)) from error
    user.save(force_insert=True)
    record(
        "accounts.user_created",
        by=by,
        at=at,
        subject=subject_of(user),
        facts={"username": user.username},
    )
    return NewAccount(user, password)


@transaction.atomic
def rename_user(user: User, *, by: Actor, at: datetime, display_name: str) -> User:
    """Corrects a person's name; rows of the trail keep the name of their time."""
    user = locked(user)
    authorise_about(by, CHANGE_PERSON, user, at=at)
    before, user.display_name = user.display_name, required(display_name, "姓名")
    user.save(update_fields=["display_name"])
    record(
        "accounts.user_renamed", by=by, at=at, subject=subject_of(user), facts={"before": before}
    )
    return user


@transaction.atomic
def disable_user(user: User, *, by: Actor, at: datetime, reason: str) -> User:
    """Closes an account: sign-in refused, every session dead at its next request.

    Refuses to disable the last system or security administrator, since nobody could undo it.
    """
    user = locked(user)
    authorise_about(by, CHANGE_PERSON, user, at=at)
    why = required(reason, "停用理由")
    if not user.is_active:
        raise AccountRefusedError(f"{user.display_name}的账户已经停用")
    refuse_the_last_administrator(user)
    user.is_active, user.disabled_at = False, at
    user.session_generation = F("session_generation") + 1
    user.save(update_fields=["is_active", "disabled_at", "session_generation"])
    user.refresh_from_db()
    record("accounts.user_disabled", by=by, at=at, subject=subject_of(user), facts={"reason": why})
    return user


@transaction.atomic
def enable_user(user: User, *, by: Actor, at: datetime, reason: str) -> User:
    """Opens a disabled account again; its duties count again as far as they are still valid."""
    user = locked(user)
    authorise_about(by, CHANGE_PERSON, user, at=at)
    why = required(reason, "启用理由")
    if user.is_active:
        raise AccountRefusedError(f"{user.display_name}的账户本来就是启用的")
    user.is_active, user.disabled_at = True, None
    user.save(update_fields=["is_active", "disabled_at"])
    record("accounts.user_enabled", by=by, at=at, subject=subject_of(user), facts={"reason": why})
    return user


@transaction.atomic
def end_sessions(user: User, *, by: Actor, at: datetime) -> User:
    """Signs a person out everywhere, at the next request of each session."""
    user = locked(user)
    authorise_about(by, CHANGE_PERSON, user, at=at)
    user.session_generation += 1
    user.save(update_fields=["session_generation"])
    record("accounts.sessions_ended", by=by, at=at, subject=subject_of(user))
    return user


def refuse_the_last_administrator(user: User) -> None:
    """Raises where nobody else would be system or security administrator."""
    needed = (AdministratorRole.SYSTEM, AdministratorRole.SECURITY)
    # Locked, so that two administrators cannot leave at the same moment.
    standing = list(
        AdministratorGrant.objects.select_for_update(of=("self",))
        .standing()
        .filter(role__in=needed)
    )
    for own in [grant for grant in standing if grant.user_id == user.pk]:
        if not any(g.role == own.role and g.user_id != user.pk for g in standing):
            raise AccountRefusedError(f"{user.display_name}是唯一的{own.get_role_display()}")
