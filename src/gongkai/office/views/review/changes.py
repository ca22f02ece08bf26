"""What is new in a draft since the last one that was cleared: words paragraph by paragraph, and the
particulars one by one. It reads only.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.disclosure.models import Record, Version
from gongkai.web.difference import Paragraph, difference
from screening.extraction.html import harvest
from statute.attributes import Attribute
from statute.proactive import category

_PARTICULARS = {
    "title": "标题",
    "summary": "内容概述",
    "category": "法定类目",
    "theme": "主题分类",
    "genre": "体裁",
    "keywords": "关键词",
    "issuers": "联合发文机关",
    "doc_no": "发文字号",
    "formed_on": "成文日期",
    "changed_on": "变更日期",
    "effective_on": "施行日期",
    "expires_on": "有效期至",
    "attribute": "公开属性",
    "attribute_reason": "属性的理由",
}


@dataclass(frozen=True, slots=True)
class Particular:
    """A particular with what it was and is; `old` is None where there is no earlier draft."""

    label: str
    old: str | None
    new: str

    @property
    def changed(self) -> bool:
        """Whether it is another than before."""
        return self.old is not None and self.old != self.new


def compared_with(version: Version) -> Version | None:
    """The draft that was cleared last before this one; where none was, the one before it."""
    record: Record = version.record
    earlier = record.versions.filter(number__lt=version.number).order_by("-number")
    return earlier.filter(clearance__isnull=False).first() or earlier.first()


def words_changed(old: Version | None, new: Version) -> tuple[Paragraph, ...]:
    """The body against that of an earlier draft; without one, as it is."""
    words = plain(new.body)
    return difference(words if old is None else plain(old.body), words)


def plain(body: str) -> str:
    """The words of a body, a line for each paragraph."""
    found = harvest(f'<meta charset="utf-8">{body}'.encode()).extraction
    return "\n".join(one.text.strip() for one in found.passages if one.text.strip())


def particulars(old: Version | None, new: Version) -> tuple[Particular, ...]:
    """Every particular that has a value now or had one before; what changed comes first."""
    found = []
    for name, label in _PARTICULARS.items():
        before = None if old is None else _shown(old, name)
        now = _shown(new, name)
        if now or before:
            found.append(Particular(label, before, now))
    return tuple(sorted(found, key=lambda one: not one.changed))


def files_changed(old: Version | None, new: Version) -> tuple[str, ...]:
    """Which files came, went, or are others under the same name."""
    if old is None:
        return ()
    before = {str(one.get("name")): one.get("sha256") for one in old.files}
    after = {str(one.get("name")): one.get("sha256") for one in new.files}
    return (
        *(f"新增附件“{name}”" for name in after if name not in before),
        *(f"删去附件“{name}”" for name in before if name not in after),
        *(
            f"附件“{name}”换了内容"
            for name, digest in after.items()
            if name in before and before[name] != digest
        ),
    )


def _shown(version: Version, name: str) -> str:
    if name == "attribute":
        return Attribute(version.attribute).label
    if name == "category":
        return category(version.category).label
    value = getattr(version, name)
    return "" if value is None else str(value)
