"""The page of a record inside the office: where it stands, its words as the public will read
them, how it came here, and what can be done with it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.disclosure import policies
from gongkai.disclosure.attachments import attachments_of
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record, Relation, Version
from gongkai.disclosure.normative import in_force, validity_of
from gongkai.disclosure.pages import PAGES
from gongkai.disclosure.queries import Position, affair_of, position_of
from gongkai.disclosure.stages import Stage, newest, stage_of_newest
from gongkai.disclosure.steps import STEPS, Step
from gongkai.office.views.records.subjects import affair, newest_of, trail_of
from gongkai.office.views.review.changes import compared_with, particulars, words_changed
from gongkai.office.views.upkeep.scope import found_record, titles_of
from gongkai.trail.queries import history
from statute.attributes import Attribute

_ROWS = 60  # sentences of the history on the page; the trail has all


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as read from this record; `active`: it does it to the other."""

    relation: Relation
    other: Record
    title: str
    active: bool


@require_safe
@requires(policies.SEE, of=affair)
def record(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """One draft of it, the newest unless `version` names another."""
    found = found_record(pk)
    last = newest_of(found)
    version = _chosen(request, found, last)
    position = position_of(last)
    old = compared_with(version)
    context: dict[str, Any] = {
        **_words(found, version),
        "newest": last,
        "stage": _stage(last),
        "position": position,
        "steps": list(_steps(last, position)),
        "old": old,
        "paragraphs": () if old is None else words_changed(old, version),
        "history": list(history("record", str(found.public_id)).order_by("-pk")[:_ROWS]),
        "ties": _ties(found),
        "opinions": found_opinions(found),
        "coordinations": last.coordinations.order_by("pk"),
        "versions": found.versions.order_by("-number"),
        "acts": found.public_acts.order_by("-pk"),
        "reappraisals": found.reappraisals.order_by("-pk"),
        "today": localdate(),
        "crumbs": trail_of(request, found, version.title),
        **_allowed(request, found, last, position),
    }
    return render(request, "office/record.html", context)


@require_safe
@requires(policies.SEE, of=affair)
def preview(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The words alone, as everybody will read them."""
    found = found_record(pk)
    version = _chosen(request, found, newest_of(found))
    crumbs = trail_of(request, found, version.title, "预览")
    context = {**_words(found, version), "crumbs": crumbs}
    return render(request, "office/record_preview.html", context)


def found_opinions(found: Record) -> list[Any]:
    """合法性审核意见 on any of its drafts, the latest last."""
    return [
        one
        for version in found.versions.prefetch_related("legality_opinions").order_by("number")
        for one in version.legality_opinions.all()
    ]


def _chosen(request: HttpRequest, found: Record, last: Version) -> Version:
    number = request.GET.get("version", "")
    if not number:
        return last
    wanted = int(number) if number.isdecimal() and len(number) < 6 else 0
    version = found.versions.filter(number=wanted).first()
    if version is None:
        raise Http404
    version.record = found
    return version


def _words(found: Record, version: Version) -> dict[str, Any]:
    return {
        "record": found,
        "version": version,
        "attribute": Attribute(version.attribute).label,
        "validity": validity_of(found, localdate()),
        "particulars": particulars(None, version),
        "body": version.body,
        "attachments": attachments_of(version),
    }


def _stage(version: Version) -> Stage:
    """Where the newest version stands, as the registers say it."""
    found = newest().filter(pk=version.pk).annotate(stage=stage_of_newest())
    return Stage(found.values_list("stage", flat=True)[0])


def _steps(version: Version, position: Position) -> Iterator[tuple[str, str, str]]:
    passed = {Step(one.step): one.reviewer_name for one in position.passed}
    for step in STEPS:
        if step in passed:
            yield step.label, "passed", passed[step]
        else:
            now = version.submitted_at is not None and position.next is step
            yield step.label, "now" if now else "later", ""


def _ties(found: Record) -> list[Tie]:
    relations = [
        *in_force(Relation.objects.filter(later=found)).select_related("earlier"),
        *in_force(Relation.objects.filter(earlier=found)).select_related("later"),
    ]
    pairs = [(one, one.earlier if one.later_id == found.pk else one.later) for one in relations]
    titles = titles_of([other for _, other in pairs])
    return [Tie(one, other, titles[other.pk], one.later_id == found.pk) for one, other in pairs]


def _allowed(
    request: HttpRequest, found: Record, last: Version, position: Position
) -> dict[str, bool]:
    """What this person may do with it now; each verb asks once more."""
    who, about = standing(request), affair_of(found, last)
    draft = last.submitted_at is None
    drafts = may(policies.DRAFT, who, about)
    cleared = hasattr(last, "clearance")
    waits = cleared and found.live_id != last.clearance.pk and not position.ended
    proactive = last.attribute == Attribute.PROACTIVE.value
    normative = found.kind == RecordKind.NORMATIVE
    return {
        "may_draft": drafts,
        "may_edit": drafts and draft and found.kind not in PAGES,
        "may_again": drafts and not draft and (position.ended or cleared),
        "may_opine": normative and not cleared and may(policies.GIVE_OPINION, who, about),
        "may_sign": draft and may(policies.SIGN, who, about),
        "under_review": not draft and not position.ended,
        "may_publish": waits and proactive and may(policies.PUBLISH, who, about),
        "may_withdraw": found.is_public and may(policies.WITHDRAW, who, about),
    }
