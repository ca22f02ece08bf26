"""What the screens of messages ask: filters of the register, an address, ways and quiet hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from gongkai.notifications import kinds
from gongkai.notifications.models import Message, State, Way, What
from gongkai.notifications.queries import Choices
from gongkai.office.forms.fields import DateField
from gongkai.office.forms.filters import _Filter

RESULTS = [
    ("", "全部"),
    ("unread", "系统里未读"),
    (State.SENT.value, "另外发出了"),
    (State.WAITING.value, "等待发出"),
    (State.STOPPED.value, "没有发成"),
]


class ToldFilter(_Filter):
    """By person, kind, result and period."""

    q = forms.CharField(label="收件人或者内容", required=False)
    kind = forms.ChoiceField(label="种类", required=False)
    result = forms.ChoiceField(label="结果", required=False, choices=RESULTS)
    since = DateField(label="从", required=False)
    until = DateField(label="到", required=False)

    def full_clean(self) -> None:
        """Kinds are known only now: those of installed apps."""
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "全部"), *((k.name, k.label) for k in kinds.registered())]
        super().full_clean()

    def narrow(self, rows: QuerySet[Message]) -> QuerySet[Message]:
        """The rows asked for."""
        if words := self.said("q"):
            named = Q(person__display_name__icontains=words) | Q(sentence__icontains=words)
            rows = rows.filter(named)
        if kind := self.said("kind"):
            rows = rows.filter(kind=kind)
        if (result := self.said("result")) == "unread":
            rows = rows.filter(read_at__isnull=True)
        elif result:
            rows = rows.filter(deliveries__state=result).distinct()
        if since := self.cleaned_data.get("since"):
            rows = rows.filter(at__date__gte=since)
        if until := self.cleaned_data.get("until"):
            rows = rows.filter(at__date__lt=until + timedelta(days=1))
        return rows


class AddressForm(forms.Form):
    """A mail address or a phone number, of oneself."""

    value = forms.CharField(max_length=200)

    def __init__(self, data: Mapping[str, Any] | None, what: What) -> None:
        super().__init__(data, auto_id=f"{what.value}_%s")
        mail = what is What.MAIL
        attributes = {
            "type": "email" if mail else "tel",
            "autocomplete": "email" if mail else "tel",
        }
        self.fields["value"] = forms.CharField(
            label=what.label,
            max_length=200,
            help_text="工作邮箱。" if mail else "11 位手机号。",
            widget=forms.TextInput(attrs=attributes),
        )


class ChoicesForm(forms.Form):
    """Which kinds by which way, and when not to disturb."""

    quiet_from = forms.TimeField(label="从几点起不发")
    quiet_until = forms.TimeField(
        label="到几点为止", help_text="两个时间写成一样，就是整天都发。例如 20:00 至 08:00。"
    )
    working_days = forms.BooleanField(
        label="只在工作日发", required=False, help_text="休息日的消息等到下一个工作日再发。"
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, ways: Mapping[Way, str], chosen: Choices
    ) -> None:
        initial: dict[str, object] = {
            "quiet_from": chosen.quiet.start,
            "quiet_until": chosen.quiet.end,
            "working_days": chosen.quiet.working_days,
        }
        super().__init__(data, initial=initial)
        self.kinds = [kind for kind in kinds.registered() if kind is not kinds.TRY]
        self._ways = ways
        for name in ("quiet_from", "quiet_until"):
            widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            self.fields[name].widget = widget
        for way, label in ways.items():
            names = [kind.name for kind in self.kinds]
            self.fields[way.value] = forms.MultipleChoiceField(
                label=f"哪些事另外发{label}",
                required=False,
                choices=[(kind.name, kind.label) for kind in self.kinds],
                initial=[name for name in names if chosen.wants(way, name)],
                widget=forms.CheckboxSelectMultiple,
            )

    def off(self) -> list[str]:
        """What was left unticked, as the service keeps it."""
        return [
            f"{way.value}:{kind.name}"
            for way in self._ways
            for kind in self.kinds
            if kind.name not in self.cleaned_data[way.value]
        ]

    def hours(self) -> tuple[time, time]:
        """The quiet hours."""
        return self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
