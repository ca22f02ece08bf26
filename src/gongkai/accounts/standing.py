"""What a person holds at a moment, as a value: what the predicates of every policies.py judge.

Not a cache: it is read from the database once per request and dies with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongkai.accounts.roles import AdministratorRole, Role


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A duty in an agency; `covering` is the id of the absent person it is held for, if any."""

    agency_id: int
    agency_code: str
    role: Role
    covering: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who asks: the person's id, duties, administrator role, at a moment.

    `supervising` is true for a holder of a duty in the supervising office (the county's
    government office), who sees beyond the own agency. `user_id` None is nobody signed in.
    """

    user_id: int | None
    at: datetime
    held: tuple[HeldRole, ...] = ()
    administrator: AdministratorRole | None = None
    supervising: bool = False

    def roles_in(self, agency_id: int | None) -> frozenset[Role]:
        """Duties in one agency, own and covered."""
        return frozenset(held.role for held in self.held if held.agency_id == agency_id)

    def holds(self, roles: Iterable[Role], agency_id: int | None) -> bool:
        """Whether any of the duties is held in the agency; in any agency when that is None."""
        wanted = frozenset(roles)
        return any(
            held.role in wanted and agency_id in {None, held.agency_id} for held in self.held
        )

    def belongs_to(self, agency_id: int | None) -> bool:
        """Whether any duty at all is held in the agency."""
        return any(held.agency_id == agency_id for held in self.held)

    @property
    def agency_ids(self) -> frozenset[int]:
        """Agencies in which any duty is held."""
        return frozenset(held.agency_id for held in self.held)
