"""Who may call the screens of the ground floor that no app below guards by itself.

Bodies, trail and jobs; people and the calendar have theirs in gongkai.accounts and .calendars.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.accounts.policies import (
    Policy,
    administers_agency,
    anybody,
    audits_agency,
    is_audit_administrator,
    is_one_of_three,
    is_system_administrator,
    rule,
    serves_agency,
)
from gongkai.accounts.standing import Standing
from gongkai.disclosure.policies import (
    decides_finally,
    drafts_there,
    keeps_disclosure,
    sees,
    works_on_records,
)
from gongkai.office.desks import SEERS


@rule
def serves_supervising_office(who: Standing, _subject: object) -> bool:
    """Holds a duty in the county government's office, which sees beyond its own body."""
    return who.supervising


sees_bodies = is_one_of_three | serves_supervising_office | serves_agency

WORK_LIST = Policy("office.work_list", anybody, anybody)
# The directory of bodies is public (law.md 3); its inner pages are for those concerned.
SEE_AGENCIES = Policy("office.see_agencies", anybody, anybody)
SEE_AGENCY = Policy("office.see_agency", sees_bodies, sees_bodies)
FOUND_AGENCY = Policy("office.found_agency", is_system_administrator, anybody)
CHANGE_AGENCY = Policy("office.change_agency", is_system_administrator, sees_bodies)
KEEP_CONTACT = Policy(
    "office.keep_contact", is_system_administrator | administers_agency, sees_bodies
)
SEE_TRAIL = Policy("office.see_trail", is_audit_administrator | audits_agency, anybody)
VERIFY_TRAIL = Policy("office.verify_trail", is_audit_administrator, anybody)
SEE_JOBS = Policy("office.see_jobs", is_system_administrator | is_audit_administrator, anybody)
RETRY_JOB = Policy("office.retry_job", is_system_administrator, SEE_JOBS.allowed)


@rule
def works_for_a_body(who: Standing, _subject: object) -> bool:
    """Prepares or reviews what leaves some body."""
    return bool({held.role for held in who.held} & SEERS)


# The desks themselves; whose files one sees is the owner's word (gongkai.office.desks).
FILE_DESKS = Policy("office.file_desks", works_for_a_body, anybody)

# --- registers of records -------------------------------------------------------------------------
# The list itself is no secret; which records stand in it is judged record by record.
SEE_REGISTER = Policy("office.see_register", sees, anybody)
# Whether a verb may be called on a record of the many is judged by the verb.
ACT_ON_MANY = Policy(
    "office.act_on_many", drafts_there | keeps_disclosure | decides_finally, anybody
)


@dataclass(frozen=True, slots=True)
class ViewAffair:
    """What an act on a saved list is about: whose it is, and the body that shares it, if one."""

    owner_id: int
    agency_id: int | None


@rule
def owns_the_view(who: Standing, subject: object) -> bool:
    """Saved it."""
    return isinstance(subject, ViewAffair) and who.user_id == subject.owner_id


@rule
def shares_the_view(who: Standing, subject: object) -> bool:
    """Works on records in the body it was shared with."""
    shared = subject.agency_id if isinstance(subject, ViewAffair) else None
    return shared is not None and bool(works_on_records.test(who, shared))


@rule
def keeps_the_shared_views(who: Standing, subject: object) -> bool:
    """Keeps disclosure in the body it was shared with: its owner may long be elsewhere."""
    shared = subject.agency_id if isinstance(subject, ViewAffair) else None
    return shared is not None and bool(keeps_disclosure.test(who, shared))


KEEP_VIEW = Policy(
    "office.keep_view", owns_the_view | keeps_the_shared_views, owns_the_view | shares_the_view
)
CHOOSE_VIEW = Policy("office.choose_view", owns_the_view, owns_the_view | shares_the_view)
