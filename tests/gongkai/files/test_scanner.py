"""Files and the virus scanner: clean, infected, down, and answers that are neither."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.files import clamd, services
from gongkai.files.errors import FileRefusedError, ScannerDownError
from gongkai.files.models import State, StoredFile
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.running import Ran, run_next
from gongkai.jobs.services import enqueue
from gongkai.trail.actors import SYSTEM
from tests.gongkai.files.cases import AT, LATER, SECOND, events, taken, told
from tests.gongkai.files.pipeline import Pipeline
from tests.gongkai.files.scanner import EICAR, Scanner, scanner


@pytest.fixture
def socket_path(home: Path, settings: Settings) -> Path:
    """Where the scanner would listen; nobody does yet."""
    path = home / "clamd.ctl"
    settings.GONGKAI_CLAMD = str(path)
    return path


@pytest.fixture
def running(socket_path: Path) -> Iterator[Scanner]:
    """A scanner that listens."""
    with scanner(socket_path) as state:
        yield state


def test_a_clean_file_is_usable_and_was_seen_whole(pipeline: Pipeline, running: Scanner) -> None:
    content = b"clean " * 50_000
    file = taken(content)
    assert file.state == State.READY
    assert running.received == [content]


def test_an_infected_file_is_not_taken_in(pipeline: Pipeline, running: Scanner) -> None:
    with pytest.raises(FileRefusedError, match="Eicar-Test-Signature"):
        taken(EICAR)
    assert StoredFile.objects.count() == 0
    assert list(events()) == ["files.refused"]


def test_without_the_scanner_the_same_file_would_be_taken_in(pipeline: Pipeline) -> None:
    assert not clamd.configured()
    assert taken(EICAR).state == State.READY


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"",
        b"stream: OK",
        b"OK\0",
        b"stream: OK\nstream: Virus FOUND\0",
        b"\xff\xfe\0",
        b"x" * 100_000,
    ],
    ids=["过大", "无答", "无结尾", "别的话", "两句话", "乱码", "没完没了"],
)
def test_what_is_not_clearly_clean_is_not_clean(
    pipeline: Pipeline, running: Scanner, answer: bytes
) -> None:
    running.answer = answer
    with pytest.raises(ScannerDownError):
        clamd.infection(b"x")


def test_while_the_scanner_is_down_a_file_waits_in_quarantine(
    pipeline: Pipeline, socket_path: Path
) -> None:
    file = taken()
    assert (file.state, file.remark) == (State.QUARANTINED, "查毒程序没有应答")
    assert list(OutboxRow.objects.values_list("name", flat=True)) == ["files.scan"]
    for act in (services.strip, services.screen):
        with pytest.raises(FileRefusedError, match="隔离"):
            act(file, by=SECOND, at=AT)
    with pytest.raises(FileRefusedError, match="隔离"):
        services.open_original(file, by=SECOND, at=AT, reason="核对上传的材料")


def run(minutes: int = 0) -> Ran:
    """Runs the next job due at a moment."""
    return run_next(worker="w", clock=lambda: LATER + timedelta(minutes=minutes))


def test_when_it_is_back_the_file_is_let_out(pipeline: Pipeline, socket_path: Path) -> None:
    file = taken()
    assert run() is Ran.FAILED
    assert OutboxRow.objects.get().reason == "查毒程序没有应答"
    with scanner(socket_path):
        assert run(minutes=60) is Ran.DONE
    file.refresh_from_db()
    assert (file.state, file.remark) == (State.READY, "")
    assert told("files.cleared") == ["系统对附件1（原件）查毒完毕，未发现恶意代码，解除隔离"]
    assert run(minutes=60) is Ran.DONE
    assert list(events())[-1] == "files.screened"


def test_or_found_infected_and_kept_away_for_good(pipeline: Pipeline, socket_path: Path) -> None:
    file = taken(EICAR)
    with scanner(socket_path):
        assert run() is Ran.DONE
    file.refresh_from_db()
    assert (file.state, file.remark) == (State.INFECTED, "查出Eicar-Test-Signature")
    with pytest.raises(FileRefusedError, match="恶意代码"):
        services.strip(file, by=SECOND, at=AT)
    assert services.settle(file, "", by=SYSTEM, at=AT).state == State.INFECTED


def test_the_schedule_asks_again_for_whatever_still_waits(
    pipeline: Pipeline, socket_path: Path
) -> None:
    file = taken()
    OutboxRow.objects.update(state="failed", reason="查毒程序没有应答", finished_at=AT)
    enqueue("files.rescan", arguments={}, at=LATER)
    assert run() is Ran.DONE
    waiting = OutboxRow.objects.filter(name="files.scan", state="waiting")
    assert [one.arguments for one in waiting] == [{"file": str(file.pk)}]
