"""Filters beside the upkeep lists; they narrow rows and say nothing about who may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.pages import PAGES

NORMATIVE_STATES = (
    ("", "全部"),
    ("holds", "现行有效"),
    ("near", "快到期"),
    ("upcoming", "尚未施行"),
    ("partly_repealed", "部分废止"),
    ("over", "已废止、失效、被替代"),
)


class UpkeepFilter(forms.Form):
    """A form in an address: unbound values are no faults, wrong ones narrow nothing.

    `agency` is a code among the bodies one sees; it is left out where there is only one.
    """

    agency = forms.ChoiceField(label="机关", required=False)

    def __init__(self, data: Mapping[str, Any] | None, bodies: Iterable[Agency]) -> None:
        super().__init__(data, auto_id="filter_%s")
        choices = [(one.code, one.name) for one in bodies]
        self.codes = frozenset(code for code, _ in choices)
        agency = self.fields["agency"]
        if isinstance(agency, forms.ChoiceField):
            agency.choices = [("", "全部机关"), *choices]
        if len(choices) < 2:
            del self.fields["agency"]
        self.is_valid()

    def said(self, name: str) -> str:
        """What was asked, or ""."""
        return str(self.cleaned_data.get(name) or "")


class NormativeFilter(UpkeepFilter):
    """By words, body, validity and the year a document was made."""

    q = forms.CharField(label="标题、文号或者统一编号", required=False)
    state = forms.ChoiceField(label="效力", required=False, choices=NORMATIVE_STATES)
    year = forms.IntegerField(label="成文年份", required=False, min_value=1949, max_value=2099)
    field_order = ("q", "agency", "state", "year")


class ShowFilter(UpkeepFilter):
    """Which of a few lists of a screen, kept while filtering."""

    show = forms.CharField(required=False, widget=forms.HiddenInput)


class DoneFilter(ShowFilter):
    """Interpretations by body, form and year."""

    forms_ = (("", "全部形式"), ("beyond", "不只是文字"), ("text", "只有文字"))
    how = forms.ChoiceField(label="形式", required=False, choices=forms_)
    year = forms.IntegerField(label="公开年份", required=False, min_value=1949, max_value=2099)


class PagesFilter(UpkeepFilter):
    """By body, kind and what has to be done."""

    kind = forms.ChoiceField(
        label="种类",
        required=False,
        choices=[("", "全部"), *((one, RecordKind(one).label) for one in PAGES)],
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部"),
            ("missing", "还没有"),
            ("due", "要核对"),
            ("differs", "与登记不一致"),
            ("draft", "有新的一稿"),
            ("good", "不用处理"),
        ],
    )
