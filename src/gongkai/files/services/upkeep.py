"""Clearing the folder of what no row speaks of: half-written files, and files whose transaction
never came to its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from gongkai.files import storage
from gongkai.files.queries import stored_names
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record

# No transaction lasts as long; whatever is younger may still get its row.
YOUNG = timedelta(days=1)


@transaction.atomic
def sweep(*, by: Actor, at: datetime) -> int:
    """Removes strays older than a day; how many. Files with rows are never touched."""
    old = list(storage.names(before=at - YOUNG))
    known = stored_names()
    strays = [path for path in old if path.name not in known]
    for path in strays:
        storage.remove(path)
    if strays:
        record(
            "files.swept",
            by=by,
            at=at,
            subject=Subject("files", "folder", "文件夹"),
            facts={"count": str(len(strays))},
        )
    return len(strays)
