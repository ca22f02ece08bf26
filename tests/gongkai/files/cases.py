"""Two cases to which files belong, who works on them, and files taken in for them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gongkai.accounts.standing import Standing
from gongkai.files import services
from gongkai.files.models import StoredFile
from gongkai.files.registry import Owner, register_owner
from gongkai.trail.actors import Actor, ActorKind
from gongkai.trail.models import Row

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = AT + timedelta(minutes=5)
LATEST = AT + timedelta(minutes=10)
AGENCY = "nongye"
UPLOADER = Actor(ActorKind.USER, "7", "承办人甲", AGENCY, "云溪县农业农村局")
SECOND = Actor(ActorKind.USER, "8", "审核人乙", AGENCY, "云溪县农业农村局")

KIND = "test_case"
CASE, OTHER_CASE = Owner(KIND, "12"), Owner(KIND, "13")
STEM = "云农公开〔2026〕12号"

# Which persons see and change which case: the state of the owner, which tests change.
SEEN: set[tuple[int | None, str]] = set()
CHANGED: set[tuple[int | None, str]] = set()


def _sees(who: Standing, owner_id: str) -> bool:
    return (who.user_id, owner_id) in SEEN


def _changes(who: Standing, owner_id: str) -> bool:
    return (who.user_id, owner_id) in CHANGED


def _stem(owner_id: str) -> str:
    return f"云农公开〔2026〕{owner_id}号"


register_owner(KIND, label="测试案件", sees=_sees, changes=_changes, stem=_stem)

TEXT = "关于耕地地力保护补贴的答复\n补贴按面积发放。\n"


def taken(
    content: str | bytes = TEXT,
    *,
    name: str = "答复.txt",
    owner: Owner = CASE,
    by: Actor = UPLOADER,
    at: datetime = AT,
) -> StoredFile:
    """A file taken in."""
    data = content.encode() if isinstance(content, str) else content
    return services.take_in(
        io.BytesIO(data), name=name, owner=owner, agency_code=AGENCY, by=by, at=at
    )


def told(*events: str) -> list[str]:
    """Sentences of the trail of these events, in order."""
    rows = Row.objects.filter(event__in=events).order_by("pk")
    return [row.sentence for row in rows]


def events() -> Iterable[str]:
    """Names of everything this app told the trail."""
    found = Row.objects.filter(event__startswith="files.").order_by("pk")
    return list(found.values_list("event", flat=True))
