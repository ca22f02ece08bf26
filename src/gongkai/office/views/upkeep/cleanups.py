"""清理: opening one, its documents with their decisions, how far it has come, the list as a file.

What may be decided, and when an end takes effect, is judged by services.normative.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Cleanup, Record
from gongkai.disclosure.normative import CleanupLine, cleanup_lines, has_ended
from gongkai.disclosure.services.normative import Verdict, decide_in_cleanup, open_cleanup
from gongkai.office.forms.upkeep.normative import CleanupForm, DecisionsForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.listing import Field, Listing
from gongkai.office.views.upkeep.normative import LIST as DOCUMENTS
from gongkai.office.views.upkeep.normative import Document, shown_on
from gongkai.office.views.upkeep.scope import bodies_of, bodies_where, scope_of, titles_of
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import Column, Table, exported
from gongkai.web.wording import moment
from statute.validity import CleanupResult

LIST = Link("清理", "/office/normative/cleanups/")
PER_PAGE = 50
# How many of the newest records are offered as the announcement of a result.
_OFFERED = 100
_ANNOUNCING = (RecordKind.NORMATIVE, RecordKind.DOCUMENT, RecordKind.NEWS)


def url_of(cleanup: Cleanup) -> str:
    """The screen of a clean-up."""
    return reverse("office:cleanup", args=[cleanup.pk])


COLUMNS: tuple[Column[Cleanup], ...] = (
    Column("label", "名称", lambda row: row.label, ("label",), link=url_of),
    Column("agency", "机关", lambda row: row.agency.name, ("agency__code",)),
    Column("until", "清理到哪一天成文的", lambda row: row.until.isoformat(), ("until",)),
    Column("basis", "依据", lambda row: row.basis or "—"),
    Column("opened", "发起", lambda row: f"{moment(row.opened_at)} {row.opened_by_name}",
           ("opened_at",)),
    Column("decided", "已作结论", lambda row: f"{getattr(row, 'decided', 0)} 件", numeric=True),
)  # fmt: skip


@require_safe
@requires(policies.SEE)
def cleanup_list(request: HttpRequest) -> HttpResponse:
    """The clean-ups of the bodies whose records one sees."""
    who = standing(request)
    rows = Cleanup.objects.filter(agency__in=bodies_of(scope_of(who))).select_related("agency")
    rows = rows.annotate(decided=Count("decisions__record", distinct=True))
    table = Table(COLUMNS, rows, request.GET, "规范性文件清理", "次")
    if (file := exported(request, table, "规范性文件清理")) is not None:
        return file
    may_open = bool(bodies_where(policies.CLEAN_UP, who))
    ways = (Link("发起清理", reverse("office:cleanup_open")),) if may_open else (
        Link("由政府信息公开工作机构或者终审人发起"),
    )  # fmt: skip
    context = {
        "table": table,
        "empty": EmptyState(
            "还没有清理过", "发起以后，到截止日期为止成文、还没有废止失效的文件会逐件列出来。", ways
        ),
        "may_open": may_open,
        "crumbs": [DOCUMENTS, LIST],
    }
    return render(request, "office/cleanups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.CLEAN_UP)
def start(request: HttpRequest) -> HttpResponse:
    """Opens a clean-up."""
    bodies = bodies_where(policies.CLEAN_UP, standing(request))
    form = CleanupForm(sent(request), bodies=bodies, initial={"until": localdate()})
    if form.is_valid():
        said, agency = form.cleaned_data, form.body()
        made = attempt(
            form,
            lambda: open_cleanup(
                agency, label=said["label"], until=said["until"], basis=said["basis"],
                by=acting(request, agency), at=now(),
            ),
            DisclosureError,
        )  # fmt: skip
        if made is not None:
            messages.success(request, f"已发起{made.label}")
            return redirect(url_of(made))
    effect = "发起以后逐件作结论：继续有效、修改、废止、失效。谁制定、谁清理。"
    return ask(request, form, Ask("发起清理", "发起清理", LIST, (DOCUMENTS, LIST), effect=effect))


# --- one clean-up -----------------------------------------------------------------------------


def _found(pk: int) -> Cleanup:
    cleanup = Cleanup.objects.select_related("agency").filter(pk=pk).first()
    if cleanup is None:
        raise Http404
    return cleanup


def this_cleanup(_request: HttpRequest, *, pk: int) -> int:
    """The body that cleans up."""
    return _found(pk).agency_id


def _result(line: CleanupLine) -> str:
    if line.decision is None:
        return "还没有结论"
    on = line.decision.on
    word = CleanupResult(line.decision.result).label
    return f"{word}（自{on.isoformat()}起）" if on else word


FIELDS: tuple[Field[CleanupLine], ...] = (
    Field("title", "标题", lambda row: row.standing.version.title),
    Field("doc_no", "发文字号", lambda row: row.standing.version.doc_no or "—"),
    Field("reg_no", "统一编号", lambda row: row.standing.record.reg_no or "—"),
    Field("from", "施行日期", lambda row: row.standing.effective_on.isoformat()),
    Field("validity", "现在的效力", lambda row: row.validity.label),
    Field("result", "结论", _result),
    Field("reason", "理由", lambda row: row.decision.reason if row.decision else ""),
    Field("by", "决定人", lambda row: row.decision.by_name if row.decision else ""),
)


def _narrowed(lines: list[CleanupLine], shown: str) -> list[CleanupLine]:
    """All, those without a decision, or those with one of the results."""
    if shown == "open":
        return [one for one in lines if one.decision is None]
    results = {one.value for one in CleanupResult}
    if shown in results:
        return [one for one in lines if one.decision and one.decision.result == shown]
    return lines


@require_safe
@requires(policies.SEE, of=this_cleanup)
def cleanup(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Its documents with their decisions."""
    return _screen(request, _found(pk))


