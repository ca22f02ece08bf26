"""Where planted words were found in a file, for the tests of the extractors."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from screening.embedded import Harvest
from screening.extraction import office_parts
from screening.passages import Layer

NUMBER = "110101190001010011"
Guard = Callable[[pytest.MonkeyPatch], None]


def layers_of(found: Harvest, words: str = NUMBER) -> set[Layer]:
    """The layers in which the words were found; files inside count as attachments."""
    layers = {each.place.layer for each in found.extraction.passages if words in each.text}
    inside = any(words.encode() in file.data for file in found.embedded)
    return layers | ({Layer.ATTACHMENT} if inside else set())


def all_of(*guards: Guard) -> Guard:
    """Several guards taken out at once."""

    def take(monkeypatch: pytest.MonkeyPatch) -> None:
        for guard in guards:
            guard(monkeypatch)

    return take


def entry(table: dict[str, object], *names: str) -> Guard:
    """Takes entries out of a table."""

    def take(monkeypatch: pytest.MonkeyPatch) -> None:
        for name in names:
            monkeypatch.delitem(table, name)

    return take


def function(owner: object, name: str, answer: object = None) -> Guard:
    """Puts a function that always gives the same in the place of one."""
    return lambda monkeypatch: monkeypatch.setattr(owner, name, lambda *_, **__: answer)


# The last reader, which gives what the others left.
no_rest = function(office_parts, "leftovers")


def seconds(call: Callable[[], object]) -> float:
    """The processor's time for a call: to be compared with another's, never with a clock."""
    start = process_time()
    call()
    return process_time() - start
