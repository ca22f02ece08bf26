"""One row of a list as a document to be: its values by field, and everything that is wrong in it.

It asks no database and compares no two rows; that does checking.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.disclosure.details import FORMS, detail_faults
from gongkai.disclosure.imports.cells import CellError
from gongkai.disclosure.imports.columns import HEADS, REQUIRED, Layout, Moment
from gongkai.disclosure.imports.folder import AttachmentError, Folder
from gongkai.disclosure.imports.reading import SheetRow
from gongkai.disclosure.kinds import RULES, RecordKind
from gongkai.disclosure.models import Record, Version
from statute.attributes import Attribute, attribute_faults
from statute.citations import cite
from statute.identity import Certainty, Kind, find
from statute.numbering import NumberingError, doc_number_faults
from statute.register_numbers import parse_reg_number

_DETAIL = "details."
_OF_THE_RECORD = ("index_no", "reg_no")
_BESIDE_THE_WORDS = (*_OF_THE_RECORD, "kind", "first_published_on", "files")
# A fault is the name of a column, or "", and a sentence.
Found = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row without faults: `content` are fields of a version, `files` where they lie."""

    number: int
    kind: str
    index_no: str
    reg_no: str
    first_published_on: date | None
    content: dict[str, Any]
    files: tuple[Path, ...]


@dataclass(slots=True)
class RowValues:
    """What was read of a row so far, with the faults found."""

    row: SheetRow
    values: dict[str, Any] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    faults: list[Found] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A value that is text, or nothing."""
        return str(self.values.get(name, ""))

    def listed(self) -> ListedRow:
        """The row as it is brought in, once it has no faults."""
        words = {
            name: value
            for name, value in self.values.items()
            if not name.startswith(_DETAIL) and name not in _BESIDE_THE_WORDS
        }
        kind = self.text("kind")
        return ListedRow(
            number=self.row.number,
            kind=kind,
            index_no=self.text("index_no"),
            reg_no=self.text("reg_no"),
            first_published_on=self.values.get("first_published_on"),
            content={"category": RULES[kind].category, **words, "details": _details(self)},
            files=tuple(self.files),
        )


def read_row(row: SheetRow, layout: Layout, moment: Moment, folder: Folder) -> RowValues:
    """All values of a row and all its faults."""
    read = RowValues(row)
    failed = set()
    for at, column in layout.places.items():
        cell = row.cells[at] if at < len(row.cells) else None
        if cell is None:
            continue
        try:
            value = column.read(cell, moment)
        except CellError as error:
            read.faults.append((column.name, str(error)))
            failed.add(column.name)
            continue
        if value not in ("", (), []):
            read.values[column.name] = value
    _find_files(read, folder)
    for check in _CHECKS:
        # What could not be read has its fault already; it is not missing on top of that.
        read.faults += [one for one in check(read) if one[0] not in failed]
    return read


def _find_files(read: RowValues, folder: Folder) -> None:
    for name in read.values.get("files", ()):
        try:
            read.files.append(folder.find(name))
        except AttachmentError as error:
            read.faults.append(("files", str(error)))


def _required(read: RowValues) -> Iterator[Found]:
    for name in REQUIRED:
        if name not in read.values:
            yield name, "请填写"
    # A file that is named and not found has its own fault.
    if "body" not in read.values and "files" not in read.values:
        yield "body", "请写正文，或者附上文件"


def _lengths(read: RowValues) -> Iterator[Found]:
    for name, value in read.values.items():
        if name.startswith(_DETAIL) or not isinstance(value, str):
            continue
        model = Record if name in (*_OF_THE_RECORD, "kind") else Version
        longest: int | None = getattr(model, name).field.max_length
        if longest is not None and len(value) > longest:
            yield name, f"超过{longest}字（现有{len(value)}字）"


def _attribute(read: RowValues) -> Iterator[Found]:
    """公开属性 with its reason and its article, as statute asks for them."""
    if "attribute" not in read.values:
        return
    attribute = Attribute(read.values["attribute"])
    grounds = [cite(place) for place in read.values.get("grounds", ())]
    for fault in attribute_faults(attribute, read.text("attribute_reason"), grounds):
        yield "attribute", fault.message
    if attribute is not Attribute.PROACTIVE and "first_published_on" in read.values:
        yield "first_published_on", f"公开属性是{attribute.label}，不应有首次公开日期"


def _numbers(read: RowValues) -> Iterator[Found]:
    if "doc_no" in read.values:
        for fault in doc_number_faults(read.text("doc_no")):
            better = f"，应为“{fault.suggestion}”" if fault.suggestion else ""
            yield "doc_no", f"{fault.message}{better}"
    if "reg_no" not in read.values:
        return
    if read.text("kind") != RecordKind.NORMATIVE:
        yield "reg_no", "只有行政规范性文件有统一编号"
    try:
        parse_reg_number(read.text("reg_no"))
    except NumberingError as error:
        yield "reg_no", str(error)


def _dates(read: RowValues) -> Iterator[Found]:
    formed, first, start, end = (
        read.values.get(name)
        for name in ("formed_on", "first_published_on", "effective_on", "expires_on")
    )
    if formed and first and first < formed:
        yield "first_published_on", "早于成文日期"
    if start and end and end < start:
        yield "expires_on", "早于施行日期"


def _of_the_kind(read: RowValues) -> Iterator[Found]:
    """What a kind has besides; the legality opinion of old documents is not asked for."""
    kind = read.text("kind")
    if not kind:
        return
    form = FORMS.get(kind)
    known = {one.name for one in form.elements} if form else set()
    details = _details(read)
    for name in details.keys() - known:
        yield _DETAIL + name, f"“{RecordKind(kind).label}”没有这一要素"
    own = {name: value for name, value in details.items() if name in known}
    for name, sentence in detail_faults(kind, own):
        yield _DETAIL + name, sentence
    if kind == RecordKind.NORMATIVE:
        for name in ("doc_no", "effective_on"):
            if name not in read.values:
                yield name, "行政规范性文件须填写"


def _persons(read: RowValues) -> Iterator[Found]:
    """What everybody shall read has nobody's identity number; a title never has, since the
    trail keeps it (`regulations#15`)."""
    public = read.values.get("attribute") == Attribute.PROACTIVE
    for name in ("title", "summary", "body") if public else ("title",):
        for found in find(read.text(name)):
            if found.kind is Kind.RESIDENT_ID and found.certainty is Certainty.CERTAIN:
                yield name, f"中有{found.kind.label}，须先删去或者遮去"
                break


def _details(read: RowValues) -> dict[str, Any]:
    return {
        name.removeprefix(_DETAIL): value
        for name, value in read.values.items()
        if name.startswith(_DETAIL)
    }


_CHECKS: tuple[Callable[[RowValues], Iterator[Found]], ...] = (
    _required,
    _lengths,
    _attribute,
    _numbers,
    _dates,
    _of_the_kind,
    _persons,
)


def head_of(name: str) -> str:
    """The head of a column by its name; "" where the fault is of no column."""
    return HEADS.get(name, "")
