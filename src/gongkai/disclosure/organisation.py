"""机关职能和机构 as a structure: the six elements that every body publishes (`regulations#20(2)`).

Of persons it holds the names of office holders, their offices and what they are in charge of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import tree
from gongkai.disclosure.detail_elements import Element, Fault, rows, text, values_of
from gongkai.disclosure.details import DetailsError
from gongkai.disclosure.guide import office_contact
from gongkai.disclosure.page_elements import heading, listed, paragraphs, prose
from statute.citations import cite

SOURCE = cite("regulations#20(2)")
_LONG, _SHORT = 5000, 500


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the body and what it does."""

    name: str
    duties: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """A name, an office, and what it is in charge of."""

    name: str
    office: str
    duties: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名."""

    functions: str
    units: tuple[Unit, ...]
    address: str
    hours: str
    contact: str
    leaders: tuple[Leader, ...]


_DUTIES = prose(_SHORT)
ELEMENTS = (
    Element("functions", "机关职能", prose(_LONG)),
    Element(
        "units",
        "机构设置",
        rows(
            (Element("name", "名称", text), Element("duties", "职责", _DUTIES, required=False)),
            Unit,
        ),
    ),
    Element("address", "办公地址", prose(_SHORT)),
    Element("hours", "办公时间", prose(_SHORT)),
    Element("contact", "联系方式", prose(_SHORT)),
    Element(
        "leaders",
        "负责人姓名",
        rows(
            (
                Element("name", "姓名", text),
                Element("office", "职务", text),
                Element("duties", "分工", _DUTIES, required=False),
            ),
            Leader,
        ),
    ),
)


def organisation_of(raw: Mapping[str, Any]) -> Organisation:
    """The page that details hold; DetailsError with everything missing or wrong."""
    values, faults = values_of(ELEMENTS, raw)
    if faults:
        raise DetailsError(faults)
    return Organisation(**values)


def organisation_faults(raw: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What is missing or wrong, each with its sentence."""
    return values_of(ELEMENTS, raw)[1]


def organisation_body(raw: Mapping[str, Any]) -> str:
    """The text of the page, made from its elements; what is missing is left out."""
    reached = [paragraphs(raw.get(one.name), one.label) for one in ELEMENTS[2:5]]
    return "".join(
        (
            heading("机关职能"),
            paragraphs(raw.get("functions")),
            heading("机构设置"),
            listed(_lines(raw.get("units"), ("name", "duties"))),
            heading("办公地址、办公时间和联系方式"),
            *reached,
            heading("负责人"),
            listed(_lines(raw.get("leaders"), ("name", "office", "duties"))),
        )
    )


def _lines(given: object, names: tuple[str, ...]) -> list[str]:
    found = []
    for row in given if isinstance(given, list) else []:
        words = [row.get(name) for name in names] if isinstance(row, dict) else []
        line = "，".join(" ".join(one.split()) for one in words if isinstance(one, str) and one)
        found += [line] if line else []
    return found


def first_organisation(agency: Agency, on: date) -> dict[str, Any]:
    """Details to start from: how the disclosure office is reached, and the bodies directly below.
    Functions and leaders are written by a person."""
    contact = office_contact(agency)
    below = [branch.agency for branch in tree(on) if branch.agency.parent_id == agency.pk]
    units = [{"name": one.name} for one in below]
    if contact is None:
        return {"units": units} if units else {}
    reached = f"{contact.name}，电话{contact.phone}，{contact.online}"
    return {
        "units": units or [{"name": contact.name, "duties": "政府信息公开工作机构"}],
        "address": contact.address,
        "hours": contact.hours,
        "contact": reached,
    }
