"""From the first word to the submission: drafting, attribute, legality opinion, signing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.disclosure import policies, telling
from gongkai.disclosure.attachments import attachment_faults, missing_files
from gongkai.disclosure.content import cleaned, digest_of
from gongkai.disclosure.details import detail_faults
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.kinds import RULES, RecordKind
from gongkai.disclosure.models import LegalityOpinion, Record, Version
from gongkai.disclosure.numbering import gives_reg_numbers
from gongkai.disclosure.pages import page_faults
from gongkai.disclosure.queries import latest, position_of
from gongkai.disclosure.services.entitlement import (
    authorise,
    authorise_in,
    locked,
    moved,
    note_author,
    required,
    subject_of,
)
from gongkai.disclosure.services.numbering import give_reg_no
from gongkai.disclosure.text_findings import open_finding_faults
from gongkai.trail.actors import Actor
from gongkai.trail.services import record as leave_trace
from statute.attributes import Attribute, attribute_faults
from statute.citations import cite
from statute.numbering import doc_number_faults
from statute.proactive import category

# What a drafter may write, and how each is called.
LABELS = {
    "title": "标题",
    "summary": "内容概述",
    "body": "正文",
    "category": "法定类目",
    "theme": "主题分类",
    "genre": "体裁",
    "keywords": "关键词",
    "issuers": "联合发文机关",
    "doc_no": "发文字号",
    "formed_on": "成文日期",
    "changed_on": "变更日期",
    "effective_on": "施行日期",
    "expires_on": "有效期",
    "attribute": "公开属性",
    "attribute_reason": "属性的理由",
    "grounds": "依据",
    "details": "种类要素",
    "files": "附件",
}
# Files come and go by verbs of their own (services.attaching).
EDITABLE = tuple(name for name in LABELS if name != "files")


@transaction.atomic
def draft(
    agency: Agency,
    kind: str,
    content: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    index_no: str = "",
    reg_no: str = "",
) -> Version:
    """A new record with its first version. `content` holds fields of EDITABLE; the attribute is
    主动公开 unless another is chosen (`regulations#5`)."""
    if kind not in RecordKind.values:
        raise DisclosureError("没有这种信息种类", field="kind")
    record = Record(
        agency=agency, kind=kind, created_at=at, created_by=by.id, index_no=index_no, reg_no=reg_no
    )
    authorise_in(by, policies.DRAFT, agency, at=at)
    record.save(force_insert=True)
    version = Version(record=record, number=1, category=RULES[kind].category)
    _write(version, content)
    return _drafted(version, by=by, at=at)


@transaction.atomic
def edit(
    version: Version, changes: Mapping[str, Any], *, revision: int, by: Actor, at: datetime
) -> Version:
    """Changes a draft; `revision` is the record's revision as the drafter read it (StaleError).

    Whoever writes becomes an author of the record, and reviews no version of it.
    """
    record = locked(version.record, revision=revision)
    version = Version.objects.select_for_update().get(pk=version.pk)
    authorise(by, policies.DRAFT, record, at=at)
    if version.submitted_at is not None:
        raise DisclosureError("已经送审，不能再改；退回以后可以起草新的一稿")
    before = {name: getattr(version, name) for name in EDITABLE}
    _write(version, changes)
    changed = [name for name in EDITABLE if getattr(version, name) != before[name]]
    if not changed:
        return version
    version.save(update_fields=changed)
    note_author(record, by.id, by.name, at=at)
    moved(record)
    leave_trace(
        "disclosure.edited",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"number": str(version.number), "fields": "、".join(LABELS[one] for one in changed)},
    )
    return version


@transaction.atomic
def draft_again(record: Record, *, by: Actor, at: datetime) -> Version:
    """The next version, from the words of the last: after a return, or to change what is public."""
    record = locked(record)
    authorise(by, policies.DRAFT, record, at=at)
    last = latest(record)
    if last.submitted_at is None:
        raise DisclosureError("已经有一份没有送审的文稿，请在它上面改")
    if not position_of(last).ended and not hasattr(last, "clearance"):
        raise DisclosureError("上一稿还在审查，不能另起一稿")
    version = Version(record=record, number=last.number + 1)
    for name in LABELS:
        setattr(version, name, getattr(last, name))
    moved(record)
    return _drafted(version, by=by, at=at)


@transaction.atomic
def give_opinion(
    version: Version, *, number: str, given_on: date, lawful: bool, opinion: str, by: Actor,
    at: datetime,
) -> LegalityOpinion:  # fmt: skip
    """合法性审核意见 on a normative document, before it is signed."""
    record = locked(version.record)
    authorise(by, policies.GIVE_OPINION, record, at=at)
    if record.kind != RecordKind.NORMATIVE:
        raise DisclosureError("只有行政规范性文件须经合法性审核")
    given = LegalityOpinion.objects.create(
        version=version,
        number=required(number, "意见号", field="number"),
        given_on=given_on,
        lawful=lawful,
        opinion=required(opinion, "意见", field="opinion"),
        by=by.id,
        by_name=by.name,
        at=at,
    )
    leave_trace(
        "disclosure.opinion_given",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"opinion": given.number, "lawful": "合法" if lawful else "不合法"},
    )
    return given


@transaction.atomic
def sign(
    version: Version, *, doc_no: str, formed_on: date, revision: int, by: Actor, at: datetime
) -> Version:
    """签发: the document gets its number and its date; the signer has the last word on it."""
    record = locked(version.record, revision=revision)
    version = Version.objects.select_for_update().get(pk=version.pk)
    authorise(by, policies.SIGN, record, at=at)
    if version.submitted_at is not None:
        raise DisclosureError("已经送审，不能再签发")
    _require_opinion(record)
    for fault in doc_number_faults(doc_no):
        better = f"，应为“{fault.suggestion}”" if fault.suggestion else ""
        raise DisclosureError(f"{fault.message}{better}", field="doc_no")
    version.doc_no, version.formed_on = doc_no, formed_on
    version.save(update_fields=["doc_no", "formed_on"])
    if record.kind == RecordKind.NORMATIVE and gives_reg_numbers(record.agency):
        give_reg_no(record, formed_on, by=by, at=at)
    moved(record)
    leave_trace(
        "disclosure.signed",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={"doc_no": doc_no, "formed_on": formed_on.isoformat(), "reg_no": record.reg_no},
    )
    return version


@transaction.atomic
def submit(version: Version, *, revision: int, by: Actor, at: datetime) -> Version:
    """Hands a draft to its reviewers: from now on not a letter of it changes.

    DisclosureError names the first thing that is missing; `submission_faults` names all.
    """
    record = locked(version.record, revision=revision)
    version = Version.objects.select_for_update().get(pk=version.pk)
    authorise(by, policies.DRAFT, record, at=at)
    if version.submitted_at is not None:
        raise DisclosureError("已经送审")
    for field, fault in submission_faults(version):
        raise DisclosureError(fault, field=field)
    version.submitted_at = at
    version.content_hash = digest_of(version.content())
    version.save(update_fields=["submitted_at", "content_hash"])
    moved(record)
    leave_trace(
        "disclosure.submitted",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=record.agency.code,
        facts={
            "number": str(version.number),
            "attribute": Attribute(version.attribute).label,
            "digest": version.content_hash,
        },
    )
    telling.submitted(version, at=at)
    return version


def submission_faults(version: Version) -> list[tuple[str, str]]:
    """What is missing before a version may be submitted: (field, sentence)."""
    faults = [
        (name, f"请填写{LABELS[name]}")
        for name in ("title", "formed_on")
        if not getattr(version, name)
    ]
    if not version.body.strip() and not version.files:
        faults.append(("body", "请写正文，或者附上文件"))
    grounds = [cite(place) for place in version.grounds]
    faults += [
        ("attribute", fault.message)
        for fault in attribute_faults(
            Attribute(version.attribute), version.attribute_reason, grounds
        )
    ]
    faults += [
        (f"details.{name}", fault)
        for name, fault in detail_faults(version.record.kind, version.details)
    ]
    faults += page_faults(version)
    faults += missing_files(version)
    if version.attribute == Attribute.PROACTIVE.value:
        # What is not to be public may hold what the public must not read (`regulations#15`).
        faults += attachment_faults(version)
        faults += open_finding_faults(version)
    if _ends_before_it_starts(version):
        faults.append(("expires_on", "有效期至早于施行日期"))
    if version.record.kind == RecordKind.NORMATIVE:
        faults += [
            (name, f"请填写{LABELS[name]}")
            for name in ("doc_no", "effective_on")
            if not getattr(version, name)
        ]
        if not _has_opinion(version.record):
            faults.append(("", "行政规范性文件须先有合法性审核意见"))
    return faults


def _ends_before_it_starts(version: Version) -> bool:
    start, end = version.effective_on, version.expires_on
    return start is not None and end is not None and end < start


def _require_opinion(record: Record) -> None:
    if record.kind == RecordKind.NORMATIVE and not _has_opinion(record):
        raise DisclosureError("行政规范性文件须先有合法性审核意见")


def _has_opinion(record: Record) -> bool:
    return LegalityOpinion.objects.filter(version__record=record, lawful=True).exists()


def _write(version: Version, changes: Mapping[str, Any]) -> None:
    unknown = changes.keys() - set(EDITABLE)
    if unknown:
        raise DisclosureError(f"不能这样改：{'、'.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(version, name, cleaned(value) if name == "body" else value)
    if version.category:
        category(version.category)


def _drafted(version: Version, *, by: Actor, at: datetime) -> Version:
    version.drafted_at, version.drafted_by, version.drafted_by_name = at, by.id, by.name
    version.save(force_insert=True)
    note_author(version.record, by.id, by.name, at=at)
    leave_trace(
        "disclosure.drafted",
        by=by,
        at=at,
        subject=subject_of(version),
        agency_code=version.record.agency.code,
        facts={"kind": version.record.get_kind_display(), "number": str(version.number)},
    )
    return version
