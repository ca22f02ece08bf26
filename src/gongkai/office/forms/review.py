"""What reviewing and publishing ask: a verdict with the digest of what was read, a reason, a moment."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Referral
from gongkai.disclosure.services.entitlement import LONGEST_REASON
from gongkai.disclosure.steps import STEPS, Step


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
    reason = forms.CharField(
        label="意见（可以不写）", required=False, max_length=LONGEST_REASON
    )
    together = forms.BooleanField(required=False)

    def __init__(self, *given: object, following: Step | None = None, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        if following is None:
            del self.fields["together"]
        else:
            self.fields["together"].label = f"同时通过{following.label}"


class ReturnForm(forms.Form):
    """退回: where to, and why."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    back_to = forms.ChoiceField(label="退回到", widget=forms.RadioSelect)
    reason = _words("退回的理由", "起草人会看到，也会写进留痕。写明哪里、为什么、怎么改。")

    def __init__(self, *given: object, places: Sequence[tuple[str, str]], **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["back_to"].choices = places  # type: ignore[attr-defined]


class ReferForm(forms.Form):
    """不能确定: to whom it is put, and the question."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label="报请谁确定",
        choices=Referral._meta.get_field("to").choices,
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


# Neighbours that one person may take together; secrecy and final never (`regulations#17`).
PAIRS = tuple((f"{one}+{two}", f"{one.label}＋{two.label}") for one, two in zip(STEPS, STEPS[1:], strict=False))


class RuleForm(forms.Form):
    """How a body reviews."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", to_field_name="code")
    merged = forms.MultipleChoiceField(
        label="可以由一人同时办的步骤",
        required=False,
        choices=PAIRS,
        widget=forms.CheckboxSelectMultiple,
        help_text="人少的机关可以合并。保密审查和终审始终由两个人分别进行。",
    )
    days_each = forms.IntegerField(
        label="每一步几个工作日", min_value=1, max_value=20, help_text="超过的会提醒、列为逾期。"
    )
