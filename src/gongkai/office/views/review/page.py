"""One version under review: who passed it, what is new, what was found, and the reviewer's word."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.standing import Standing
from gongkai.disclosure import policies
from gongkai.disclosure.attachments import attachments_of
from gongkai.disclosure.desk import awaiting_review
from gongkai.disclosure.models import Review
from gongkai.disclosure.queries import missing_people
from gongkai.disclosure.steps import STEPS, Path, Step, Verdict
from gongkai.disclosure.text_findings import text_findings
from gongkai.office.forms.review import PassForm
from gongkai.office.verbs import now
from gongkai.office.views.review.about import DESK, Case, case_of, review_url, this_case
from gongkai.office.views.review.changes import (
    compared_with,
    files_changed,
    particulars,
    plain,
    words_changed,
)
from gongkai.office.views.review.findings import EVERY, hints, panel
from gongkai.office.views.upkeep.reappraisals import grounds_of
from gongkai.office.views.upkeep.scope import record_url
from gongkai.web.panels import Level, Link
from statute.attributes import Attribute

VIEWS = (("changes", "改了什么"), ("new", "只看新稿"), ("both", "并排"))


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A step above the text: passed by whom, being taken, to be taken again, or not reached."""

    label: str
    state: str
    review: Review | None = None
    mine: bool = False


@require_safe
@requires(policies.SEE, of=this_case)
def review(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The screen of the reviewer; others who see the record read it without the bar."""
    case, who = case_of(pk), standing(request)
    step = case.turn(who)
    context: dict[str, Any] = {
        "case": case,
        "record": case.record,
        "version": case.version,
        "attribute": Attribute(case.version.attribute).label,
        "grounds": grounds_of(case.version),
        "chain": _chain(case, step),
        "step": step,
        "state": _state(case, step),
        "cleared": hasattr(case.version, "clearance"),
        "order": getattr(case.version, "emergency_order", None),
        "referral": case.referral,
        "past": list(case.version.reviews.order_by("pk")),
        "opinions": list(case.version.legality_opinions.order_by("pk")),
        "coordinations": list(case.version.coordinations.order_by("pk")),
        "missing": _missing(case),
        "record_url": record_url(case.record),
        "today": localdate(),
        "crumbs": [DESK, Link(f"第{case.version.number}稿")],
        **_words(request, case),
        **_found(case, returns=step is not None),
        **_rights(case, who, step),
        **_neighbours(case, who),
    }
    return render(request, "office/review.html", context)


def _words(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The text in the view that was asked for."""
    old = compared_with(case.version)
    shown = request.GET.get("view", "changes")
    paragraphs = words_changed(old, case.version)
    return {
        "old": old,
        "old_cleared": old is not None and hasattr(old, "clearance"),
        "views": VIEWS,
        "shown": shown if old is not None and shown in dict(VIEWS) else "changes",
        "paragraphs": paragraphs,
        "old_lines": [] if old is None else plain(old.body).splitlines(),
        "new_lines": plain(case.version.body).splitlines(),
        "particulars": particulars(old, case.version),
        "files_changed": files_changed(old, case.version),
    }


def _found(case: Case, *, returns: bool) -> dict[str, Any]:
    found, files = text_findings(case.version), attachments_of(case.version)
    drawn = panel(case.version, found, files, returns=returns)
    return {
        "findings": drawn,
        "hints": hints(found),
        "blocking": sum(one.level is Level.BLOCKING for one in drawn),
        "open": sum(one.level is Level.OPEN for one in drawn),
        "attachments": files,
        "every": EVERY,
    }


def _rights(case: Case, who: Standing, step: Step | None) -> dict[str, Any]:
    """Which buttons there are; each is guarded again where it leads."""
    version, record = case.version, case.record
    following = None if step is None else case.following(who, step)
    cleared, order = hasattr(version, "clearance"), hasattr(version, "emergency_order")
    under_review = version.submitted_at is not None and not case.position.ended and not cleared
    passed = {Step(one.step) for one in case.position.passed}
    live = record.live is not None and record.live.version_id == version.pk
    ready = cleared and not live and not case.position.ended
    ready = ready and version.attribute == Attribute.PROACTIVE.value
    planned = record.schedules.filter(done_at__isnull=True).first()
    asked = case.referral is not None and Step(case.referral.review.step)
    return {
        "form": PassForm(following=following, initial={"digest": version.content_hash}),
        "following": following,
        "may_answer": asked and may(policies.REVIEW[asked], who, case.affair),
        "may_order": under_review and not order and not case.in_batch
        and may(policies.ORDER_EMERGENCY, who, case.affair),
        "may_clear": under_review and order and Step.SECRECY in passed
        and may(policies.PUBLISH, who, record.agency_id),
        "may_publish": ready and planned is None and may(policies.PUBLISH, who, record.agency_id),
        "may_cancel": planned is not None and may(policies.PUBLISH, who, record.agency_id),
        "may_withdraw": record.is_public and may(policies.WITHDRAW, who, record.agency_id),
        "planned": planned,
        "live": live,
    }  # fmt: skip


def _neighbours(case: Case, who: Standing) -> dict[str, Any]:
    """The versions before and after this one on the desk of the person."""
    found = awaiting_review(who, now())
    waiting = [one.record.pk for one in found]
    if case.record.pk not in waiting:
        return {"left": len(waiting), "before": None, "next": None}
    at = waiting.index(case.record.pk)
    return {
        "left": len(waiting),
        "place": at + 1,
        "before": review_url(found[at - 1].record) if at else None,
        "next": review_url(found[at + 1].record) if at + 1 < len(found) else None,
    }


def _chain(case: Case, mine: Step | None) -> list[ChainStep]:
    passed = {Step(one.step): one for one in case.position.passed}
    once = {
        Step(one.step): one
        for one in Review.objects.filter(version__record=case.record, verdict=Verdict.PASS)
        .select_related("version")
        .order_by("pk")
    }
    due = case.affair.due or ((case.position.next,) if case.position.referred else ())
    found = []
    for step in STEPS:
        if step in passed:
            found.append(ChainStep(step.label, "passed", passed[step]))
        elif step in once:
            found.append(ChainStep(step.label, "again", once[step], step is mine))
        else:
            found.append(
                ChainStep(step.label, "now" if step in due else "later", None, step is mine)
            )
    return found


def _missing(case: Case) -> list[str]:
    """Steps that nobody in the body could take: without them the version never gets through."""
    if case.version.submitted_at is None or case.position.next is None:
        return []
    steps = missing_people(case.record.agency, case.affair.authors, now())
    return [one.label for one in steps]


def _state(case: Case, mine: Step | None) -> str:
    """Where it stands, in a sentence."""
    version, position = case.version, case.position
    whole = hasattr(version, "clearance") and version.clearance.path != Path.EMERGENCY
    conditions = (
        (version.submitted_at is None, "还没有送审，起草人正在写"),
        (position.ended, "已退回起草人，这一稿不再审查"),
        (whole or position.next is None, "审查已经全部通过"),
        (case.in_batch, "随导入批次一起审查，不在这里单独审"),
        (position.referred, "已报请确定，答复登记以后再审"),
        (mine is not None, f"轮到您：{mine.label if mine else ''}"),
    )
    waiting = f"在等{position.next.label if position.next else ''}"
    return next((words for holds, words in conditions if holds), waiting)
