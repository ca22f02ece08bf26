"""Who did something and to what, as values that outlive the person and the thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """Whether a person of the staff, a citizen, or the system itself acted."""

    USER = "user"
    CITIZEN = "citizen"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which agency; names are kept as they were at the time. `agency_code` is empty
    for the installation as a whole."""

    kind: ActorKind
    id: str
    name: str
    agency_code: str = ""
    agency_name: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What something was done to: kind ("agency", "user", "notice" …), id, and a label."""

    kind: str
    id: str
    label: str


SYSTEM = Actor(ActorKind.SYSTEM, "system", "系统")
