"""Background work: what stopped and why, what waits, the schedule, the processes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.jobs import queries
from gongkai.jobs.models import OutboxRow, State
from gongkai.jobs.services import NotFailedError
from gongkai.office import policies
from gongkai.office.verbs import acting, now
from gongkai.trail.oversight import retry_job
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import Column, Table, exported
from gongkai.web.wording import moment

COLUMNS: tuple[Column[OutboxRow], ...] = (
    Column("id", "编号", lambda row: str(row.pk), ("pk",), numeric=True),
    Column("name", "任务", lambda row: row.name, ("name",)),
    Column("state", "状态", lambda row: State(row.state).label, ("state",)),
    Column("run_after", "最早执行", lambda row: moment(row.run_after), ("run_after",)),
    Column("attempts", "已试", lambda row: f"{row.attempts} 次", ("attempts",), numeric=True),
    Column("worker", "执行进程", lambda row: row.worker or "—"),
)
EMPTY = EmptyState(
    "没有等待的任务", "后台任务都做完了。", (Link("看周期任务上一次成功的时间", "#schedule"),)
)


@require_safe
@requires(policies.SEE_JOBS)
def overview(request: HttpRequest) -> HttpResponse:
    """Stopped rows first: they wait for a person."""
    table = Table(COLUMNS, queries.pending(), request.GET, "等待和执行中的任务", "件")
    if (file := exported(request, table, "后台任务")) is not None:
        return file
    at = now()
    return render(
        request,
        "office/jobs.html",
        {
            "table": table,
            "empty": EMPTY,
            "failed": queries.failed()[:50],
            "counts": queries.counts(),
            "stopped_count": queries.counts()[State.FAILED],
            "schedule": queries.last_successes(at=at),
            "processes": queries.processes(at=at),
            "may_retry": may(policies.RETRY_JOB, standing(request)),
        },
    )


@require_POST
@requires(policies.RETRY_JOB)
def retry(request: HttpRequest, *, row: int) -> HttpResponse:
    """Puts a stopped job back in line."""
    try:
        retry_job(row, by=acting(request), at=now())
        messages.success(request, f"任务 {row} 已重新排队")
    except NotFailedError as refusal:
        messages.error(request, str(refusal))
    return redirect("office:jobs")
