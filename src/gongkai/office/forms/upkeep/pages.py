"""Structured pages as forms: the guide and the organisation of a body, element by element.

Nothing is demanded here: a draft may be incomplete. What is missing before it may be submitted is
told by gongkai.disclosure.pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from gongkai.agencies.contacts import CONTACT_FIELDS, label_of
from gongkai.disclosure.guide import BASIC, CONFIRMATION_WORDS, GuideChannel, channels_in
from gongkai.disclosure.kinds import RecordKind

_LONG_CONTACT = ("classification", "arrangement", "access")
_HINTS = {
    "fax": "没有传真写“无”。",
    "phone": "区号和号码，几个号码用“、”隔开。",
    "online": "网址或者电子邮箱。",
}
_MOST_ROWS = 200
_SPARE_ROWS = 2


class PageForm(forms.Form):
    """Elements of a page with the revision that was read; `details` is what the verb takes."""

    use_required_attribute = False
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def details(self) -> dict[str, Any]:
        """The elements as they are kept."""
        raise NotImplementedError

    def _words(self, *names: str) -> dict[str, Any]:
        said = {name: str(self.cleaned_data.get(name, "")).strip() for name in names}
        return {name: one for name, one in said.items() if one}


class _Wanted(forms.CharField):
    """Must be there before the page is submitted; a draft may be saved without it."""

    def validate(self, value: Any) -> None:
        """Nothing is refused here; what is missing is told beside the form."""


def _words(label: str, *, rows: int = 0, hint: str = "", optional: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    kind = forms.CharField if optional else _Wanted
    return kind(label=label, required=not optional, widget=widget, help_text=hint)


class GuideForm(PageForm):
    """The nine elements of the law, the channels as switches, fees, remedies (`regulations#12`)."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, details: Mapping[str, Any], revision: int
    ) -> None:
        super().__init__(data, initial={**details, **_switches(details), "revision": revision})
        for name in CONTACT_FIELDS:
            rows = 2 if name in _LONG_CONTACT else 0
            self.fields[name] = _words(
                label_of(name), rows=rows, hint=_HINTS.get(name, ""), optional=name == "postcode"
            )
        self.fields["scope"] = _words("主动公开的范围、形式、时限", rows=4, optional=True)
        for channel in GuideChannel:
            basic = channel in BASIC
            self.fields[f"open_{channel}"] = forms.BooleanField(
                label=f"{channel.label}{'（必须开通）' if basic else '：开通'}",
                required=False,
                disabled=basic,
            )
            self.fields[f"text_{channel}"] = _words(f"{channel.label}怎样提交", rows=2)
        self.fields["confirmation"] = forms.ChoiceField(
            label="网上申请哪天算收到",
            required=False,
            help_text="开通了互联网渠道才选。没有写明的，按提交成功那天起算。",
            choices=[("", "没有开通互联网渠道，不写"), *CONFIRMATION_WORDS.items()],
            widget=forms.RadioSelect,
        )
        self.fields["notes"] = _words("申请注意事项", rows=4, optional=True)
        self.fields["fees"] = _words("收费标准", rows=3)
        self.fields["remedies"] = _words("监督和救济渠道", rows=5)

    def parts(self) -> list[tuple[str, str, list[BoundField]]]:
        """The parts of the page as on paper: heading, a word of help, fields."""
        contact = [self[name] for name in CONTACT_FIELDS]
        return [
            ("一、信息的分类、编排和获取", "", [*contact[:3], self["scope"]]),
            ("二、政府信息公开工作机构", "与登记的工作机构信息一致。", contact[3:]),
        ]

    def channels(self) -> list[tuple[BoundField, BoundField]]:
        """Each channel with its switch and its words."""
        return [(self[f"open_{one}"], self[f"text_{one}"]) for one in GuideChannel]

    def rest(self) -> list[BoundField]:
        """What follows the channels."""
        return [self[one] for one in ("confirmation", "notes", "fees", "remedies")]

    def details(self) -> dict[str, Any]:
        """Channels that are switched off are not in the guide."""
        opened = [
            {"channel": one.value, "text": str(self.cleaned_data.get(f"text_{one}", "")).strip()}
            for one in GuideChannel
            if self.cleaned_data.get(f"open_{one}")
        ]
        rest = self._words(*CONTACT_FIELDS, "scope", "confirmation", "notes", "fees", "remedies")
        return {**rest, "channels": opened}


