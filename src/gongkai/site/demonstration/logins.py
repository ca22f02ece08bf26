"""Who can sign in to the county, with the password that is printed at each start.

The password is made from the key of the installation: the same at each start, another one in
each installation, and stored nowhere but as a hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.accounts.services import change_password
from gongkai.agencies.models import Agency
from gongkai.site.demonstration.content import read

_CHANGED = "（已改）"


@dataclass(frozen=True, slots=True)
class Login:
    """A line of the table: duty, name, login, password, body, and what to try first."""

    duty: str
    name: str
    username: str
    password: str
    body: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """A login before its person is looked up."""

    username: str
    duty: str
    body: str
    hint: str


def password() -> str:
    """That of everybody in the list, in this installation."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"gongkai demo", hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode().lower().translate(str.maketrans("lo", "xy"))
    return f"Yunxi-{letters[:4]}-{letters[4:8]}"


def give_passwords(*, at: datetime) -> None:
    """Everybody in the list gets it, as chosen by himself: no change is asked for."""
    chosen = password()
    for one in _shown():
        user = User.objects.get(username=one.username)
        change_password(user, chosen, by=actor_for(user), at=at)


def logins() -> list[Login]:
    """The table, in the order in which a record goes; who took another password is marked."""
    # One former password: the one-time password with which the account was opened.
    people = User.objects.annotate(former=Count("password_records")).in_bulk(field_name="username")
    chosen = password()
    return [
        Login(
            duty=one.duty,
            name=people[one.username].display_name,
            username=one.username,
            password=chosen if people[one.username].former == 1 else _CHANGED,
            body=one.body,
            hint=one.hint,
        )
        for one in _shown()
    ]


def _shown() -> Iterator[_Shown]:
    words = read("county")
    bodies = dict(Agency.objects.values_list("code", "name"))
    office = bodies["gov-office"]
    for one in words["logins"]:
        yield _Shown(one["username"], Role(one["role"]).label, office, one["try"])
    for post in words["staff"]:
        yield _of_a_department(words["shown"], bodies, post)
    for one in words["administrators"]:
        label = AdministratorRole(one["role"]).label
        yield _Shown(one["username"], label, "全系统", one["try"])


def _of_a_department(code: str, bodies: dict[str, str], post: dict[str, Any]) -> _Shown:
    label = "、".join(Role(role).label for role in post["roles"])
    return _Shown(f"{code}-{post['post']}", label, bodies[code], post["what"])
