"""动态调整 (`regulations#18`): what is to be looked at again, and one record with the old reason
above and the decision below.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.intervals import REMIND_BEFORE
from gongkai.disclosure.models import Reappraisal, Record, Version
from gongkai.disclosure.queries import latest
from gongkai.disclosure.reappraisals import Task, promised, tasks
from gongkai.disclosure.services.reappraising import decide as decide_on
from gongkai.office.forms.upkeep.filters import ShowFilter
from gongkai.office.forms.upkeep.reappraisals import DecideForm
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.listing import Field, Listing
from gongkai.office.views.upkeep.scope import (
    OVERSEE,
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
from gongkai.web.wording import moment
from statute.attributes import Attribute
from statute.citations import cite
from statute.errors import StatuteError
from statute.texts.anchors import cited

LIST = Link("评估", "/office/reappraisals/")
LISTS = (("", "到期和快到期"), ("late", "已过期"), ("all", "全部不公开的"), ("done", "评估过的"),
         ("promised", "说好要改、还没改成的"))  # fmt: skip


def grounds_of(version: Version) -> list[str]:
    """The articles on which it is not public, written out; what cannot be read stays as it is."""
    return [_written(one) for one in version.grounds if isinstance(one, str)]


def _written(ground: str) -> str:
    try:
        return cited(cite(ground))
    except (ValueError, StatuteError):
        return ground


def _url(record: Record) -> str:
    return reverse("office:reappraisal", args=[record.public_id])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row: a record to be evaluated, as it stands on a day."""

    task: Task
    today: date

    @property
    def why(self) -> str:
        """The yearly turn, or the changes of law that asked for it."""
        changes = (f"{_written(one.place)}变更" for one in self.task.causes)
        return "；".join(changes) or "定期评估"

    @property
    def late(self) -> bool:
        """Its day has passed."""
        return self.task.is_late(self.today)

    @property
    def now(self) -> bool:
        """Its day is today."""
        return self.task.due_on == self.today


FIELDS: tuple[Field[Waiting], ...] = (
    Field("title", "信息", lambda row: row.task.version.title,
          link=lambda row: _url(row.task.record)),
    Field("agency", "机关", lambda row: row.task.record.agency.name,
          sort=lambda row: row.task.record.agency.code),
    Field("attribute", "公开属性", lambda row: Attribute(row.task.version.attribute).label,
          sort=lambda row: row.task.version.attribute),
    Field("grounds", "依据", lambda row: "；".join(grounds_of(row.task.version)) or "—"),
    Field("why", "为什么评估", lambda row: row.why, sort=lambda row: row.why),
    Field("due", "应评估日期", lambda row: row.task.due_on.isoformat(),
          sort=lambda row: row.task.due_on, template="office/reappraisal_due.html"),
)  # fmt: skip


@require_safe
@requires(policies.SEE)
def reappraisals(request: HttpRequest) -> HttpResponse:
    """The evaluations that fall due soon, those late, those decided, those not carried out."""
    scope = scope_of(standing(request))
    filters = ShowFilter(request.GET, bodies_of(scope))
    code, shown = filters.said("agency"), filters.said("show")
    chosen = scope
    if code:
        chosen = frozenset(one.pk for one in bodies_of(scope) if one.code == code)
    table = _past(request, chosen, shown) if shown in _PAST else _due(request, chosen, shown)
    if (file := table.file(request, table.caption)) is not None:
        return file
    who = standing(request)
    context: dict[str, Any] = {
        "table": table,
        "filters": filters,
        "empty": _EMPTY.get(shown, _EMPTY[""]),
        "lists": LISTS,
        "shown": shown,
        "late": len(tasks(_yesterday(localdate()), scope)),
        "may_oversee": may(OVERSEE, who),
        "may_change": bool(bodies_where(policies.REAPPRAISE, who)),
    }
    return render(request, "office/reappraisals.html", context)


_PAST = ("done", "promised")
_EMPTY = {
    "": EmptyState(
        "近期没有要评估的",
        "不公开的信息每年至少评估一次，到期前三十天列在这里。",
        (Link("看全部不公开的信息", f"{LIST.url}?show=all"),),
    ),
    "late": EmptyState(
        "没有过期的评估", "该评估的都评估了。", (Link("看快到期的", LIST.url),)
    ),
    "all": EmptyState(
        "没有不公开的信息", "审定为依申请公开、不予公开的信息会列在这里。",
        (Link("看信息", "/office/records/"),),
    ),
    "done": EmptyState(
        "还没有评估过", "作过结论的评估列在这里，结论和理由都留着。", (Link("看到期的", LIST.url),)
    ),
    "promised": EmptyState(
        "没有落下的", "评估后要改公开属性的，都已经审定。",
        (Link("看评估过的", f"{LIST.url}?show=done"),),
    ),
}  # fmt: skip


def _yesterday(today: date) -> date:
    return date.fromordinal(today.toordinal() - 1)


