"""Screening: all searches over one file's words; a pure function of words, lists, day and secret.

Each search is an entry of SEARCHES and knows nothing of the others. What may be published in spite
of a finding is decided elsewhere (screening.findings.decisions, and the office).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from screening.findings import (
    addresses,
    dates_and_numbers,
    hidden,
    law_names,
    links,
    personal,
    secrecy,
    table_heads,
    words,
)
from screening.findings.finding import Finding, Kind, Severity
from screening.findings.fingerprint import fingerprint
from screening.findings.joined import Joined, joined, squeezed
from screening.findings.scene import Hit, Scene, Search, Sighting
from screening.findings.showing import Shower, spans
from screening.findings.tables import tables_of
from screening.findings.word_lists import WordLists, built_in
from screening.passages import Extraction, NotCovered, Place
from statute.citations import cite


@dataclass(frozen=True, slots=True)
class Entry:
    """A search and the cues it wants to know of; the words of lists are cues of their own."""

    search: Search
    cues: tuple[str, ...]


SEARCHES: dict[str, Entry] = {
    "personal": Entry(personal.search, personal.CUES),
    "addresses": Entry(addresses.search, addresses.CUES),
    "table_heads": Entry(table_heads.search, table_heads.CUES),
    "secrecy": Entry(secrecy.search, secrecy.CUES),
    "words": Entry(words.search, ()),
    "law_names": Entry(law_names.search, law_names.CUES),
    "dates_and_numbers": Entry(dates_and_numbers.search, dates_and_numbers.CUES),
    "links": Entry(links.search, links.CUES),
    "hidden": Entry(hidden.search, hidden.CUES),
}
_AROUND = 16  # characters to either side that belong to the identity of a finding
_HALF = re.compile("[\ud800-\udfff]")
_NOT_COVERED_RULE = cite("secrecy_regulation#42")


def screen(
    extraction: Extraction,
    lists: WordLists | None = None,
    *,
    today: date,
    secret: bytes = b"",
) -> tuple[Finding, ...]:
    """All findings, the gravest first, then in the order of the file.

    `lists` None: those that come along. `secret` keys the digests by which findings are known
    again (screening.findings.fingerprint).
    """
    scene = lay_out(extraction, lists or built_in(), today)
    hits = [hit for entry in SEARCHES.values() for hit in entry.search(scene)]
    hits = sorted((_in_place(scene, hit) for hit in hits), key=lambda hit: (hit.start, hit.end))
    shower = Shower(scene.joined, hits)
    keys = _Keys(secret)
    findings = [_finding(scene, hit, shower, keys) for hit in hits]
    findings += [_not_covered(part, keys) for part in extraction.not_covered]
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def lay_out(extraction: Extraction, lists: WordLists, today: date) -> Scene:
    """Everything the searches are given."""
    whole = joined(extraction)
    plain = squeezed(whole.text)
    sightings = _sightings(plain.text, lists)
    announcing = {
        whole.order[whole.piece(plain.raw(sighting.start))]
        for sighting in sightings.get("table_heads", ())
    }
    return Scene(
        extraction=extraction,
        joined=whole,
        squeezed=plain,
        sightings=sightings,
        tables=tables_of(extraction.passages, announcing),
        begins=dict(zip(whole.order, whole.starts, strict=True)),
        lists=lists,
        today=today,
    )


@dataclass(frozen=True, slots=True)
class _Book:
    """One automaton for the cues of all searches and all words, and who asked for each."""

    automaton: AhoCorasick
    patterns: tuple[str, ...]
    owners: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=8)
def _book(lists: WordLists, searches: tuple[str, ...]) -> _Book:
    owners: dict[str, list[str]] = {}
    for name in searches:
        for cue in SEARCHES[name].cues:
            owners.setdefault(cue, []).append(name)
    for word in lists.entries:
        for phrase in (word.word, *word.right_in):
            owners.setdefault(phrase, []).append("words")
    patterns = tuple(owners)
    return _Book(
        AhoCorasick(patterns, implementation=Implementation.DFA),
        patterns,
        tuple(tuple(dict.fromkeys(names)) for names in owners.values()),
    )


def _sightings(text: str, lists: WordLists) -> Mapping[str, Sequence[Sighting]]:
    book = _book(lists, tuple(SEARCHES))
    found: dict[str, list[Sighting]] = {name: [] for name in SEARCHES}
    found.setdefault("words", [])
    try:
        matches = book.automaton.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:  # half a character, from a damaged file: no word contains it
        text = _HALF.sub("\ufffd", text)
        matches = book.automaton.find_matches_as_indexes(text, overlapping=True)
    for index, start, end in matches:
        sighting = Sighting(book.patterns[index], start, end)
        for owner in book.owners[index]:
            found[owner].append(sighting)
    return found


def _in_place(scene: Scene, hit: Hit) -> Hit:
    """Personal data that nobody sees are graver: nobody will notice them go out."""
    if hit.kind.personal and hit.severity is Severity.ANSWER:
        pieces = scene.joined.pieces(hit.start, hit.end)
        if any(scene.extraction.passages[index].place.layer.hidden for index, _, _ in pieces):
            return replace(hit, severity=Severity.MUST)
    return hit


def _finding(scene: Scene, hit: Hit, shower: Shower, keys: _Keys) -> Finding:
    places = spans(scene.joined, hit)
    place = scene.joined.passage(hit.start).place
    return Finding(
        kind=hit.kind,
        severity=hit.severity,
        place=place,
        spans=places,
        excerpt=shower.excerpt(hit),
        says=hit.says,
        suggestion=hit.suggestion,
        rule=hit.rule,
        key=keys.key(hit.kind, place, hit.words or _surroundings(scene.joined, hit)),
    )


def _surroundings(whole: Joined, hit: Hit) -> tuple[str, ...]:
    """The words, and what stands around them in their passage: change either, and it is another."""
    first = max(whole.bounds(hit.start)[0], hit.start - 2 * _AROUND)
    last = min(whole.bounds(hit.end - 1)[1], hit.end + 2 * _AROUND)
    before = "".join(whole.text[first : hit.start].split())
    after = "".join(whole.text[hit.end : last].split())
    return whole.text[hit.start : hit.end], before[-_AROUND:], after[:_AROUND]


def _not_covered(part: NotCovered, keys: _Keys) -> Finding:
    return Finding(
        kind=Kind.NOT_COVERED,
        severity=Severity.ANSWER,
        place=part.place,
        spans=(),
        excerpt="",
        says=part.reason,
        suggestion="由人查看后说明",
        rule=_NOT_COVERED_RULE,
        key=keys.key(Kind.NOT_COVERED, part.place, (part.place.wording(), part.reason)),
    )


class _Keys:
    """Keys of one look. Of findings alike in everything each has its own, by their order: one
    that was answered for does not answer for another added later."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._given: dict[tuple[str, ...], int] = {}

    def key(self, kind: Kind, place: Place, words: tuple[str, ...]) -> str:
        """The place counts by what does not move when lines are added before it."""
        if not self._secret:
            return ""
        parts = (kind.value, place.layer.value, *place.inside, place.sheet, *words)
        number = self._given[parts] = self._given.get(parts, 0) + 1
        return fingerprint(self._secret, (*parts, str(number)))
