"""Old documents brought in as a batch: kept in parts, sealed, passed by two others, made public.

Reading and checking a list is not done here (disclosure.imports). Keeping and clearing are long:
each part is a transaction of its own, a run that was cut short goes on after the last part.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.imports.batches import digest_of_batch, subject_of_batch
from gongkai.disclosure.imports.checking import Report, examine, rows_done
from gongkai.disclosure.models import Authorship, BatchItem, ImportBatch, Record, Version
from gongkai.disclosure.services.entitlement import authorise_in, required, subject_of
from gongkai.disclosure.services.importing_files import Brought, bring_files
from gongkai.trail.actors import Actor
from gongkai.trail.services import record as leave_trace

PART = 200
_PAUSE = 0.15  # seconds
_LONGEST_LABEL = 100
_LONGEST_SOURCE = 200
Progress = Callable[[int, int], object]


class ListFaultsError(DisclosureError):
    """The list has faults: nothing of it is brought in. `report` names all."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"清单有{len(report.faults)}处问题，没有导入")
        self.report = report


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the rows come from and who brings them in."""

    agency: Agency
    label: str
    source: str
    report: Report
    by: Actor
    at: datetime


def import_batch(
    agency: Agency, path: Path, *, folder: Path | None, label: str, source: str, by: Actor,
    at: datetime, progress: Progress = lambda _done, _total: None,
) -> ImportBatch:  # fmt: skip
    """Brings in a list, all of it or, with ListFaultsError, nothing; SheetError where it cannot be
    read. Versions come submitted, with the importer as their author, and are reviewed as a batch.

    The same file again, by the same person, goes on after its last row; `source` is what the
    public reads beside the day of first publication. `progress` hears rows done and rows in all.
    """
    authorise_in(by, policies.IMPORT, agency, at=at)
    report = examine(path, folder=folder, agency=agency, today=timezone.localdate(at))
    if report.faults:
        raise ListFaultsError(report)
    origin = _Origin(
        agency,
        required(label, "批次名称", field="label")[:_LONGEST_LABEL],
        required(source, "来源", field="source")[:_LONGEST_SOURCE],
        report,
        by,
        at,
    )
    done = rows_done(agency, report.digest)
    rows = [row for row in report.rows if row.number > done]
    progress(report.total - len(rows), report.total)
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        if start:
            let_others_write()
        _keep(origin, bring_files(agency, report.digest, part, by=by, at=at))
        progress(report.total - len(rows) + start + len(part), report.total)
    return ImportBatch.objects.get(agency=agency, sheet_digest=report.digest)


@transaction.atomic
def except_row(item: BatchItem, *, reason: str, by: Actor, at: datetime) -> BatchItem:
    """除外: the row is not reviewed with the batch; it runs through the four steps on its own."""
    batch = locked_batch(item.batch)
    authorise_in(by, policies.IMPORT, batch.agency, at=at)
    _require_open(batch)
    item = BatchItem.objects.select_for_update().get(pk=item.pk)
    if item.excepted:
        raise DisclosureError("这一行已经除外")
    item.excepted, item.exception_reason = True, required(reason, "除外的理由")[:200]
    item.save(update_fields=["excepted", "exception_reason"])
    _tell_exception(batch, item, by=by, at=at)
    return item


@transaction.atomic
def seal_batch(batch: ImportBatch, *, by: Actor, at: datetime) -> ImportBatch:
    """送审: from now on no row comes, goes or is excepted; the digest over all of them is what the
    two reviewers pass."""
    batch = locked_batch(batch)
    authorise_in(by, policies.IMPORT, batch.agency, at=at)
    _require_open(batch)
    rows, left = batch.items.count(), batch.items.filter(excepted=True).count()
    if rows < batch.rows:
        raise DisclosureError(f"清单有{batch.rows}行，只导入了{rows}行，请先导入完")
    if left == rows:
        raise DisclosureError("所有行都已除外，没有可送审的")
    batch.digest, batch.sealed_at = digest_of_batch(batch), at
    batch.save(update_fields=["digest", "sealed_at"])
    leave_trace(
        "disclosure.batch_sealed",
        by=by,
        at=at,
        subject=subject_of_batch(batch),
        agency_code=batch.agency.code,
        facts={"rows": str(rows), "left": str(left), "digest": batch.digest},
    )
    return batch


def locked_batch(batch: ImportBatch) -> ImportBatch:
    """The batch's row, locked and fresh."""
    return (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=batch.pk)
    )


