"""Normative documents: the register with their validity, and one document with its chain.

Validity is computed by gongkai.disclosure.normative; here it is only shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.accounts.access import judge, may, requires, standing
from gongkai.accounts.policies import Policy
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.lineage import chain_of
from gongkai.disclosure.models import Record, Relation
from gongkai.disclosure.normative import (
    EFFECTS,
    WITH_VALIDITY,
    Standing,
    documents_of,
    standing_of,
    standings,
)
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.queries import affair_of
from gongkai.disclosure.relating import may_still_relate
from gongkai.disclosure.services.normative import void_relation
from gongkai.office.forms.fields import ReasonForm
from gongkai.office.forms.upkeep.filters import NormativeFilter
from gongkai.office.forms.upkeep.normative import DayFilter
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.listing import Field, Listing
from gongkai.office.views.upkeep.scope import (
    bodies_of,
    bodies_where,
    entitled,
    found_record,
    record_url,
    scope_of,
    this_record,
    titles_of,
)
from gongkai.web.panels import EmptyState, Link
from gongkai.web.panels import Validity as Look
from gongkai.web.wording import short_day
from statute.validity import Validity, expiry_warning

LIST = Link("规范性文件", "/office/normative/")
EMPTY = EmptyState(
    "没有符合条件的规范性文件",
    "这里列出公开过的行政规范性文件，废止、失效的也留着。可能是筛选得太窄，或者文件还在起草、审查。",
    (Link("看全部规范性文件", LIST.url), Link("看起草和审查中的信息", "/office/records/")),
)
_LOOKS = {
    Validity.UPCOMING: Look.UPCOMING,
    Validity.IN_FORCE: Look.IN_FORCE,
    Validity.AMENDED: Look.IN_FORCE,
    Validity.PARTLY_REPEALED: Look.PARTLY,
}
_WORDS = {
    Validity.AMENDED: "有效·已修改",
    Validity.PARTLY_REPEALED: "部分废止",
    Validity.REPEALED: "已废止",
    Validity.EXPIRED: "已失效",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A row: a document, whether it holds today, and how many days it has left if that is near."""

    standing: Standing
    validity: Validity
    word: str
    look: Look
    days_left: int | None

    @property
    def url(self) -> str:
        """Its page with the chain."""
        return reverse("office:normative_document", args=[self.standing.record.public_id])

    @property
    def withdrawn(self) -> bool:
        """The public reads a notice in its place."""
        return not self.standing.record.is_public

    @property
    def said(self) -> str:
        """Its validity in a word, and whether it was withdrawn."""
        return f"{self.word}（已撤回）" if self.withdrawn else self.word

    @property
    def over(self) -> bool:
        """It neither holds nor is to come."""
        return self.look is Look.OVER


def shown_on(one: Standing, day: date) -> Document:
    """A document as it stands on a day."""
    state = one.on(day)
    last = one.version.expires_on
    near = last is not None and state.holds and expiry_warning(day, last) is not None
    word = _WORDS.get(state, state.label)
    if state is Validity.UPCOMING:
        word = f"{short_day(one.effective_on)}起施行"
    left = (last - day).days if near and last is not None else None
    return Document(one, state, word, _LOOKS.get(state, Look.OVER), left)


def _date(day: date | None) -> str:
    return "—" if day is None else day.isoformat()


FIELDS: tuple[Field[Document], ...] = (
    Field("number", "统一编号", lambda row: row.standing.record.reg_no or "—",
          sort=lambda row: row.standing.record.reg_no),
    Field("title", "标题", lambda row: row.standing.version.title,
          sort=lambda row: row.standing.version.title, link=lambda row: row.url),
    Field("doc_no", "发文字号", lambda row: row.standing.version.doc_no or "—"),
    Field("agency", "制定机关", lambda row: row.standing.record.agency.name,
          sort=lambda row: row.standing.record.agency.code),
    Field("from", "施行日期", lambda row: row.standing.effective_on.isoformat(),
          sort=lambda row: row.standing.effective_on),
    Field("until", "有效期至", lambda row: _date(row.standing.version.expires_on),
          sort=lambda row: row.standing.version.expires_on or date.max,
          template="office/normative_until.html"),
    Field("validity", "效力", lambda row: row.said, sort=lambda row: row.word,
          template="office/normative_validity.html"),
)  # fmt: skip


@require_safe
@requires(policies.SEE)
def register(request: HttpRequest) -> HttpResponse:
    """Every normative document that was ever public, with its validity today."""
    who, today = standing(request), localdate()
    scope = scope_of(who)
    filters = NormativeFilter(request.GET, bodies_of(scope))
    records = documents_of(scope).filter(kind=RecordKind.NORMATIVE).order_by("-pk")
    every = [shown_on(one, today) for one in standings(records.defer(*_LONG))]
    table = Listing(FIELDS, _narrowed(every, filters), request.GET, "规范性文件")
    if (file := table.file(request, "规范性文件")) is not None:
        return file
    context = {
        "table": table,
        "filters": filters,
        "empty": EMPTY,
        "holding": sum(one.validity.holds for one in every),
        "near": sum(one.days_left is not None for one in every),
        "over": sum(one.over for one in every),
        "may_clean": bool(bodies_where(policies.CLEAN_UP, who)),
    }
    return render(request, "office/normative.html", context)


# Words of the text are not needed to tell whether it holds.
_LONG = ("live__version__body", "live__version__details", "live__version__files")


