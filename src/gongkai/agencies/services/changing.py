"""A body renamed, moved, amended or ended; what it was before stays on file with its days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, AgencyKind, Designation
from gongkai.agencies.profiles import PROFILE_FIELDS, Profile, profile_faults
from gongkai.agencies.services.founding import check_name_free, refuse, subject_of, validate
from gongkai.trail.actors import Actor
from gongkai.trail.services import record


@transaction.atomic
def rename_agency(
    agency: Agency,
    *,
    by: Actor,
    at: datetime,
    on: date,
    name: str,
    basis: str,
    short_name: str = "",
) -> Agency:
    """Gives a body another name from a day on, which is today or earlier; the old one is kept.

    `basis` is the document that says so. AgencyError where the name is taken or the day does not
    lie after the last change.
    """
    agency = lock_tree(agency)
    former, new = agency.name, name.strip()
    if not new or new == former:
        raise AgencyError("请填写与现名不同的新名称", field="name")
    check_name_free(new, on, but=agency)
    agency.name, agency.short_name = new, short_name.strip()
    _redesignate(agency, on=on, at=at, basis=required_basis(basis))
    record(
        "agencies.renamed",
        by=by,
        at=at,
        subject=subject_of(agency),
        agency_code=agency.code,
        facts={"former": former, "on": on.isoformat(), "basis": basis.strip()},
    )
    return agency


@transaction.atomic
def move_agency(
    agency: Agency, *, by: Actor, at: datetime, on: date, parent: Agency | None, basis: str
) -> Agency:
    """Puts a body under another from a day on, with everything below it.

    AgencyError where that would place it below itself, or the new parent does not exist then.
    """
    agency = lock_tree(agency)
    upper = parent and Agency.objects.get(pk=parent.pk)
    if agency.parent_id == (upper.pk if upper else None):
        raise AgencyError("上级没有变化", field="parent")
    put_under(agency, upper, on=on, at=at, basis=required_basis(basis))
    record(
        "agencies.moved",
        by=by,
        at=at,
        subject=subject_of(agency),
        agency_code=agency.code,
        facts={
            "parent": upper.name if upper else "（无上级）",
            "parent_code": upper.code if upper else "",
            "on": on.isoformat(),
            "basis": basis.strip(),
        },
    )
    return agency


@transaction.atomic
def amend_agency(agency: Agency, *, by: Actor, at: datetime, profile: Profile) -> Agency:
    """Writes the codes, review bodies and courts of a body anew; the trail keeps old and new.

    Numbers drawn and letters sent before keep what they said. AgencyError for a wrong form.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    require_existing(agency, timezone.localdate(at))
    refuse(profile_faults(profile, AgencyKind(agency.kind)))
    changes = []
    for name, value in profile.values().items():
        before: str = getattr(agency, name)
        if before != value:
            label = getattr(Agency, name).field.verbose_name
            changes.append(f"{label}由“{before}”改为“{value}”")
            setattr(agency, name, value)
    if not changes:
        return agency
    validate(agency)
    agency.save(update_fields=PROFILE_FIELDS)
    record(
        "agencies.amended",
        by=by,
        at=at,
        subject=subject_of(agency),
        agency_code=agency.code,
        facts={"changes": "；".join(changes)},
    )
    return agency


@transaction.atomic
def close_agency(agency: Agency, *, by: Actor, at: datetime, on: date, basis: str) -> Agency:
    """Ends a body without a successor; `on` is its last day. Its numbers and history stay.

    AgencyError for the supervising office, and while bodies below it still exist.
    """
    agency = lock_tree(agency)
    required_basis(basis)
    end(agency, last=on, at=at)
    record(
        "agencies.closed",
        by=by,
        at=at,
        subject=subject_of(agency),
        agency_code=agency.code,
        facts={"on": on.isoformat(), "basis": basis.strip()},
    )
    return agency


# --- steps shared with gongkai.agencies.services.succession ----------------------------------


def lock_tree(agency: Agency) -> Agency:
    """The body, read anew with every body locked: two moves at once could close a circle.

    A county has a hundred bodies and reorganises them once in years; the lock costs nothing.
    """
    locked = {one.pk: one for one in Agency.objects.select_for_update().order_by("pk")}
    if agency.pk not in locked:
        raise AgencyError("没有这个机关")
    return locked[agency.pk]


