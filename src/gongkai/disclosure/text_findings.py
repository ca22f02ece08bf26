"""What screening finds in the words of a record, and what was decided about it. It changes nothing.

Files are looked through once and the look is kept; words are short and change while one writes, so
they are searched each time they are asked about, with the lists in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.disclosure.models import Record, TextDecision, Version
from gongkai.files.models import Verdict
from gongkai.files.words import in_force
from screening.extraction.html import harvest
from screening.findings.decisions import may_be_justified
from screening.findings.finding import Finding, Kind, Severity
from screening.findings.search import screen
from screening.passages import Carrier, Extraction, Passage, Place
from statute.citations import Citation

# What is searched, in the order in which it is read, and how each is called.
FIELDS = {
    "title": "标题",
    "doc_no": "发文字号",
    "issuers": "联合发文机关",
    "summary": "内容概述",
    "keywords": "关键词",
    "body": "正文",
    "details": "种类要素",
    "files": "附件名称",
}


@dataclass(frozen=True, slots=True)
class TextFinding:
    """One finding: `id` is the same as long as the words are, `masked` an excerpt that may be
    shown, `where` the place within the field. `answerable`: a reason can let it stand; `maskable`:
    the words can be masked where they are. `stands`: somebody entitled said that they may."""

    id: str
    field: str
    label: str
    kind: Kind
    severity: Severity
    masked: str
    says: str
    where: str
    suggestion: str
    rule: Citation | None
    answerable: bool
    maskable: bool
    decision: TextDecision | None
    stands: bool

    @property
    def open(self) -> bool:
        """Whether it keeps the version from being submitted."""
        return self.severity is not Severity.HINT and not self.stands

    @property
    def needs_a_second_person(self) -> bool:
        """Whether only somebody who wrote nothing of the record may let it stand."""
        return self.severity is Severity.MUST and self.answerable


def text_findings(version: Version, *, on: date | None = None) -> tuple[TextFinding, ...]:
    """The findings in the words of a version, the gravest first within each field."""
    return findings_in(words_of(version), record=version.record, on=on)


def findings_in(
    words: Mapping[str, str], *, record: Record | None = None, on: date | None = None
) -> tuple[TextFinding, ...]:
    """The findings in words that need not be saved: by field of FIELDS, the body as HTML. With a
    record come the decisions made about the same words in it."""
    decided, authors = _decided(record)
    found = []
    for field in (one for one in FIELDS if words.get(one)):
        for finding in searched(field, words[field], record=record, on=on)[1]:
            decision = decided.get(finding.key)
            found.append(_told(field, finding, decision, authors))
    return tuple(found)


def words_of(version: Version) -> dict[str, str]:
    """The words of a version by field; those of details and the names of files a line each."""
    plain = {
        name: str(getattr(version, name)) for name in FIELDS if name in _PLAIN or name == "body"
    }
    names = [str(one.get("name", "")) for one in version.files if isinstance(one, dict)]
    return {**plain, "details": "\n".join(_leaves(version.details)), "files": "\n".join(names)}


def searched(
    field: str, text: str, *, record: Record | None = None, on: date | None = None
) -> tuple[Extraction, tuple[Finding, ...]]:
    """The passages of one field, and what stands in them by place."""
    extraction = _READERS.get(field, _one_passage)(text)
    secret = salted_hmac(f"disclosure.text.{field}", str(record.public_id if record else ""))
    found = screen(extraction, in_force(), today=on or timezone.localdate(), secret=secret.digest())
    # What a page says beside its words (addresses of links) is no secret layer here.
    return extraction, tuple(one for one in found if one.kind is not Kind.HIDDEN_CONTENT)


def open_finding_faults(version: Version, *, on: date | None = None) -> list[tuple[str, str]]:
    """What must be dealt with before a version may be submitted: (field, sentence)."""
    return [(one.field, _sentence(one)) for one in text_findings(version, on=on) if one.open]


_PLAIN = ("title", "doc_no", "issuers", "summary", "keywords")


def _one_passage(text: str) -> Extraction:
    return Extraction(Carrier.TEXT, (Passage(text, Place()),))


def _lines(text: str) -> Extraction:
    """Lines that have nothing to do with one another."""
    lines = text.split("\n")
    return Extraction(
        Carrier.TEXT,
        tuple(Passage(line, Place(part=f"第{at}项")) for at, line in enumerate(lines, 1) if line),
    )


def _page(html: str) -> Extraction:
    return harvest(f'<meta charset="utf-8">{html}'.encode()).extraction


_READERS: dict[str, Callable[[str], Extraction]] = {
    "body": _page,
    "details": _lines,
    "files": _lines,
}


def _leaves(value: Any) -> Iterator[str]:
    """All words in details, in their order."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, str):
        yield " ".join(value.split())


def _decided(record: Record | None) -> tuple[dict[str, TextDecision], frozenset[str]]:
    """The last decision about each finding of a record, and who wrote in it."""
    if record is None:
        return {}, frozenset()
    rows = TextDecision.objects.filter(version__record=record).order_by("pk")
    authors = frozenset(record.authors.values_list("person", flat=True))
    return {row.key: row for row in rows}, authors


def _told(
    field: str, finding: Finding, decision: TextDecision | None, authors: frozenset[str]
) -> TextFinding:
    answerable = may_be_justified(finding)
    stands = (
        decision is not None
        and decision.verdict == Verdict.JUSTIFIED
        and answerable
        and not (finding.severity is Severity.MUST and decision.by in authors)
    )
    return TextFinding(
        id=finding.key,
        field=field,
        label=FIELDS[field],
        kind=finding.kind,
        severity=finding.severity,
        masked=finding.excerpt,
        says=finding.says,
        where=finding.place.wording() if field in _READERS else "",
        suggestion=finding.suggestion,
        rule=finding.rule,
        answerable=answerable,
        maskable=field not in ("details", "files")
        and bool(finding.spans)
        and all(span.masked is not None for span in finding.spans),
        decision=decision,
        stands=stands,
    )


def _sentence(finding: TextFinding) -> str:
    place = f"{finding.label}{finding.where}"
    if finding.severity is Severity.ANSWER:
        act = "请改正，或者说明保留的理由"
    elif finding.answerable:
        act = "请遮盖或者删去；确需保留的，由没有参加起草的人写明理由"
    else:
        act = "请先经保密审查，去除标记以后再送审"
    return f"{place}：{finding.says or finding.kind.label}（{finding.masked}），{act}"
