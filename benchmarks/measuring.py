"""Measures two or more things interleaved, so that what else the machine does hits all alike.

Reports medians and ratios; it judges nothing but whether a ratio keeps its promise.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measured ratio and what was promised: at most (or at least) a number."""

    name: str
    value: float
    promise: float
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the promise holds."""
        return self.value >= self.promise if self.at_least else self.value <= self.promise

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return f"{self.name}: {self.value:.2f} × (promised {sign} {self.promise:g}) " + (
            "kept" if self.kept else "BROKEN"
        )


def interleaved(
    rounds: int, *tasks: Callable[[], object], clock: Callable[[], float] = time.process_time
) -> list[float]:
    """Median seconds of each task, all run once a round, in turn.

    Seconds of the processor, which what else the machine does stretches least; another clock for
    what runs in processes of its own.
    """
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, taken in zip(tasks, seconds, strict=True):
            start = clock()
            task()
            taken.append(clock() - start)
    return [statistics.median(taken) for taken in seconds]
