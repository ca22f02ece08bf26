"""Columns and lists that announce personal data: a head such as 致贫原因 over cells that say it.

An empty form announces too, but tells of nobody and is left alone; so are cells already masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screening.findings.finding import Kind, Severity
from screening.findings.head_words import tidy, usual_head_words
from screening.findings.scene import Hit, Scene
from screening.findings.tables import Head, Table
from statute.citations import cite

CUES = tuple(dict.fromkeys(word.word for word in usual_head_words().words))

_MASKED = re.compile(r"[*＊×✕某]")
_NOTHING = re.compile(r"[\s/\\—–_-]*|无|暂无|[（(].*[）)]|[\[【].*[\]】]|否")
_RULE = cite("personal_information_law#28")
_PRIVACY = cite("regulations#15")
_LONGEST_HEAD, _LONGEST_NAME = 40, 10
_MANY_HEADS = 2  # announcing words in one line of plain text make it a head


def search(scene: Scene) -> Iterator[Hit]:
    """Heads over cells that say something, lists of persons in need, heads in lines of text."""
    for head in scene.tables.heads:
        yield from _judged(scene, head)
    for table in scene.tables.tables.values():
        yield from _names(scene, table)
    yield from _lines(scene)


def _judged(scene: Scene, head: Head) -> Iterator[Hit]:
    values = [scene.extraction.passages[value].text for value in head.values]
    values = [value for value in values if not _NOTHING.fullmatch(value.strip())]
    if not values:
        return
    open_ones = [value for value in values if not _MASKED.search(value)]
    severity = head.meaning.severity if open_ones else Severity.HINT
    many = f"，{len(open_ones)}格未作处理" if open_ones else "，均已作处理"
    start, end = scene.stretch(head.index)
    yield Hit(
        Kind.TABLE_HEAD, severity, start, end,
        says=f"栏目涉及{head.meaning.about}{many}",
        suggestion="删去整栏；依法应当公开的，说明依据", rule=_RULE,
        words=tuple(values),
    )  # fmt: skip


def _names(scene: Scene, table: Table) -> Iterator[Hit]:
    """A column of names in a table whose heads tell of aid, illness, minors or cases."""
    words, passages = usual_head_words(), scene.extraction.passages
    heads: dict[int, list[tuple[int, str]]] = {row: [] for row in table.head_rows()}
    for cells in table.columns.values():
        for row, index in cells[: len(heads)]:
            if row in heads and len(passages[index].text) <= _LONGEST_HEAD:
                heads[row].append((index, tidy(passages[index].text)))
    for row, texts in heads.items():
        if any(word in head for _, head in texts for word in words.beside):
            for index, head in texts:
                if len(head) <= _LONGEST_NAME and head.endswith(words.names):
                    yield from _list_under(scene, table, row, index)


def _list_under(scene: Scene, table: Table, row: int, index: int) -> Iterator[Hit]:
    passages = scene.extraction.passages
    column = passages[index].place.column
    values = [passages[other].text for place, other in table.columns[column] if place > row]
    named = [value for value in values if _is_open_name(value)]
    if not named:
        return
    start, end = scene.stretch(index)
    yield Hit(
        Kind.NAME_LIST, Severity.ANSWER, start, end,
        says=f"受助人、未成年人或者涉案人等的名单，{len(named)}人未作处理",
        suggestion="姓名只留姓，如“张*”“张某”；依法应当公开的，说明依据",
        rule=_PRIVACY, words=tuple(named),
    )  # fmt: skip


def _is_open_name(value: str) -> bool:
    name = "".join(value.split())
    return 2 <= len(name) <= 12 and not _MASKED.search(name) and not _NOTHING.fullmatch(name)


def _lines(scene: Scene) -> Iterator[Hit]:
    """Lines of plain text made of heads: 姓名 身份证号码 家庭住址, with words behind them."""
    words, seen = usual_head_words(), set()
    for sighting in scene.sightings["table_heads"]:
        position = scene.squeezed.raw(sighting.start)
        first, last = scene.joined.bounds(position)
        if first in seen or scene.joined.passage(position).place.row:
            continue
        seen.add(first)
        cells = scene.joined.text[first:last].split()
        announcing = [meaning for meaning in map(words.meaning, cells) if meaning is not None]
        if len(announcing) >= _MANY_HEADS and _are_heads(cells) and _has_rows(scene, last):
            yield Hit(
                Kind.TABLE_HEAD, max_severity([each.severity for each in announcing]), first, last,
                says="表头涉及" + "、".join(dict.fromkeys(each.about for each in announcing)),
                suggestion="删去有关各栏；依法应当公开的，说明依据", rule=_RULE,
            )  # fmt: skip


def _are_heads(cells: Sequence[str]) -> bool:
    return len(cells) >= 3 and all(
        len(cell) <= 12 and cell[-1] not in "。；，：:" for cell in cells
    )


def _has_rows(scene: Scene, end: int) -> bool:
    """Whether the next line has as many digits as a row of data would."""
    return sum(map(str.isdigit, scene.after(end, 120))) >= 6


def max_severity(severities: Sequence[Severity]) -> Severity:
    """The gravest of some severities."""
    return min(severities, key=list(Severity).index)
