"""What sign-in tells about itself (allauth, axes), written to the trail; it decides nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.services.entitlement import subject_of
from gongkai.trail.actors import SYSTEM
from gongkai.trail.services import record


@transaction.atomic
def note_sign_in(user: User, *, at: datetime) -> None:
    """A person signed in, with every required factor."""
    record("accounts.signed_in", by=actor_for(user), at=at, subject=subject_of(user))


@transaction.atomic
def note_provider_sign_in(user: User, *, at: datetime, provider: str, factor: str) -> None:
    """A person signed in through the identity provider; `factor` says who asked for the second."""
    record(
        "accounts.signed_in_by_provider",
        by=actor_for(user),
        at=at,
        subject=subject_of(user),
        facts={"provider": provider, "factor": factor},
    )


@transaction.atomic
def note_sign_out(user: User, *, at: datetime) -> None:
    """A person signed out, or was signed out by time."""
    record("accounts.signed_out", by=actor_for(user), at=at, subject=subject_of(user))


@transaction.atomic
def note_lock_out(username: str, *, at: datetime) -> None:
    """Too many failures locked a login name. A name that no account has is not told: people type
    passwords into the wrong field, and anybody could fill the trail."""
    user = User.objects.filter(username=username).first()
    if user is not None:
        record("accounts.locked", by=SYSTEM, at=at, subject=subject_of(user))


@transaction.atomic
def note_second_factor(user: User, kind: str, *, at: datetime, removed: bool) -> None:
    """A person added or removed a second factor of one's own."""
    event = "accounts.second_factor_removed" if removed else "accounts.second_factor_added"
    record(event, by=actor_for(user), at=at, subject=subject_of(user), facts={"kind": kind})
