"""Law names written wrongly, decrees that are another text's, and laws that no longer hold.

Knows only the titles of screening.findings.laws; a title nobody listed is left alone. What it says
of repeal goes by the day of the search, not by the day of the facts: hence never more than a
question to be answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.findings.finding import Kind, Severity
from screening.findings.laws import STATE, plain, titles
from screening.findings.scene import Hit, Scene
from statute.citations import cite

CUES = ("《",)

_TITLE = re.compile(r"《([^《》\x00\n]{2,60})》")
_DECREE = re.compile(r"[（(]([^（()）\x00]{0,40}?令)第?(\d{1,4})号")
_PAST = ("原", "旧", "当时的", "废止的", "失效的", "废止", "代替", "替代", "取代")
_ENDED = re.compile(r"[（(]?(?:已|已经|同时|现已)?(?:被)?(?:废止|失效)")
_NAMES = cite("house_practice#错敏词")


def search(scene: Scene) -> Iterator[Hit]:
    """Every title between 《 and 》."""
    text = scene.squeezed.text
    for sighting in scene.sightings["law_names"]:
        match = _TITLE.match(text, sighting.start)
        if match is not None:
            yield from _judged(scene, match)


def _judged(scene: Scene, match: re.Match[str]) -> Iterator[Hit]:
    known = titles()
    title = plain(match[1])
    start, end = scene.squeezed.raw_span(match.start(1), match.end(1))
    if title in known.repealed:
        yield from _repealed(scene, match, start, end)
        return
    near = known.near(title)
    if near:
        whole = STATE + near if match[1].startswith(STATE) else near
        yield Hit(
            Kind.LAW_NAME, Severity.ANSWER, start, end,
            says=f"没有这个名称的法律法规，疑为《{whole}》",
            suggestion=f"核对名称，改为《{whole}》", rule=_NAMES,
        )  # fmt: skip
        return
    yield from _other_decree(scene, match, title)


def _repealed(scene: Scene, match: re.Match[str], start: int, end: int) -> Iterator[Hit]:
    gone = titles().repealed[plain(match[1])]
    text = scene.squeezed.text
    before, after = (
        text[max(0, match.start() - 6) : match.start()],
        text[match.end() : match.end() + 12],
    )
    if scene.today < gone.on or before.endswith(_PAST) or _ENDED.match(after):
        return
    now = f"现为《{gone.now}》" if gone.now else "没有接替的法律法规"
    yield Hit(
        Kind.REPEALED_LAW, Severity.ANSWER, start, end,
        says=f"自{gone.on.year}年{gone.on.month}月{gone.on.day}日起不再有效，{now}",
        suggestion="改引现行规定；引用当时规定的，写明“原”", rule=_NAMES,
    )  # fmt: skip


def _other_decree(scene: Scene, match: re.Match[str], title: str) -> Iterator[Hit]:
    home = titles().numbers.get(title)
    decree = _DECREE.match(scene.squeezed.text, match.end())
    if home is None or decree is None or not home.in_force.covers(scene.today):
        return
    own = home.number.rpartition("第")[2]  # 711号; a citation may give the first decree and this
    if own in scene.squeezed.text[decree.start() : decree.end() + 40].partition("）")[0]:
        return
    start, end = scene.squeezed.raw_span(decree.start(1), decree.end())
    yield Hit(
        Kind.LAW_NAME, Severity.ANSWER, start, end,
        says=f"现行文本的文号是{home.number}", suggestion=f"核对文号，改为{home.number}",
        rule=_NAMES,
    )  # fmt: skip