def _screen(
    request: HttpRequest, chosen: Cleanup, form: DecisionsForm | None = None
) -> HttpResponse:
    today = localdate()
    lines = cleanup_lines(chosen, today)
    shown = request.GET.get("show", "")
    rows = _narrowed(lines, shown)
    listing = Listing(FIELDS, rows, request.GET, chosen.label, per_page=PER_PAGE)
    if (file := listing.file(request, chosen.label)) is not None:
        return file
    decided = [one for one in lines if one.decision is not None]
    marked = request.POST.getlist("records")
    may_decide = may(policies.CLEAN_UP, standing(request), chosen.agency_id)
    context: dict[str, Any] = {
        "cleanup": chosen,
        "rows": [_row(one, today, marked) for one in listing.page],
        "listing": listing,
        "shown": shown,
        "all": len(lines),
        "decided": len(decided),
        "counts": _counts(lines),
        "form": form or (_form(None, chosen, lines) if may_decide else None),
        "may_decide": may_decide,
        "crumbs": [DOCUMENTS, LIST, Link(chosen.label)],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "office/cleanup.html", context, status=status)


def _row(line: CleanupLine, today: date, marked: list[str]) -> dict[str, Any]:
    document: Document = shown_on(line.standing, today)
    return {
        "line": line,
        "document": document,
        "result": _result(line),
        "marked": str(line.standing.record.public_id) in marked,
        "waits": line.decision is None and not has_ended(line.standing, today),
    }


def _counts(lines: list[CleanupLine]) -> list[tuple[str, str, int]]:
    """Each list that the progress opens: its name in addresses, its label, how many."""
    results = [one.decision.result if one.decision else "open" for one in lines]
    names = [
        ("", "全部"),
        ("open", "还没有结论"),
        *((one.value, one.label) for one in CleanupResult),
    ]
    return [(name, label, results.count(name) if name else len(lines)) for name, label in names]


def _form(data: Any, chosen: Cleanup, lines: list[CleanupLine]) -> DecisionsForm:
    records = [(str(one.standing.record.public_id), one.standing.version.title) for one in lines]
    return DecisionsForm(data, records=records, announcements=_announcements(chosen))


def _announcements(chosen: Cleanup) -> list[tuple[str, str]]:
    """The newest records that could publish the result: of the body and of those above it."""
    bodies, above = [chosen.agency], chosen.agency.parent
    while above is not None:
        bodies.append(above)
        above = above.parent
    found = Record.objects.filter(agency__in=bodies, kind__in=_ANNOUNCING)
    newest = list(found.select_related("live__version").order_by("-pk")[:_OFFERED])
    titles = titles_of(newest)
    return [
        (str(one.public_id), f"{titles[one.pk]}{'' if one.published_at else '（还没有公开）'}")
        for one in newest
        if one.published_at is not None or one.agency_id == chosen.agency_id
    ]


@require_POST
@requires(policies.CLEAN_UP, of=this_cleanup)
def decide(request: HttpRequest, *, pk: int) -> HttpResponse:
    """One result for all documents marked."""
    chosen, today = _found(pk), localdate()
    lines = cleanup_lines(chosen, today)
    form = _form(request.POST, chosen, lines)
    if form.is_valid():
        said = form.cleaned_data
        known = {str(one.standing.record.public_id): one.standing.record for one in lines}
        result = CleanupResult(said["result"])
        verdicts = [
            Verdict(known[one], result, reason=said["reason"], on=said["on"])
            for one in said["records"]
        ]
        made = attempt(
            form,
            lambda: decide_in_cleanup(
                chosen, verdicts, announcement=_announcement(said["announcement"]),
                by=acting(request, chosen.agency), at=now(),
            ),
            DisclosureError,
        )  # fmt: skip
        if made is not None:
            messages.success(request, f"{len(made)}件文件的结论已登记：{result.label}")
            return redirect(f"{url_of(chosen)}?show=open")
    return _screen(request, chosen, form)


def _announcement(chosen: str) -> Record | None:
    return Record.objects.get(public_id=uuid.UUID(chosen)) if chosen else None
