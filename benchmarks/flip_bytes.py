"""Flips bytes of sound files of every carrier and reads them: only a refusal or words may come out.

    python -m benchmarks.flip_bytes --count 100000

How bytes are changed is in `benchmarks.mutations`. A child under the limits of the sandbox reads a
batch; one that dies is counted with the number of the flip, by which it can be made again. It
measures no speed.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.screening.sound_files import sound_files

from benchmarks.mutations import flipped
from screening.confined import confine, peak_bytes
from screening.limits import MIB
from screening.passages import Carrier, UnfitFileError
from screening.reading import EXTRACTORS, extract

BATCH = 500
MEMORY = 512 * MIB
CPU_SECONDS = 900
SLOW_SECONDS = 20.0


@dataclass(slots=True)
class Tally:
    """What came of the flips of one carrier."""

    carrier: Carrier
    done: int = 0
    read: int = 0
    refused: int = 0
    stray: Counter[str] = field(default_factory=Counter)
    died: list[str] = field(default_factory=list)
    slowest: float = 0.0
    peak: int = 0

    def __str__(self) -> str:
        words = f"{self.carrier.value}: {self.done} flips, {self.read} read, {self.refused} refused"
        words += f", {sum(self.stray.values())} stray errors, {len(self.died)} deaths"
        words += f", slowest {self.slowest:.1f} s, peak {self.peak / MIB:.0f} MiB"
        return "\n  ".join(
            [words, *(f"{n} × {what}" for what, n in self.stray.items()), *self.died]
        )


class _Outcome:
    """Notes what comes out of a reading, and lets the next one begin whatever it was."""

    words = "read"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, trace: TracebackType | None) -> bool:
        if isinstance(error, (UnfitFileError, MemoryError, RecursionError)):
            self.words = "refused"  # the sandbox makes refusals of all three
        elif error is not None:
            frame = traceback.extract_tb(trace)[-1]
            place = f"{Path(frame.filename).name}:{frame.lineno}"
            self.words = f"stray {type(error).__name__} {place}"
        return isinstance(error, Exception)


def _child(carrier: Carrier, seed: int, first: int, last: int) -> None:
    """Reads flips first … last; a line before each, so that a death names its flip."""
    files = sound_files(carrier)
    read: Callable[..., object] = extract
    extract(files[0])  # loads the libraries before memory is limited
    confine(MEMORY, CPU_SECONDS)
    for number in range(first, last):
        print(f"flip {number}", flush=True)
        chance = random.Random(f"{seed} {carrier.value} {number}")
        data = flipped(chance.choice(files), carrier, chance)
        start = time.process_time()
        with _Outcome() as outcome:
            read(data)
        print(f"{time.process_time() - start:.3f} {outcome.words}", flush=True)
    print(f"peak {peak_bytes()}", flush=True)


def flip(carrier: Carrier, count: int, seed: int = 1) -> Tally:
    """Reads so many flipped files of a carrier in children, and counts what they do."""
    tally = Tally(carrier)
    first = 0
    while first < count:
        last = min(first + BATCH, count)
        arguments = (carrier.value, str(seed), str(first), str(last))
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.flip_bytes", "--child", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        lines = child.stdout.decode().splitlines()
        if not lines:
            raise RuntimeError(f"the reader of {carrier.value} does not even start")
        reached = max(
            (int(line.split()[1]) for line in lines if line.startswith("flip ")), default=first
        )
        _count(tally, lines)
        if child.returncode != 0:
            tally.died.append(f"flip {reached} of seed {seed}: exit status {child.returncode}")
            tally.done += 1
        first = reached + 1
    return tally


def _count(tally: Tally, lines: list[str]) -> None:
    for line in lines:
        head, _, outcome = line.partition(" ")
        if head == "peak":
            tally.peak = max(tally.peak, int(outcome))
        elif head != "flip":
            tally.done += 1
            tally.slowest = max(tally.slowest, float(head))
            tally.read += outcome == "read"
            tally.refused += outcome == "refused"
            if outcome.startswith("stray "):
                tally.stray[outcome.removeprefix("stray ")] += 1


def main() -> int:
    """Prints a line for each carrier; 1 when anything but words and refusals came out."""
    if sys.argv[1:2] == ["--child"]:
        carrier, seed, first, last = sys.argv[2:]
        _child(Carrier(carrier), int(seed), int(first), int(last))
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="flips in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--carriers", nargs="*", type=Carrier, default=list(EXTRACTORS))
    options = parser.parse_args()
    share = -(-options.count // len(options.carriers))
    bad = 0
    for carrier in options.carriers:
        tally = flip(carrier, share, options.seed)
        print(tally, flush=True)
        bad += len(tally.died) + sum(tally.stray.values())
    print(f"{share * len(options.carriers)} flips, {bad} bad outcomes")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
