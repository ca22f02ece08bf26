"""Finds the labels of a table in flat text, and tells them from the same words in sentences.

A table is the weightiest chain of labels in printed order; a sentence that names rows is no chain,
because its figures carry counters (3件) and its words no numerals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportreader.flat import FlatText

# What may stand between a label and its first value.
_BEHIND = re.compile(
    r"[\s\"'”’)\]:.。]*"
    r"(?P<bar>\|)?[\s|]*(?P<value>[-/]|减?\d[\d,. ]*)?\s*(?P<counter>[件条起份宗个次])?"
)
_WORDS_BEHIND = re.compile(r"[\"'”’)\]:]*[^\S\n]*[\u3400-\u9fff,、;。]")
_MISPRINTED = 3  # characters lost or added in one place
_REACH = 40  # how far a label may be interrupted, in characters


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A label as found: `start` with its numeral, `first` and `end` of its characters (offsets in
    the text), `lost_dot` when the numeral stood without a dot and may be a value's digit."""

    row: str
    start: int
    first: int
    end: int
    weight: int
    lost_dot: bool = False


def keys_of(forms: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Pieces of labels that name one row only → (row, where in the label the piece begins)."""
    keys: dict[str, tuple[str, int]] = {}
    for row, form in forms.items():
        size = 6 if len(form) >= 12 else 5
        places = {0, (len(form) - size) // 2, len(form) - size} if len(form) > size + 1 else {0}
        for place in sorted(places):
            key = form[place : place + size] if len(places) > 1 else form
            if sum(key in other for other in forms.values()) == 1:
                keys[key] = (row, place)
    return keys


def pattern_of(keys: Iterable[str]) -> re.Pattern[str]:
    """One pass over the characters finds them all; of two that overlap the longer is taken."""
    return re.compile("|".join(sorted(map(re.escape, keys), key=len, reverse=True)))


def find(
    flat: FlatText,
    pattern: re.Pattern[str],
    keys: Mapping[str, tuple[str, int]],
    forms: Mapping[str, str],
    numerals: Mapping[str, str],
) -> list[Occurrence]:
    """Every place where a row's label seems to stand, in order."""
    found: list[Occurrence] = []
    position = 0
    while (match := pattern.search(flat.han, position)) is not None:
        row, inside = keys[match[0]]
        first, end, last = _extent(flat.han, match.start(), match.end(), forms[row], inside)
        position = max(match.end(), end)
        offsets = flat.offset(first), flat.offset(last) + 1
        whole = last - first + 1 >= 0.8 * len(forms[row])
        found.append(weigh(flat, row, *offsets, numerals.get(row), whole=whole))
    return found


def _extent(han: str, start: int, end: int, form: str, inside: int) -> tuple[int, int, int]:
    """First character of the label, where the undisturbed part ends, and its last character."""
    first, wanted = start, inside
    while wanted > 0 and first > 0:
        if han[first - 1] == form[wanted - 1]:
            first, wanted = first - 1, wanted - 1
        elif wanted > 1 and first > 1 and han[first - 2] == form[wanted - 2]:
            first, wanted = first - 2, wanted - 2
        elif wanted > 1 and han[first - 1] == form[wanted - 2]:
            wanted -= 1
        else:
            break
    position, used = end, inside + end - start
    while used < len(form) and position < len(han):
        step = _step(han, position, form, used)
        if step is None:
            break
        position, used = position + step[0], used + step[1]
    # A rest of the label beyond an interruption (values or the letters of a vertical heading).
    last = position - 1
    undisturbed = position
    rest = form[used:]
    for size in (len(rest), 4):
        if len(rest) >= size >= 3:
            at = han.find(
                rest[:size] if size == len(rest) else rest[-size:], position, position + _REACH
            )
            if at >= 0:
                last = at + size - 1
                break
    return first, undisturbed, last


def _step(han: str, position: int, form: str, used: int) -> tuple[int, int] | None:
    """How far to go in text and label: a match, or a few characters wrong, missing or too many."""
    if han[position] == form[used]:
        return 1, 1
    here, wanted = han[position : position + 2], form[used : used + 2]
    if len(form) - used > 2 and han[position + 1 : position + 3] == form[used + 1 : used + 3]:
        return 1, 1
    for many in range(1, _MISPRINTED + 1):
        if len(here) == 2 and here == form[used + many : used + many + 2]:
            return 0, many
        if len(wanted) == 2 and wanted == han[position + many : position + many + 2]:
            return many, 0
    return None


def weigh(
    flat: FlatText, row: str, first: int, end: int, numeral: str | None, *, whole: bool
) -> Occurrence:
    """How much speaks for a label of the table here, and where it begins with its numeral."""
    start, numbered, lost_dot = _numeral_before(flat.text, first, numeral)
    behind = _BEHIND.match(flat.text, end)
    weight = (3 if numbered else 0) + (1 if whole else 0)
    if behind is not None and behind["counter"] and behind["value"]:
        weight -= 6
    elif behind is not None and (
        behind["value"] or behind["bar"] or behind.end() == len(flat.text)
    ):
        weight += 1
    elif _WORDS_BEHIND.match(flat.text, end) and not numbered:
        weight -= 2
    return Occurrence(row, start, first, end, weight, lost_dot)


def _numeral_before(text: str, first: int, numeral: str | None) -> tuple[int, bool, bool]:
    """Where the label begins with its numeral, whether it has one, and whether that numeral, its
    dot lost, stands so close behind a value that it may be the value's last digit."""
    if numeral is None:
        return first, False, False
    before = text[max(0, first - 12) : first]
    match = re.search(
        rf"(?:[(\[]\s*)?{numeral}(?:\s*(?:[)\]]\s*[.、,]?|[.、,])\s*[\"“”‘]?|(?P<bare>[\"“”‘]?))\Z",
        before,
    )
    if match is None:
        return first, False, False
    start = first - len(before) + match.start()
    if match["bare"] is None or not numeral.isdecimal():
        return start, True, False
    behind = text[:start].rstrip(" ")[-1:]
    return start, True, behind.isdecimal()


def chain(found: Sequence[Occurrence], order: Mapping[str, int]) -> list[Occurrence]:
    """The weightiest sequence of labels that follow the printed order, each row once."""
    candidates = [one for one in found if one.weight > 0]
    best: list[tuple[int, int | None]] = []
    for index, one in enumerate(candidates):
        previous = [
            (best[earlier][0], earlier)
            for earlier in range(index - 1, -1, -1)
            if order[candidates[earlier].row] < order[one.row]
            and candidates[earlier].end <= one.start
        ]
        weight, earlier_index = max(previous, default=(0, None), key=lambda pair: pair[0])
        best.append((weight + one.weight, earlier_index))
    result: list[Occurrence] = []
    at: int | None = max(
        range(len(best) - 1, -1, -1), key=lambda index: best[index][0], default=None
    )
    while at is not None:
        result.append(candidates[at])
        at = best[at][1]
    return result[::-1]
