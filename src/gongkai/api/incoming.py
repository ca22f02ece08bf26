"""What another system may write: these fields and no others. Anything else is refused by name.

Index number, date of publication, state are the system's own and stand in no field here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from gongkai.api.errors import ApiError, Fault
from gongkai.api.texts import (
    LINES,
    ONE_LINE,
    Day,
    Details,
    ExternalNumber,
    Ground,
    paragraphs,
)
from gongkai.disclosure.detail_elements import values_of
from gongkai.disclosure.details import FORMS
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.pages import PAGES
from statute.attributes import Attribute
from statute.proactive import categories

# Structured pages are kept in the office, element by element, and come by no other way.
KINDS = tuple(kind for kind in RecordKind.values if kind not in PAGES)
CATEGORIES = tuple(one.code for one in categories())
ATTRIBUTES = tuple(one.value for one in Attribute)
_MOST_GROUNDS = 20
_LONGEST_BODY = 500_000


def _elements() -> str:
    """The elements of each kind, for whoever reads the description."""
    kinds = []
    for kind, form in FORMS.items():
        words = (f"{e.name} {e.label}{'' if e.required else '，可不填'}" for e in form.elements)
        kinds.append(f"{kind}（{RecordKind(kind).label}）：{'、'.join(words)}")
    return f"这一种类的要素，送审时须填齐。{'；'.join(kinds)}。其他种类没有要素"


def _line(longest: int) -> Any:
    return Field(pattern=ONE_LINE, max_length=longest)


class Fields(BaseModel):
    """Fields common to a new draft and to a change of one."""

    model_config = ConfigDict(extra="forbid", strict=True)

    summary: Annotated[str, _line(500)] = Field("", description="内容概述")
    body: Annotated[str, Field(pattern=LINES, max_length=_LONGEST_BODY)] = Field(
        "", description="正文；不安全的标记会被去掉"
    )
    body_format: Literal["html", "text"] = Field("html", description="正文是 HTML 还是纯文本")
    category: str | None = Field(
        None, description="法定类目；不写则按种类", json_schema_extra={"enum": [*CATEGORIES, None]}
    )
    theme: Annotated[str, _line(60)] = Field("", description="主题分类")
    genre: Annotated[str, _line(30)] = Field("", description="体裁")
    keywords: Annotated[str, _line(200)] = Field("", description="关键词")
    issuers: Annotated[str, _line(300)] = Field("", description="联合发文机关")
    doc_no: Annotated[str, _line(60)] = Field("", description="发文字号")
    formed_on: Day | None = Field(None, description="成文日期")
    changed_on: Day | None = Field(None, description="变更日期")
    effective_on: Day | None = Field(None, description="施行日期")
    expires_on: Day | None = Field(None, description="有效期至")
    attribute: str = Field(
        Attribute.PROACTIVE.value,
        description="公开属性：主动公开、依申请公开、不予公开",
        json_schema_extra={"enum": list(ATTRIBUTES)},
    )
    attribute_reason: Annotated[str, _line(300)] = Field("", description="属性的理由")
    grounds: Annotated[list[Ground], Field(max_length=_MOST_GROUNDS)] = Field(
        default_factory=list, description="不予公开的依据，写法如 regulations#16.2"
    )
    details: Details = Field(default_factory=dict, description=_elements())

    @field_validator("category")
    @classmethod
    def _known_category(cls, value: str | None) -> str | None:
        return value if value is None else _one_of(value, CATEGORIES)

    @field_validator("attribute")
    @classmethod
    def _known_attribute(cls, value: str) -> str:
        return _one_of(value, ATTRIBUTES)


class NewRecord(Fields):
    """A draft to be made."""

    kind: str = Field(description="信息种类", json_schema_extra={"enum": list(KINDS)})
    title: Annotated[str, Field(pattern=ONE_LINE, min_length=1, max_length=300)] = Field(
        description="标题"
    )
    external_no: ExternalNumber | None = Field(None, description="贵系统的编号，同一机关内不重复")
    submit: bool = Field(default=False, description="写好以后送审；缺项时留作草稿，并说明缺什么")

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        return _one_of(value, KINDS)


class Changes(Fields):
    """Changes of a draft; what is not named stays."""

    title: Annotated[str, Field(pattern=ONE_LINE, min_length=1, max_length=300)] = Field(
        "", description="标题"
    )


def content_of(given: Fields, kind: str) -> dict[str, Any]:
    """The fields as a draft takes them, only those that were named. ApiError on details."""
    content = given.model_dump(
        exclude_unset=True, exclude={"kind", "external_no", "submit", "body_format"}
    )
    if "body" in content and given.body_format == "text":
        content["body"] = paragraphs(content["body"])
    if content.get("category", "") is None:
        del content["category"]
    _check_details(kind, given.details)
    return content


def _check_details(kind: str, details: dict[str, Any]) -> None:
    """A draft may lack elements; what is there must be an element of the kind, and be right."""
    form = FORMS.get(kind)
    elements = () if form is None else tuple(replace(one, required=False) for one in form.elements)
    _, found = values_of(elements, details)
    faults = [Fault(sentence, f"details.{name[:60]}", "body") for name, sentence in found]
    if faults:
        first, *more = faults
        raise ApiError(
            422, "invalid", first.message, field=first.field, where=first.where, more=more
        )


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise PydanticCustomError("word", "须为{words}之一", {"words": "、".join(known)})
    return value
