"""Every pair of verbs on the files of a record that can meet, statement by statement: what was
hashed is what is there, and what went out is what was reviewed. Screening is the stand-in.

GONGKAI_STRIDE=1 stops the first verb at every statement.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from itertools import count, product
from uuid import UUID

import pytest

from gongkai.disclosure.models import Record
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services import attaching, drafting
from gongkai.disclosure.services.publishing import publish
from gongkai.files import services
from gongkai.files.models import StoredFile
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from screening.passages import Carrier
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import AT, LATER, Chain, drafted, passed, staffed
from tests.gongkai.disclosure.filed import attached, fresh, sent_in
from tests.gongkai.disclosure.interleaving import Tally, Verb, interleave
from tests.gongkai.disclosure.unguarded import unguard
from tests.gongkai.files.pipeline import Pipeline, installed

STRIDE = int(os.environ.get("GONGKAI_STRIDE", "18"))
LONGEST = 140


class Files:
    """Records with one file, and the verbs that are lawful on it."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self._numbers = count()

    def _content(self) -> str:
        return f"第{next(self._numbers)}份说明。"

    # --- records ---------------------------------------------------------------------------------

    def draft(self) -> Record:
        version = drafted(self.chain)
        attached(self.chain, version, self._content())
        self._again(version.record)
        return fresh(version).record

    def cleared(self) -> Record:
        version = drafted(self.chain)
        attached(self.chain, version, self._content())
        return passed(self.chain, sent_in(self.chain, version)).record

    def _again(self, record: Record) -> StoredFile:
        """A second cleaned file of the same original, so that there is something to settle."""
        original = StoredFile.objects.get(pk=UUID(latest(record).files[0]["original"]))
        return services.strip(original, by=self.chain.actor("drafter"), at=LATER)

    # --- verbs -----------------------------------------------------------------------------------

    def attach(self, record: Record) -> object:
        stream = io.BytesIO(self._content().encode())
        return attaching.attach(
            latest(record), stream, name="二.txt", revision=record.revision,
            by=self.chain.actor("officer"), at=AT,
        )  # fmt: skip

    def detach(self, record: Record) -> object:
        version = latest(record)
        file_id = version.files[0]["original"] if version.files else ""
        by = self.chain.actor("officer")
        return attaching.detach(version, file_id, revision=record.revision, by=by, at=AT)

    def settle(self, record: Record) -> object:
        by, revision = self.chain.actor("officer"), record.revision
        return attaching.settle_attachments(latest(record), revision=revision, by=by, at=AT)

    def submit(self, record: Record) -> object:
        by, revision = self.chain.actor("drafter"), record.revision
        return drafting.submit(latest(record), revision=revision, by=by, at=AT)

    def settle_and_submit(self, record: Record) -> object:
        version = attaching.settle_attachments(
            latest(record), revision=record.revision, by=self.chain.actor("drafter"), at=AT
        )
        return self.submit(fresh(version).record)

    def publish(self, record: Record) -> object:
        return publish(latest(record), by=self.chain.actor("officer"), at=LATER)

    def redact(self, record: Record) -> object:
        original = StoredFile.objects.get(pk=UUID(latest(record).files[0]["original"]))
        marks = {"marks": [{"page": 1, "box": [1, 1, 2, 2], "ground": "g"}]}
        return services.redact(original, marks, by=self.chain.actor("drafter"), at=LATER)

    def strip(self, record: Record) -> object:
        return self._again(record)

    def look(self, record: Record) -> object:
        file = StoredFile.objects.get(pk=UUID(latest(record).files[0]["file"]))
        return services.screen(file, by=SYSTEM, at=LATER)

    def draft_again(self, record: Record) -> object:
        return drafting.draft_again(record, by=self.chain.actor("drafter"), at=LATER)

    def meetings(self) -> dict[str, tuple[Callable[[], Record], tuple[Verb, ...]]]:
        """Each state with the verbs that can meet there."""
        return {
            "起草": (
                self.draft,
                (
                    Verb("附上", self.attach),
                    Verb("删去", self.detach),
                    Verb("采用清理件", self.settle),
                    Verb("采用后送审", self.settle_and_submit),
                ),
            ),
            "已许可": (
                self.cleared,
                (
                    Verb("发布", self.publish),
                    Verb("遮盖", self.redact),
                    Verb("再清理", self.strip),
                    Verb("再检查", self.look),
                    Verb("另起一稿", self.draft_again),
                ),
            ),
        }


def meet(files: Files) -> Tally:
    """All pairs in both states."""
    tally = Tally()
    for make, verbs in files.meetings().values():
        for first, second in product(verbs, verbs):
            interleave(make, first, second, tally, range(1, LONGEST, STRIDE))
    return tally


@pytest.fixture
def pipeline(committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    ensure_master_key(by=SYSTEM, at=AT)
    made = installed(monkeypatch)
    made.carrier = Carrier.PDF
    return made


@pytest.mark.heavy
@pytest.mark.usefixtures("pipeline")
def test_no_pair_of_verbs_on_files_leaks() -> None:
    tally = meet(Files(staffed()))
    print(f"interleaved with files: {tally}")
    assert tally.examples == []
    assert tally.tries >= 50
    assert tally.refused > 0


@pytest.mark.heavy
@pytest.mark.usefixtures("pipeline")
def test_without_transactions_locks_and_guards_the_same_harness_finds_leaks_of_files(
    committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Files(staffed())
    unguard(committed_database, monkeypatch, "disclosure_", "files_")
    tally = meet(files)
    print(f"interleaved with files, without locks: {tally}")
    assert tally.faulty > 0
