"""Bodies coming into being: one at a time, and a whole county at setup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, AgencyKind, Designation
from gongkai.agencies.profiles import Profile, profile_faults
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record
from statute.remedies import BodyKind

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Charter:
    """What a body may be given at its founding besides what it must have.

    `basis`: the document that founds it; `demonstration`: it is fictional and shown as such.
    """

    short_name: str = ""
    basis: str = ""
    demonstration: bool = False
    profile: Profile = field(default_factory=Profile)


@transaction.atomic
def create_agency(
    *,
    by: Actor,
    at: datetime,
    code: str,
    name: str,
    kind: AgencyKind | str,
    parent: Agency | None = None,
    valid_from: date | None = None,
    supervising: bool = False,
    charter: Charter | None = None,
) -> Agency:
    """Founds a body, valid from a day (today unless given), under another or at the top.

    `supervising`: it is the county government's office in charge of disclosure, of which there is
    one (`regulations#3`). AgencyError where the code was ever used, the parent does not exist
    on that day, the name is taken, or something is written wrongly.
    """
    start = valid_from or timezone.localdate(at)
    chosen = charter or Charter()
    upper = parent and Agency.objects.select_for_update().get(pk=parent.pk)
    _check_new(code.strip(), name.strip(), start, at, upper)
    refuse(profile_faults(chosen.profile, AgencyKind(kind)))
    agency = Agency(
        code=code.strip(),
        name=name.strip(),
        short_name=chosen.short_name.strip(),
        kind=AgencyKind(kind),
        parent=upper,
        valid_from=start,
        supervising=supervising,
        demonstration=chosen.demonstration,
        **chosen.profile.values(),
    )
    validate(agency)
    agency.save(force_insert=True)
    _designate(agency, chosen.basis.strip())
    _record(agency, by=by, at=at, basis=chosen.basis.strip())
    return agency


def _designate(agency: Agency, basis: str) -> None:
    """The first name and place of a body."""
    Designation.objects.create(
        agency=agency,
        name=agency.name,
        short_name=agency.short_name,
        parent=agency.parent,
        valid_from=agency.valid_from,
        basis=basis,
    )


def _record(agency: Agency, *, by: Actor, at: datetime, basis: str) -> None:
    record(
        "agencies.created",
        by=by,
        at=at,
        subject=subject_of(agency),
        agency_code=agency.code,
        facts={
            "code": agency.code,
            "kind": agency.get_kind_display(),
            "parent": agency.parent.code if agency.parent else "",
            "valid_from": agency.valid_from.isoformat(),
            "supervising": "是" if agency.supervising else "否",
            "basis": basis,
        },
    )


def subject_of(agency: Agency) -> Subject:
    """A body as the trail names it: by its code, which never means another body."""
    return Subject("agency", agency.code, agency.name)


def refuse(faults: dict[str, str]) -> None:
    """Raises the first of the faults found, by field; nothing where there is none."""
    for name, message in faults.items():
        raise AgencyError(message, field=name)


def validate(agency: Agency) -> None:
    """Field shapes, uniqueness and constraints, as an AgencyError instead of a database error."""
    try:
        agency.full_clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise AgencyError(messages[0], field="" if name == "__all__" else name) from error


def _check_new(code: str, name: str, start: date, at: datetime, upper: Agency | None) -> None:
    if not name:
        raise AgencyError("请填写机关名称", field="name")
    if _CODE.fullmatch(code) is None:
        raise AgencyError("机关代码只用小写字母、数字和连字符，32 个以内", field="code")
    if start > timezone.localdate(at):
        raise AgencyError("成立日期不能晚于今天", field="valid_from")
    if Agency.objects.filter(code=code).exists():
        raise AgencyError(
            f"机关代码“{code}”已经用过；代码不重复使用，撤销的机关也不例外", field="code"
        )
    if upper is not None and not upper.exists_on(start):
        raise AgencyError(f"上级机关“{upper.name}”在 {start} 不存续", field="parent")
    check_name_free(name, start)


def check_name_free(name: str, on: date, *, but: Agency | None = None) -> None:
    """AgencyError where another body bears this name on that day or later."""
    others = [one for one in Agency.objects.filter(name=name) if one != but]
    if any(other.valid_to is None or other.valid_to >= on for other in others):
        raise AgencyError(f"已有名为“{name}”的机关", field="name")


# --- a county ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CountyNames:
    """What setup asks for; the names given here are of a county that does not exist.

    Names are changed later by renaming; codes never, so they tell nothing about the place.
    """

    government: str = "云溪县人民政府"
    office: str = "云溪县人民政府办公室"
    government_code: str = "gov"
    office_code: str = "gov-office"

    @property
    def county(self) -> str:
        """The county's own name."""
        return self.government.removesuffix("人民政府")


