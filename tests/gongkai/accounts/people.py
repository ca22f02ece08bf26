"""People for tests: made by the verbs, with a password of their own and a second factor."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.models import RoleGrant, User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.agencies.models import Agency
from gongkai.trail.actors import SYSTEM

PASSWORD = "Yunxi-2026-Qiao!"
LONG_AGO = date(2020, 1, 1)


def opened(username: str, name: str = "") -> User:
    """An account with a password of the person's own, and a second factor."""
    at = timezone.now()
    user = services.create_user(
        by=SYSTEM, at=at, username=username, display_name=name or username
    ).user
    services.change_password(user, PASSWORD, by=actor_for(user), at=at)
    give_second_factor(user)
    return User.objects.get(pk=user.pk)


def give_second_factor(user: User) -> None:
    """A row that counts as a second factor; its secret opens nothing."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": "only-a-row"}
    )


def placed(user: User, agency: Agency, *roles: Role, at: datetime | None = None) -> list[RoleGrant]:
    """Gives duties since long ago."""
    return [
        services.grant_role(
            user,
            by=SYSTEM,
            at=at or timezone.now(),
            agency=agency,
            role=role,
            valid_from=LONG_AGO,
        )
        for role in roles
    ]


def clerk(username: str, agency: Agency, *roles: Role) -> User:
    """A person who holds duties in an agency."""
    user = opened(username)
    placed(user, agency, *roles)
    return user


def administrator(username: str, role: AdministratorRole) -> User:
    """One of the three administrators."""
    user = opened(username)
    services.appoint_administrator(user, by=SYSTEM, at=timezone.now(), role=role)
    return user


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in with both factors."""
    client = Client()
    client.force_login(user, backend="gongkai.accounts.adapters.StaffBackend")
    return client
