"""Two thousand files with flipped bytes: words or a refusal come out, and the reader lives.

The hundred thousand of the proof are `python -m benchmarks.flip_bytes --count 100000`.
"""

from __future__ import annotations

import random

import pytest
from benchmarks import flip_bytes
from benchmarks.flip_bytes import flip
from benchmarks.mutations import flipped

from screening.passages import Carrier, UnfitFileError
from screening.reading import EXTRACTORS
from tests.screening.samples import SAMPLES

EACH = 170  # twelve carriers: 2,040 in all


@pytest.mark.parametrize("carrier", EXTRACTORS)
def test_flipped_bytes_are_read_or_refused_and_nothing_else(carrier: Carrier) -> None:
    tally = flip(carrier, EACH, seed=7)
    print(f"\n{tally}")
    assert tally.died == []
    assert dict(tally.stray) == {}
    assert tally.done == EACH
    assert tally.peak <= flip_bytes.MEMORY
    assert tally.slowest <= flip_bytes.SLOW_SECONDS


def test_flips_are_the_same_for_the_same_seed_and_change_the_file() -> None:
    for carrier in EXTRACTORS:
        data = SAMPLES[carrier]()
        assert flipped(data, carrier, random.Random("1")) == flipped(
            data, carrier, random.Random("1")
        )
        assert any(flipped(data, carrier, random.Random(str(n))) != data for n in range(3))


def test_a_stray_error_would_be_counted() -> None:
    tally = flip_bytes.Tally(Carrier.TEXT)
    flip_bytes._count(tally, ["flip 1", "0.001 stray KeyError docx.py:7", "flip 2", "0.002 read"])
    assert tally.stray == {"KeyError docx.py:7": 1}
    assert (tally.done, tally.read) == (2, 1)


def test_whatever_a_reader_raises_is_noted_and_the_next_one_begins() -> None:
    words = []
    for error in (KeyError("a"), UnfitFileError("b"), MemoryError(), RecursionError()):
        with flip_bytes._Outcome() as outcome:
            raise error
        words.append(outcome.words.split()[:2])
    assert words == [["stray", "KeyError"], ["refused"], ["refused"], ["refused"]]
