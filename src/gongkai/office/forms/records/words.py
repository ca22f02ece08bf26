"""The form in which a record is written: its words, its metadata, the elements of its kind.

It writes nothing; drafting.edit does. A draft may be unfinished, so little is demanded here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.forms import BoundField

from gongkai.disclosure.content import cleaned as cleaned_body
from gongkai.disclosure.details import FORMS
from gongkai.disclosure.models import Version
from gongkai.disclosure.models.records import ATTRIBUTES
from gongkai.disclosure.pages import PAGES
from gongkai.disclosure.services.drafting import EDITABLE, LABELS
from gongkai.office.forms.fields import DateField
from gongkai.office.forms.records.elements import PREFIX, detail_fields, raw_details, row_groups
from statute.attributes import WITHHOLDING_ARTICLES, DocumentKind
from statute.citations import Citation
from statute.proactive import Tier, categories
from statute.texts.anchors import anchor, brief

_TIERS = {
    Tier.EVERY: "所有行政机关",
    Tier.COUNTY: "设区的市级、县级政府及其部门",
    Tier.TOWN: "乡（镇）政府",
}
MAIN = ("title", "summary", "body")
METADATA = (
    *("category", "theme", "genre", "keywords", "issuers", "doc_no"),
    *("formed_on", "changed_on", "effective_on", "expires_on"),
)
ATTRIBUTE = ("attribute", "attribute_reason", "grounds")


@cache
def category_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories of the law, by the bodies they bind, each with its article."""
    return [
        (
            label,
            [
                (one.code, f"{one.label}〔{brief(one.source)}〕")
                for one in categories()
                if one.tier is tier
            ],
        )
        for tier, label in _TIERS.items()
    ]


@cache
def ground_choices() -> list[tuple[str, str]]:
    """The articles on which a record may be kept back, with what they say (`regulations#13`)."""
    found = [Citation("regulations", article) for article in WITHHOLDING_ARTICLES]
    return [(one.short, f"{brief(one)}：{anchor(one).text}") for one in found]


class RecordForm(forms.Form):
    """One draft; `version` is what is kept of it now."""

    title = forms.CharField(
        label=LABELS["title"],
        max_length=300,
        help_text="和文件上的标题一字不差。",
        error_messages={"required": "请填写标题，没有标题不能保存。"},
    )
    summary = forms.CharField(
        label=LABELS["summary"],
        max_length=500,
        required=False,
        help_text="一两句话说清写了什么，列表和检索里显示。",
        widget=forms.Textarea({"rows": 2}),
    )
    body = forms.CharField(
        label=LABELS["body"],
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 24, "data-prose": ""}),
    )
    category = forms.ChoiceField(label=LABELS["category"], required=False, choices=category_choices)
    theme = forms.CharField(label=LABELS["theme"], max_length=60, required=False)
    genre = forms.CharField(
        label=LABELS["genre"],
        max_length=30,
        required=False,
        help_text=f"公文种类：{'、'.join(one.label for one in DocumentKind)}。",
    )
    keywords = forms.CharField(
        label=LABELS["keywords"], max_length=200, required=False, help_text="用空格隔开。"
    )
    issuers = forms.CharField(
        label=LABELS["issuers"],
        max_length=300,
        required=False,
        help_text="几个机关联合发文时填写，用顿号隔开。",
    )
    doc_no = forms.CharField(
        label=LABELS["doc_no"],
        max_length=60,
        required=False,
        help_text="写成 云政办发〔2026〕6号，年份用六角括号；签发时会再填一次。",
    )
    formed_on = DateField(
        label=LABELS["formed_on"], required=False, help_text="公开期限从这一天算起。"
    )
    changed_on = DateField(
        label=LABELS["changed_on"],
        required=False,
        help_text="改的是已经公开的信息时填写，期限从变更之日重新算。",
    )
    effective_on = DateField(label=LABELS["effective_on"], required=False)
    expires_on = DateField(label="有效期至", required=False, help_text="没有规定有效期的不填。")
    attribute = forms.ChoiceField(
        label=LABELS["attribute"], choices=ATTRIBUTES, widget=forms.RadioSelect
    )
    attribute_reason = forms.CharField(
        label="为什么不主动公开",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="一句话说清这份文件里有什么、公开了会怎样。",
    )
    grounds = forms.MultipleChoiceField(
        label="依据哪一条",
        required=False,
        choices=ground_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="不予公开只能依据下面三条；依申请公开可以不选。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None, version: Version) -> None:
        super().__init__(data, use_required_attribute=False)
        self.version = version
        self.kind = version.record.kind
        self.initial = {name: getattr(version, name) for name in EDITABLE}
        self.initial |= {
            "revision": version.record.revision,
            "base": json.dumps(fingerprints(version)),
        }
        self.fields |= detail_fields(self.kind, version.details)
        if self.kind in PAGES:  # the text of a page is made from its elements
            del self.fields["body"]

    def clean_summary(self) -> str:
        """Line ends as they are kept."""
        return str(self.cleaned_data["summary"]).replace("\r\n", "\n")

    def clean_attribute_reason(self) -> str:
        """Line ends as they are kept."""
        return str(self.cleaned_data["attribute_reason"]).replace("\r\n", "\n")

    def clean_body(self) -> str:
        """The body as it will be kept."""
        return cleaned_body(str(self.cleaned_data["body"]).replace("\r\n", "\n"))

    def clean_base(self) -> dict[str, str]:
        """The fingerprints of what the drafter had before him; nothing where they are damaged."""
        try:
            found = json.loads(self.cleaned_data["base"] or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def typed(self) -> dict[str, Any]:
        """Everything typed that has no fault, by field of drafting.EDITABLE."""
        found = {name: self.cleaned_data[name] for name in EDITABLE if name in self.cleaned_data}
        if self.kind in FORMS:
            found["details"] = raw_details(self.kind, self.cleaned_data, self.version.details)
        return found

    def changed(self) -> dict[str, Any]:
        """What of it differs from what the drafter had before him when he began."""
        base = self.cleaned_data.get("base", {})
        return {
            name: value
            for name, value in self.typed().items()
            if base.get(name) != fingerprint(value)
        }

    def part(self, *names: str) -> list[BoundField]:
        """The fields of one section."""
        return [self[name] for name in names if name in self.fields]

    def main(self) -> list[BoundField]:
        """Title and summary."""
        return self.part("title", "summary")

    def metadata(self) -> list[BoundField]:
        """The fields of the metadata table."""
        return self.part(*METADATA)

    def elements(self) -> list[BoundField]:
        """What the kind has besides, without its lists."""
        lists = tuple(f"{PREFIX}{name}_" for name, _, read in row_groups(self.kind))
        names = [name for name in self.fields if name.startswith(PREFIX)]
        return self.part(*(one for one in names if not lists or not one.startswith(lists)))

    def lists(self) -> list[tuple[str, list[str], list[list[BoundField]]]]:
        """Lists of the kind: label, heads, rows of fields."""
        found = []
        for name, label, read in row_groups(self.kind):
            width = len(read.elements)
            cells = [self[one] for one in self.fields if one.startswith(f"{PREFIX}{name}_")]
            rows = [cells[at : at + width] for at in range(0, len(cells), width)]
            found.append((label, [one.label for one in read.elements], rows))
        return found


def fingerprint(value: Any) -> str:
    """A short digest of a value, the same for what is kept and what is typed."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprints(version: Version) -> dict[str, str]:
    """Of each field that may be written."""
    return {name: fingerprint(getattr(version, name)) for name in EDITABLE}
