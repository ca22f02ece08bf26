"""Triggers as values: one list for both databases, installed after every migration.

A table rebuild on SQLite silently drops triggers; that is why they are installed again each time
and compared with the database's own catalogue (gongkai.guards.installing).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger by name, the table it guards, and its SQL for either database.

    `postgresql` holds the function body and the CREATE TRIGGER; `truncate` adds a statement-level
    trigger against TRUNCATE there.
    """

    name: str
    table: str
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


_REGISTRY: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    """Adds triggers to the one list; two of one name are a mistake."""
    for trigger in triggers:
        if _REGISTRY.get(trigger.name, trigger) != trigger:
            raise ValueError(f"触发器重名：{trigger.name}")
        _REGISTRY[trigger.name] = trigger


def registered() -> tuple[Trigger, ...]:
    """All triggers, by name."""
    return tuple(_REGISTRY[name] for name in sorted(_REGISTRY))
