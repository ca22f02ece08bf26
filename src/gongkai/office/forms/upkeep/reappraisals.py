"""What the screens of evaluations ask: a decision with its reason, a provision that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Reappraisal
from gongkai.office.forms.fields import DateField
from statute.attributes import WITHHOLDING_ARTICLES
from statute.citations import Citation, cite
from statute.texts.anchors import cited, instrument, instruments
from statute.texts.places import InstrumentKind

_OTHER = "other"
ALL = "all"
_LAWS = (InstrumentKind.LAW, InstrumentKind.REGULATION)
_WORDS = {
    Reappraisal.Decision.KEEP: "仍不公开（维持现在的公开属性）",
    Reappraisal.Decision.DISCLOSE: "转为主动公开",
    Reappraisal.Decision.ON_REQUEST: "转为依申请公开",
}


class DecideForm(forms.Form):
    """Kept as it is, or changed; the attribute it has already is not offered."""

    decision = forms.ChoiceField(label="评估结论", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写清现在为什么还要这样，或者情况怎么变了。会写进留痕，不要写个人信息。",
    )
    next_on = DateField(
        label="下次评估日期", required=False, help_text="不填就是一年以后，最晚也是一年以后。"
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, attribute: str) -> None:
        super().__init__(data)
        decision = self.fields["decision"]
        same = {
            "proactive": Reappraisal.Decision.DISCLOSE,
            "on_request": Reappraisal.Decision.ON_REQUEST,
        }
        if isinstance(decision, forms.ChoiceField):
            decision.choices = [
                (one.value, label) for one, label in _WORDS.items() if one != same.get(attribute)
            ]


def provisions() -> list[tuple[str, str]]:
    """The places of the regulations on which records are withheld, as short forms with names."""
    found = []
    for article in WITHHOLDING_ARTICLES:
        place = instrument("regulations").find(article)
        for paragraph in (None, *range(1, 10)):
            if place is not None and place.has(paragraph, None):
                one = Citation("regulations", article, paragraph)
                found.append((one.short, cited(one)))
    return found


def laws() -> list[tuple[str, str]]:
    """Laws and regulations by their titles, without what is no law."""
    return [(one.id, f"《{one.title}》") for one in instruments() if one.kind in _LAWS]


class LawChangeForm(forms.Form):
    """The provision, from when it is otherwise, why, and the records of which body are meant."""

    scope = forms.ChoiceField(label="评估哪个机关的信息")
    provision = forms.ChoiceField(
        label="变更的条款", help_text="依据这一条不公开的信息都会列出来，逐件评估。"
    )
    law = forms.ChoiceField(
        label="别的法律", required=False, help_text="上面没有的才选，并写明第几条。"
    )
    article = forms.IntegerField(label="第几条", required=False, min_value=1, max_value=999)
    paragraph = forms.IntegerField(label="第几款", required=False, min_value=1, max_value=20)
    on = DateField(label="变更自")
    due_on = DateField(
        label="最迟哪天评估完",
        required=False,
        help_text="不填就是变更的那天；已经过了的，就是今天。",
    )
    reason = forms.CharField(
        label="变更的理由", max_length=300, help_text="修改法律的文件名称，改了什么。"
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, bodies: Iterable[Agency], everywhere: bool
    ) -> None:
        super().__init__(data)
        scope, provision = self.fields["scope"], self.fields["provision"]
        every = [(ALL, "全部机关")] if everywhere else []
        if isinstance(scope, forms.ChoiceField):
            scope.choices = [*every, *((one.code, one.name) for one in bodies)]
        if isinstance(provision, forms.ChoiceField):
            provision.choices = [("", "请选择"), *provisions(), (_OTHER, "别的法律（写在下面）")]
        law = self.fields["law"]
        if isinstance(law, forms.ChoiceField):
            law.choices = [("", "没有"), *laws()]

    def clean(self) -> dict[str, Any]:
        """Another law is named with its article."""
        said = super().clean() or {}
        if said.get("provision") == _OTHER:
            for name, missing in (("law", "请选择是哪部法律。"), ("article", "请写明第几条。")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        return said

    def place(self) -> Citation:
        """The provision that changed."""
        said = self.cleaned_data
        if said["provision"] != _OTHER:
            return cite(said["provision"])
        return Citation(said["law"], str(said["article"]), said["paragraph"])
