"""A record under review in the farming department, whose first step waits to be taken."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from gongkai.disclosure.services import drafting
from gongkai.trail.actors import SYSTEM
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.disclosure.chain import CONTENT


def addresses(places: Places, at: datetime) -> dict[str, dict[str, object]]:
    """Values of the addresses, by route."""
    content = {**CONTENT, "title": "等人认领的文件", "formed_on": localdate(at) - timedelta(days=3)}
    version = drafting.draft(places.farming, "document", content, by=SYSTEM, at=at)
    revision = version.record.revision
    drafting.submit(version, revision=revision, by=SYSTEM, at=at)
    values: dict[str, object] = {"pk": version.record.public_id, "occasion": "1.section"}
    return {name: dict(values) for name in ("work_claim", "work_give_back", "work_take_over")}
