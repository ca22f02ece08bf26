"""Who holds a duty in a body at a moment, those who stand in for the absent included."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gongkai.accounts.models import Cover, RoleGrant, User
from gongkai.accounts.roles import CONTROL_ROLES, Role
from gongkai.agencies.models import Agency


def holders(agency: Agency, roles: Collection[Role], at: datetime) -> list[User]:
    """People who hold one of the duties, and those who cover for one of them; each once, by
    number. The absent person is told too: she sees it on her return."""
    grants = RoleGrant.objects.in_force(at).filter(agency=agency, role__in=roles)
    own = set(grants.values_list("user_id", flat=True))
    lent = grants.exclude(role__in=CONTROL_ROLES).values("user_id")
    covers = Cover.objects.in_force(at).filter(agency=agency, absent_id__in=lent)
    own |= set(covers.values_list("standing_in_id", flat=True))
    return list(User.objects.filter(pk__in=own, is_active=True).order_by("pk"))
