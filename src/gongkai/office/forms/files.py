"""What the screens of files ask: the file, decisions, the way out, marks of a redaction."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.files.models import Channel, Verdict
from gongkai.office.grounds import CHOICES

VERDICTS = [(Verdict.JUSTIFIED.value, "可以保留"), (Verdict.FIXED.value, "已经修改")]


class UploadForm(forms.Form):
    """One file for the desk of one body."""

    agency = forms.ChoiceField(label="机关")
    file = forms.FileField(
        label="文件",
        help_text="PDF、DOCX、XLSX、ODS、OFD、图片、文本，每个不超过 50 MB。文件名加密保存。",
        allow_empty_file=True,  # the intake says it in its own words
        max_length=1000,
    )

    def __init__(self, *args: Any, desks: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(agency.code, agency.name) for agency in desks]
        self.fields["agency"] = forms.ChoiceField(label="机关", choices=choices)


class DecisionForm(forms.Form):
    """What becomes of a finding."""

    key = forms.CharField(max_length=128, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label="处理", choices=VERDICTS)
    reason = forms.CharField(label="理由", max_length=100, help_text="会写进留痕。")


class ReleaseForm(forms.Form):
    """By which way the file leaves."""

    channel = forms.ChoiceField(label="途径", choices=Channel.choices)


class MarkForm(forms.Form):
    """One box in points from the top left of the page, for those who do not draw."""

    page = forms.IntegerField(label="页", min_value=1)
    left = forms.FloatField(label="左")
    top = forms.FloatField(label="上")
    right = forms.FloatField(label="右")
    bottom = forms.FloatField(label="下")
    ground = forms.ChoiceField(label="理由", choices=CHOICES)


class FindForm(forms.Form):
    """All places of these words."""

    words = forms.CharField(label="文字", max_length=100)
    ground = forms.ChoiceField(label="理由", choices=CHOICES)
