"""Who may see, enter, confirm and withdraw holiday notices: predicates over (Standing, subject).

The subject is a NoticeAffair. It reads no database.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.accounts.policies import Policy, anybody, is_system_administrator, rule
from gongkai.accounts.roles import Role
from gongkai.accounts.standing import Standing

KEEPERS = frozenset({Role.DISCLOSURE_OFFICER, Role.AGENCY_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class NoticeAffair:
    """What an act on a notice is about: the supervising office, and who entered the notice."""

    office_id: int | None
    entered_by: str = ""


@rule
def keeps_the_calendar(who: Standing, subject: object) -> bool:
    """Disclosure officer or administrator of the supervising office (`regulations#3`)."""
    office = subject.office_id if isinstance(subject, NoticeAffair) else None
    return office is not None and who.holds(KEEPERS, office)


@rule
def did_not_enter_it(who: Standing, subject: object) -> bool:
    """A second person reads what the first one entered."""
    entered_by = subject.entered_by if isinstance(subject, NoticeAffair) else ""
    return who.user_id is not None and str(who.user_id) != entered_by


# The system administrator may enter and confirm too: before the supervising office has staff
# nobody else is there.
_may_keep = is_system_administrator | keeps_the_calendar

SEE = Policy("calendars.see", allowed=anybody, visible=anybody)
ENTER = Policy("calendars.enter", allowed=_may_keep, visible=anybody)
CONFIRM = Policy("calendars.confirm", allowed=_may_keep & did_not_enter_it, visible=anybody)
WITHDRAW = Policy("calendars.withdraw", allowed=_may_keep, visible=anybody)