def required_basis(basis: str) -> str:
    """The document a change rests on; AgencyError without one."""
    if not basis.strip():
        raise AgencyError("请写明依据（文件名称或者文号）", field="basis")
    return basis.strip()


def require_existing(agency: Agency, on: date) -> None:
    """AgencyError where the body does not exist on that day."""
    if not agency.exists_on(on):
        raise AgencyError(f"“{agency.name}”在 {on} 不存续")


def refuse_future(on: date, at: datetime) -> None:
    """AgencyError for a day that has not come: the present name and parent would be wrong until
    then."""
    if on > timezone.localdate(at):
        raise AgencyError("生效日期不能晚于今天", field="on")


def put_under(agency: Agency, upper: Agency | None, *, on: date, at: datetime, basis: str) -> None:
    """Writes the new place of a locked body; AgencyError for a circle or a parent not there."""
    if agency.supervising and (upper is None or upper.kind != AgencyKind.GOVERNMENT):
        raise AgencyError("主管部门须隶属于人民政府", field="parent")
    if upper is not None:
        if not upper.exists_on(on):
            raise AgencyError(f"上级机关“{upper.name}”在 {on} 不存续", field="parent")
        _refuse_circle(agency, upper)
    agency.parent = upper
    _redesignate(agency, on=on, at=at, basis=basis)


def end(agency: Agency, *, last: date, at: datetime) -> None:
    """Ends a locked body with its last day, which is today or earlier."""
    if agency.supervising:
        raise AgencyError("主管部门不能撤销或者并入其他机关；名称变化请用更名")
    if agency.valid_to is not None:
        raise AgencyError(f"“{agency.name}”已于 {agency.valid_to} 终止")
    below = Agency.objects.filter(parent=agency, valid_to__isnull=True).order_by("code")
    if names := "、".join(child.name for child in below):
        raise AgencyError(f"请先调整下级机关的隶属：{names}")
    open_one = Designation.objects.get(agency=agency, valid_to__isnull=True)
    if last < open_one.valid_from:
        raise AgencyError(f"终止日期不能早于最近一次变动（{open_one.valid_from}）", field="on")
    refuse_future(last, at)
    agency.valid_to = open_one.valid_to = last
    open_one.save(update_fields=["valid_to"])
    agency.save(update_fields=["valid_to"])


def _redesignate(agency: Agency, *, on: date, at: datetime, basis: str) -> None:
    """Closes the designation in force and opens one with the body's present name and parent."""
    require_existing(agency, on)
    if agency.valid_to is not None:
        raise AgencyError(f"“{agency.name}”已于 {agency.valid_to} 终止，不能再变动")
    refuse_future(on, at)
    open_one = Designation.objects.get(agency=agency, valid_to__isnull=True)
    if on < open_one.valid_from:
        raise AgencyError(f"生效日期不能早于最近一次变动（{open_one.valid_from}）", field="on")
    validate(agency)
    if on == open_one.valid_from:
        # Two changes of one day, a new name and a new place, are one designation.
        open_one.name, open_one.short_name = agency.name, agency.short_name
        open_one.parent, open_one.basis = agency.parent, _joined(open_one.basis, basis)
        open_one.save(update_fields=["name", "short_name", "parent", "basis"])
    else:
        open_one.valid_to = on - timedelta(days=1)
        open_one.save(update_fields=["valid_to"])
        Designation.objects.create(
            agency=agency,
            name=agency.name,
            short_name=agency.short_name,
            parent=agency.parent,
            valid_from=on,
            basis=basis,
        )
    agency.save(update_fields=["name", "short_name", "parent"])


def _joined(before: str, basis: str) -> str:
    return basis if before in {"", basis} else f"{before}；{basis}"[:200]


def _refuse_circle(agency: Agency, upper: Agency) -> None:
    parents = dict(Agency.objects.values_list("pk", "parent_id"))
    above: int | None = upper.pk
    while above is not None:
        if above == agency.pk:
            raise AgencyError(f"“{upper.name}”在“{agency.name}”之下，隶属关系成环", field="parent")
        above = parents[above]
