"""What screens and the gate ask about files: an owner's files with where they stand, findings with
what was decided about them. It changes nothing; whom it may be shown to is for policies."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max

from gongkai.files.findings import Found, from_line
from gongkai.files.models import (
    FindingDecision,
    RedactionDraft,
    Release,
    ReleasedItem,
    Screening,
    State,
    StoredFile,
    Verdict,
)
from gongkai.files.registry import Owner
from gongkai.files.sealing import Box, box_of
from screening.findings.finding import Severity


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the decision that stands; `open` while it keeps the file in the house."""

    found: Found
    decision: FindingDecision | None
    open: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A file of an owner with its last look and what of it is open."""

    file: StoredFile
    screening: Screening | None
    findings: tuple[Judged, ...]

    def open_count(self, severity: Severity) -> int:
        """How many findings of a severity are open."""
        return sum(one.open and one.found.severity is severity for one in self.findings)


def file_of(file_id: uuid.UUID) -> StoredFile | None:
    """The file of an id."""
    return StoredFile.objects.filter(pk=file_id).first()


def files_of(owner: Owner) -> tuple[Standing, ...]:
    """All files of an owner in order, each with its last look; the same few queries for any
    number of files."""
    files = list(StoredFile.objects.of(owner).select_related("original"))
    return standings(files, owner)


def standings(files: Iterable[StoredFile], owner: Owner) -> tuple[Standing, ...]:
    """Files of one owner, each with its last look and what was decided."""
    listed = list(files)
    looks = last_screenings(listed)
    decided = _decisions({file.beginning for file in listed})
    box = box_of(owner) if any(look.findings for look in looks.values()) else None
    return tuple(_standing(file, looks.get(file.id), decided, box) for file in listed)


def findings_of(file: StoredFile) -> tuple[Judged, ...]:
    """The findings of the last look through a file, each with what was decided."""
    (found,) = standings([file], file.owner)
    return found.findings


def last_screenings(files: Iterable[StoredFile]) -> dict[uuid.UUID, Screening]:
    """The last look through each file, by the file's id."""
    rows = Screening.objects.filter(file__in=list(files)).values("file").annotate(last=Max("pk"))
    last = Screening.objects.filter(pk__in=[row["last"] for row in rows.order_by()])
    return {look.file_id: look for look in last}


def was_looked_through(file: StoredFile, lists_version: str) -> bool:
    """Whether the last look was at this content, with these lists, and gave a result."""
    look = last_screenings([file]).get(file.id)
    return look is not None and (look.sha256, look.lists_version, look.failure) == (
        file.sha256,
        lists_version,
        "",
    )


def draft_of(file: StoredFile) -> RedactionDraft | None:
    """The redaction as it was last saved."""
    return RedactionDraft.objects.filter(file=file).first()


def latest_outgoing(original: StoredFile) -> StoredFile | None:
    """What would go out of an original: the last that was stripped or blackened."""
    return StoredFile.objects.filter(original=original).outgoing().order_by("taken_at").last()


def releases_of(owner: Owner) -> list[Release]:
    """What went out for an owner, the latest first, with the files."""
    found = Release.objects.filter(subject_kind=owner.kind, subject_id=owner.id)
    return list(found.prefetch_related("items"))


def went_out(file: StoredFile) -> bool:
    """Whether a file was ever released."""
    return ReleasedItem.objects.filter(file=file).exists()


def quarantined() -> list[StoredFile]:
    """Files that wait for the scanner, the oldest first."""
    return list(StoredFile.objects.filter(state=State.QUARANTINED).order_by("taken_at"))


def stored_names() -> frozenset[str]:
    """The names on disk of all files there are rows of."""
    return frozenset(StoredFile.objects.values_list("stored_as", flat=True))


def findings_field(file_id: uuid.UUID, lists_version: str) -> str:
    """What the sealed findings of a look are bound to."""
    return f"findings {file_id} {lists_version}"


_Decisions = Mapping[tuple[uuid.UUID, str], FindingDecision]


def _decisions(originals: Iterable[uuid.UUID]) -> _Decisions:
    """The last decision about each finding of these originals."""
    rows = FindingDecision.objects.filter(original__in=list(originals)).order_by("pk")
    return {(row.original_id, row.key): row for row in rows}


def _standing(
    file: StoredFile, look: Screening | None, decided: _Decisions, box: Box | None
) -> Standing:
    if look is None or box is None:
        return Standing(file, look, ())
    line = box.opened(findings_field(file.id, look.lists_version), bytes(look.findings))
    return Standing(
        file,
        look,
        tuple(
            _judged(file, found, decided.get((file.beginning, found.key)))
            for found in from_line(line)
        ),
    )


def _judged(file: StoredFile, found: Found, decision: FindingDecision | None) -> Judged:
    """Open: not a mere hint, and nobody entitled has said that it may stand."""
    taken_by = (file.original or file).taken_by
    stands = (
        decision is not None
        and decision.verdict == Verdict.JUSTIFIED
        and found.answerable
        and not (found.severity is Severity.MUST and decision.by == taken_by)
    )
    return Judged(found, decision, found.severity is not Severity.HINT and not stands)