def let_others_write() -> None:
    """Between two parts. SQLite has one writer, and whoever waits asks again every tenth of a
    second: without a pause a long run would take the turn each time."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(_PAUSE)


def _tell_exception(batch: ImportBatch, item: BatchItem, *, by: Actor, at: datetime) -> None:
    leave_trace(
        "disclosure.batch_excepted",
        by=by,
        at=at,
        subject=subject_of_batch(batch),
        agency_code=batch.agency.code,
        facts={
            "row": str(item.row),
            "title": subject_of(item.version).label,
            "reason": item.exception_reason,
        },
    )


def _require_open(batch: ImportBatch) -> None:
    if batch.sealed_at is not None:
        raise DisclosureError("批次已经送审，不能再改动")


@transaction.atomic
def _keep(origin: _Origin, rows: Sequence[Brought]) -> None:
    """One part: rows, their trace, and nothing of either where it is cut short."""
    by, at, agency = origin.by, origin.at, origin.agency
    authorise_in(by, policies.IMPORT, agency, at=at)
    batch = _batch_of(origin)
    done = rows_done(agency, origin.report.digest)
    # Another run of the same list may have kept some of them since they were counted.
    fresh = [one for one in rows if one.row.number > done]
    if not fresh:
        return
    _write(batch, fresh, by=by, at=at)
    leave_trace(
        "disclosure.batch_imported",
        by=by,
        at=at,
        subject=subject_of_batch(batch),
        agency_code=agency.code,
        facts={
            "rows": str(len(fresh)),
            "source": batch.source,
            "first": str(fresh[0].row.number),
            "last": str(fresh[-1].row.number),
        },
    )


def _write(batch: ImportBatch, fresh: Sequence[Brought], *, by: Actor, at: datetime) -> None:
    """Records, their first versions, their author, their rows in the batch."""
    records = Record.objects.bulk_create(
        Record(
            agency=batch.agency,
            public_id=one.public_id,
            kind=one.row.kind,
            index_no=one.row.index_no,
            reg_no=one.row.reg_no,
            created_at=at,
            created_by=by.id,
        )
        for one in fresh
    )
    versions = Version.objects.bulk_create(
        _draft(record, one, by=by, at=at) for record, one in zip(records, fresh, strict=True)
    )
    Authorship.objects.bulk_create(
        Authorship(record=record, person=by.id, name=by.name, since=at) for record in records
    )
    _submit(versions, at)
    items = BatchItem.objects.bulk_create(_items(batch, fresh, versions))
    for item in (one for one in items if one.excepted):
        _tell_exception(batch, item, by=by, at=at)


def _batch_of(origin: _Origin) -> ImportBatch:
    """The batch of this list, made with its first part; its importer alone goes on with it, so
    that whoever passes it has brought in nothing of it."""
    by = origin.by
    batch, _ = ImportBatch.objects.get_or_create(
        agency=origin.agency,
        sheet_digest=origin.report.digest,
        defaults={
            "label": origin.label,
            "source": origin.source,
            "rows": origin.report.total,
            "imported_at": origin.at,
            "imported_by": by.id,
            "imported_by_name": by.name,
        },
    )
    batch = locked_batch(batch)
    if batch.imported_by != by.id:
        raise DisclosureError(f"这份清单由{batch.imported_by_name}导入了一部分，须由其本人继续")
    return batch


def _draft(record: Record, brought: Brought, *, by: Actor, at: datetime) -> Version:
    return Version(
        record=record,
        number=1,
        files=list(brought.files),
        drafted_at=at,
        drafted_by=by.id,
        drafted_by_name=by.name,
        **brought.content,
    )


def _submit(versions: Sequence[Version], at: datetime) -> None:
    """As every version: first a draft, then submitted with its hash, and frozen from then on."""
    for version in versions:
        version.submitted_at = at
        version.content_hash = digest_of(version.content())
    Version.objects.bulk_update(versions, ["submitted_at", "content_hash"])


def _items(
    batch: ImportBatch, rows: Sequence[Brought], versions: Sequence[Version]
) -> Iterator[BatchItem]:
    """What screening holds back is excepted at once: it runs through the four steps on its own."""
    for one, version in zip(rows, versions, strict=True):
        first: date | None = one.row.first_published_on
        yield BatchItem(
            batch=batch,
            version=version,
            row=one.row.number,
            content_hash=version.content_hash,
            first_published_on=first,
            excepted=bool(one.waits),
            exception_reason=one.waits,
        )
