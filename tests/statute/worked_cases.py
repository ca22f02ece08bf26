"""Reads the worked cases: YAML a lawyer can check, each naming the provision it exercises."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from statute.docket import Channel, Docket, Entry, Event, Service, WebConfirmation


class Loader(yaml.SafeLoader):
    """YAML in which `on` is a word, not a truth value (as in YAML 1.2)."""


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if first not in "oOyYnN" or "bool" not in tag
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case: its name, the provision, and the raw mapping with what is given and expected."""

    name: str
    provision: str
    data: dict[str, Any]


def worked_cases(folder: str) -> list[WorkedCase]:
    """All cases of a folder under tests/statute/cases, in file order."""
    found: list[WorkedCase] = []
    for path in sorted((CASES / folder).glob("*.yaml")):
        rows = Loader(path.read_text(encoding="utf-8")).get_single_data()
        found += [WorkedCase(row["name"], row["provision"], row) for row in rows]
    return found


def docket_of(rows: list[dict[str, Any]]) -> Docket:
    """The docket written in a case."""
    return tuple(_entry(dict(row)) for row in rows)


def _entry(row: dict[str, Any]) -> Entry:
    kinds: dict[str, Any] = {
        "channel": Channel,
        "service": Service,
        "web": WebConfirmation,
        "event": Event,
    }
    return Entry(
        **{key: kinds[key](value) if key in kinds else value for key, value in row.items()}
    )
