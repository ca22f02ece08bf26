"""What the import screens ask: a list and its source, why a row is left out, an opinion."""

from __future__ import annotations

from django import forms

from gongkai.office.forms.upkeep.normative import BodyForm


class ImportForm(BodyForm):
    """A list of old documents. `digest` is that of the list which was tried: the one brought in
    must be the same."""

    file = forms.FileField(
        label="清单文件",
        help_text="XLSX 或者 CSV。读第一张工作表，一行一件；表头怎么写见旁边的说明。",
        allow_empty_file=True,  # reading says it in its own words
        max_length=1000,
    )
    label = forms.CharField(
        label="批次名称", max_length=100, help_text="如：县政府网站旧版历年文件。"
    )
    source = forms.CharField(
        label="来源",
        max_length=200,
        help_text="以前在哪里公开的。公众会在首次公开日期旁边看到。",
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ExceptForm(forms.Form):
    """Why a row is not reviewed with the batch."""

    reason = forms.CharField(
        label="除外的理由", max_length=200, help_text="如：正文不完整，要单独审查。"
    )


class OpinionForm(forms.Form):
    """A pass with the digest of the list that was read, and an opinion."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="意见", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
