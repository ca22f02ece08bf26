"""Forms about bodies: founding, guide data, codes, and what happens to them over the years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate

from gongkai.agencies.contacts import CONTACT_FIELDS, Contact, contact_faults, label_of
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.models.bodies import REMEDY_CHOICES
from gongkai.agencies.profiles import PROFILE_FIELDS, Profile
from gongkai.office.forms.fields import DateField

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Agency]
else:  # Django's own class takes no type parameter at run time
    _Choice = forms.ModelChoiceField


class AgencyChoice(_Choice):
    """A choice among bodies that exist today."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        super().__init__(
            Agency.objects.none(),
            label=label,
            required=required,
            help_text=help_text,
            empty_label="请选择" if required else "没有上级",
        )

    def offer(self, on: date, *, but: Agency | None = None) -> None:
        """Fills the choices for a day."""
        found = Agency.objects.valid_on(on)
        self.queryset = found if but is None else found.exclude(pk=but.pk)


class FoundForm(forms.Form):
    """A body coming into being."""

    name = forms.CharField(label="机关名称", max_length=100, help_text="全称，与印章一致。")
    short_name = forms.CharField(label="机关简称", max_length=40, required=False)
    code = forms.SlugField(
        label="机关代码",
        max_length=32,
        help_text="字母、数字、连字符，如 slj。用过的代码不再给别的机关。",
    )
    kind = forms.ChoiceField(label="机关类别", choices=[("", "请选择"), *AgencyKind.choices])
    parent = AgencyChoice(label="上级机关", required=False)
    valid_from = DateField(label="成立日期", required=False, help_text="不填就是今天。")
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="文件名称或者文号。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        if isinstance(parent, AgencyChoice):
            parent.offer(localdate())


def _text(name: str) -> forms.CharField:
    long = name in {"classification", "arrangement", "access"}
    widget: forms.Widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
    hints = {
        "fax": "没有传真写“无”。",
        "phone": "区号和号码，如 0570-3012345；几个号码用“、”隔开。",
        "online": "网址或电子邮箱。",
    }
    return forms.CharField(
        label=label_of(name),
        required=name != "postcode",
        widget=widget,
        help_text=hints.get(name, ""),
    )


class ContactForm(forms.Form):
    """The nine elements of the guide (条例第十二条), asked in its order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CONTACT_FIELDS:
            self.fields[name] = _text(name)

    def clean(self) -> dict[str, object]:
        """All faults at once; the verb alone would name the first."""
        cleaned = super().clean() or {}
        if not self.errors:
            for name, message in contact_faults(self.contact()).items():
                self.add_error(name, message)
        return cleaned

    def contact(self) -> Contact:
        """The value that the verb takes."""
        return Contact(**{name: str(self.cleaned_data.get(name, "")) for name in CONTACT_FIELDS})


class ProfileForm(forms.Form):
    """Codes for numbers, and who reviews; what is empty is taken from the bodies above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PROFILE_FIELDS:
            label = str(getattr(Agency, name).field.verbose_name)
            if name == "remedy_kind":
                choices = [("", "按机关类别"), *REMEDY_CHOICES]
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
            else:
                self.fields[name] = forms.CharField(label=label, required=False, max_length=100)

    def profile(self) -> Profile:
        """The value that the verb takes."""
        return Profile(**{name: str(self.cleaned_data.get(name, "")) for name in PROFILE_FIELDS})


class ChangeForm(forms.Form):
    """A dated change with its basis; screens add what changes."""

    on = DateField(label="生效日期")
    basis = forms.CharField(label="依据", max_length=200, help_text="文件名称或者文号。")


class RenameForm(ChangeForm):
    """A new name from a day on."""

    name = forms.CharField(label="新名称", max_length=100)
    short_name = forms.CharField(label="新简称", max_length=40, required=False)
    field_order = ("name", "short_name", "on", "basis")


class MoveForm(ChangeForm):
    """A new body above from a day on."""

    parent = AgencyChoice(label="新的上级机关", required=False)
    field_order = ("parent", "on", "basis")

    def __init__(self, data: Mapping[str, Any] | None = None, *, agency: Agency) -> None:
        super().__init__(data)
        parent = self.fields["parent"]
        if isinstance(parent, AgencyChoice):
            parent.offer(localdate(), but=agency)


class MergeForm(ChangeForm):
    """The body that takes over."""

    into = AgencyChoice(label="并入哪个机关")
    field_order = ("into", "on", "basis")

    def __init__(self, data: Mapping[str, Any] | None = None, *, agency: Agency) -> None:
        super().__init__(data)
        into = self.fields["into"]
        if isinstance(into, AgencyChoice):
            into.offer(localdate(), but=agency)


class SplitForm(ChangeForm):
    """The bodies that take over parts, founded before, and whether the old one goes on."""

    into = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="分设成哪些机关",
        widget=forms.CheckboxSelectMultiple,
        help_text="先设立新机关，再登记分设。",
    )
    goes_on = forms.BooleanField(label="原机关保留一部分职责，继续存在", required=False)
    field_order = ("into", "goes_on", "on", "basis")

    def __init__(self, data: Mapping[str, Any] | None = None, *, agency: Agency) -> None:
        super().__init__(data)
        into = self.fields["into"]
        if isinstance(into, forms.ModelMultipleChoiceField):
            into.queryset = Agency.objects.valid_on(localdate()).exclude(pk=agency.pk)
