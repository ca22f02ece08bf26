"""指南 and 机关职能和机构 of every body: which are there, which wait to be looked at, and one page
with what it says beside what is registered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.agencies.contacts import REQUIRED_FIELDS, label_of
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.guide import contact_in, office_contact
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.pages import PAGES, PageToLookAt, page_standing
from gongkai.disclosure.queries import position_of
from gongkai.disclosure.services.pages import confirm_page, draft_page, renew_page
from gongkai.office.forms.upkeep.filters import PagesFilter
from gongkai.office.verbs import acting, now
from gongkai.office.views.upkeep.listing import Field, Listing
from gongkai.office.views.upkeep.scope import bodies_of, entitled, record_url, scope_of
from gongkai.web.panels import Badge, EmptyState, Link, Tone
from gongkai.web.wording import day_in_words

LIST = Link("指南和机构", "/office/pages/")
_STATES = {
    "missing": Badge("还没有", Tone.BAD),
    "due": Badge("要核对", Tone.WARN),
    "differs": Badge("与登记不一致", Tone.WARN),
    "good": Badge("不用处理", Tone.GOOD),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page of a body: its record if it has one, how it stands in public, and the newest
    version where that is not the public one."""

    agency: Agency
    kind: str
    record: Record | None
    public: PageToLookAt | None
    coming: Version | None
    today: date

    @property
    def label(self) -> str:
        """指南 or 机关职能和机构."""
        return str(RecordKind(self.kind).label)

    @property
    def url(self) -> str:
        """Its screen."""
        return reverse("office:page", args=[self.agency.code, self.kind])

    @property
    def state(self) -> str:
        """What has to be done about what the public reads."""
        if self.public is None:
            return "missing"
        if self.public.differs:
            return "differs"
        return "due" if self.public.due_on < self.today else "good"

    @property
    def badge(self) -> Badge:
        """The same in a word."""
        return _STATES[self.state]

    @property
    def last_on(self) -> date | None:
        """When what the public reads was last reviewed or found right."""
        return None if self.public is None else self.public.last_on

    @property
    def due_on(self) -> date | None:
        """Until when it should be looked at again."""
        return None if self.public is None else self.public.due_on

    @property
    def coming_word(self) -> str:
        """Where the newest version is on its way."""
        if self.coming is None:
            return ""
        return "正在起草" if self.coming.submitted_at is None else "正在审查"


def _day(day: date | None) -> str:
    return "—" if day is None else day.isoformat()


FIELDS: tuple[Field[Page], ...] = (
    Field("agency", "机关", lambda row: row.agency.name, sort=lambda row: row.agency.code),
    Field("kind", "页面", lambda row: row.label, sort=lambda row: row.kind,
          link=lambda row: row.url),
    Field("state", "状态", lambda row: row.badge.label, sort=lambda row: row.state,
          template="office/page_state.html"),
    Field("last", "上次审定或者核对", lambda row: _day(row.last_on),
          sort=lambda row: row.last_on or date.min),
    Field("due", "最迟哪天核对", lambda row: _day(row.due_on),
          sort=lambda row: row.due_on or date.min),
    Field("coming", "新的一稿", lambda row: row.coming_word or "—"),
)  # fmt: skip


@require_safe
@requires(policies.SEE)
def pages(request: HttpRequest) -> HttpResponse:
    """Both pages of every body one sees; what has to be done first."""
    scope, today = scope_of(standing(request)), localdate()
    bodies = list(bodies_of(scope, today).exclude(kind=AgencyKind.PUBLIC_ENTERPRISE))
    every = pages_of(bodies, today)
    filters = PagesFilter(request.GET, bodies)
    table = Listing(FIELDS, _narrowed(every, filters), request.GET, "指南和机构页面", "个页面")
    if (file := table.file(request, table.caption)) is not None:
        return file
    states = [one.state for one in every]
    context = {
        "table": table,
        "filters": filters,
        "missing": states.count("missing"),
        "due": states.count("due"),
        "differs": states.count("differs"),
        "empty": EmptyState(
            "没有符合条件的页面", "可能是筛选得太窄。", (Link("看全部页面", LIST.url),)
        ),
    }
    return render(request, "office/pages.html", context)


def pages_of(bodies: Iterable[Agency], today: date) -> list[Page]:
    """The pages of these bodies, those that need something first; a few queries for all."""
    chosen = list(bodies)
    records = Record.objects.filter(agency__in=chosen, kind__in=PAGES).order_by("pk")
    records = records.select_related("agency__disclosure_office", "live__version")
    known = {
        (one.agency_id, one.kind): one for one in records.prefetch_related("page_confirmations")
    }
    coming = _coming(known.values())
    found = []
    for agency in chosen:
        for kind in PAGES:
            record = known.get((agency.pk, kind))
            public = None if record is None else page_standing(record)
            newest = None if record is None else coming.get(record.pk)
            found.append(Page(agency, kind, record, public, newest, today))
    order = list(_STATES)
    return sorted(found, key=lambda one: order.index(one.state))


