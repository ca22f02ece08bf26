"""The office's way to screening: what is done to bytes from outside is done in a child process.

It stores nothing and judges nothing; refusals come as UnfitFileError with a Chinese reason.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from gongkai.files import words
from gongkai.files.findings import Found
from screening.converting import convert, converter
from screening.findings.decisions import may_be_justified
from screening.findings.finding import Finding, Kind
from screening.findings.search import screen
from screening.passages import Carrier, Extraction
from screening.redaction.instructions import Instructions, from_json, to_json
from screening.sandbox import CrashedError, Limits, run_limited
from screening.stripping.stripped import Stripped

if TYPE_CHECKING:
    # The PDF libraries are loaded where they are used, not at the start of every process.
    from screening.redaction.blacken import Redacted
    from screening.redaction.places import WordPlace

_LOG = logging.getLogger(__name__)
OLD = frozenset({Carrier.DOC, Carrier.XLS})
# Two hundred pages are written anew and searched again; the memory stays what it is for every file.
_USUAL, _LONG = Limits(), Limits(cpu_seconds=600, wall_seconds=900)


@dataclass(frozen=True, slots=True)
class Blackened:
    """A blackened PDF with the instructions it was made by, and the proof that nothing is left."""

    data: bytes
    instructions: Mapping[str, Any]
    proof: Mapping[str, Any]
    places: int


def carrier_of(content: bytes) -> Carrier:
    """What the bytes are, read to their end: what looks like a PDF and cannot be read is refused.
    The old formats are told by their beginning alone, for only a converter reads them."""
    carrier: Carrier = _run("sniff", content)
    if carrier in OLD:
        return carrier
    extraction: Extraction = _run("extract", content)
    return extraction.carrier


def lists_version() -> str:
    """Which state of the word lists is in force. FileRefusedError where one cannot be used."""
    return words.in_force().version


def searched(content: bytes, *, key: bytes, at: datetime) -> tuple[Found, ...]:
    """What is found in the words of a file, excerpts masked; also what could not be searched."""
    extraction: Extraction = _run("extract", content)
    today = timezone.localdate(at)
    found = screen(extraction, words.in_force(), today=today, secret=key)
    return tuple(_as_found(finding) for finding in found)


def stripped(content: bytes) -> Stripped:
    """The file without what it hides."""
    made: Stripped = _run("strip", content, _LONG)
    return made


def can_convert() -> bool:
    """Whether the machine has the program that reads the old formats."""
    return bool(converter())


def converted(content: bytes) -> tuple[Carrier, bytes]:
    """A DOC or XLS in the present format."""
    made = convert(content)
    return made.carrier, made.data


def normal_instructions(instructions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Redaction instructions as they are kept: boxes in the order of reading, with grounds."""
    return _as_kept(_read(instructions))


def marks_in(instructions: Mapping[str, Any]) -> int:
    """How many boxes there are."""
    return len(_read(instructions).marks)


def redacted(content: bytes, instructions: Mapping[str, Any]) -> Blackened:
    """The PDF with its marks burnt in, proved."""
    read = _read(instructions)
    made: Redacted = _run("redact", content, limits=_LONG, instructions=read)
    return Blackened(made.data, _as_kept(read), asdict(made.proof), made.proof.places)


def page_sizes(content: bytes) -> tuple[tuple[float, float], ...]:
    """Breadth and height of every page of a PDF, in points."""
    sizes: tuple[tuple[float, float], ...] = _run("page_sizes", content)
    return sizes


def page_picture(content: bytes, page: int, scale: float) -> bytes:
    """A page of a PDF (from 1) as PNG."""
    picture: bytes = _run("render_page", content, page=page, scale=scale)
    return picture


def places_of(content: bytes, words: str) -> tuple[WordPlace, ...]:
    """All places of these words on the pages of a PDF."""
    places: tuple[WordPlace, ...] = _run("find_text", content, limits=_LONG, words=(words,))
    return places


def _run(name: str, content: bytes, limits: Limits = _USUAL, **arguments: object) -> Any:
    """The value of one of screening's functions. A mistake in it refuses the file, and is told to
    the operator by its place alone: its message may quote the file."""
    try:
        return run_limited(name, content, limits=limits, **arguments)
    except CrashedError as crash:
        _LOG.warning("处理上传文件的程序 %s 出错停止：%s", name, crash.where)
        raise


def _as_found(finding: Finding) -> Found:
    return Found(
        key=finding.key,
        kind=finding.kind.value,
        severity=finding.severity,
        place=finding.place.wording(),
        excerpt=finding.excerpt,
        says=finding.says,
        suggestion=finding.suggestion,
        rule=finding.rule_wording,
        covered=finding.kind is not Kind.NOT_COVERED,
        answerable=may_be_justified(finding),
    )


def _read(instructions: Mapping[str, Any]) -> Instructions:
    return from_json(json.dumps(instructions))


def _as_kept(instructions: Instructions) -> Mapping[str, Any]:
    kept: dict[str, Any] = json.loads(to_json(instructions))
    return kept
