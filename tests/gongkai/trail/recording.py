"""A clerk, two events and rows for the tests of the trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gongkai.trail.actors import Actor, ActorKind, Subject
from gongkai.trail.events import Event, register
from gongkai.trail.models import Row
from gongkai.trail.services import record

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLERK = Actor(ActorKind.USER, "7", "李明", "YX001", "云溪县政府办公室")
OTHER = Actor(ActorKind.USER, "8", "王芳", "YX002", "云溪县教育局")
EVENTS = (
    Event("test.decided", "{actor}对{subject}作出决定：{decision}"),
    Event("test.told", "{actor}将{subject}告知{applicant}"),
)
register(*EVENTS)


def decide(
    number: int = 1, *, by: Actor = CLERK, code: str = "YX001", minutes: int = 0, word: str = "公开"
) -> Row:
    """Records a decision on a case."""
    return record(
        "test.decided",
        by=by,
        at=AT + timedelta(minutes=minutes),
        subject=Subject("case", str(number), f"第 {number} 件"),
        agency_code=code,
        facts={"decision": word},
    )
