"""Filters beside the lists; each narrows rows and says nothing about who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.office.forms.fields import DateField
from gongkai.trail import events


class _Filter(forms.Form):
    """A form in an address: unbound values are no faults, wrong ones narrow nothing."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.is_valid()

    def said(self, name: str) -> str:
        """What was asked, or ""."""
        return str(self.cleaned_data.get(name) or "")


class AgencyFilter(_Filter):
    """By words, kind and whether the body exists."""

    q = forms.CharField(label="名称或代码", required=False)
    kind = forms.ChoiceField(
        label="类别", required=False, choices=[("", "全部类别"), *AgencyKind.choices]
    )
    state = forms.ChoiceField(
        label="存续",
        required=False,
        choices=[("", "现在存续"), ("ended", "已经终止"), ("all", "全部")],
    )

    def narrow(self, rows: QuerySet[Agency], today: date) -> QuerySet[Agency]:
        """The rows asked for."""
        if words := self.said("q"):
            rows = rows.filter(Q(name__icontains=words) | Q(code__icontains=words))
        if kind := self.said("kind"):
            rows = rows.filter(kind=kind)
        ended = Q(valid_to__isnull=False, valid_to__lt=today)
        return {"": rows.exclude(ended), "ended": rows.filter(ended)}.get(self.said("state"), rows)


class PeopleFilter(_Filter):
    """By name, agency and state."""

    q = forms.CharField(label="姓名或登录名", required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="机关", required=False, empty_label="全部机关"
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("active", "启用"), ("disabled", "停用"), ("", "全部")],
    )

    def __init__(self, data: Mapping[str, Any] | None, agencies: QuerySet[Agency]) -> None:
        self._agencies = agencies
        super().__init__(data)

    def full_clean(self) -> None:
        """The choices are the agencies whose people one may see."""
        agency = self.fields["agency"]
        if isinstance(agency, forms.ModelChoiceField):
            agency.queryset = self._agencies
        super().full_clean()

    def narrow(self, rows: QuerySet[User]) -> QuerySet[User]:
        """The rows asked for."""
        if words := self.said("q"):
            rows = rows.filter(Q(display_name__icontains=words) | Q(username__icontains=words))
        if agency := self.cleaned_data.get("agency"):
            rows = rows.filter(grants__agency=agency, grants__revoked_at__isnull=True).distinct()
        if state := self.said("state"):
            rows = rows.filter(is_active=state == "active")
        return rows


class TrailFilter(_Filter):
    """By person, event, subject and period."""

    person = forms.CharField(label="谁（姓名或编号）", required=False)
    event = forms.ChoiceField(label="什么事", required=False)
    subject = forms.CharField(label="对什么", required=False, help_text="名称里的几个字。")
    agency = forms.ChoiceField(label="哪条链", required=False)
    since = DateField(label="从", required=False)
    until = DateField(label="到", required=False)

    def __init__(self, data: Mapping[str, Any] | None, codes: dict[str, str]) -> None:
        self._codes = codes
        super().__init__(data)

    def full_clean(self) -> None:
        """The choices are known only now: events of installed apps, chains one may read."""
        event, agency = self.fields["event"], self.fields["agency"]
        if isinstance(event, forms.ChoiceField) and isinstance(agency, forms.ChoiceField):
            named = [(one.name, _event_label(one.sentence)) for one in events.registered()]
            event.choices = [("", "全部"), *named]
            agency.choices = [("", "全部"), *self._codes.items()]
        super().full_clean()


def _event_label(sentence: str) -> str:
    """The sentence of an event with its blanks left out, short enough for a list."""
    words = "".join(part.split("}")[-1] for part in sentence.split("{"))
    plain = words.replace("“”", "").strip("，：:；。 ")
    return plain[:24]
