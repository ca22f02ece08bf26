"""The few stretches of a text in which a personal number can stand, put together for one search.

Every kind of number has five digits within a short run, or an @, or a word that names it; the rest
of the text need not be looked at. Here too is undone what statute.identity does not undo: digits
of other scripts, more invisible characters, dots between groups, a line that ends in a number.
All of it changes characters one for one, so that places stay true.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from string import ascii_letters, digits

from screening.findings.contexts import words_for
from screening.findings.joined import INVISIBLE
from screening.findings.scene import Scene, Sighting
from statute.check_digits import compact, is_old_resident_id, is_resident_id, passes_luhn
from statute.identity import Finding, find

_PLATES = tuple(
    province + letter
    for province in "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
    for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"
)
_CHINESE = str.maketrans("〇零○一二三四五六七八九幺", "0001234567891")
_CHINESE_STARTS = tuple(one + two for one in "一幺" for two in "三四五六七八九")
# Names of what has few digits, and how far behind the name the number may stand.
_PAPERS = ("军官证", "士官证", "士兵证", "文职干部证", "台胞证", "大陆通行证")
_NAMES = ("微信", "QQ", "qq", "ＱＱ", *_PAPERS, *words_for("home_phone"))
NUMBER_CUES = ("@", "＠", *_NAMES, *_PLATES, *_CHINESE_STARTS)

_GAP = rf"[ \t\r\n\u00a0\u2002-\u200a\u202f\u3000\-\u2010-\u2014\u2212－{INVISIBLE}]"
_DOT = "[.·•_/．]"
# Eleven digits with gaps, the fewest that tell without a name or a letter; or groups with dots.
_RUN = re.compile(
    rf"\d(?:(?P<dots>\d\d{_DOT}\d{{4}}{_DOT}\d{{4}}|\d{{5}}{_DOT}\d{{8}}{_DOT}\d{{3}}[\dXxＸｘ])"
    rf"|(?:{_GAP}{{0,8}}\d){{10}}(?:{_GAP}{{0,8}}[\dXxＸｘ])*)"
)
# Lengths that no number of a person has, and telephones: those of homes are named.
_NOBODYS = re.compile(r"0\d{2,3}-?\d{7,8}|\d{12}|(?!86)\d{13}|\d{14}|\d{20,}")
_LETTERED = re.compile(rf"[A-ZＡ-Ｚ]{{1,2}}{_GAP}{{0,2}}\d{{7}}")
_DOTTED = re.compile(
    rf"(\d{{3}}){_DOT}(\d{{4}}){_DOT}(\d{{4}})(?!\d)|(\d{{6}}){_DOT}(\d{{8}}){_DOT}(\d{{3}}[\dXxＸｘ])"
)
_CHINESE_NUMBER = re.compile(
    r"[一幺][三四五六七八九][〇零○一二三四五六七八九幺]{9}(?![〇零○一二三四五六七八九])"
)
# Neither what statute.identity folds itself nor what stands in every text.
_ODD = re.compile(r"[^\x00-\x7f\u00a0·\u2002-\u200b\u2010-\u2026\u202f\u3000-\u9fff\uff01-\uff5e]")
# A line that ends in digits and goes on with digits, words before and behind: prose was broken.
_BROKEN = re.compile(
    r"(?<=[^\s\d\x00])(\d{1,18})[ \t]{0,2}\r?\n[ \t]{0,2}(\d{1,18}[Xx]?)(?=[^\d\s\x00])"
)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LEFT, _RIGHT = 12, 2  # as far as statute.identity looks for a name, and what may close a number
_UNSEEN = re.compile(rf"[{INVISIBLE}\r]")
_BETWEEN = "。"
_NAMED, _MAIL = 40, 64  # characters behind a name, and before an @
_ALPHABET = frozenset(ascii_letters + digits)
_LETTERS = re.compile(r"[0-9A-Za-z@._%+\-]{0,80}")


@dataclass(frozen=True, slots=True)
class Number:
    """What was found, in places of the joined text; `broken`: put together over a line or dots."""

    finding: Finding
    start: int
    end: int
    value: str
    broken: bool


def numbers(scene: Scene) -> Iterator[Number]:
    """All that statute.identity finds, in two calls over the stretches.

    Stretches in which something is to be undone go apart: taking characters out makes every place
    be looked up.
    """
    plain: list[tuple[int, int]] = []
    veiled: list[tuple[int, int]] = []
    is_veiled = _veils(scene.joined.text)
    for start, end, dotted in _windows(scene):
        (veiled if dotted or is_veiled(start, end) else plain).append((start, end))
    yield from _found(scene, plain, lambda text: _ODD.sub(_plainly, text))
    yield from _found(scene, veiled, _unveiled)


def _veils(text: str) -> Callable[[int, int], bool]:
    """Asks of a stretch whether something in it will be taken out."""
    unseen = _UNSEEN.search(text) is not None

    def is_veiled(start: int, end: int) -> bool:
        if unseen and _UNSEEN.search(text, start, end):
            return True
        return text.find("\n", start, end) != -1 and _BROKEN.search(text, start, end) is not None

    return is_veiled


def _found(
    scene: Scene, windows: Iterable[tuple[int, int]], undone: Callable[[str], str]
) -> Iterator[Number]:
    """The numbers in some stretches, put one behind the other for one call."""
    text = scene.joined.text
    parts: list[str] = []
    begins: list[int] = []
    origins: list[int] = []
    length = 0
    for start, end in windows:
        head = scene.head(start).rjust(_LEFT, _BETWEEN)
        begins.append(length + len(head))
        origins.append(start)
        parts += (head, text[start:end], _BETWEEN)
        length += len(head) + end - start + 1
    brought = undone("".join(parts))
    for finding in find(brought):
        window = bisect_right(begins, finding.start) - 1
        if window < 0:
            continue  # within the head of the first cell
        shift = origins[window] - begins[window]
        start, end = finding.start + shift, finding.end + shift
        value = brought[finding.start : finding.end]
        yield Number(finding, start, end, value, broken="\n" in text[start:end])


def _windows(scene: Scene) -> Iterator[tuple[int, int, bool]]:
    """Stretches in order, none overlapping, none over the edge of a cell; whether one has dots."""
    text = scene.joined.text
    start = end = -1
    dotted = False
    for seed_start, seed_end, has_dots in sorted(_seeds(scene)):
        if seed_end <= end:
            dotted |= has_dots
            continue
        first, last = _widened(text, seed_start, seed_end, end)
        if first <= end:
            end, dotted = max(last, end), dotted or has_dots
            continue
        if start >= 0:
            yield start, end, dotted
        start, end, dotted = first, last, has_dots
    if start >= 0:
        yield start, end, dotted


def _widened(text: str, start: int, end: int, done: int) -> tuple[int, int]:
    """A seed with the words before it, and never beginning or ending within a word of letters."""
    first = max(start - _LEFT, 0)
    first = text.rfind("\0", first, start) + 1 or first
    while first > max(done, 0) and text[first - 1] in _ALPHABET:
        first -= 1
    letters = _LETTERS.match(text, min(end + _RIGHT, len(text)))
    last = letters.end() if letters else end
    cut = text.find("\0", end, last)
    return first, cut if cut != -1 else last


def _seeds(scene: Scene) -> Iterator[tuple[int, int, bool]]:
    text = scene.joined.text
    for match in _RUN.finditer(text):
        if not _NOBODYS.fullmatch(match[0]):
            yield match.start(), match.end(), match.lastgroup == "dots"
    for match in _LETTERED.finditer(text):
        yield match.start(), match.end(), False
    for sighting in scene.sightings["personal"]:
        if sighting.cue not in _CHINESE_STARTS:
            yield (*_sighted(scene, sighting), False)


def _sighted(scene: Scene, sighting: Sighting) -> tuple[int, int]:
    """The words around an @, or behind a name, within the cell."""
    text = scene.joined.text
    start, end = scene.squeezed.raw_span(sighting.start, sighting.end)
    if sighting.cue in ("@", "＠"):
        first = max(0, start - _MAIL)
        start = text.rfind("\0", first, start) + 1 or first
    last = min(end + _NAMED, len(text))
    cut = text.find("\0", end, last)
    return start, cut if cut != -1 else last


def _unveiled(text: str) -> str:
    """Characters one for one, so that statute.identity sees what a reader sees."""
    text = _ODD.sub(_plainly, text)
    return _DOTTED.sub(_dashed, _BROKEN.sub(_mended, text))


def _plainly(match: re.Match[str]) -> str:
    digit = unicodedata.digit(match[0], -1)
    if digit >= 0:
        return str(digit)
    return "\u200b" if unicodedata.category(match[0]) in ("Cf", "Mn") else match[0]


def _mended(match: re.Match[str]) -> str:
    """The gap of a broken number as invisible characters, when the two parts make one number and
    neither is one by itself."""
    gap = len(match[0]) - len(match[1]) - len(match[2])
    whole = compact(match[1] + match[2])
    if not _is_number(whole) or any(_MOBILE.fullmatch(compact(part)) for part in match.groups()):
        return match[0]
    return match[1] + "\u200b" * gap + match[2]


def _is_number(digits: str) -> bool:
    if _MOBILE.fullmatch(digits) or is_resident_id(digits) or is_old_resident_id(digits):
        return True
    return digits.isdigit() and 16 <= len(digits) <= 19 and passes_luhn(digits)


def _dashed(match: re.Match[str]) -> str:
    return "-".join(group for group in match.groups() if group)


def chinese_numbers(scene: Scene) -> Iterator[tuple[int, int, str]]:
    """Mobile numbers written in Chinese numerals: where, and the digits."""
    text = scene.squeezed.text
    for sighting in scene.sightings["personal"]:
        if sighting.cue in _CHINESE_STARTS:
            match = _CHINESE_NUMBER.match(text, sighting.start)
            before = text[sighting.start - 1] if sighting.start else ""
            if match is not None and before not in tuple("〇零○一二三四五六七八九"):
                start, end = scene.squeezed.raw_span(*match.span())
                yield start, end, match[0].translate(_CHINESE)
