"""The daily jobs of the trail: take the head, write its sheet to the export folder, verify.

The sheet in the folder is an anchor only once it has left this machine, by printer or by courier.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.jobs import schedule
from gongkai.jobs.registry import JobError, job
from gongkai.jobs.services import enqueue
from gongkai.trail.actors import SYSTEM, Subject
from gongkai.trail.bundles import head_sheet, sheet_name
from gongkai.trail.models import DailyHead
from gongkai.trail.services import record, take_head
from gongkai.trail.verification import verify


@job("trail.take_head")
def take(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Takes the head and orders its sheet, in one transaction."""
    head = take_head(by=SYSTEM, at=at)
    enqueue("trail.write_sheet", arguments={"number": str(head.number)}, at=at)


def _write_sheet(arguments: Mapping[str, str]) -> Mapping[str, str]:
    head = DailyHead.objects.get(number=int(arguments["number"]))
    write_durably(sheet_folder() / sheet_name(head), head_sheet(head))
    return {}


@job("trail.write_sheet", prepare=_write_sheet)
def write_sheet(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Nothing is left to do once the sheet is on disk; written twice, it is the same file."""


def _verify(_arguments: Mapping[str, str]) -> Mapping[str, str]:
    result = verify()
    if not result.sound:
        raise JobError(f"留痕核对发现 {len(result.findings)} 处问题：{result.findings[0]}")
    return {"rows": str(result.rows), "chains": str(result.chains)}


@job("trail.verify", prepare=_verify, attempts=1)
def record_verified(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Records that the chains were sound; a fault stops the job and stays on the list."""
    record(
        "trail.verified",
        by=SYSTEM,
        at=at,
        subject=Subject("trail", "all", "全部留痕"),
        facts={"rows": arguments["rows"], "chains": arguments["chains"], "findings": "0"},
    )


def sheet_folder() -> Path:
    """Where the sheets of the heads lie: GONGKAI_HOME/trail-heads."""
    return Path(settings.GONGKAI_HOME) / "trail-heads"


def write_durably(path: Path, text: str) -> None:
    """Writes, syncs file and folder, and only then gives the name: never half a sheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def register() -> None:
    """Puts them on the schedule: the head just after midnight, verification after it."""
    head = schedule.Periodic(
        "trail.take_head", "trail.take_head", daily_at="00:05", label="生成留痕总摘要"
    )
    check = schedule.Periodic("trail.verify", "trail.verify", daily_at="02:10", label="核对留痕")
    schedule.register(head, check)
