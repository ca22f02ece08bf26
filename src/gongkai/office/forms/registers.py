"""What is asked of the register of records, and of a list that is kept under a name.

It reads the address; whose records are in the list is decided before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.timezone import make_aware

from gongkai.agencies.models import Agency
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models.records import ATTRIBUTES
from gongkai.disclosure.registers import Wanted
from gongkai.disclosure.stages import Stage
from gongkai.office.forms.fields import DateField
from gongkai.web.tables import address
from statute.proactive import categories

SHOWN = [("public", "现在公开"), ("withdrawn", "已撤回"), ("never", "还没公开过")]


# What may be chosen, and how it is called.
CHOICES: dict[str, list[tuple[str, str]]] = {
    "stage": [(one.value, str(one.label)) for one in Stage],
    "shown": SHOWN,
    "kind": [(one.value, str(one.label)) for one in RecordKind],
    "attribute": ATTRIBUTES,
    "category": [(one.code, one.label) for one in categories()],
}


def _choices(name: str) -> list[tuple[str, str]]:
    return [("", "全部"), *CHOICES[name]]


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that holds now, and the address of the list without it."""

    label: str
    url: str


class RegisterFilter(forms.Form):
    """The conditions of the register, all of them optional; a wrong one narrows nothing."""

    q = forms.CharField(
        label="标题、文号、索引号",
        required=False,
        max_length=100,
        help_text="几个词用空格隔开，都要有。〔〕[]（）都行。",
    )
    stage = forms.ChoiceField(label="走到哪一步", required=False, choices=_choices("stage"))
    shown = forms.ChoiceField(label="公开没有", required=False, choices=_choices("shown"))
    kind = forms.ChoiceField(label="种类", required=False, choices=_choices("kind"))
    body = forms.ModelChoiceField(
        Agency.objects.none(),
        label="机关",
        required=False,
        to_field_name="code",
        empty_label="全部",
    )
    attribute = forms.ChoiceField(label="公开属性", required=False, choices=_choices("attribute"))
    category = forms.ChoiceField(label="法定类目", required=False, choices=_choices("category"))
    formed_from = DateField(label="成文日期从", required=False)
    formed_to = DateField(label="成文日期到", required=False)
    published_from = DateField(label="首次公开从", required=False)
    published_to = DateField(label="首次公开到", required=False)
    late = forms.BooleanField(label="只看逾期没公开的", required=False)
    mine = forms.BooleanField(label="只看我起草过的", required=False)

    def __init__(self, data: Mapping[str, Any], bodies: QuerySet[Agency]) -> None:
        self._bodies = bodies
        super().__init__(data, auto_id="filter_%s")
        self.is_valid()

    def full_clean(self) -> None:
        """The bodies to choose from are those whose records one may see."""
        body = self.fields["body"]
        if isinstance(body, forms.ModelChoiceField):
            body.queryset = self._bodies
        super().full_clean()

    def wanted(self, person: str) -> Wanted:
        """The conditions as the register takes them; `person` is who asks."""
        said = self.cleaned_data
        body = said.get("body")
        return Wanted(
            words=said.get("q") or "",
            kind=said.get("kind") or "",
            agency=None if body is None else body.pk,
            attribute=said.get("attribute") or "",
            stage=said.get("stage") or "",
            shown=said.get("shown") or "",
            category=said.get("category") or "",
            formed_from=said.get("formed_from"),
            formed_to=said.get("formed_to"),
            published_from=said.get("published_from"),
            published_to=said.get("published_to"),
            late=bool(said.get("late")),
            author=person if said.get("mine") else "",
        )

    def first(self) -> list[forms.BoundField]:
        """The fields that are always in sight."""
        return [self[name] for name in ("q", "stage", "shown", "kind", "body")]

    def more(self) -> list[forms.BoundField]:
        """Those that are opened when needed; the two boxes stand apart."""
        seen = {"q", "stage", "shown", "kind", "body", "late", "mine"}
        return [field for field in self if field.name not in seen]

    def boxes(self) -> list[forms.BoundField]:
        """The two conditions that are on or off."""
        return [self["late"], self["mine"]]

    def uses_more(self) -> bool:
        """Whether one of those that are opened when needed holds now."""
        names = [field.name for field in (*self.more(), *self.boxes())]
        return any(self.cleaned_data.get(name) or name in self.errors for name in names)

    def conditions(self) -> Iterator[tuple[str, str, str]]:
        """Name, label and words of each condition that holds now."""
        for field in self:
            value = self.cleaned_data.get(field.name)
            if value:
                yield field.name, str(field.label), _in_words(field.name, value)

    def chips(self, query: QueryDict) -> list[Chip]:
        """Each condition that holds now, with the address of the list without it."""
        return [
            Chip(
                label if words == "是" else f"{label}：{words}",
                address(query, {name: "", "page": ""}),
            )
            for name, label, words in self.conditions()
        ]


def _in_words(name: str, value: object) -> str:
    if value is True:
        return "是"
    return dict(CHOICES.get(name, [])).get(str(value), str(value))


# What of an address is kept with a list: its conditions and its order, not the page one was on.
KEPT = (*RegisterFilter.base_fields, "sort")


def kept(query: QueryDict) -> str:
    """The conditions and the order of an address, as they are kept under a name."""
    return address(query, {name: "" for name in query if name not in KEPT}).removeprefix("?")


class SaveForm(forms.Form):
    """A name for a list, and who has it."""

    name = forms.CharField(label="名称", max_length=30, help_text="比如“本月该公开的”。")
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="给谁用",
        required=False,
        empty_label="只给我自己",
        help_text="选了机关，这个机关办理政府信息的人都能用这份清单。",
    )
    query = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        bodies: QuerySet[Agency],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id="view_%s", initial=dict(initial or {}))
        agency = self.fields["agency"]
        if isinstance(agency, forms.ModelChoiceField):
            agency.queryset = bodies


class MomentForm(forms.Form):
    """When it is to become public."""

    day = DateField(label="哪一天")
    time = forms.TimeField(
        label="几点",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "时间写成 09:00 这样。"},
    )

    def clean(self) -> dict[str, Any]:
        """Day and time as one moment here."""
        said = super().clean() or {}
        day, time = said.get("day"), said.get("time")
        if isinstance(day, date) and isinstance(time, clock):
            said["moment"] = make_aware(datetime.combine(day, time))
        return said


class PublicReasonForm(forms.Form):
    """One sentence why, which the public reads too."""

    reason = forms.CharField(
        label="原因", max_length=300, help_text="公众会在原来的地址上看到这句话；每一条都用它。"
    )
