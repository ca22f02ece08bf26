"""Verbs of people over the trail and the jobs, each leaving its own trail row."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.db import transaction

from gongkai.jobs.models import OutboxRow
from gongkai.jobs.services import retry
from gongkai.trail import bundles
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.models import DailyHead
from gongkai.trail.services import record


@transaction.atomic
def retry_job(row_id: int, *, by: Actor, at: datetime) -> OutboxRow:
    """Puts a stopped job back in line; jobs.services.NotFailedError."""
    reason = OutboxRow.objects.filter(pk=row_id).values_list("reason", flat=True).first()
    row = retry(row_id, by=by.name, at=at)
    record(
        "jobs.retried",
        by=by,
        at=at,
        subject=Subject("job", str(row.pk), f"{row.name} #{row.pk}"),
        facts={"reason": reason or "—"},
    )
    return row


@transaction.atomic
def print_head(head: DailyHead, *, by: Actor, at: datetime) -> str:
    """The sheet of a head for the printer, recorded as printed."""
    record(
        "trail.head_printed",
        by=by,
        at=at,
        subject=Subject("head", str(head.number), f"第 {head.number} 号总摘要"),
        facts={"digest": head.hash},
    )
    return bundles.head_sheet(head)


@transaction.atomic
def export(
    target: IO[bytes], *, by: Actor, at: datetime, agency_codes: frozenset[str] | None = None
) -> int:
    """Writes a bundle and records that it was exported; the row is in the next bundle."""
    rows = bundles.write(target, agency_codes=agency_codes)
    name = "全部" if agency_codes is None else "、".join(sorted(agency_codes))
    record(
        "trail.exported",
        by=by,
        at=at,
        subject=Subject("trail", "export", name),
        facts={"rows": str(rows)},
    )
    return rows
