"""A whole list looked through before anything is kept: every fault of every row, in Chinese.

It changes nothing, which is what a dry run is; services.importing keeps what has no faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from gongkai.agencies.models import Agency
from gongkai.disclosure.imports.columns import Layout, Moment, layout_of
from gongkai.disclosure.imports.folder import Folder
from gongkai.disclosure.imports.reading import Sheet, SheetRow, column_letter, read_sheet
from gongkai.disclosure.imports.rows import ListedRow, RowValues, head_of, read_row
from gongkai.disclosure.models import BatchItem, Record, Version

_AT_ONCE = 500
_SHOWN = 5
_NO_HEADS = "没有找到表头：前十行里须有一行写着“信息种类”“标题”“公开属性”“成文日期”等列名"


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong and where: the row, the head of the column and its letter, if it has one."""

    sheet: str
    row: int
    head: str
    letter: str
    message: str

    @property
    def text(self) -> str:
        """On one line: “清单”第5行“成文日期”（F列）：没有这一天“2020-2-30”."""
        row = f"第{self.row}行" if self.row else ""
        head = f"“{self.head}”" if self.head else ""
        letter = f"（{self.letter}列）" if self.letter else ""
        return f"“{self.sheet}”{row}{head}{letter}：{self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a list holds. `rows` are those without faults; `total` counts all of them; `notices`
    are things to look at that keep nothing from being brought in."""

    digest: str
    total: int
    rows: tuple[ListedRow, ...]
    faults: tuple[RowFault, ...]
    notices: tuple[str, ...]


def examine(path: Path, *, folder: Path | None, agency: Agency, today: date) -> Report:
    """The report on a list; SheetError where it cannot be read at all.

    Rows of it brought in before are not held against it: a run that was cut short goes on.
    """
    sheet = read_sheet(path)
    layout = layout_of(sheet)
    if layout is None or layout.missing or layout.doubled:
        return Report(sheet.digest, 0, (), tuple(_faults_of_heads(sheet, layout)), ())
    return _Examination(sheet, layout, Folder(folder), agency).report(today)


def rows_done(agency: Agency, digest: str) -> int:
    """The last row of this list that was brought in; 0 where none was."""
    items = BatchItem.objects.filter(batch__agency=agency, batch__sheet_digest=digest)
    return items.order_by("-row").values_list("row", flat=True).first() or 0


def _faults_of_heads(sheet: Sheet, layout: Layout | None) -> Iterator[RowFault]:
    if layout is None:
        yield RowFault(sheet.name, 0, "", "", _NO_HEADS)
        return
    for head in layout.missing:
        yield RowFault(sheet.name, layout.row, head, "", "没有这一列")
    for head in layout.doubled:
        yield RowFault(sheet.name, layout.row, head, "", "这一列有两个（或者与另一列同义）")


class _Examination:
    """One list on its way through the checks."""

    def __init__(self, sheet: Sheet, layout: Layout, folder: Folder, agency: Agency) -> None:
        self._sheet, self._layout, self._folder = sheet, layout, folder
        self._agency = agency
        self._done = rows_done(agency, sheet.digest)
        self._faults: list[RowFault] = []
        self._notices: list[str] = []

    def report(self, today: date) -> Report:
        """Row by row, then rows against each other, then against what is on file."""
        moment = Moment(self._sheet.epoch, today)
        rows = [row for row in self._sheet.rows if row.number > self._layout.row]
        read = [read_row(row, self._layout, moment, self._folder) for row in rows]
        for one in read:
            for name, message in one.faults:
                self._add(one.row.number, name, message)
        self._compare(read)
        self._compare_with_file(read)
        self._note_what_is_left(rows)
        if not rows:
            self._faults.append(RowFault(self._sheet.name, 0, "", "", "表头下面没有一行"))
        bad = {one.row for one in self._faults}
        return Report(
            self._sheet.digest,
            len(rows),
            tuple(one.listed() for one in read if one.row.number not in bad),
            tuple(sorted(self._faults, key=lambda one: one.row)),
            tuple(self._notices),
        )

    def _add(self, row: int, name: str, message: str) -> None:
        at = self._layout.place_of(name)
        letter = "" if at is None else column_letter(at)
        self._faults.append(RowFault(self._sheet.name, row, head_of(name), letter, message))

    def _compare(self, read: Sequence[RowValues]) -> None:
        """Numbers that stand twice in the list; the later row has the fault."""
        for name in ("index_no", "reg_no", "doc_no"):
            first: dict[str, int] = {}
            for one in read:
                number = one.text(name)
                if number and number in first:
                    self._add(one.row.number, name, f"与第{first[number]}行重复：{number}")
                elif number:
                    first[number] = one.row.number

    def _compare_with_file(self, read: Sequence[RowValues]) -> None:
        """Numbers that a record here already has. An index or register number is given once in
        the county, a document number once by a body."""
        fresh = [one for one in read if one.row.number > self._done]
        for name in ("index_no", "reg_no"):
            known = _known_numbers(name, fresh)
            self._add_known(name, fresh, known)
        numbers = _in_parts(one.text("doc_no") for one in fresh)
        versions = Version.objects.filter(record__agency=self._agency)
        known = {
            number
            for part in numbers
            for number in versions.filter(doc_no__in=part).values_list("doc_no", flat=True)
        }
        self._add_known("doc_no", fresh, known)
        self._note_namesakes(fresh)

    def _add_known(self, name: str, fresh: Sequence[RowValues], known: set[str]) -> None:
        for one in fresh:
            if one.text(name) in known:
                self._add(one.row.number, name, f"本系统已有：{one.text(name)}")

    def _note_namesakes(self, fresh: Sequence[RowValues]) -> None:
        """Two penalties of a day may bear the same title: that is looked at, not refused."""
        versions = Version.objects.filter(record__agency=self._agency)
        seen: set[tuple[str, date | None]] = {
            pair
            for part in _in_parts(one.text("title") for one in fresh)
            for pair in versions.filter(title__in=part).values_list("title", "formed_on")
        }
        for one in fresh:
            pair = (one.text("title"), one.values.get("formed_on"))
            if pair[0] and pair in seen:
                self._notices.append(f"第{one.row.number}行与另一条同名同日，请核对是否重复")
            seen.add(pair)

    def _note_what_is_left(self, rows: Sequence[SheetRow]) -> None:
        """Columns, sheets and files that are not brought in: nothing is left out in silence."""
        layout = self._layout
        headless = {
            column_letter(at)
            for row in rows
            for at, cell in enumerate(row.cells)
            if cell is not None and at not in layout.headed
        }
        left = [
            *(f"“{head}”列" for head in layout.unknown),
            *(f"{at}列" for at in sorted(headless)),
        ]
        left += [f"工作表“{name}”" for name in self._sheet.others]
        self._notices += [f"没有导入：{one}" for one in left]
        if unasked := self._folder.unasked():
            shown = "、".join(unasked[:_SHOWN])
            more = "等" if len(unasked) > _SHOWN else ""
            self._notices.append(f"文件夹里有{len(unasked)}个文件清单没有提到：{shown}{more}")


def _known_numbers(name: str, rows: Iterable[RowValues]) -> set[str]:
    found: set[str] = set()
    for part in _in_parts(one.text(name) for one in rows):
        found |= set(Record.objects.filter(**{f"{name}__in": part}).values_list(name, flat=True))
    return found


def _in_parts(values: Iterable[str]) -> Iterator[list[str]]:
    """Values that are any, so many as a statement may ask for at once."""
    left = iter(sorted({one for one in values if one}))
    while part := list(islice(left, _AT_ONCE)):
        yield part
