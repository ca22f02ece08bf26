"""What a PDF still holds of its earlier states: older versions, left-over objects, tails.

Programs save by adding to the end; what was deleted stands in the file as before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import closing

import pikepdf
import pypdfium2

from screening.extraction.pdf_frame import opened
from screening.extraction.pdf_structure import glean
from screening.extraction.pdf_tree import Tree, grow, indirect, is_one, strings
from screening.extraction.words import runs, words_of
from screening.passages import Layer, NotCovered, Passage, Place, UnfitFileError

MAX_VERSIONS = 12
_END = re.compile(rb"%%EOF[\r\n]{0,2}")
_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\)\s*(?:Tj|'|\")|<([0-9A-Fa-f\s]+)>\s*Tj")
_LEAST_TAIL = 8
_MAX_PAGES = 300  # of an earlier version
_Found = tuple[list[Passage], list[NotCovered]]


def earlier_words(data: bytes, known: set[str]) -> _Found:
    """Words of earlier versions that the file as it is does not say any more."""
    ends = [match.end() for match in _END.finditer(data)]
    cuts = [end for end in ends[:-1] if end < len(data) - 32]
    passages: list[Passage] = []
    not_covered: list[NotCovered] = []
    if len(cuts) > MAX_VERSIONS:
        place = Place(layer=Layer.EARLIER_VERSION)
        reason = f"文件保存过 {len(cuts) + 1} 次，只检查了其中 {MAX_VERSIONS} 次的旧内容"
        not_covered.append(NotCovered(place, reason))
    said = set(known)
    for cut in cuts[-MAX_VERSIONS:]:
        for text, page in _words(data[:cut]):
            if text not in said:
                said.add(text)
                place = Place(layer=Layer.EARLIER_VERSION, page=page)
                passages.append(Passage(text, place))
    return passages, not_covered


def _words(version: bytes) -> Iterator[tuple[str, int]]:
    """Everything an earlier version says; nothing where it does not stand by itself (the first
    part of a file laid out for the web does not)."""
    try:
        with opened(version) as document:
            for index in range(min(len(document), _MAX_PAGES)):
                with closing(document[index]) as page, closing(page.get_textpage()) as text:
                    for line in text.get_text_range().splitlines():
                        if line.strip():
                            yield line.strip(), index + 1
        with pikepdf.open(io.BytesIO(version), attempt_recovery=False) as pdf:
            for passage in glean(grow(pdf)).passages:
                yield passage.text, passage.place.page
    except (pypdfium2.PdfiumError, pikepdf.PdfError, UnfitFileError, ValueError):
        return


def leftovers(tree: Tree) -> _Found:
    """Objects that the file keeps and nothing points to."""
    passages: list[Passage] = []
    unread = 0
    for item in indirect(tree.pdf):
        if item.objgen in tree.reached or _is_machinery(item):
            continue
        place = Place(layer=Layer.EARLIER_VERSION, part=f"无人引用的对象 {item.objgen[0]}")
        passages += [Passage(text, place) for _, text in strings(item)]
        if isinstance(item, pikepdf.Stream):
            shown = _shown(item)
            passages += [Passage(text, place) for text in shown]
            unread += not shown
    place = Place(layer=Layer.EARLIER_VERSION)
    reason = f"文件里有 {unread} 个无人引用的数据流，没有检查"
    return passages, [NotCovered(place, reason)] if unread else []


def _is_machinery(item: pikepdf.Object) -> bool:
    return is_one(item, "/Type", "/ObjStm", "/XRef")


def _shown(stream: pikepdf.Stream) -> list[str]:
    """Words of a page nobody shows: what its operators would draw, as far as it is plain text."""
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return []
    found = []
    for plain, coded in _SHOWN.findall(data):
        words = words_of(plain or _from_hex(coded))
        found += [words] if words else []
    if not found and b" Tf" not in data:
        found = list(runs(data))[:50]
    return found


def _from_hex(coded: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", coded).decode("ascii")
    return bytes.fromhex(digits + "0" * (len(digits) % 2))


def tail(data: bytes) -> list[Passage]:
    """What is written behind the end of the file."""
    ends = [match.end() for match in _END.finditer(data)]
    behind = data[ends[-1] :].strip(b"\0\r\n\t ") if ends else b""
    if len(behind) < _LEAST_TAIL:
        return []
    place = Place(layer=Layer.EARLIER_VERSION, part="文件结尾之后")
    return [Passage(text, place) for text in runs(behind)]
