"""Fields with the browser's own date picker, written in one way everywhere."""

from __future__ import annotations

from django import forms


class DateInput(forms.DateInput):
    """2026-03-25 in the address of the picker, whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day; also typed as 2026-03-25, 2026/3/25, 20260325 or 2026年3月25日."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=DateInput(),
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"],
            error_messages={"invalid": "日期写成 2026-03-25 这样。"},
        )


class ReasonForm(forms.Form):
    """One sentence why."""

    reason = forms.CharField(label="原因", max_length=100, help_text="会写进留痕。")


class NothingForm(forms.Form):
    """An act that needs no more than its confirmation."""
