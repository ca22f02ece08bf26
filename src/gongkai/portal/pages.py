"""The page of one record as values: its words, its data in their fixed order, its validity, what
it is tied to. It reads what is public alone; a draft, a later version, a person are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from gongkai.disclosure.lineage import links_of
from gongkai.disclosure.models import Act, PublicAct, Record, Version
from gongkai.disclosure.normative import standing_of
from gongkai.web.wording import moment
from statute.attributes import Attribute
from statute.proactive import category
from statute.validity import Validity


@dataclass(frozen=True, slots=True)
class PublicFile:
    """An attachment as everybody may have it."""

    name: str
    url: str
    size: int
    kind: str


@dataclass(frozen=True, slots=True)
class PublicLink:
    """Another public record: what it is to this one, and where it stands."""

    label: str
    title: str
    url: str
    on: date | None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A public record as its page shows it."""

    title: str
    doc_no: str
    facts: tuple[tuple[str, str], ...]
    validity: Validity | None
    effective_on: date | None
    expires_on: date | None
    body: str
    files: tuple[PublicFile, ...]
    links: tuple[PublicLink, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands at the address of a record that was withdrawn."""

    agency: str
    on: str
    reason: str


def page_of(record: Record, today: date) -> RecordPage | None:
    """The page of a record; None where it is not public."""
    if record.live is None:
        return None
    version = record.live.version
    standing = standing_of(record)
    return RecordPage(
        title=version.title,
        doc_no=version.doc_no,
        facts=tuple((name, text) for name, text in _facts(record, version) if text),
        validity=None if standing is None else standing.on(today),
        effective_on=version.effective_on,
        expires_on=version.expires_on,
        body=version.body,
        files=tuple(_file(record, entry) for entry in version.files if entry.get("file")),
        links=tuple(_links(record)),
    )


def notice_of(record: Record) -> Notice | None:
    """The notice of a withdrawn record; None where it never was public or is."""
    if record.live is not None or record.published_at is None:
        return None
    act = PublicAct.objects.filter(record=record, act=Act.WITHDRAW).order_by("-pk").first()
    if act is None:
        return None
    return Notice(record.agency.name, moment(act.at), act.reason)


def _facts(record: Record, version: Version) -> Iterator[tuple[str, str]]:
    """The data of a record in their order (law.md 3.3); what has none is left out."""
    yield "索引号", record.index_no
    yield "统一编号", record.reg_no
    yield "发布机构", version.issuers or record.agency.name
    yield "发布时间", moment(record.published_at) if record.published_at else ""
    if record.first_published_on is not None:
        first = f"{record.first_published_on}（{record.first_published_source}）"
        yield "首次公开", first
    yield "成文日期", str(version.formed_on or "")
    yield "文号", version.doc_no or "无文号"
    yield "信息分类", category(version.category).label
    yield "主题分类", version.theme
    yield "体裁", version.genre
    yield "公开方式", Attribute(version.attribute).label
    yield "关键词", version.keywords
    yield "内容概述", version.summary


def _file(record: Record, entry: dict[str, Any]) -> PublicFile:
    name = str(entry["name"])
    url = reverse("portal:attachment", args=[record.public_id, entry["file"]])
    kind = name.rpartition(".")[2].upper() if "." in name else "文件"
    return PublicFile(name, url, int(entry["size"]), kind)


def _links(record: Record) -> Iterator[PublicLink]:
    for link in links_of(record):
        url = reverse("portal:record", args=[link.other.public_id])
        yield PublicLink(link.label, link.title, url, link.on)