def _narrowed(every: Sequence[Document], filters: NormativeFilter) -> list[Document]:
    words, code = filters.said("q").strip(), filters.said("agency")
    year, state = filters.said("year"), filters.said("state")

    def wanted(one: Document) -> bool:
        version, record = one.standing.version, one.standing.record
        formed = version.formed_on or one.standing.effective_on
        states = {
            "holds": one.validity.holds,
            "near": one.days_left is not None,
            "over": one.over,
        }
        return (
            (
                not words
                or any(words in text for text in (version.title, version.doc_no, record.reg_no))
            )
            and code in {"", record.agency.code}
            and year in {"", str(formed.year)}
            and states.get(state, state in {"", one.validity.value})
        )

    return [one for one in every if wanted(one)]


# --- one document -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as read from one side: what, with which record, from when, taken back or not."""

    relation: Relation
    title: str
    url: str
    active: bool
    may_void: bool


@require_safe
@requires(policies.SEE, of=this_record)
def document(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """One document: what it changed, what changed it, and what holds on a chosen day."""
    record, who, today = _found(pk), standing(request), localdate()
    one = standing_of(record)
    if one is None:
        raise Http404
    asked = DayFilter(request.GET)
    day = asked.day(today)
    context: dict[str, Any] = {
        "document": shown_on(one, today),
        "record": record,
        "then": shown_on(one, day),
        "day": day,
        "asked": asked,
        "today": today,
        "chain": _chain(record, scope_of(who), day),
        "ties": _ties(request, record),
        "decisions": record.cleanup_decisions.select_related("cleanup", "announcement"),
        "crumbs": [LIST, Link(one.version.title)],
        "record_url": record_url(record),
    }
    return render(request, "office/normative_document.html", context)


def _found(pk: uuid.UUID) -> Record:
    record = found_record(pk)
    if record.kind not in WITH_VALIDITY:
        raise Http404
    return record


def _chain(record: Record, scope: frozenset[int] | None, day: date) -> list[tuple[Document, bool]]:
    """The documents of a chain, the oldest first, and whether the person may open each; drafts
    are left out, they bind nobody."""
    ids = [one.pk for one in chain_of(record)]
    found = {one.record.pk: one for one in standings(Record.objects.filter(pk__in=ids))}
    return [
        (shown_on(found[pk], day), scope is None or found[pk].record.agency_id in scope)
        for pk in ids
        if pk in found
    ]


def _ties(request: HttpRequest, record: Record) -> list[Tie]:
    """Relations on either side, those taken back too; of drafts only what the person may see."""
    who = standing(request)
    rows = Relation.objects.filter(Q(later=record) | Q(earlier=record)).order_by("pk")
    rows = rows.select_related("later__agency", "later__live__version", "voided",
                               "earlier__agency", "earlier__live__version")  # fmt: skip
    pairs = [(one, one.earlier if one.later_id == record.pk else one.later) for one in rows]
    scope = scope_of(who)
    seen = [
        (one, other)
        for one, other in pairs
        if other.published_at or scope is None or other.agency_id in scope
    ]
    titles = titles_of(other for _, other in seen)
    return [
        Tie(
            one,
            titles[other.pk],
            record_url(other) if scope is None or other.agency_id in scope else "",
            one.later_id == record.pk,
            _may_void(request, one),
        )
        for one, other in seen
    ]


def _may_void(request: HttpRequest, relation: Relation) -> bool:
    if hasattr(relation, "voided"):
        return False
    return may(_void_policy(relation), standing(request), relation.later.agency_id)


def _void_policy(relation: Relation) -> Policy:
    """Once it went to review, a change of validity is taken back by who publishes."""
    free = may_still_relate(relation.later, relation.kind)
    return policies.DRAFT if free else policies.PUBLISH


def _found_relation(relation: int) -> Relation:
    found = Relation.objects.select_related("later__agency", "earlier").filter(pk=relation).first()
    if found is None:
        raise Http404
    return found


def this_relation(_request: HttpRequest, *, relation: int) -> RecordAffair:
    """The record that does it to the other is the one that is judged."""
    return affair_of(_found_relation(relation).later)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.DRAFT, of=this_relation)
def void(request: HttpRequest, *, relation: int) -> HttpResponse:
    """Takes back a relation registered by mistake, with the reason."""
    tie = _found_relation(relation)
    judge(_void_policy(tie), standing(request), this_relation(request, relation=relation))
    form = ReasonForm(sent(request))
    back = _back_of(tie)
    if form.is_valid():
        why = form.cleaned_data["reason"]
        by = acting(request, tie.later.agency)
        done = attempt(
            form,
            lambda: entitled(lambda: void_relation(tie, reason=why, by=by, at=now())),
            DisclosureError,
        )
        if done is not None:
            messages.success(request, "已撤销这条关联，原因留在案上")
            return redirect(back.url)
    titles = titles_of((tie.later, tie.earlier))
    subject = f"{titles[tie.later_id]}　{tie.get_kind_display()}　{titles[tie.earlier_id]}"
    effect = "撤销后按没有这条关联计算效力，公开页面马上随着改。关联和撤销的原因都保留。"
    screen = Ask(
        "撤销关联", "撤销关联", back, (LIST, back), effect=effect, subject=subject, final=True
    )
    return ask(request, form, screen)


def _back_of(tie: Relation) -> Link:
    earlier = tie.earlier
    if tie.kind in EFFECTS and earlier.published_at is not None:
        return Link(
            "文件的来龙去脉", reverse("office:normative_document", args=[earlier.public_id])
        )
    return Link("这条信息", record_url(tie.later))
