"""What is asked about an import batch: its digest, what of it is still to be cleared, what became
of it, and whether it agrees with the trail. It changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gongkai.disclosure.content import digest_of
from gongkai.disclosure.models import BatchItem, ImportBatch, Review
from gongkai.disclosure.steps import POSITIONS, TO_DRAFTER, Path, Step
from gongkai.trail.actors import Subject
from gongkai.trail.models import Row

# A batch is passed as a whole in two steps, in this order.
BATCH_STEPS = (Step.SECRECY, Step.FINAL)


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many rows of a batch are cleared and public; excepted and returned ones are neither."""

    cleared: int
    published: int
    left_out: int


def subject_of_batch(batch: ImportBatch) -> Subject:
    """A batch as the trail names it."""
    return Subject("batch", str(batch.pk), batch.label)


def digest_of_batch(batch: ImportBatch) -> str:
    """SHA-256 over the source and every row: its version by hash, its date, whether excepted."""
    items = batch.items.order_by("row").values_list(
        "row", "content_hash", "first_published_on", "excepted", "exception_reason"
    )
    rows = [[row, digest, str(on or ""), out, why] for row, digest, on, out, why in items]
    return digest_of({"source": batch.source, "rows": rows})


def pending(batch: ImportBatch) -> QuerySet[BatchItem]:
    """Rows that passing the batch lets be cleared and that are not yet, in their order."""
    returned = Review.objects.filter(
        version=OuterRef("version_id"), back_position=POSITIONS[TO_DRAFTER]
    )
    items = batch.items.filter(excepted=False, version__clearance__isnull=True)
    return items.exclude(Exists(returned)).order_by("row")


def standing_of_batch(batch: ImportBatch) -> Cleared:
    """What became of the rows so far."""
    cleared = batch.items.filter(version__clearance__path=Path.IMPORT)
    published = cleared.filter(version__record__live__isnull=False).count()
    number = cleared.count()
    return Cleared(number, published, batch.items.count() - number)


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """A batch with rows still to be cleared: the review that is next (None: it is to be sealed, or
    passed both and is to be cleared), and who gave one already."""

    batch: ImportBatch
    step: Step | None
    reviewers: frozenset[str]


def open_batches(bodies: frozenset[int]) -> list[OpenBatch]:
    """Batches of these bodies that somebody has to go on with, the oldest first; two queries."""
    waiting = BatchItem.objects.filter(
        batch=OuterRef("pk"), excepted=False, version__clearance__isnull=True
    )
    found = ImportBatch.objects.filter(Exists(waiting), agency_id__in=bodies)
    return [_open(one) for one in found.prefetch_related("reviews").order_by("pk")]


def _open(batch: ImportBatch) -> OpenBatch:
    given = {Step(one.step): one.reviewer for one in batch.reviews.all()}
    missing = [step for step in BATCH_STEPS if step not in given]
    step = missing[0] if missing and batch.sealed_at is not None else None
    return OpenBatch(batch, step, frozenset(given.values()))


def batch_faults(batches: QuerySet[ImportBatch] | None = None) -> list[tuple[ImportBatch, str]]:
    """What does not agree: passes that the trail does not know, contents that are not what was
    sealed, days of first publication that no item has. For the nightly comparison."""
    found = ImportBatch.objects.order_by("pk") if batches is None else batches
    return [(batch, sentence) for batch in found for sentence in _disagreements(batch)]


def _disagreements(batch: ImportBatch) -> Iterator[str]:
    if batch.sealed_at is not None and digest_of_batch(batch) != batch.digest:
        yield "批次的内容与送审时的摘要不符"
    if batch.items.exclude(content_hash=F("version__content_hash")).exists():
        yield "有的行与其文稿的内容摘要不符"
    dated = batch.items.filter(version__record__first_published_on__isnull=False)
    same = Q(first_published_on=F("version__record__first_published_on"))
    if dated.exclude(same).exists():
        yield "有的信息的首次公开日期与导入的不同"
    rows = Row.objects.about("batch", str(batch.pk)).filter(event="disclosure.batch_passed")
    said = Counter(rows.values_list("actor_id", flat=True))
    given = Counter(batch.reviews.values_list("reviewer", flat=True))
    if said != given:
        yield "批次审查在留痕里对不上"
