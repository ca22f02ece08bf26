"""Every event of the trail with its Chinese sentence; filled when the apps start.

It says how an event reads, not who may cause it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
SEALED = "（已加密）"


class UnregisteredEventError(Exception):
    """An event without a sentence cannot be recorded."""


@dataclass(frozen=True)
class Event:
    """An event by name ("agencies.created") and its sentence.

    Placeholders: {actor}, {subject}, and the names of the facts and sealed values that every row
    of the event must carry.
    """

    name: str
    sentence: str

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """The facts that the sentence needs, without actor and subject."""
        fields = {field for _, field, _, _ in Formatter().parse(self.sentence) if field is not None}
        return frozenset(fields - {"actor", "subject"})

    def read(
        self, *, actor: str, subject: str, facts: Mapping[str, str], sealed: frozenset[str]
    ) -> str:
        """The sentence with its blanks filled; sealed values read as （已加密）."""
        values = dict.fromkeys(sealed, SEALED) | dict(facts)
        return self.sentence.format_map(values | {"actor": actor, "subject": subject})


_REGISTRY: dict[str, Event] = {}


def register(*events: Event) -> None:
    """Adds events to the one list; a wrong name, a sentence that is not Chinese or two sentences
    for one name are a ValueError."""
    for event in events:
        if not _NAME.fullmatch(event.name):
            raise ValueError(f"事件名应为“应用.动词”：{event.name}")
        if not _CHINESE.search(event.sentence) or "{actor}" not in event.sentence:
            raise ValueError(f"事件须有写明{{actor}}的中文句子：{event.name}")
        if not all(name.isidentifier() for name in event.placeholders):
            raise ValueError(f"事件句子的占位符只能是名称：{event.name}")
        if _REGISTRY.get(event.name, event) != event:
            raise ValueError(f"事件重名：{event.name}")
        _REGISTRY[event.name] = event


def find(name: str) -> Event:
    """The event of this name; UnregisteredEventError where there is none."""
    try:
        return _REGISTRY[name]
    except KeyError:
        raise UnregisteredEventError(f"事件未登记，不能留痕：{name}") from None


def read(
    name: str, *, actor: str, subject: str, facts: Mapping[str, str], sealed: frozenset[str]
) -> str:
    """How a recorded row reads; a row of an app that is no longer installed reads by its name."""
    event = _REGISTRY.get(name)
    if event is None:
        return f"{actor}：{name}（{subject}）"
    missing = dict.fromkeys(event.placeholders - sealed, "—")
    return event.read(actor=actor, subject=subject, facts=missing | dict(facts), sealed=sealed)


def registered() -> tuple[Event, ...]:
    """All events, by name."""
    return tuple(_REGISTRY[name] for name in sorted(_REGISTRY))
