"""Ten thousand generated reports checked by one process and by two, and the memory it takes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.reportreader.render.figures import seeded_figures
from tests.reportreader.render.layouts import LAYOUTS

from benchmarks.measuring import Ratio

_LAYOUTS = [layout for layout in LAYOUTS if layout.suffix not in (".pdf", ".docx")]
_MANY, _FEW = 10_000, 1_000


def run() -> Iterator[Ratio | str]:
    """The figures of batches."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        _generate(few, _FEW)
        _generate(many, _MANY)
        alone, memory = _check(many, jobs=1)
        together, _ = _check(many, jobs=2)
        _, memory_of_few = _check(few, jobs=1)
    yield (
        f"{_MANY:,} reports in {len(_LAYOUTS)} layouts on {os.cpu_count()} cores: "
        f"{alone:.0f} s by one process, {together:.0f} s by two"
    )
    yield Ratio("one process / two", alone / together, 1.7, at_least=True)
    yield (
        f"peak memory: {memory_of_few // 1024} MB for {_FEW:,} reports, "
        f"{memory // 1024} MB for {_MANY:,}"
    )
    yield Ratio("peak memory for ten times as many reports", memory / memory_of_few, 1.2)


def _generate(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        layout = _LAYOUTS[number % len(_LAYOUTS)]
        figures = seeded_figures(str(number), edition="2019" if number % 2 else "2021")
        (folder / f"{number:05}{layout.suffix}").write_bytes(layout.render(figures))


def _check(folder: Path, *, jobs: int) -> tuple[float, int]:
    """Seconds, and the peak resident memory in KB of the checking process."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gongkai.site.cli", "report", "check", str(folder),
            "--jobs", str(jobs), "--format", "csv", "--output", os.devnull,
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, _, usage = os.wait4(process.pid, 0)
    assert isinstance(usage, resource.struct_rusage)
    return time.perf_counter() - start, usage.ru_maxrss
