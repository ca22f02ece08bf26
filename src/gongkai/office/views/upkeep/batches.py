"""One import batch: its rows, what is left out, and the steps to the public."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.imports.batches import pending, standing_of_batch
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import BatchItem, ImportBatch
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.services.clearing_batches import clear_batch, pass_batch
from gongkai.disclosure.services.importing import except_row, seal_batch
from gongkai.disclosure.steps import Step
from gongkai.office.forms.fields import NothingForm
from gongkai.office.forms.upkeep.imports import ExceptForm, OpinionForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.imports import LIST, found_batch, state_of, url_of
from gongkai.office.views.upkeep.scope import entitled, record_url
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import Column, Table, exported
from statute.attributes import Attribute

# How long one press works on; what is left goes on with the next.
SECONDS = 8.0


def this_batch(_request: HttpRequest, *, pk: int, **_more: object) -> RecordAffair:
    """What the policies judge: the body, who brought the batch in, who passed which step."""
    batch = found_batch(pk)
    return RecordAffair(
        batch.agency_id,
        authors=frozenset({batch.imported_by}),
        passed=tuple((Step(one.step), one.reviewer) for one in batch.reviews.all()),
    )


def _state(item: BatchItem) -> str:
    if item.excepted:
        return f"除外：{item.exception_reason}"
    if item.version.record.live_id is not None:
        return "已公开"
    return "已审定，不公开" if hasattr(item.version, "clearance") else "还没有审定"


COLUMNS: tuple[Column[BatchItem], ...] = (
    Column("row", "行", lambda row: str(row.row), ("row",), numeric=True),
    Column("title", "标题", lambda row: row.version.title, ("version__title",),
           link=lambda row: record_url(row.version.record)),
    Column("kind", "种类", lambda row: RecordKind(row.version.record.kind).label,
           ("version__record__kind",)),
    Column("attribute", "公开属性", lambda row: Attribute(row.version.attribute).label,
           ("version__attribute",)),
    Column("formed", "成文日期",
           lambda row: row.version.formed_on.isoformat() if row.version.formed_on else "—",
           ("version__formed_on",)),
    Column("first", "首次公开", lambda row: row.first_published_on.isoformat()
           if row.first_published_on else "—", ("first_published_on",)),
    Column("state", "状态", _state, template="office/import_row_state.html"),
)  # fmt: skip
_SHOWN = {
    "excepted": {"excepted": True},
    "public": {"excepted": False, "version__record__live__isnull": False},
    "waiting": {"excepted": False, "version__clearance__isnull": True},
}
SHOWN = (("", "全部"), ("waiting", "还没有审定"), ("public", "已公开"), ("excepted", "除外"))


@require_safe
@requires(policies.SEE, of=this_batch)
def batch(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Its rows, and what comes next."""
    chosen, who = found_batch(pk), standing(request)
    shown = request.GET.get("show", "")
    rows = chosen.items.filter(**_SHOWN.get(shown, {})).order_by("row")
    rows = rows.select_related("version__record", "version__clearance", "batch")
    table = Table(COLUMNS, rows, request.GET, f"{chosen.label}的各行", "行")
    if (file := exported(request, table, chosen.label)) is not None:
        return file
    about = this_batch(request, pk=pk)
    found = standing_of_batch(chosen)
    passed = state_of(chosen) == "审查通过"
    context: dict[str, Any] = {
        "batch": chosen,
        "state": state_of(chosen),
        "table": table,
        "shown": shown,
        "lists": SHOWN,
        "kept": chosen.items.count(),
        "found": found,
        "left": pending(chosen).count(),
        "passed": passed,
        "may_change": chosen.sealed_at is None and may(policies.IMPORT, who, chosen.agency_id),
        "may_pass": _next_step(chosen) if _may_pass(request, chosen, about) else None,
        "going": request.session.pop(_GOING, None) == chosen.pk,
        "may_clear": passed and may(policies.PUBLISH, who, chosen.agency_id),
        "empty": EmptyState("这里没有行", "换一种状态看。", (Link("看全部行", url_of(chosen)),)),
        "crumbs": [LIST, Link(chosen.label)],
    }
    return render(request, "office/import_batch.html", context)


def _next_step(chosen: ImportBatch) -> Step | None:
    """Which pass is wanted next; None before the batch is sealed and after both."""
    words = {"等保密审查": Step.SECRECY, "等终审": Step.FINAL}
    return words.get(state_of(chosen))


def _may_pass(request: HttpRequest, chosen: ImportBatch, about: RecordAffair) -> bool:
    step = _next_step(chosen)
    return step is not None and may(policies.REVIEW[step], standing(request), about)


