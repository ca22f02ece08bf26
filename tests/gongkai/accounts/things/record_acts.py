"""A draft of the farming department with a question put to another body."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from gongkai.disclosure.services import drafting, reviewing
from gongkai.trail.actors import SYSTEM
from tests.gongkai.accounts.conftest import Places

_ROUTES = (
    *("record", "record_preview", "record_files", "record_attach", "record_settle"),
    *("record_opinion", "record_sign", "record_again", "record_ask", "record_relate"),
)


def addresses(places: Places, at: datetime) -> dict[str, dict[str, object]]:
    """Values of the addresses, by route."""
    words = {"title": "在写的", "formed_on": localdate(at) - timedelta(days=3)}
    version = drafting.draft(places.farming, "normative", words, by=SYSTEM, at=at)
    asked = reviewing.ask_other_body(version, other="财政局", question="经费", by=SYSTEM, at=at)
    pk = {"pk": version.record.public_id}
    return {
        **{name: dict(pk) for name in _ROUTES},
        "record_detach": {**pk, "file": uuid.uuid4()},
        "record_answer": {**pk, "question": asked.pk},
    }
