"""What a look through a file gives, as a value and as the sealed line it is kept in.

Not how it is searched: that is screening's. Excerpts come masked from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from screening.findings.finding import Severity


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as it is kept: the keyed digest, and words that may be shown to staff.

    Not `covered`: a part that could not be searched. Not `answerable`: no reason lets it stand.
    """

    key: str
    kind: str
    severity: Severity
    place: str
    excerpt: str
    says: str = ""
    suggestion: str = ""
    rule: str = ""
    covered: bool = True
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Examined:
    """All findings of one look; where `failure` is given there was no look."""

    sha256: str
    lists_version: str
    found: tuple[Found, ...] = ()
    failure: str = ""

    def count(self, severity: Severity) -> int:
        """How many of a severity."""
        return sum(one.severity is severity for one in self.found)

    @property
    def not_covered(self) -> int:
        """How many parts could not be searched."""
        return sum(not one.covered for one in self.found)


def as_line(found: Iterable[Found]) -> bytes:
    """Findings as they are sealed."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False).encode()


def from_line(line: bytes) -> tuple[Found, ...]:
    """Findings as they were kept."""
    return tuple(
        Found(**{**one, "severity": Severity(one["severity"])}) for one in json.loads(line)
    )


def as_argument(examined: Examined) -> str:
    """A look as one string, to be handed from the slow half of a job to the other."""
    return json.dumps(asdict(examined), ensure_ascii=False)


def from_argument(argument: str) -> Examined:
    """The look that was handed over."""
    given = json.loads(argument)
    found = from_line(json.dumps(given.pop("found")).encode())
    return Examined(**given, found=found)
