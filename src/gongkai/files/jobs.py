"""What is done to files in the background: the scanner's word on quarantined ones, looking through
new ones, sweeping strays. The slow halves run before the transaction that completes the job."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.files import clamd, inspection, services
from gongkai.files.errors import ScannerDownError
from gongkai.files.findings import as_argument, from_argument
from gongkai.files.models import USABLE, State, StoredFile
from gongkai.files.queries import file_of, quarantined, was_looked_through
from gongkai.jobs import schedule
from gongkai.jobs.registry import JobError, job
from gongkai.jobs.services import enqueue
from gongkai.trail.actors import SYSTEM

_LEASE = timedelta(minutes=5)


def _file(arguments: Mapping[str, str]) -> StoredFile:
    file = file_of(uuid.UUID(arguments["file"]))
    if file is None:
        raise JobError("文件不在系统中")
    return file


def _scan(arguments: Mapping[str, str]) -> Mapping[str, str]:
    file = _file(arguments)
    if file.state != State.QUARANTINED:
        return {"virus": ""}
    try:
        return {"virus": services.scan(file)}
    except ScannerDownError as error:
        raise JobError(str(error)) from None


@job("files.scan", prepare=_scan, attempts=3, lease=_LEASE)
def scan(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Ends a quarantine; fails while the scanner is down, and is ordered again by the schedule."""
    services.settle(_file(arguments), arguments["virus"], by=SYSTEM, at=at)


def _examine(arguments: Mapping[str, str]) -> Mapping[str, str]:
    file = _file(arguments)
    if file.state not in USABLE or was_looked_through(file, inspection.lists_version()):
        return {"examined": ""}
    return {"examined": as_argument(services.examine(file, at=timezone.now()))}


@job("files.screen", prepare=_examine, attempts=3, lease=_LEASE)
def screen(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Looks through a file; one that went back into quarantine, or was looked through with the
    lists in force already, is left alone."""
    if arguments["examined"]:
        examined = from_argument(arguments["examined"])
        services.keep(_file(arguments), examined, by=SYSTEM, at=at)


@job("files.rescan")
def rescan(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Orders a scan for every file in quarantine, where there is a scanner to ask."""
    for file in quarantined() if clamd.configured() else ():
        enqueue("files.scan", arguments={"file": str(file.id)}, at=at, unique_key=str(file.id))


@job("files.sweep")
def sweep(_arguments: Mapping[str, str], *, at: datetime) -> None:
    """Takes away what lies in the folder without a row."""
    services.sweep(by=SYSTEM, at=at)


def register() -> None:
    """Puts the rescan and the sweep on the schedule."""
    schedule.register(
        schedule.Periodic(
            "files.rescan", "files.rescan", every_minutes=10, label="隔离文件重新查毒"
        ),
        schedule.Periodic(
            "files.sweep", "files.sweep", daily_at="03:20", label="清除没有登记的文件"
        ),
    )
