"""Who has taken what."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.claims.matters import Matter
from gongkai.claims.models import Claim

Key = tuple[str, str, str]


def claims_of(matters: Collection[Matter]) -> dict[Key, Claim]:
    """The standing claims of these matters by Matter.key, in one query."""
    wanted = {one.key for one in matters}
    ids = {one.id for one in matters}
    found = Claim.objects.standing().filter(matter_id__in=ids) if ids else ()
    by_key = {(one.matter_kind, one.matter_id, one.occasion): one for one in found}
    return {key: claim for key, claim in by_key.items() if key in wanted}


def claim_of(matter: Matter) -> Claim | None:
    """The standing claim of one matter."""
    return claims_of([matter]).get(matter.key)
