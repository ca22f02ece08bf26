"""The file desk of each body: where files are looked through, stripped and blackened before they
leave, whatever they belong to later. It decides nothing about files itself.
"""

from __future__ import annotations

from gongkai.accounts.roles import Role
from gongkai.accounts.standing import Standing
from gongkai.agencies.models import Agency
from gongkai.files.registry import Owner, register_owner

DESK = "desk"
WORKERS = frozenset(
    {Role.DRAFTER, Role.DISCLOSURE_OFFICER, Role.CASE_HANDLER, Role.SECRECY_REVIEWER}
)
SEERS = WORKERS | {Role.SECTION_REVIEWER, Role.FINAL_REVIEWER, Role.LEGAL_REVIEWER, Role.SIGNER}


def desk_of(agency: Agency) -> Owner:
    """The desk of a body as the owner of files."""
    return Owner(DESK, agency.code)


def desks(who: Standing) -> list[Agency]:
    """The bodies whose desk a person sees, by code."""
    codes = {held.agency_code for held in who.held if held.role in SEERS}
    return list(Agency.objects.filter(code__in=codes).order_by("code"))


def sees(who: Standing, code: str) -> bool:
    """Whoever prepares or reviews what leaves the body."""
    return any(held.agency_code == code and held.role in SEERS for held in who.held)


def works_at(who: Standing, code: str) -> bool:
    """Whoever prepares what leaves the body."""
    return any(held.agency_code == code and held.role in WORKERS for held in who.held)


def register_desks() -> None:
    """Makes the desk known as an owner of files; called when the app starts."""
    register_owner(DESK, label="文件检查", sees=sees, changes=works_at, stem=_stem)


def _stem(code: str) -> str:
    agency = Agency.objects.filter(code=code).first()
    return "" if agency is None else agency.short_name or agency.name
