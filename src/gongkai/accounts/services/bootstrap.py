"""The first two administrators of a new installation; afterwards people are made by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.accounts.errors import AccountRefusedError
from gongkai.accounts.models import AdministratorGrant
from gongkai.accounts.roles import AdministratorRole
from gongkai.accounts.services.duties import appoint_administrator
from gongkai.accounts.services.people import create_user
from gongkai.trail.actors import SYSTEM

# No default password, and the names tell what the accounts are: they are to be renamed or
# replaced by the accounts of persons (GB/T 22239 去默认账户).
FIRST = (
    ("sysadmin", "系统管理员（首任）", AdministratorRole.SYSTEM),
    ("secadmin", "安全管理员（首任）", AdministratorRole.SECURITY),
)


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """What setup prints once: login name, role, one-time password."""

    username: str
    role: AdministratorRole
    one_time_password: str


@transaction.atomic
def bootstrap(*, at: datetime) -> tuple[FirstAccount, ...]:
    """Makes the first system and the first security administrator, each with a one-time password.

    Raises AccountRefusedError where there ever was an administrator. The audit administrator is
    appointed by the security administrator.
    """
    if AdministratorGrant.objects.exists():
        raise AccountRefusedError("本系统已有管理员，不再初始化")
    made = []
    for username, name, role in FIRST:
        account = create_user(by=SYSTEM, at=at, username=username, display_name=name)
        appoint_administrator(account.user, by=SYSTEM, at=at, role=role)
        made.append(FirstAccount(username, role, account.one_time_password))
    return tuple(made)
