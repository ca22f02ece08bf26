"""Who may see and do what with people and duties: predicates over (Standing, subject), composed.

The subject is an Affair: which agency, which role, which person it is about. The same predicates
guard the screens (access.requires) and the verbs themselves (services), so that no other way in
is wider than the screens. It reads no database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rules.predicates import Predicate

from gongkai.accounts.roles import BUSINESS_ROLES, AdministratorRole, Role
from gongkai.accounts.standing import Standing


@dataclass(frozen=True, slots=True)
class Affair:
    """What an act on people is about.

    `agency_ids` are the agencies in which the person concerned holds duties, `former_ids` those in
    which he ever held one; `unplaced` says that he never held anything: an account just opened.
    The three administrators serve nowhere, so that no agency's administrator reaches them.
    """

    agency_id: int | None = None
    role: Role | None = None
    person_id: int | None = None
    agency_ids: frozenset[int] = frozenset()
    former_ids: frozenset[int] = frozenset()
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may call: `visible` false is 404 (the thing is not there for this person), `allowed`
    false is 403."""

    name: str
    allowed: Predicate
    visible: Predicate


def rule(test: Callable[[Standing, object], bool]) -> Predicate:
    """Makes a function of (Standing, subject) a predicate that composes with & | ~."""
    return Predicate(test)


def _affair(subject: object) -> Affair:
    if isinstance(subject, Affair):
        return subject
    return Affair(agency_id=subject if isinstance(subject, int) else None)


@rule
def anybody(who: Standing, _subject: object) -> bool:
    """Whoever has signed in."""
    return who.user_id is not None


@rule
def is_system_administrator(who: Standing, _subject: object) -> bool:
    """Keeps agencies, accounts and the running of the machine."""
    return who.administrator is AdministratorRole.SYSTEM


@rule
def is_security_administrator(who: Standing, _subject: object) -> bool:
    """Gives and takes duties, unlocks, resets second factors."""
    return who.administrator is AdministratorRole.SECURITY


@rule
def is_audit_administrator(who: Standing, _subject: object) -> bool:
    """Reads the trail; changes nothing."""
    return who.administrator is AdministratorRole.AUDIT


@rule
def administers_agency(who: Standing, subject: object) -> bool:
    """Agency administrator of the agency concerned, or of any where none is named."""
    return who.holds({Role.AGENCY_ADMINISTRATOR}, _affair(subject).agency_id)


@rule
def audits_agency(who: Standing, subject: object) -> bool:
    """Auditor of the agency concerned, or of any where none is named."""
    return who.holds({Role.AUDITOR}, _affair(subject).agency_id)


@rule
def serves_agency(who: Standing, subject: object) -> bool:
    """Holds some duty in the agency concerned, or in any where none is named."""
    agency_id = _affair(subject).agency_id
    return bool(who.held) if agency_id is None else who.belongs_to(agency_id)


@rule
def is_a_business_role(_who: Standing, subject: object) -> bool:
    """The duty in question is neither that of an agency administrator nor of an auditor."""
    return _affair(subject).role in BUSINESS_ROLES


@rule
def is_somebody_else(who: Standing, subject: object) -> bool:
    """Nobody gives himself a duty, and nobody resets or disables himself."""
    return who.user_id != _affair(subject).person_id


@rule
def is_himself(who: Standing, subject: object) -> bool:
    """One's own account."""
    return who.user_id is not None and who.user_id == _affair(subject).person_id


@rule
def shares_an_agency(who: Standing, subject: object) -> bool:
    """The person serves, or once served, in an agency that the asker administers."""
    affair = _affair(subject)
    return any(
        who.holds({Role.AGENCY_ADMINISTRATOR}, agency)
        for agency in affair.agency_ids | affair.former_ids
    )


@rule
def is_still_unplaced(_who: Standing, subject: object) -> bool:
    """An account just opened, to which someone must give the first duty."""
    return _affair(subject).unplaced


@rule
def serves_only_there(who: Standing, subject: object) -> bool:
    """The person serves nowhere but in agencies that the asker administers."""
    agencies = _affair(subject).agency_ids
    return bool(agencies) and all(
        who.holds({Role.AGENCY_ADMINISTRATOR}, agency) for agency in agencies
    )


is_one_of_three = is_system_administrator | is_security_administrator | is_audit_administrator
sees_the_agency = is_one_of_three | serves_agency
sees_the_person = (
    is_one_of_three | shares_an_agency | is_himself | (administers_agency & is_still_unplaced)
)
keeps_accounts = is_system_administrator | administers_agency

# Own account: password, second factor, own absences.
OWN_ACCOUNT = Policy("accounts.own", anybody, anybody)
# The list of accounts, as far as it concerns the asker.
SEE_PEOPLE = Policy("accounts.see_people", is_one_of_three | administers_agency, anybody)
# One account; of a person of another agency not even that it is there.
SEE_PERSON = Policy("accounts.see_person", sees_the_person, sees_the_person)
CREATE_USER = Policy("accounts.create_user", keeps_accounts, anybody)
GRANT_ROLE = Policy(
    "accounts.grant_role",
    is_somebody_else & (is_security_administrator | (administers_agency & is_a_business_role)),
    sees_the_agency,
)
# The form for it, before agency and role are chosen; that the person is seen is SEE_PERSON's.
OFFER_GRANT = Policy(
    "accounts.offer_grant",
    is_somebody_else & (is_security_administrator | administers_agency),
    anybody,
)
REVOKE_ROLE = Policy(
    "accounts.revoke_role",
    is_security_administrator | (administers_agency & is_a_business_role & is_somebody_else),
    sees_the_agency,
)
SET_COVER = Policy(
    "accounts.set_cover",
    is_security_administrator | administers_agency | is_himself,
    sees_the_agency,
)
CHANGE_PERSON = Policy(
    "accounts.change_person",
    is_somebody_else & (is_system_administrator | is_security_administrator | serves_only_there),
    sees_the_person,
)
# New password or second factor for another: whoever can do this can become that person.
RESET_PERSON = Policy(
    "accounts.reset_person",
    is_somebody_else & (is_security_administrator | serves_only_there),
    sees_the_person,
)
# Whoever ties an identity to an account can become that person, and leaves no password behind.
TIE_IDENTITY = Policy(
    "accounts.tie_identity", is_security_administrator & is_somebody_else, sees_the_person
)
APPOINT = Policy("accounts.appoint", is_security_administrator & is_somebody_else, is_one_of_three)