@dataclass(frozen=True, slots=True)
class County:
    """A county as founded."""

    government: Agency
    office: Agency
    others: tuple[Agency, ...] = ()


# Fictional like the county itself: code, name after the county's, kind, 机关代字 after the county's
# first character.
_DEMONSTRATION = (
    ("justice", "司法局", AgencyKind.DEPARTMENT, "司"),
    ("agriculture", "农业农村局", AgencyKind.DEPARTMENT, "农"),
    ("housing", "住房和城乡建设局", AgencyKind.DEPARTMENT, "建"),
    ("health", "卫生健康局", AgencyKind.DEPARTMENT, "卫"),
    ("qingshi", "青石镇人民政府", AgencyKind.TOWNSHIP, "青政"),
    ("heqiao", "荷桥乡人民政府", AgencyKind.TOWNSHIP, "荷政"),
    ("chengnan", "人民政府城南街道办事处", AgencyKind.STREET, "城南"),
    ("pension", "社会保险服务中心", AgencyKind.AUTHORISED, "社保"),
    ("water", "供水有限公司", AgencyKind.PUBLIC_ENTERPRISE, ""),
)
_REVIEW = {"justice": Profile(remedy_kind=BodyKind.JUSTICE, higher_department="澄江市司法局")}


@transaction.atomic
def found_county(
    *,
    by: Actor,
    at: datetime,
    names: CountyNames | None = None,
    demonstration: bool = False,
) -> County:
    """The county government and its office, which supervises; once, at setup.

    Where they are there already they are returned unchanged, so setup may run again. With
    `demonstration` fictional departments and townships come along, marked as such.
    """
    chosen = names or CountyNames()
    existing = Agency.objects.select_for_update().filter(supervising=True).first()
    if existing is not None:
        return _founded(existing)
    government = _found_government(chosen, by=by, at=at, demonstration=demonstration)
    letters = f"{chosen.county[:1]}政办" if demonstration else ""
    office = create_agency(
        by=by,
        at=at,
        code=chosen.office_code,
        name=chosen.office,
        kind=AgencyKind.GOVERNMENT_OFFICE,
        parent=government,
        supervising=True,
        charter=Charter(demonstration=demonstration, profile=Profile(letter_code=letters)),
    )
    others = _demonstration(by, at, chosen, government) if demonstration else ()
    return County(government, office, others)


def _found_government(
    names: CountyNames, *, by: Actor, at: datetime, demonstration: bool
) -> Agency:
    charter = Charter(
        short_name=names.county,
        demonstration=demonstration,
        profile=_courts(names) if demonstration else Profile(),
    )
    return create_agency(
        by=by,
        at=at,
        code=names.government_code,
        name=names.government,
        kind=AgencyKind.GOVERNMENT,
        charter=charter,
    )


def _founded(office: Agency) -> County:
    government = office.parent
    if government is None:
        raise AgencyError("主管部门没有上级人民政府，请先补正机关隶属")
    others = Agency.objects.exclude(pk__in=[office.pk, government.pk])
    return County(government, office, tuple(others))


def _courts(names: CountyNames) -> Profile:
    """Demonstration data for remedies: a city above the county that does not exist either."""
    return Profile(
        letter_code=f"{names.county[:1]}政",
        region="999901",
        review_government="澄江市人民政府",
        basic_court=f"{names.county}人民法院",
        intermediate_court="澄江市中级人民法院",
    )


def _demonstration(
    by: Actor, at: datetime, names: CountyNames, government: Agency
) -> tuple[Agency, ...]:
    return tuple(
        create_agency(
            by=by,
            at=at,
            code=code,
            name=f"{names.county}{name}",
            kind=kind,
            parent=government,
            charter=Charter(
                demonstration=True,
                profile=replace(
                    _REVIEW.get(code, Profile()),
                    letter_code=f"{names.county[:1]}{letters}" if letters else "",
                ),
            ),
        )
        for code, name, kind, letters in _DEMONSTRATION
    )
