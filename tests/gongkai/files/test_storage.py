"""The folder of files: the order of its steps, faults at each of them, changed files."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.files import contents, services, storage
from gongkai.files.errors import MissingContentError
from gongkai.files.models import StoredFile
from gongkai.trail.actors import SYSTEM
from gongkai.vault.errors import KeyDestroyedError
from gongkai.vault.services import destroy
from tests.gongkai.files.cases import AT, CASE, SECOND, TEXT, taken, told
from tests.gongkai.files.pipeline import Pipeline


class Recorder:
    """Writes down what is asked of the system, by path, and can fail at one step."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fail_at: int = -1) -> None:
        self.steps: list[str] = []
        self.fail_at = fail_at
        self._open_paths: dict[int, str] = {}
        monkeypatch.setattr(os, "open", self._opening(os.open))
        monkeypatch.setattr(os, "fsync", self._syncing(os.fsync))
        monkeypatch.setattr(Path, "replace", self._renaming(Path.replace))

    def _step(self, what: str) -> None:
        self.steps.append(what)
        if len(self.steps) - 1 == self.fail_at:
            raise OSError(28, "No space left on device")

    def _opening(self, real: Callable[..., int]) -> Callable[..., int]:
        def act(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
            descriptor = real(path, flags, mode, **more)
            self._open_paths[descriptor] = kind(Path(os.fsdecode(path)))
            return descriptor

        return act

    def _syncing(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def act(descriptor: int) -> None:
            self._step(f"sync {self._open_paths.get(descriptor, '?')}")
            real(descriptor)

        return act

    def _renaming(self, real: Callable[..., Path]) -> Callable[..., Path]:
        def act(path: Path, target: Path) -> Path:
            self._step(f"rename {kind(path)} to {kind(Path(target))}")
            return real(path, target)

        return act


def kind(path: Path) -> str:
    """What a path is to the folder of files."""
    if path.suffix == ".partial":
        return "partial"
    return "file" if len(path.name) == 64 else f"folder {len(path.name)}"


def test_the_file_is_synced_then_renamed_then_the_folder_synced(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken("first, so that the folder is there")
    recorder = Recorder(monkeypatch)
    content = next(bytes([n]) for n in range(256) if not folder_of(bytes([n])).exists())
    storage.put(content)
    # Each new folder is synced into the one above it first.
    assert recorder.steps[-3:] == ["sync partial", "rename partial to file", "sync folder 2"]
    assert all(step.startswith("sync folder") for step in recorder.steps[:-3])
    assert 1 <= len(recorder.steps[:-3]) <= 2


def folder_of(content: bytes) -> Path:
    """Where content would lie."""
    return storage.path_of(contents.digest(content)).parent


def test_whichever_step_fails_no_row_is_left_and_no_half_file_is_taken_for_one(
    pipeline: Pipeline, home: Path
) -> None:
    failed = 0
    for step in range(20):
        with pytest.MonkeyPatch.context() as patched:
            recorder = Recorder(patched, fail_at=step)
            try:
                taken(f"文件{step}")
            except OSError:
                failed += 1
            else:
                assert len(recorder.steps) <= step
                break
    assert failed >= 4
    for row in StoredFile.objects.all():
        assert contents.read(row)
    names = {path.name for path in (home / "files").rglob("*") if path.is_file()}
    assert names >= {row.stored_as for row in StoredFile.objects.all()}
    assert not {name for name in names if name.endswith(".partial")}


def test_a_changed_file_is_not_read(pipeline: Pipeline) -> None:
    file = taken()
    path = storage.path_of(file.stored_as)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(MissingContentError, match="改动"):
        contents.read(file)
    path.unlink()
    with pytest.raises(MissingContentError, match="读不出来"):
        contents.read(file)
    path.write_bytes(sealed)
    assert contents.read(file) == TEXT.encode()


def test_with_the_owners_key_all_its_files_are_gone(pipeline: Pipeline) -> None:
    file = taken()
    destroy(CASE.kind, CASE.id, by=SECOND, at=AT, reason="保存期限届满")
    with pytest.raises(KeyDestroyedError):
        contents.read(file)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB" * 32, "a" * 63, "a" * 64 + "\n"])
def test_what_is_no_name_of_a_file_is_no_path(name: str) -> None:
    with pytest.raises(ValueError, match="存放名"):
        storage.path_of(name)


def test_the_sweep_takes_old_strays_and_nothing_else(pipeline: Pipeline, home: Path) -> None:
    kept = taken()
    stray = storage.path_of(storage.put(b"written, never committed"))
    half = stray.with_name("0123.partial")
    half.write_bytes(b"half")
    written = max(path.stat().st_mtime for path in (stray, half))
    now = AT.fromtimestamp(written, AT.tzinfo)
    assert services.sweep(by=SYSTEM, at=now + timedelta(hours=23)) == 0
    assert services.sweep(by=SYSTEM, at=now + timedelta(hours=25)) == 2
    assert contents.read(kept) == TEXT.encode()
    assert not stray.exists()
    assert not half.exists()
    assert services.sweep(by=SYSTEM, at=now + timedelta(hours=26)) == 0
    assert told("files.swept") == ["系统清除没有登记的2个文件"]
