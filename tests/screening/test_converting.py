"""Old formats: refused where there is no converter, converted and told anew where there is one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from screening import converting
from screening.converting import Converted, convert
from screening.passages import Carrier, UnfitFileError
from screening.reading import extract
from tests.screening.samples import SAMPLES, package

# Stands in for LibreOffice: takes the same arguments, copies a file made before.
_STAND_IN = """#!/bin/sh
case "$1" in -env:UserInstallation=file://*) profile="${1#-env:UserInstallation=file://}";; esac
grep -q DisableMacrosExecution "$profile/user/registrymodifications.xcu" || exit 3
while [ "$#" -gt 1 ]; do [ "$1" = --outdir ] && out="$2"; shift; done
mkdir -p "$out"
env > "%(folder)s/environment"
%(action)s
"""


def _install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, action: str, result: bytes = b""
) -> None:
    (folder / "result").write_bytes(result)
    program = folder / "soffice"
    program.write_text(_STAND_IN % {"folder": folder, "action": action})
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def _copies(folder: Path, suffix: str) -> str:
    return f'cp "{folder}/result" "$out/file.{suffix}"'


@pytest.fixture(autouse=True)
def _no_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")


def test_without_a_converter_old_formats_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "_PROGRAMS", ("no-such-program",))
    with pytest.raises(UnfitFileError, match="DOC（旧格式）无法读取，请另存为 DOCX"):
        convert(SAMPLES[Carrier.DOC]())
    with pytest.raises(UnfitFileError, match="XLS（旧格式）无法读取，请另存为 XLSX"):
        convert(SAMPLES[Carrier.XLS]())


def test_extraction_itself_never_reads_old_formats() -> None:
    with pytest.raises(UnfitFileError, match="DOC 是旧格式，无法检查，请另存为 DOCX"):
        extract(SAMPLES[Carrier.DOC]())
    with pytest.raises(UnfitFileError, match="XLS 是旧格式，无法检查，请另存为 XLSX"):
        extract(SAMPLES[Carrier.XLS]())


@pytest.mark.parametrize(("old", "new"), [(Carrier.DOC, Carrier.DOCX), (Carrier.XLS, Carrier.XLSX)])
def test_with_a_converter_old_formats_become_new(
    old: Carrier, new: Carrier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, monkeypatch, _copies(tmp_path, new.value), package(new.value))
    monkeypatch.setenv("GONGKAI_PROBE", "secret")
    assert convert(SAMPLES[old]()) == Converted(new, package(new.value))
    assert "secret" not in (tmp_path / "environment").read_text()


def test_what_the_converter_gives_is_told_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, monkeypatch, _copies(tmp_path, "docx"), package("xlsx"))
    with pytest.raises(UnfitFileError, match="转换后的文件不是 DOCX"):
        convert(SAMPLES[Carrier.DOC]())
    (tmp_path / "result").write_bytes(b"MZ\x90\0")
    with pytest.raises(UnfitFileError, match="可执行程序"):
        convert(SAMPLES[Carrier.DOC]())


@pytest.mark.parametrize("action", ["exit 1", ":", 'ln -s /etc/passwd "$out/file.docx"'])
def test_a_converter_that_gives_nothing_is_a_refusal(
    action: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, monkeypatch, action)
    with pytest.raises(UnfitFileError, match="转换失败"):
        convert(SAMPLES[Carrier.DOC]())


def test_a_converter_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = f'(sleep 4; touch "{tmp_path}/survived") & sleep 30'
    _install(tmp_path, monkeypatch, action)
    monkeypatch.setattr(converting, "WALL_SECONDS", 0.5)
    with pytest.raises(UnfitFileError, match="时间超过上限"):
        convert(SAMPLES[Carrier.DOC]())
    assert not (tmp_path / "survived").exists()


def test_other_files_are_left_as_they_are() -> None:
    data = SAMPLES[Carrier.TEXT]()
    assert convert(data) == Converted(Carrier.TEXT, data)
