"""Who reads messages: everybody the own ones; who was told what, those who answer for a body."""

from __future__ import annotations

from gongkai.accounts.policies import (
    Policy,
    administers_agency,
    anybody,
    audits_agency,
    is_himself,
)

OWN = Policy("notifications.own", anybody, anybody)
# One message, judged by whom it is for: another's is not there.
OWN_MESSAGE = Policy("notifications.own_message", is_himself, is_himself)
# Sentences name records that are still under review: only for those who answer for that body.
SEE_REGISTER = Policy("notifications.see_register", administers_agency | audits_agency, anybody)
