"""Records at the steps of review, cleared, planned, public and put to an authority."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.services import drafting, publishing, reviewing
from gongkai.disclosure.steps import Step
from gongkai.trail.actors import SYSTEM
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.disclosure.chain import _ROLES, Chain, person
from tests.gongkai.disclosure.documents import LONG_AGO, cleared, draft_of, morning

_REVIEWED = ("review", "review_pass", "review_return", "review_refer", "record_emergency")
_CLEARED = ("record_publish", "record_plan", "record_emergency_clear")


def addresses(places: Places, at: datetime) -> dict[str, dict[str, object]]:
    """Values of the addresses, by route."""
    people = {
        name: person(f"review-{name}", *rest, places.farming, LONG_AGO)
        for name, rest in _ROLES.items()
    }
    chain, day = Chain(agency=places.farming, **people), localdate(at) - timedelta(days=3)
    reviewed, referred = (_submitted(chain, title, day) for title in ("在审的", "拿不准的"))
    reviewing.refer(
        referred, Step.SECTION, to="secrecy", digest=referred.content_hash, reason="是否涉密",
        by=chain.actor("section"), at=morning(day),
    )  # fmt: skip
    passed, planned, public = (
        cleared(chain, draft_of(chain, "document", day, title=title), day)
        for title in ("已通过的", "已定时的", "已公开的")
    )
    publishing.plan(planned, at + timedelta(days=2), by=SYSTEM, at=at)
    publishing.publish(public, by=SYSTEM, at=at)
    return {
        **{name: _of(reviewed) for name in _REVIEWED},
        **{name: _of(passed) for name in _CLEARED},
        "referral_answer": _of(referred),
        "record_plan_cancel": _of(planned),
        "record_withdraw": _of(public),
    }


def _submitted(chain: Chain, title: str, day: date) -> Version:
    version = draft_of(chain, "document", day, title=title)
    revision = Record.objects.get(pk=version.record_id).revision
    by, at = chain.actor("drafter"), morning(day)
    return drafting.submit(version, revision=revision, by=by, at=at)


def _of(version: Version) -> dict[str, object]:
    return {"pk": version.record.public_id}
