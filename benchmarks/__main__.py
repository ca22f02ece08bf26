"""`make bench`: runs every benchmark, prints its figures, exits 1 when a promise is broken.

Name one or more to run only these: python -m benchmarks law reading.
"""

from __future__ import annotations

import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks.measuring import Ratio

BENCHMARKS = ("law", "reading", "batches", "screening")


def main() -> int:
    """Prints a heading with machine and date, then every figure."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {_machine()}")
    broken = 0
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n## {name}")
        for figure in import_module(f"benchmarks.{name}").run():
            print(f"- {figure}", flush=True)
            broken += isinstance(figure, Ratio) and not figure.kept
    return 1 if broken else 0


def _machine() -> str:
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(models)} × {models[0]}" if models else platform.machine()


if __name__ == "__main__":
    sys.exit(main())
