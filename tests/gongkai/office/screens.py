"""Which screens each person opens in the browser tests and the screenshots; addresses only."""

from __future__ import annotations

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.accounts.queries import identities_of
from tests.gongkai.office.staff import Staff


def addresses(staff: Staff) -> dict[User, list[str]]:
    """Each person with every screen open to him, and one that is refused."""
    code, clerk = staff.bureau.code, staff.clerk.pk
    acts = ("profile", "rename", "move", "merge", "split", "close")
    return {
        staff.system: [
            _at("work_list"),
            _at("agencies"),
            f"{_at('agencies')}?q=没有这个",
            _at("agency", staff.office.code),
            _at("agency_create"),
            _at("agency_contact", code),
            *(_at(f"agency_{act}", code) for act in acts),
            _at("people"),
            _at("person_create"),
            _at("person", clerk),
            _at("person_switch", clerk),
            _at("jobs"),
            _at("trail"),
        ],
        staff.security: [
            _at("duty_grant", clerk),
            _at("cover_set", clerk),
            _at("password_reset", clerk),
            _at("factor_reset", clerk),
            _at("appoint", staff.idle.pk),
            _at("person", staff.system.pk),
            _at("person", clerk),
            _at("identity_tie", staff.idle.pk),
            *(_at("identity_untie", one.pk) for one in identities_of(staff.clerk)),
        ],
        staff.audit: [_at("trail"), f"{_at('trail')}?person=没有", _at("trail_heads")],
        staff.officer: [
            _at("work_list"),
            _at("calendar"),
            f"{_at('calendar')}?year=2028",
            _at("notice_enter"),
            _at("records"),
            f"{_at('records')}?late=on&formed_from=2026-01-01&q=没有这个",
            f"{_at('records')}?figure=disclosure.public&as_of=2026-03-31",
            f"{_at('records')}?figure=disclosure.nothing",
            f"{_at('view_save')}?query=stage%3Ddraft",
            "/office/nowhere/",
        ],
        staff.idle: [_at("work_list"), _at("own")],
    }


def _at(name: str, *args: object) -> str:
    return reverse(f"office:{name}", args=args)
