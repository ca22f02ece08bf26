"""A draft of the farming department with something to answer in its text."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from gongkai.disclosure.text_findings import text_findings
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.disclosure.chain import _ROLES, Chain, person
from tests.gongkai.disclosure.documents import LONG_AGO, draft_of

_WRITING = ("record_edit", "record_save", "record_findings", "record_submit")


def addresses(places: Places, at: datetime) -> dict[str, dict[str, object]]:
    """Values of the addresses, by route."""
    people = {
        name: person(f"records-{name}", *rest, places.farming, LONG_AGO)
        for name, rest in _ROLES.items()
    }
    chain = Chain(agency=places.farming, **people)
    day = localdate(at) - timedelta(days=3)
    body = "<p>联系人手机 13900001234。</p>"
    version = draft_of(chain, "document", day, title="在写的", body=body)
    draft = {"pk": version.record.public_id}
    return {
        **{name: dict(draft) for name in _WRITING},
        "finding_answer": {**draft, "finding": text_findings(version)[0].id},
    }