def _switches(details: Mapping[str, Any]) -> dict[str, Any]:
    known = {one.channel: one.text for one in channels_in(details)}
    switches: dict[str, Any] = {}
    for one in GuideChannel:
        switches[f"open_{one}"] = one in known or one in BASIC
        switches[f"text_{one}"] = known.get(one, "")
    return switches


# Rows of the organisation page: their part, heads, whether a word of help is long.
ROWS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "units": (("name", "名称"), ("duties", "职责")),
    "leaders": (("name", "姓名"), ("office", "职务"), ("duties", "分工")),
}


class OrganisationForm(PageForm):
    """The six elements that every body publishes (`regulations#20(2)`); units and leaders are rows,
    an empty row is left out."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, details: Mapping[str, Any], revision: int
    ) -> None:
        super().__init__(data, initial={**_flat(details), "revision": revision})
        self.fields["functions"] = _words("机关职能", rows=6, hint="一项一行。")
        self.fields["address"] = _words("办公地址")
        self.fields["hours"] = _words("办公时间")
        self.fields["contact"] = _words("联系方式", hint="办公电话、电子邮箱；不写个人手机。")
        self._counts = {part: self._count(part, data, details) for part in ROWS}
        for part, heads in ROWS.items():
            for number in range(self._counts[part]):
                for name, label in heads:
                    words = _words(f"第{number + 1}行{label}")
                    self.fields[f"{part}-{number}-{name}"] = words

    def _count(self, part: str, data: Mapping[str, Any] | None, details: Mapping[str, Any]) -> int:
        """As many rows as were sent, and some more where more are wanted."""
        if data is None:
            return min(len(_rows(details, part)) + _SPARE_ROWS, _MOST_ROWS)
        numbers = [one.split("-")[1] for one in data if one.startswith(f"{part}-")]
        sent = max((int(one) + 1 for one in numbers if one.isdecimal() and len(one) < 4), default=0)
        more = _SPARE_ROWS if data.get("more") == part else 0
        return min(sent + more, _MOST_ROWS)

    def plain(self) -> list[BoundField]:
        """The elements that are words."""
        return [self[one] for one in ("functions", "address", "hours", "contact")]

    def tables(self) -> list[tuple[str, str, list[str], list[list[BoundField]]]]:
        """Each part of rows: its name, label, heads, and fields row by row."""
        labels = {"units": "机构设置", "leaders": "负责人"}
        return [
            (
                part,
                labels[part],
                [label for _, label in heads],
                [
                    [self[f"{part}-{number}-{name}"] for name, _ in heads]
                    for number in range(self._counts[part])
                ],
            )
            for part, heads in ROWS.items()
        ]

    def details(self) -> dict[str, Any]:
        """Rows with anything in them, in their order."""
        rows: dict[str, Any] = {}
        for part, heads in ROWS.items():
            found = [
                self._row(part, number, [name for name, _ in heads])
                for number in range(self._counts[part])
            ]
            rows[part] = [one for one in found if one]
        return {**self._words("functions", "address", "hours", "contact"), **rows}

    def _row(self, part: str, number: int, names: list[str]) -> dict[str, str]:
        said = {
            name: str(self.cleaned_data.get(f"{part}-{number}-{name}", "")).strip()
            for name in names
        }
        return {name: one for name, one in said.items() if one}


def _rows(details: Mapping[str, Any], part: str) -> list[Mapping[str, Any]]:
    given = details.get(part)
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _flat(details: Mapping[str, Any]) -> dict[str, Any]:
    flat = dict(details)
    for part in ROWS:
        for number, row in enumerate(_rows(details, part)):
            flat |= {f"{part}-{number}-{name}": one for name, one in row.items()}
    return flat


FORMS: Mapping[str, type[GuideForm] | type[OrganisationForm]] = {
    RecordKind.GUIDE: GuideForm,
    RecordKind.ORGANISATION: OrganisationForm,
}
