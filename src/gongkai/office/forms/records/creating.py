"""What is asked before a draft exists: body, kind, title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.disclosure.kinds import RULES, RecordKind
from gongkai.disclosure.pages import PAGES
from statute.interpretation import InterpretationForm
from statute.proactive import category, publication_limit
from statute.texts.anchors import brief


class NewRecordForm(forms.Form):
    """A body, a kind and a title; for an interpretation of a known document also its forms."""

    agency = forms.ChoiceField(label="机关")
    title = forms.CharField(
        label="标题", max_length=300, help_text="和文件上的标题一字不差，以后还可以改。"
    )
    kind = forms.ChoiceField(label="种类", widget=forms.RadioSelect)
    interprets = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, bodies: Sequence[Agency], day: date, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial), use_required_attribute=False)
        self.fields["agency"] = forms.ChoiceField(
            label="机关", choices=[(one.code, one.name) for one in bodies]
        )
        self.fields["kind"] = forms.ChoiceField(
            label="种类",
            choices=kind_choices(day),
            widget=forms.RadioSelect,
            help_text="种类决定要填什么、归哪一类、多少天内公开。起草以后不能改。",
        )
        if initial.get("interprets"):
            # relate() names this field so.
            self.fields["forms"] = forms.MultipleChoiceField(
                label="解读形式",
                choices=[(one.value, one.label) for one in InterpretationForm],
                widget=forms.CheckboxSelectMultiple,
            )


def kind_choices(day: date) -> list[tuple[str, str]]:
    """Each kind with what belongs there, its article, and until when it is public."""
    return [
        (kind.value, f"{kind.label}：{_belongs(kind)}；{_limit(kind, day)}")
        for kind in RecordKind
        if kind.value not in PAGES  # these are kept on a screen of their own
    ]


def _belongs(kind: RecordKind) -> str:
    found = category(RULES[kind].category)
    return f"{found.label}〔{brief(found.source)}〕"


def _limit(kind: RecordKind, day: date) -> str:
    found = publication_limit(RULES[kind].limit, day)
    return f"{found.n} {found.unit.label}内公开" if found.n else "当日公开"
