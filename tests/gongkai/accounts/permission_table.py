"""Reads permissions/*.yaml and spells it out: a cell for every route, role and relation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gongkai.accounts.roles import AdministratorRole, Role

FOLDER = Path(__file__).with_name("permissions")
RELATIONS = ("own", "other", "supervising")
VERDICTS = ("allowed", "403", "404")


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A person of the table: a role and where it is held; role "" is nobody in particular."""

    relation: str
    role: str = ""


PERSONS = (
    *(Person(relation, role.value) for relation in RELATIONS for role in Role),
    *(Person("installation", role.value) for role in AdministratorRole),
    Person("none"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """What the table says of one route (and variant): the verdict for each person."""

    route: str
    variant: str
    verdicts: dict[Person, str]


def lines() -> tuple[Line, ...]:
    """The table; what is misspelt in it is a ValueError."""
    table: dict[str, dict[str, Any]] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        part = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        if twice := table.keys() & part.keys():
            raise ValueError(f"{file.name}: {sorted(twice)} stand in another file too")
        table |= part
    return tuple(_line(key, entry) for key, entry in table.items())


def _line(key: str, entry: dict[str, Any]) -> Line:
    if set(entry) - {"duty", "otherwise", *VERDICTS} or not entry.get("duty"):
        raise ValueError(f"{key}: a duty, otherwise, allowed, 403, 404 and nothing else")
    verdicts = dict.fromkeys(PERSONS, _verdict(key, entry["otherwise"]))
    # The narrower word wins: who is allowed by name is not caught by `403: own: all`.
    for verdict in ("404", "403", "allowed"):
        for relation, roles in (entry.get(verdict) or {}).items():
            for person in _persons(key, relation, roles):
                verdicts[person] = verdict
    route, _, variant = key.partition(" @")
    return Line(route, variant, verdicts)


def _persons(key: str, relation: str, roles: Any) -> list[Person]:
    found = [one for one in PERSONS if one.relation == relation]
    if roles == "all":
        return found
    wanted = {Person(relation, role) for role in roles}
    if unknown := wanted - set(found):
        raise ValueError(f"{key}: nobody in the table is {unknown}")
    return sorted(wanted)


def _verdict(key: str, value: object) -> str:
    if str(value) not in VERDICTS:
        raise ValueError(f"{key}: {value} is no verdict")
    return str(value)
