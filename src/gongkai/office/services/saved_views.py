"""Lists kept under a name: saving, changing, deleting, choosing the one that opens first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.access import may
from gongkai.accounts.models import User
from gongkai.accounts.policies import Policy
from gongkai.accounts.queries import standing_of
from gongkai.agencies.models import Agency
from gongkai.disclosure.policies import works_on_records
from gongkai.office import policies
from gongkai.office.models import SavedView
from gongkai.office.policies import ViewAffair
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record

LONGEST_QUERY = 1000


class SavedViewError(Exception):
    """Why a list was not kept; `field` names the form field concerned."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def save_view(
    owner: User, name: str, query: str, *, agency: Agency | None, by: Actor, at: datetime
) -> SavedView:
    """Keeps a list for its owner, or for everybody who works on records in a body."""
    owner = User.objects.select_for_update().get(pk=owner.pk)
    _may_share(owner, agency, at)
    if len(query) > LONGEST_QUERY:
        raise SavedViewError("条件太多，存不下；请去掉几个再存")
    view = SavedView(owner=owner, query=query, saved_at=at, agency=agency)
    view.name = _free_name(view, name)
    view.save(force_insert=True)
    _trace("office.view_saved", view, by=by, at=at, seen_by=_seen_by(view))
    return view


@transaction.atomic
def change_view(
    view: SavedView, *, name: str, agency: Agency | None, by: Actor, at: datetime
) -> SavedView:
    """Gives it another name, or shares it, or takes it back."""
    view = _locked(view, policies.KEEP_VIEW, by=by, at=at)
    if agency is not None and agency.pk != view.agency_id:
        _may_share(view.owner, agency, at)
    former, view.name, view.agency = view.name, _free_name(view, name), agency
    view.save(update_fields=["name", "agency"])
    _trace("office.view_changed", view, by=by, at=at, former=former, seen_by=_seen_by(view))
    return view


@transaction.atomic
def delete_view(view: SavedView, *, by: Actor, at: datetime) -> None:
    """Removes the list; the records in it stay what they are."""
    view = _locked(view, policies.KEEP_VIEW, by=by, at=at)
    _trace("office.view_deleted", view, by=by, at=at)
    view.delete()


@transaction.atomic
def open_first(view: SavedView, *, first: bool, by: Actor, at: datetime) -> SavedView:
    """Makes it the list its owner sees before anything is chosen, or no longer."""
    view = _locked(view, policies.CHOOSE_VIEW, by=by, at=at)
    SavedView.objects.filter(owner=view.owner, opens_first=True).update(opens_first=False)
    view.opens_first = first
    view.save(update_fields=["opens_first"])
    _trace("office.view_chosen", view, by=by, at=at, opens="打开就看" if first else "不再打开就看")
    return view


def _locked(view: SavedView, policy: Policy, *, by: Actor, at: datetime) -> SavedView:
    fresh = SavedView.objects.select_for_update().select_related("owner").get(pk=view.pk)
    person = User.objects.filter(pk=by.id, is_active=True).first() if by.id.isdecimal() else None
    about = ViewAffair(fresh.owner_id, fresh.agency_id)
    if person is None or not may(policy, standing_of(person, at), about):
        raise SavedViewError("这份常用清单不归您管")
    return fresh


def _may_share(owner: User, agency: Agency | None, at: datetime) -> None:
    if agency is not None and not works_on_records.test(standing_of(owner, at), agency.pk):
        raise SavedViewError("只能给您任职的机关共用", field="agency")


def _free_name(view: SavedView, name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise SavedViewError("请写一个名称", field="name")
    others = SavedView.objects.filter(owner=view.owner, name=plain).exclude(pk=view.pk)
    if others.exists():
        raise SavedViewError("您已经有一份同名的清单，请换一个名称", field="name")
    return plain


def _seen_by(view: SavedView) -> str:
    return "只给本人" if view.agency is None else f"给{view.agency.name}共用"


def _trace(event: str, view: SavedView, *, by: Actor, at: datetime, **facts: str) -> None:
    subject = Subject("saved_view", str(view.pk), view.name)
    record(event, by=by, at=at, subject=subject, agency_code=by.agency_code, facts=facts)
