"""What the screens of reading places ask: what the public is told, an end, a list to hand over."""

from __future__ import annotations

from django import forms

from gongkai.disclosure.models import PlaceKind
from gongkai.disclosure.services.places import PlaceFacts
from gongkai.office.forms.fields import DateField
from gongkai.office.forms.upkeep.normative import BodyForm


def _name() -> forms.CharField:
    return forms.CharField(label="名称", max_length=100, help_text="如：云溪县图书馆地方文献室。")


def _address() -> forms.CharField:
    return forms.CharField(label="地址", max_length=200)


def _hours() -> forms.CharField:
    return forms.CharField(
        label="开放时间", max_length=200, help_text="如：周二至周日 9:00—17:00。"
    )


def _phone() -> forms.CharField:
    return forms.CharField(label="联系电话", max_length=100)


class PlaceForm(BodyForm):
    """A new reading place, kept by a body."""

    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *PlaceKind.choices])
    name, address, hours, phone = _name(), _address(), _hours(), _phone()
    since = DateField(label="自哪一天起")
    field_order = ("agency", "kind", "name", "address", "hours", "phone", "since")

    def facts(self) -> PlaceFacts:
        """The value that the verb takes."""
        return facts_of(self)


class FactsForm(forms.Form):
    """The facts written anew."""

    name, address, hours, phone = _name(), _address(), _hours(), _phone()

    def facts(self) -> PlaceFacts:
        """The value that the verb takes."""
        return facts_of(self)


def facts_of(form: forms.Form) -> PlaceFacts:
    """What the public is told, from a form that asks for it."""
    said = form.cleaned_data
    return PlaceFacts(said["name"], said["address"], said["hours"], said["phone"])


class CloseForm(forms.Form):
    """The last day and why."""

    until = DateField(label="最后一天", help_text="这一天还开放。")
    reason = forms.CharField(label="撤销的原因", max_length=300)


class HandOverForm(BodyForm):
    """The next list of a body: up to which day; the first one also from which."""

    until = DateField(label="截至日期", help_text="昨天或者更早：今天还会有信息公开。")
    since = DateField(
        label="自哪一天起",
        required=False,
        help_text="只有第一期要填：以前公开的，查阅场所已经有了。不填就是全部。",
    )
