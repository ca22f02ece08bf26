"""A holiday notice as typed on a screen, turned into statute's value; it saves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from gongkai.calendars.models import HolidayNotice
from statute.calendars import Notice, NoticeError, SpecialDay

_LONGEST = 31
_DATE = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?", re.ASCII)
_SPAN = re.compile(r"\s*(?:至|到|~|～|—|–)\s*|\s+")


class NoticeForm(forms.Form):
    """Year, number, date and days of a notice: a holiday a line, worked weekend days below."""

    year = forms.IntegerField(label="年度", min_value=2007, max_value=2099)
    number = forms.CharField(label="文号", max_length=60, help_text="如 国办发明电〔2025〕7号")
    issued_on = forms.DateField(label="成文日期", widget=forms.DateInput(attrs={"type": "date"}))
    region = forms.CharField(
        label="行政区划代码",
        max_length=12,
        required=False,
        help_text="全国通知留空；地方假日填 6 位代码",
    )
    holidays = forms.CharField(
        label="放假",
        required=False,
        strip=False,  # lines are named by their number
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="每行一个假期：名称 首日 末日，如“春节 2026-02-15 2026-02-23”",
    )
    working = forms.CharField(
        label="调休上班",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="上班的周六、周日，用空格或顿号隔开，如“2026-01-04 2026-02-14”",
    )
    remark = forms.CharField(label="说明", max_length=200, required=False)
    supersedes = forms.ModelChoiceField(
        label="更正哪一份",
        queryset=HolidayNotice.objects.none(),
        required=False,
        empty_label="（不是更正）",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        supersedes = cast("forms.ModelChoiceField[HolidayNotice]", self.fields["supersedes"])
        supersedes.queryset = HolidayNotice.objects.in_force()

    def clean(self) -> dict[str, Any]:
        """Reads the days; a mistake is named with its line."""
        cleaned = super().clean() or self.cleaned_data
        days: list[SpecialDay] = []
        for name, read in (("holidays", holiday_lines), ("working", working_days)):
            try:
                days += read(cleaned.get(name, ""))
            except NoticeError as error:
                self.add_error(name, str(error))
        if self.errors:
            return cleaned
        try:
            cleaned["notice"] = Notice(
                year=cleaned["year"],
                number=cleaned["number"].strip(),
                issued_on=cleaned["issued_on"],
                days=tuple(sorted(days, key=lambda day: day.date)),
                region=cleaned["region"].strip(),
                remark=cleaned["remark"].strip(),
            )
        except NoticeError as error:
            self.add_error(None, str(error))
        if not days:
            self.add_error("holidays", "没有写任何放假日或上班日")
        return cleaned

    def notice(self) -> Notice:
        """The value for services.enter_notice and queries.preview; of a valid form only."""
        found: Notice = self.cleaned_data["notice"]
        return found


def holiday_lines(text: str) -> list[SpecialDay]:
    """Days off from lines such as `春节 2026-02-15 至 2026-02-23`; NoticeError names the line."""
    return [day for n, line in _lines(text) for day in _holiday(n, line)]


def working_days(text: str) -> list[SpecialDay]:
    """Worked days from dates set apart by blanks or 、; NoticeError names what is no date."""
    parts = re.split(r"[\s、，,；;]+", text.strip())
    return [SpecialDay(_date(part), working=True, name="调休上班") for part in parts if part]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for n, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield n, line.strip()


def _holiday(n: int, line: str) -> Iterator[SpecialDay]:
    name, *rest = line.split(maxsplit=1)
    dates = [part for part in _SPAN.split(rest[0].strip()) if part] if rest else []
    if not 1 <= len(dates) <= 2 or _DATE.fullmatch(name):
        raise NoticeError(f"第 {n} 行应写作“名称 首日 末日”：{line}")
    first, last = _date(dates[0]), _date(dates[-1])
    if not 0 <= (last - first).days < _LONGEST:
        raise NoticeError(f"第 {n} 行的起止日期不对：{first} 至 {last}")
    for offset in range((last - first).days + 1):
        yield SpecialDay(first + timedelta(days=offset), working=False, name=name)


def _date(text: str) -> date:
    match = _DATE.fullmatch(text)
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise NoticeError(f"不是日期（应如 2026-10-01）：{text}")