def _back(chosen: ImportBatch) -> Link:
    return Link(chosen.label, url_of(chosen))


def _ask(
    request: HttpRequest, form: Any, chosen: ImportBatch, heading: str, effect: str
) -> HttpResponse:
    back = _back(chosen)
    screen = Ask(
        heading, heading, back, (LIST, back), effect=effect, subject=chosen.label, final=True
    )
    return ask(request, form, screen)


def _tried(form: Any, verb: Callable[[], object]) -> bool:
    return attempt(form, lambda: entitled(verb), DisclosureError) is not None


# --- before review ----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.IMPORT, of=this_batch)
def leave_out(request: HttpRequest, *, pk: int, row: int) -> HttpResponse:
    """Takes one row out of the batch, with the reason."""
    chosen = found_batch(pk)
    item = chosen.items.select_related("version", "batch__agency").filter(row=row).first()
    if item is None:
        raise Http404
    form, by = ExceptForm(sent(request)), acting(request, chosen.agency)
    if form.is_valid():
        why = form.cleaned_data["reason"]
        if _tried(form, lambda: except_row(item, reason=why, by=by, at=now())):
            messages.success(request, f"第{row}行已除外，要单独审查")
            return redirect(url_of(chosen))
    back = _back(chosen)
    effect = "除外的这一行不随批次审查、公开，要按四个步骤单独审查。除外以后不能再放回来。"
    screen = Ask("除外一行", "除外这一行", back, (LIST, back), effect=effect,
                 subject=f"第{row}行　{item.version.title}", final=True)  # fmt: skip
    return ask(request, form, screen)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.IMPORT, of=this_batch)
def seal(request: HttpRequest, *, pk: int) -> HttpResponse:
    """From now on no row comes, goes or changes."""
    chosen = found_batch(pk)
    form, by = NothingForm(sent(request)), acting(request, chosen.agency)
    if form.is_valid() and _tried(form, lambda: seal_batch(chosen, by=by, at=now())):
        messages.success(request, "已送审，等保密审查")
        return redirect(url_of(chosen))
    effect = "送审以后，行不能再加、再减、再改。由两个人先后保密审查、终审，都不能是导入的人。"
    return _ask(request, form, chosen, "送审批次", effect)


# --- review -----------------------------------------------------------------------------------


def _pass(request: HttpRequest, pk: int, step: Step) -> HttpResponse:
    chosen = found_batch(pk)
    form = OpinionForm(sent(request), initial={"digest": chosen.digest})
    by = acting(request, chosen.agency)
    if form.is_valid():
        said = form.cleaned_data
        if _tried(
            form,
            lambda: pass_batch(
                chosen, step, digest=said["digest"], reason=said["reason"], by=by, at=now()
            ),
        ):
            messages.success(request, f"{step.label}已通过")
            return redirect(url_of(chosen))
    effect = (
        f"通过的是整个批次的 {chosen.items.filter(excepted=False).count()} 行，"
        "请先看过各行。有疑问的行可以由初审人单独退回起草人，其余照常公开。"
    )
    return _ask(request, form, chosen, f"{step.label}通过", effect)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.REVIEW[Step.SECRECY], of=this_batch)
def pass_secrecy(request: HttpRequest, *, pk: int) -> HttpResponse:
    """保密审查 of the batch as a whole."""
    return _pass(request, pk, Step.SECRECY)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.REVIEW[Step.FINAL], of=this_batch)
def pass_final(request: HttpRequest, *, pk: int) -> HttpResponse:
    """终审 of the batch as a whole."""
    return _pass(request, pk, Step.FINAL)


# --- to the public ----------------------------------------------------------------------------


# Which batch a press was stopped in: told by the session and not by the address, so that no link
# from elsewhere makes a browser go on.
_GOING = "upkeep_batch_going"


class _EnoughError(Exception):
    """The time of one press is over; the parts that are done stay done."""


@require_POST
@requires(policies.PUBLISH, of=this_batch)
def clear(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Makes public what was passed, part by part, for some seconds; pressed again it goes on."""
    chosen = found_batch(pk)
    until = time.monotonic() + SECONDS

    def progress(done: int, _total: int) -> None:
        if done and time.monotonic() > until:
            raise _EnoughError

    try:
        entitled(
            lambda: clear_batch(
                chosen, by=acting(request, chosen.agency), at=now(), progress=progress
            )
        )
    except _EnoughError:
        request.session[_GOING] = chosen.pk
    except DisclosureError as refusal:
        messages.error(request, str(refusal))
        return redirect(url_of(chosen))
    if not pending(chosen).exists():
        messages.success(request, "整个批次已办完")
    return redirect(url_of(chosen))
