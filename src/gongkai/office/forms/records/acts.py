"""What the acts on a draft ask: an opinion, a signature, another body, a relation."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.disclosure.models import Relation
from gongkai.office.forms.fields import DateField
from statute.interpretation import InterpretationForm

YES_OR_NO = [("yes", "同意"), ("no", "不同意")]


class OpinionForm(forms.Form):
    """合法性审核意见."""

    number = forms.CharField(label="意见号", max_length=60)
    given_on = DateField(label="意见日期")
    lawful = forms.ChoiceField(
        label="结论", choices=[("yes", "合法"), ("no", "不合法")], widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label="意见", max_length=300, widget=forms.Textarea({"rows": 4}), help_text="会写进留痕。"
    )


class SignForm(forms.Form):
    """签发: number and day."""

    doc_no = forms.CharField(
        label="发文字号", max_length=60, help_text="写成 云政办发〔2026〕6号。"
    )
    formed_on = DateField(label="成文日期", help_text="签发的日期，公开期限从这一天算起。")
    revision = forms.IntegerField(widget=forms.HiddenInput)


class AskForm(forms.Form):
    """Which other body, about what."""

    other = forms.CharField(label="机关", max_length=200)
    question = forms.CharField(
        label="协商的事项", max_length=300, widget=forms.Textarea({"rows": 3})
    )


class AnswerForm(forms.Form):
    """What the other body said."""

    agreed = forms.ChoiceField(label="对方", choices=YES_OR_NO, widget=forms.RadioSelect)
    answer = forms.CharField(label="答复", max_length=300, widget=forms.Textarea({"rows": 3}))


class RelateForm(forms.Form):
    """What the record does to the one that was found."""

    earlier = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="本件对它", choices=Relation.Kind.choices)
    on = DateField(label="生效日期", required=False, help_text="不填的，从本件施行或者成文之日起。")

    def __init__(self, data: Any, *, earlier: str) -> None:
        super().__init__(data, initial={"earlier": earlier})
        # The verb names this field so.
        self.fields["forms"] = forms.MultipleChoiceField(
            label="解读形式",
            required=False,
            choices=[(one.value, one.label) for one in InterpretationForm],
            widget=forms.CheckboxSelectMultiple,
            help_text="只有登记解读时要选。",
        )
