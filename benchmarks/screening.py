"""Screening a megabyte of official text, against the least that must be done to look at all of it.

The least: one Aho-Corasick pass for the words and one regular expression of the forms that are
looked for, over the same text, with nothing weighed, placed, masked or explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from random import Random

from ahocorasick_rs import AhoCorasick, Implementation
from tests.screening.clean_documents import clean_documents
from tests.screening.positives import positives

from benchmarks.measuring import Ratio, interleaved
from screening.findings.search import screen
from screening.findings.word_lists import built_in
from screening.passages import Carrier, Extraction, Passage, Place
from statute.texts.anchors import instruments

_TODAY = date(2026, 11, 1)
_SIZE = 1_000_000
_FORMS = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
    r"|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"
    r"|(?<!\d)\d{15,19}(?!\d)"
    r"|(?<![A-Za-z0-9])[DEGPSHMCWTL][A-Z]?\d{7,10}(?!\d)"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}"
    r"|[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,10}"
    r"|(?:家庭住址|住址|家住|户籍地址)[:：]?[\u4e00-\u9fff0-9]{2,40}"
    r"|(?:绝密|机密|秘密)\s*★|内部资料|此件不公开|工作秘密"
    r"|《[^《》]{2,60}》"
    r"|[\u4e00-\u9fff][〔\[［(（【](?:19|20)\d{2}[〕\]］)）】]第?\d{1,5}号"
    r"|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?"
    r"|https?://[^\s，。；）]{1,500}"
)


def run() -> Iterator[Ratio | str]:
    """Prose, for which the promise is; then what is made of numbers, to show what those cost."""
    ours, least, told = _compared("prose", _prose(share=20))
    yield told
    yield Ratio("screening prose / bare Aho-Corasick and regular expression", ours / least, 2)
    for name, extraction in (("a number in every line", _prose(share=0)), ("cells", _cells())):
        ours, least, told = _compared(name, extraction)
        yield f"{told}, {ours / least:.1f} ×"


def _compared(name: str, extraction: Extraction) -> tuple[float, float, str]:
    text = "\n".join(passage.text for passage in extraction.passages)
    words = [entry.word for entry in built_in().entries]
    automaton = AhoCorasick(words, implementation=Implementation.DFA)

    def bare() -> tuple[int, int]:
        return len(automaton.find_matches_as_indexes(text)), len(_FORMS.findall(text))

    ours, least = interleaved(7, lambda: screen(extraction, today=_TODAY), bare)
    found = len(screen(extraction, today=_TODAY))
    return (
        ours,
        least,
        (
            f"{name}: {len(text):,} characters in {len(extraction.passages):,} passages, "
            f"{found:,} findings: {ours * 1000:.0f} ms, bare pass {least * 1000:.0f} ms"
        ),
    )


def _prose(share: int) -> Extraction:
    """The clean documents without their tables, each after `share` provisions of the law; one in
    a hundred lines with a person's number."""
    chance = Random(5)
    people = [passage.text for one in positives(400, 5) for passage in one.extraction.passages]
    law = [place.text for home in instruments() for place in home.anchors]
    texts: list[str] = []
    size = 0
    for document in clean_documents(20_000, 5):
        found = [passage.text for passage in document.passages if not passage.place.table]
        for text in (*chance.sample(law, k=share), *found):
            texts.append(chance.choice(people) if chance.random() < 0.01 else text)
            size += len(texts[-1]) + 1
        if size >= _SIZE:
            break
    passages = (Passage(text, Place(paragraph=number)) for number, text in enumerate(texts, 1))
    return Extraction(Carrier.TEXT, tuple(passages))


def _cells() -> Extraction:
    """Tables alone."""
    passages: list[Passage] = []
    for number, document in enumerate(clean_documents(2_000, 6), start=1):
        for passage in document.passages:
            if passage.place.table:
                place = Place(table=number, row=passage.place.row, column=passage.place.column)
                passages.append(Passage(passage.text, place))
    return Extraction(Carrier.DOCX, tuple(passages))
