"""Who gives tokens to other systems, and for whom a system may send: predicates over Standing."""

from __future__ import annotations

from gongkai.accounts.policies import (
    Policy,
    administers_agency,
    anybody,
    is_system_administrator,
    rule,
    sees_the_agency,
)
from gongkai.accounts.roles import Role
from gongkai.accounts.standing import Standing


@rule
def drafts_in_his_own_right(who: Standing, subject: object) -> bool:
    """Drafter of the body, himself: a system does not stand in for somebody who stands in."""
    return any(
        held.agency_id == subject and held.role is Role.DRAFTER and held.covering is None
        for held in who.held
    )


# Giving a token away lets a system draft in a drafter's name: whoever opens accounts may.
KEEP_TOKENS = Policy(
    "api.keep_tokens", administers_agency | is_system_administrator, sees_the_agency
)
# Asked at each request, of the person whose token it is.
SEND = Policy("api.send", drafts_in_his_own_right, anybody)