def _due(request: HttpRequest, scope: frozenset[int] | None, shown: str) -> Listing[Waiting]:
    today = localdate()
    until = {"late": _yesterday(today), "all": date.max}.get(shown, REMIND_BEFORE.after(today))
    since = _asked(request, "since")
    rows = [
        Waiting(one, today) for one in tasks(until, scope) if since is None or one.due_on >= since
    ]
    caption = {"late": "已过期的评估", "all": "不公开的信息"}.get(shown, "到期和快到期的评估")
    return Listing(FIELDS, rows, request.GET, caption)


def _asked(request: HttpRequest, name: str) -> date | None:
    """The first or the last day of a period that a figure opens."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _past(request: HttpRequest, scope: frozenset[int] | None, shown: str) -> Listing[Reappraisal]:
    if shown == "promised":
        rows = promised(scope)
    else:
        found = Reappraisal.objects.filter(record__in=Record.objects.of_agencies(scope))
        since, until = _asked(request, "since"), _asked(request, "until")
        found = found if since is None else found.filter(due_on__gte=since)
        found = found if until is None else found.filter(due_on__lte=until)
        rows = list(found.order_by("-pk"))
    ids = {one.record_id for one in rows}
    records = Record.objects.filter(pk__in=ids).select_related("agency", "live__version")
    known = {one.pk: one for one in records}
    titles = titles_of(known.values())
    fields: tuple[Field[Reappraisal], ...] = (
        Field("title", "信息", lambda row: titles[row.record_id],
              link=lambda row: _url(known[row.record_id])),
        Field("agency", "机关", lambda row: known[row.record_id].agency.name,
              sort=lambda row: known[row.record_id].agency.code),
        Field("decision", "结论", lambda row: row.get_decision_display(),
              sort=lambda row: row.decision),
        Field("reason", "理由", lambda row: row.reason),
        Field("due", "应评估日期", lambda row: row.due_on.isoformat(), sort=lambda row: row.due_on),
        Field("at", "评估", lambda row: f"{moment(row.at)} {row.by_name}", sort=lambda row: row.at),
    )  # fmt: skip
    return Listing(fields, rows, request.GET, dict(LISTS)[shown], "次")


# --- one record -------------------------------------------------------------------------------


def _standing_version(record: Record) -> Version:
    """The version that was cleared last: what holds now; before any was, the newest."""
    versions = record.versions.select_related("clearance").order_by("number")
    return versions.filter(clearance__isnull=False).last() or latest(record)


@require_safe
@requires(policies.SEE, of=this_record)
def reappraisal(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """One record: why it is not public, what was decided before, and the question."""
    return _screen(request, found_record(pk))


def _screen(request: HttpRequest, record: Record, form: DecideForm | None = None) -> HttpResponse:
    version, today = _standing_version(record), localdate()
    changes = [one.change for one in record.law_change_tasks.select_related("change")]
    past = list(record.reappraisals.order_by("-pk"))
    decided = past[0].at if past else None
    cleared = hasattr(version, "clearance")
    allowed = may(policies.REAPPRAISE, standing(request), record.agency_id)
    context: dict[str, Any] = {
        "record": record,
        "version": version,
        "attribute": Attribute(version.attribute).label,
        "grounds": grounds_of(version),
        "causes": [(one, _written(one.place)) for one in changes
                   if decided is None or one.at > decided],
        "past": past,
        "today": today,
        "late": record.next_review_on is not None and record.next_review_on < today,
        "draft": record.versions.filter(submitted_at__isnull=True).exists(),
        "form": form or DecideForm(attribute=version.attribute),
        "cleared": cleared,
        "may_decide": allowed and cleared and record.next_review_on is not None,
        "record_url": record_url(record),
        "crumbs": [LIST, Link(version.title)],
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "office/reappraisal.html", context, status=status)


@require_POST
@requires(policies.REAPPRAISE, of=this_record)
def decide(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Writes the decision; where it changes the attribute, the new draft is there at once."""
    record = found_record(pk)
    form = DecideForm(request.POST, attribute=_standing_version(record).attribute)
    if form.is_valid():
        said = form.cleaned_data
        by = acting(request, record.agency)
        made = attempt(
            form,
            lambda: entitled(
                lambda: decide_on(
                    record, said["decision"], reason=said["reason"], next_on=said["next_on"],
                    by=by, at=now(),
                )
            ),
            DisclosureError,
        )  # fmt: skip
        if made is not None:
            return _on(request, record, made)
    return _screen(request, record, form)


def _on(request: HttpRequest, record: Record, made: Reappraisal) -> HttpResponse:
    """To the draft where one was begun; otherwise to the next one that waits."""
    if made.decision != Reappraisal.Decision.KEEP:
        messages.success(request, "已登记结论，新的一稿已经建好，送审通过后生效")
        return redirect(record_url(record))
    messages.success(request, f"已登记：仍不公开，下次 {made.next_review_on} 评估")
    return redirect(_next_of(tasks(localdate(), _mine(request))))


def _mine(request: HttpRequest) -> frozenset[int]:
    return frozenset(one.pk for one in bodies_where(policies.REAPPRAISE, standing(request)))


def _next_of(waiting: Iterable[Task]) -> str:
    return next((_url(one.record) for one in waiting), LIST.url)