def _coming(records: Iterable[Record]) -> dict[int, Version]:
    """By record, the newest version where it is not cleared; drafts that were sent back and done
    again count by their newest."""
    ids = [one.pk for one in records]
    versions = Version.objects.filter(record__in=ids).select_related("clearance").defer("body")
    newest = {one.record_id: one for one in versions.order_by("record_id", "number")}
    return {pk: one for pk, one in newest.items() if not hasattr(one, "clearance")}


def _narrowed(every: list[Page], filters: PagesFilter) -> list[Page]:
    code, kind, state = filters.said("agency"), filters.said("kind"), filters.said("state")
    return [
        one
        for one in every
        if code in {"", one.agency.code}
        and kind in {"", one.kind}
        and (one.coming is not None if state == "draft" else state in {"", one.state})
    ]


# --- one page ---------------------------------------------------------------------------------


def found_page(code: str, kind: str) -> Page:
    """The page of an address; 404 where there is no such body or kind."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None or kind not in PAGES:
        raise Http404
    return next(one for one in pages_of([agency], localdate()) if one.kind == kind)


def this_body(_request: HttpRequest, *, code: str, kind: str) -> int:
    """The body whose page it is."""
    return found_page(code, kind).agency.pk


@require_safe
@requires(policies.SEE, of=this_body)
def page(request: HttpRequest, *, code: str, kind: str) -> HttpResponse:
    """How a page stands, what it says otherwise than what is registered, who looked at it when."""
    chosen, who = found_page(code, kind), standing(request)
    record, draft = chosen.record, chosen.coming
    drafting = draft is not None and draft.submitted_at is None
    returned = draft is not None and not drafting and position_of(draft).ended
    details = record.live.version.details if record is not None and record.live else {}
    context: dict[str, Any] = {
        "page": chosen,
        "words": _when(chosen),
        "compared": _compared(chosen, details),
        "drafting": drafting,
        "returned": returned,
        "faults": [one for _, one in PAGES[kind].faults(draft.details)]
        if draft is not None and drafting
        else [],
        "confirmations": record.page_confirmations.order_by("-pk") if record else [],
        "may_draft": may(policies.DRAFT, who, chosen.agency.pk),
        "may_confirm": chosen.public is not None
        and may(policies.KEEP_PAGES, who, chosen.agency.pk),
        "record_url": record_url(record) if record is not None else "",
        "crumbs": [LIST, Link(f"{chosen.agency.name}　{chosen.label}")],
    }
    return render(request, "office/page.html", context)


def _when(chosen: Page) -> str:
    if chosen.public is None:
        return "现在没有公开。"
    last, due = chosen.public.last_on, chosen.public.due_on
    before, until = day_in_words(last, chosen.today), day_in_words(due, chosen.today)
    said = f"上次审定或者核对是{before}，最迟{until}再核对"
    return f"{said}，已经过期。" if due < chosen.today else f"{said}。"


def _compared(chosen: Page, details: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a public guide says otherwise than what is registered: element, said, registered."""
    registered = office_contact(chosen.agency)
    if chosen.kind != RecordKind.GUIDE or chosen.public is None or registered is None:
        return []
    said, known = asdict(contact_in(details)), asdict(registered)
    return [
        (label_of(name), said[name], known[name])
        for name in REQUIRED_FIELDS
        if said[name] != known[name]
    ]


@require_POST
@requires(policies.DRAFT, of=this_body)
def draft(request: HttpRequest, *, code: str, kind: str) -> HttpResponse:
    """The first draft from what is registered, or the next one of what there is."""
    chosen = found_page(code, kind)
    by = acting(request, chosen.agency)
    try:
        if chosen.record is None:
            entitled(lambda: draft_page(chosen.agency, kind, by=by, at=now()))
        elif chosen.coming is None or chosen.coming.submitted_at is not None:
            record = chosen.record
            entitled(lambda: renew_page(record, by=by, at=now()))
    except DisclosureError as refusal:
        messages.error(request, str(refusal))
        return redirect(chosen.url)
    return redirect("office:page_edit", code=code, kind=kind)


@require_POST
@requires(policies.KEEP_PAGES, of=this_body)
def confirm(request: HttpRequest, *, code: str, kind: str) -> HttpResponse:
    """Somebody went through the page and found it right."""
    chosen = found_page(code, kind)
    record = chosen.record
    if record is None:
        messages.error(request, "还没有这个页面，请先起草。")
        return redirect(chosen.url)
    try:
        by = acting(request, chosen.agency)
        entitled(lambda: confirm_page(record, by=by, at=now()))
        messages.success(request, "已记下：今天核对无误，一年以后再核对")
    except DisclosureError as refusal:
        messages.error(request, str(refusal))
    return redirect(chosen.url)
