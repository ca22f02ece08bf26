"""`gongkai import` in processes of its own: checked, brought in, killed and taken up again."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from gongkai.disclosure.imports.batches import batch_faults
from gongkai.disclosure.models import Authorship, BatchItem, ImportBatch, Record, Version
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from gongkai.trail.verification import verify
from gongkai.vault.services import ensure_master_key
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import AT, Chain, staffed
from tests.gongkai.disclosure.lists import numbered, row, xlsx

GONGKAI = (sys.executable, "-m", "gongkai.site.cli", "import")
ROWS = 4000
KILLS = 5


@pytest.fixture
def chain(committed_database: CommittedDatabase) -> Chain:
    return staffed()


def arguments(chain: Chain, path: Path, *more: str) -> list[str]:
    return [*GONGKAI, str(path), "--agency", chain.agency.code, "--as", "officer", *more]


def run(
    chain: Chain, database: CommittedDatabase, path: Path, *more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments(chain, path, *more),
        env=dict(database.variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_list_is_checked_then_brought_in_once(
    chain: Chain, committed_database: CommittedDatabase, tmp_path: Path
) -> None:
    folder = tmp_path / "附件"
    folder.mkdir()
    (folder / "a.txt").write_text("管护经费由受益户分担。", encoding="utf-8")
    ensure_master_key(by=SYSTEM, at=AT)
    committed_database.connection.close()
    bad = xlsx(tmp_path / "坏.xlsx", row(), row(成文日期="2019-2-30", 标题="乙"))
    for more in ((), ("--dry-run",)):
        refused = run(chain, committed_database, bad, *more)
        assert refused.returncode == 1
        assert refused.stdout == "“清单”第3行“成文日期”（D列）：没有这一天“2019-2-30”\n"
        assert "共2行，1行有问题，1处。" in refused.stderr
    good = xlsx(tmp_path / "好.xlsx", row(附件="a.txt"))
    checked = run(chain, committed_database, good, "--folder", str(folder), "--dry-run")
    assert (checked.returncode, checked.stdout) == (
        0,
        "共1行，没有问题。没有导入：这次只检查。\n",
    )
    assert (ImportBatch.objects.count(), Record.objects.count()) == (0, 0)
    for _ in range(2):
        kept = run(chain, committed_database, good, "--folder", str(folder), "--source", "旧站")
        assert (kept.returncode, kept.stderr) == (0, "")
        assert kept.stdout.startswith("已导入1条，批次“好”")
    assert Record.objects.count() == 1
    assert ImportBatch.objects.get().source == "旧站"


def test_who_and_what_is_missing_is_said_in_chinese(
    chain: Chain, committed_database: CommittedDatabase, tmp_path: Path
) -> None:
    good = xlsx(tmp_path / "好.xlsx", row())
    wrong = {
        "没有代码为“X”的机关": ("--agency", "X"),
        "没有可用的账号“谁”": ("--as", "谁"),
        "无权办理": ("--as", "drafter"),
        "没有这个文件夹": ("--folder", str(tmp_path / "没有")),
    }
    for words, more in wrong.items():
        for dry in ((), ("--dry-run",)):
            ended = run(chain, committed_database, good, *more, *dry)
            assert (ended.returncode, words in ended.stderr) == (2, True), ended.stderr
    ended = run(chain, committed_database, tmp_path / "没有.xlsx")
    assert (ended.returncode, "打不开" in ended.stderr) == (2, True)
    assert Record.objects.count() == 0


def kill_in_the_middle(command: list[str], database: CommittedDatabase, chance: Random) -> bool:
    """Starts an import, kills it at some moment after it has kept something more; whether it was
    still at work."""
    before = BatchItem.objects.count()
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(command, env=dict(database.variables), stdout=quiet, stderr=quiet)
    end = time.monotonic() + 60
    while child.poll() is None and BatchItem.objects.count() == before:
        assert time.monotonic() < end
        time.sleep(0.01)
    # Into the next part: while it is read, written, or about to be committed.
    time.sleep(chance.uniform(0, 0.08 if database.is_postgresql else 0.4))
    child.kill()
    return child.wait() < 0


def halves() -> int:
    """Records of which something is missing: the version, its author, its row in the batch."""
    numbers = {model: model.objects.count() for model in (Record, Version, Authorship, BatchItem)}
    return max(numbers.values()) - min(numbers.values())


def test_kill_9_in_the_middle_loses_and_doubles_nothing(
    chain: Chain, committed_database: CommittedDatabase, tmp_path: Path
) -> None:
    path = xlsx(tmp_path / "文件.xlsx", *numbered(ROWS))
    command, chance = arguments(chain, path), Random(20260312)
    kept = []
    for _ in range(KILLS):
        assert kill_in_the_middle(command, committed_database, chance)
        kept.append(BatchItem.objects.count())
        assert halves() == 0
    print(f"rows kept after each of {KILLS} kills: {kept} of {ROWS}")
    assert all(0 < before < after < ROWS for before, after in pairwise(kept))
    ended = run(chain, committed_database, path)
    assert (ended.returncode, ended.stderr) == (0, "")
    items = BatchItem.objects.order_by("row").values_list("row", "version__title")
    assert list(items) == [(n + 1, f"第{n}号文件") for n in range(1, ROWS + 1)]
    assert (halves(), Record.objects.count()) == (0, ROWS)
    parts = Row.objects.filter(event="disclosure.batch_imported").values_list("facts", flat=True)
    assert sum(int(facts["rows"]) for facts in parts) == ROWS
    assert batch_faults() == []
    assert verify().sound


# The same run with each statement committed on its own.
WITHOUT_TRANSACTIONS = """
import sys, django
django.setup()
from django.db import transaction
from gongkai.disclosure.services import importing
importing._keep = importing._keep.__wrapped__
importing.locked_batch = lambda batch: batch
importing.leave_trace = transaction.atomic(importing.leave_trace)
from gongkai.site.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_without_transactions_the_same_kills_leave_halves(
    chain: Chain, committed_database: CommittedDatabase, tmp_path: Path
) -> None:
    path = xlsx(tmp_path / "文件.xlsx", *numbered(ROWS))
    words = arguments(chain, path)[len(GONGKAI) - 1 :]
    command = [sys.executable, "-c", WITHOUT_TRANSACTIONS, *words]
    found = killed_at_a_half(command, committed_database)
    print(f"without transactions, killed when something was half: {found} halves left")
    assert found > 0


def killed_at_a_half(command: list[str], database: CommittedDatabase) -> int:
    """Kills an import as soon as a half can be seen from outside; the halves that it leaves."""
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(command, env=dict(database.variables), stdout=quiet, stderr=quiet)
    while child.poll() is None and not halves():
        pass
    child.kill()
    child.wait()
    return halves()
