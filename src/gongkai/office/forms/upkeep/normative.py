"""What the screens of normative documents ask: a day, a clean-up, its decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.disclosure.models.normative import RESULTS
from gongkai.office.forms.fields import DateField


class DayFilter(forms.Form):
    """A day to look at; today where none, or none that can be read, is asked for."""

    on = DateField(label="看哪一天的效力", required=False)

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.is_valid()

    def day(self, today: date) -> date:
        """The day asked for."""
        found = self.cleaned_data.get("on")
        return found if isinstance(found, date) else today


class BodyForm(forms.Form):
    """Forms about one of the bodies in which the person may act; the choice comes first."""

    agency = forms.ChoiceField(label="机关")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        bodies: Iterable[Agency],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial or {}))
        self._bodies = {one.code: one for one in bodies}
        agency = self.fields["agency"]
        if isinstance(agency, forms.ChoiceField):
            agency.choices = [(code, one.name) for code, one in self._bodies.items()]

    def body(self) -> Agency:
        """The body chosen."""
        return self._bodies[self.cleaned_data["agency"]]


class CleanupForm(BodyForm):
    """A clean-up: its name, up to which day documents are looked at, on whose order."""

    label = forms.CharField(
        label="清理的名称", max_length=100, help_text="如：2026年度行政规范性文件清理。"
    )
    until = DateField(label="截止日期", help_text="这一天以前（含这一天）成文的都要清理。")
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="部署清理的文件名称或者文号。"
    )


class DecisionsForm(forms.Form):
    """One result for the documents marked; an end names its day, reason and announcement."""

    records = forms.MultipleChoiceField(
        label="文件",
        error_messages={"required": "请先在表里选一件或者几件文件。"},
    )
    result = forms.ChoiceField(label="结论", choices=[("", "请选择"), *RESULTS])
    reason = forms.CharField(
        label="理由", required=False, max_length=300, help_text="废止、失效必须写。"
    )
    on = DateField(label="自哪一天起", required=False, help_text="只有废止、失效才填。")
    announcement = forms.ChoiceField(
        label="公布清理结果的文件",
        required=False,
        help_text="只有废止、失效才选。这份文件公开以后，被清理的文件才不再有效。",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        records: Iterable[tuple[str, str]],
        announcements: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        chosen, announced = self.fields["records"], self.fields["announcement"]
        if isinstance(chosen, forms.MultipleChoiceField):
            chosen.choices = list(records)
        if isinstance(announced, forms.ChoiceField):
            announced.choices = [("", "没有"), *announcements]
