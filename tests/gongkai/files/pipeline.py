"""A stand-in for screening: what it finds and makes is said by the test. Used where the office's
own rules are tested; that the real one is called rightly is tested end to end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from gongkai.files import inspection
from gongkai.files.findings import Found
from gongkai.files.inspection import Blackened
from screening.findings.finding import Severity
from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping.stripped import Removal, Stripped

MUST = Found("a1", "personal", Severity.MUST, "第1段", "身份证号 11********", "遮盖")
ANSWER = Found("b2", "not_covered", Severity.ANSWER, "第1页", "图片没有检查", covered=False)
HINT = Found("c3", "words", Severity.HINT, "第2段", "按装", "安装")


@dataclass(slots=True)
class Pipeline:
    """What the next look finds, and what kind every file is."""

    found: tuple[Found, ...] = ()
    version: str = "2026-1"
    carrier: Carrier = Carrier.TEXT
    unfit: str = ""
    converter: bool = False
    seen: list[bytes] = field(default_factory=list)

    def carrier_of(self, content: bytes) -> Carrier:
        self._look(content)
        return self.carrier

    def lists_version(self) -> str:
        return self.version

    def searched(self, content: bytes, *, key: bytes, at: datetime) -> tuple[Found, ...]:
        self._look(content)
        return self.found

    def stripped(self, content: bytes) -> Stripped:
        self._look(content)
        removed = (Removal(Layer.COMMENT, 2, "批注"), Removal(Layer.METADATA, 1, "作者"))
        return Stripped(self.carrier, content + b"stripped", removed)

    def can_convert(self) -> bool:
        return self.converter

    def converted(self, content: bytes) -> tuple[Carrier, bytes]:
        self._look(content)
        return Carrier.DOCX, content + b"converted"

    def normal_instructions(self, instructions: Mapping[str, Any]) -> Mapping[str, Any]:
        if "marks" not in instructions:
            raise UnfitFileError("不是遮盖方案")
        return dict(instructions)

    def marks_in(self, instructions: Mapping[str, Any]) -> int:
        return len(instructions["marks"])

    def redacted(self, content: bytes, instructions: Mapping[str, Any]) -> Blackened:
        self._look(content)
        marks = instructions["marks"]
        return Blackened(content + b"blackened", dict(instructions), {"places": 1}, len(marks))

    def _look(self, content: bytes) -> None:
        self.seen.append(content)
        if self.unfit:
            raise UnfitFileError(self.unfit)


def installed(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    """Puts the stand-in in the place of every function of inspection."""
    pipeline = Pipeline()
    for name in (
        *("carrier_of", "lists_version", "searched", "stripped"),
        *("can_convert", "converted", "normal_instructions", "marks_in", "redacted"),
    ):
        monkeypatch.setattr(inspection, name, getattr(pipeline, name))
    return pipeline
