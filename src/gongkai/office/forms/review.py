"""What reviewing and publishing ask: a verdict with the digest of what was read, and a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from django import forms

from gongkai.disclosure.models.reviews import AUTHORITIES
from gongkai.disclosure.services.entitlement import LONGEST_REASON
from gongkai.disclosure.steps import STEPS, Step
from gongkai.office.forms.upkeep.normative import BodyForm


def _words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PassForm(forms.Form):
    """通过: the digest of what was read, an opinion if there is one, the next step too if the rule
    of the body lets one person take both."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(label="意见（可以不写）", required=False, max_length=LONGEST_REASON)
    together = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        following: Step | None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        if following is None:
            del self.fields["together"]
        else:
            self.fields["together"].label = f"同时通过{following.label}"


class ReturnForm(forms.Form):
    """退回: where to, and why."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    back_to = forms.ChoiceField(label="退回到", widget=forms.RadioSelect)
    reason = _words("退回的理由", "起草人会看到，也会写进留痕。写明哪里、为什么、怎么改。")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Sequence[tuple[str, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        back_to = self.fields["back_to"]
        if isinstance(back_to, forms.ChoiceField):
            back_to.choices = list(places)


class ReferForm(forms.Form):
    """不能确定: to whom it is put, and the question."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label="报请谁确定",
        choices=AUTHORITIES,
        widget=forms.RadioSelect,
    )
    reason = _words("不能确定的问题", "写明拿不准的是哪一处，为什么。")


class AnswerForm(forms.Form):
    """What the authority answered."""

    answer = _words("答复", "照对方的书面答复写明结论和文号。答复登记以后不能改。")


class EmergencyForm(forms.Form):
    """Why the review is shortened."""

    reason = _words("应急的理由", "如：气象台发布暴雨红色预警，须立即告知沿河村庄。")


class WithdrawForm(forms.Form):
    """Why it is taken from the public; the public reads it."""

    reason = _words("撤回的原因", "公众在原来的地址上会看到这句话。")


# What one person may take; secrecy and final are always two people (`regulations#17`).
PAIRS = tuple(
    (f"{one.value}+{two.value}", f"{one.label}和{two.label}")
    for one, two in combinations(STEPS, 2)
    if {one, two} != {Step.SECRECY, Step.FINAL}
)


class RuleForm(BodyForm):
    """How a body reviews."""

    merged = forms.MultipleChoiceField(
        label="可以由一人办的两步",
        required=False,
        choices=PAIRS,
        widget=forms.CheckboxSelectMultiple,
        help_text="人少的机关可以合并；相邻的两步可以一次通过。保密审查和终审始终由两个人分别进行。",
    )
    days_each = forms.IntegerField(
        label="每一步几个工作日", min_value=1, max_value=20, help_text="超过的会提醒、列为逾期。"
    )
