"""Who may call the screens of the ground floor that no app below guards by itself.

Bodies, trail and jobs; people and the calendar have theirs in gongkai.accounts and .calendars.
"""

from __future__ import annotations

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
