"""A list of records that the farming department shares; its owner is nobody of the table."""

from __future__ import annotations

from datetime import datetime

from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import Role
from gongkai.office.services.saved_views import save_view
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import opened, placed


def addresses(places: Places, at: datetime) -> dict[str, dict[str, object]]:
    """The addresses of that list."""
    owner = opened("viewkeeper")
    placed(owner, places.farming, Role.DRAFTER)
    view = save_view(
        owner, "草稿", "stage=draft", agency=places.farming, by=actor_for(owner), at=at
    )
    return {name: {"pk": view.pk} for name in ("view_edit", "view_delete", "view_first")}
