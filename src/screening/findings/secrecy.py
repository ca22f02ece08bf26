"""Marks of secrecy and of inner use: 机密★1年, （此件不公开）, 内部资料 注意保存.

A mark is not a mention: 泄露工作秘密 in a sentence is none, 工作秘密 alone on a line is. No drafter
may answer a grave one away (secrecy_law_2024#35); who may is the office's matter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from screening.findings.finding import Kind, Severity
from screening.findings.joined import INVISIBLE
from screening.findings.scene import Hit, Scene, Sighting
from screening.passages import Layer
from statute.citations import Citation, cite

_LEVELS = {"严重": Severity.MUST, "一般": Severity.ANSWER, "建议": Severity.HINT}
_REACH, _LINE = 60, 120
_GAPS = re.compile(rf"[\s{INVISIBLE}]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_OPENING, _CLOSING = "（([【", "）)]】"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its cues, its form, and whether it counts only where it stands alone."""

    pattern: re.Pattern[str]
    cues: tuple[str, ...]
    alone: bool
    severity: Severity
    says: str
    rule: Citation


@cache
def marks() -> tuple[Mark, ...]:
    """The marks that come along."""
    text = resources.files(__package__).joinpath("secrecy.toml").read_text(encoding="utf-8")
    return tuple(
        Mark(
            pattern=re.compile(row["pattern"]),
            cues=tuple(row["cues"]),
            alone=row["where"] == "alone",
            severity=_LEVELS[row["level"]],
            says=row["says"],
            rule=cite(row["rule"]),
        )
        for row in tomllib.loads(text)["marks"]
    )


CUES = tuple(dict.fromkeys(cue for mark in marks() for cue in mark.cues))


def search(scene: Scene) -> Iterator[Hit]:
    """Each mark once, where it stands; of two in one place the graver, as listed."""
    done: list[tuple[int, int]] = []
    for sighting in scene.sightings["secrecy"]:
        for mark in marks():
            span = _seen(scene, mark, sighting) if sighting.cue in mark.cues else None
            if span is None:
                continue
            if not any(start < span[1] and span[0] < end for start, end in done[-8:]):
                done.append(span)
                start, end = scene.squeezed.raw_span(*span)
                yield Hit(
                    Kind.SECRECY_MARK, mark.severity, start, end, says=mark.says,
                    suggestion="停止公开，送保密审查" if mark.severity is Severity.MUST
                    else "确认可以公开，删去标记", rule=mark.rule,
                )  # fmt: skip
            break


def _seen(scene: Scene, mark: Mark, sighting: Sighting) -> tuple[int, int] | None:
    text = scene.squeezed.text
    first = text.rfind("\0", max(0, sighting.start - _REACH), sighting.start) + 1
    first = max(first, sighting.start - _REACH)
    for match in mark.pattern.finditer(text, first, sighting.end + _REACH):
        if match.start() <= sighting.start and sighting.end <= match.end():
            alone = not mark.alone or _bracketed(text, match) or _fills_line(scene, mark, match)
            return match.span() if alone else None
    return None


def _bracketed(text: str, match: re.Match[str]) -> bool:
    """Between brackets, the marks of a title: 通知（征求意见稿）."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return bool(before) and before in _OPENING and bool(after) and after in _CLOSING


def _fills_line(scene: Scene, mark: Mark, match: re.Match[str]) -> bool:
    position = scene.squeezed.raw(match.start())
    first, last = scene.joined.bounds(position)
    text = scene.joined.text
    before = text.rfind("\n", max(first, position - _LINE), position) + 1
    if not before and position - first > _LINE:
        return False
    end = text.find("\n", position, min(last, position + _LINE))
    if end < 0 and last - position > _LINE:
        return False
    line = _GAPS.sub("", text[max(first, before) : last if end < 0 else end])
    if scene.joined.passage(position).place.layer is Layer.FILE_NAME:
        line = _SUFFIX.sub("", line)
    return mark.pattern.fullmatch(line.rstrip("。；，！!.")) is not None
