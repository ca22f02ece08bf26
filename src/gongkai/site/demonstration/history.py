"""Years before the system: lists written, brought in, passed by two others, made public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from gongkai.accounts.roles import Role
from gongkai.disclosure.models import BatchItem, ImportBatch
from gongkai.disclosure.services.clearing_batches import clear_batch, pass_batch
from gongkai.disclosure.services.importing import except_row, import_batch, seal_batch
from gongkai.disclosure.services.publishing import relate
from gongkai.disclosure.steps import Step
from gongkai.site.demonstration.content import read
from gongkai.site.demonstration.days import Agenda
from gongkai.site.demonstration.lists import Row, earlier_rows, waiting_rows, year_rows
from gongkai.site.demonstration.people import Desk


@dataclass(slots=True)
class Batch:
    """A list on its way: written, brought in, sealed, passed, public."""

    desk: Desk
    label: str
    source: str
    rows: list[Row]
    folder: Path
    excepted: str = ""

    def bring_in(self, at: datetime) -> None:
        """By the officer; nothing of it is public."""
        path = self.folder / f"{self.label}.xlsx"
        _write(path, self.rows)
        import_batch(
            self.desk.agency, path, folder=None, label=self.label, source=self.source,
            by=self.desk.by(Role.DISCLOSURE_OFFICER), at=at,
        )  # fmt: skip
        if self.excepted:
            item = BatchItem.objects.filter(batch=self.batch).order_by("row").last()
            if item is not None:
                by = self.desk.by(Role.DISCLOSURE_OFFICER)
                except_row(item, reason=self.excepted, by=by, at=at)

    @property
    def batch(self) -> ImportBatch:
        """The batch as it is now."""
        return ImportBatch.objects.get(agency=self.desk.agency, label=self.label)

    def seal(self, at: datetime) -> None:
        """送审."""
        seal_batch(self.batch, by=self.desk.by(Role.DISCLOSURE_OFFICER), at=at)

    def secrecy(self, at: datetime) -> None:
        """保密审查 of the whole."""
        self._pass(Step.SECRECY, Role.SECRECY_REVIEWER, at)

    def final(self, at: datetime) -> None:
        """终审 of the whole."""
        self._pass(Step.FINAL, Role.FINAL_REVIEWER, at)

    def _pass(self, step: Step, role: Role, at: datetime) -> None:
        batch = self.batch
        pass_batch(batch, step, digest=batch.digest, by=self.desk.by(role), at=at)

    def clear(self, at: datetime) -> None:
        """Public, with the days on which it first was."""
        clear_batch(self.batch, by=self.desk.by(Role.DISCLOSURE_OFFICER), at=at)

    def explain(self, at: datetime) -> None:
        """Says of each interpretation of the year which document it interprets, and how."""
        by = self.desk.by(Role.DRAFTER)
        forms = read("brought_in")["year"]["interpretation_forms"]
        titles = {item.version.title: item.version.record for item in _items(self.batch)}
        documents = [one for one, _ in read("brought_in")["year"]["normative"]]
        for number, title in enumerate(documents):
            later = titles[f"《{title}》政策解读"]
            form = tuple(forms[number % len(forms)])
            relate(later, titles[title], "interprets", by=by, at=at, forms=form)


def _items(batch: ImportBatch) -> Iterator[BatchItem]:
    yield from batch.items.select_related("version__record").order_by("row")


def schedule(agenda: Agenda, desks: Mapping[str, Desk], folder: Path) -> None:
    """Two batches that are through, and two that wait."""
    words, office = read("brought_in"), desks["gov-office"]
    for start, name, rows in ((215, "earlier", earlier_rows()), (205, "year", year_rows())):
        said = words[name]
        one = Batch(office, said["label"], said["source"], list(rows), folder)
        agenda.add(start, start - 8, one.bring_in, one.seal, one.secrecy, one.final, one.clear)
        if name == "year":
            agenda.add(start - 9, start - 9, one.explain)
    for number, said in enumerate(words["waiting"]):
        _wait(agenda, desks[said["body"]], said, folder, 9 - 3 * number)


def _wait(agenda: Agenda, desk: Desk, said: Mapping[str, Any], folder: Path, start: int) -> None:
    excepted = said.get("excepted", "")
    one = Batch(desk, said["label"], said["source"], list(waiting_rows(said)), folder, excepted)
    acts = [one.bring_in]
    if said["stage"] == "secrecy":
        acts += [one.seal, one.secrecy]
    agenda.add(start, start - 2, *acts)


def _write(path: Path, rows: list[Row]) -> None:
    """The list as an office writes it: a workbook, heads in the first row."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    book.save(path)
