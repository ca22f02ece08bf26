"""Old documents: the batches, a list tried before anything of it is kept, and one batch by rows.

Attachments lie in folders and come by the command alone (docs/how-to/bring-in-old-documents.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.accounts.access import requires, standing
from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.imports.checking import Report, RowFault, examine, rows_done
from gongkai.disclosure.imports.reading import (
    Sheet,
    SheetError,
    Unreadable,
    column_letter,
    read_sheet,
)
from gongkai.disclosure.models import ImportBatch
from gongkai.disclosure.services.importing import import_batch
from gongkai.disclosure.steps import Step
from gongkai.office.forms.upkeep.imports import ImportForm
from gongkai.office.screens import sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.upkeep.scope import bodies_of, bodies_where, entitled, scope_of
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import Column, Table, exported
from gongkai.web.wording import moment

LIST = Link("导入", "/office/imports/")
# What one person can wait for in a browser; longer lists come by the command.
MOST_ROWS = 2000
_SHOWN = 200


def url_of(batch: ImportBatch) -> str:
    """The screen of a batch."""
    return reverse("office:import_batch", args=[batch.pk])


def state_of(batch: ImportBatch) -> str:
    """What comes next for a batch, in words."""
    if batch.sealed_at is None:
        return "没有送审"
    given = {one.step for one in batch.reviews.all()}
    if Step.SECRECY.value not in given:
        return "等保密审查"
    if Step.FINAL.value not in given:
        return "等终审"
    return "审查通过"


COLUMNS: tuple[Column[ImportBatch], ...] = (
    Column("label", "批次", lambda row: row.label, ("label",), link=url_of),
    Column("agency", "机关", lambda row: row.agency.name, ("agency__code",)),
    Column("source", "来源", lambda row: row.source),
    Column("rows", "导入", lambda row: f"{getattr(row, 'kept', 0)} / {row.rows} 行", ("rows",),
           numeric=True),
    Column("left", "除外", lambda row: f"{getattr(row, 'left_out', 0)} 行", numeric=True),
    Column("public", "已公开", lambda row: f"{getattr(row, 'public', 0)} 件", numeric=True),
    Column("state", "到哪一步", state_of),
    Column("at", "导入时间", lambda row: f"{moment(row.imported_at)} {row.imported_by_name}",
           ("imported_at",)),
)  # fmt: skip


@require_safe
@requires(policies.SEE)
def imports(request: HttpRequest) -> HttpResponse:
    """The batches of the bodies whose records one sees, the newest first."""
    who = standing(request)
    rows = ImportBatch.objects.filter(agency__in=bodies_of(scope_of(who))).order_by("-pk")
    rows = rows.select_related("agency").prefetch_related("reviews")
    rows = rows.annotate(
        kept=Count("items"),
        left_out=Count("items", filter=Q(items__excepted=True)),
        public=Count("items", filter=Q(items__version__record__live__isnull=False)),
    )
    table = Table(COLUMNS, rows, request.GET, "导入批次", "批")
    if (file := exported(request, table, "导入批次")) is not None:
        return file
    may_import = bool(bodies_where(policies.IMPORT, who))
    ways = (Link("导入清单", reverse("office:import_new")),) if may_import else (
        Link("由政府信息公开工作机构导入"),
    )  # fmt: skip
    empty = EmptyState(
        "还没有导入过", "以前网站上公开过的、柜子里的文件，列成一张清单，成批导入、成批审查。", ways
    )
    context = {"table": table, "empty": empty, "may_import": may_import}
    return render(request, "office/imports.html", context)


# --- a list tried -----------------------------------------------------------------------------


@contextmanager
def _laid_down(upload: UploadedFile[bytes]) -> Iterator[Path]:
    """The list as a file for as long as it is read, under a name that tells nothing."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "清单")
        with path.open("wb") as out:
            for piece in upload.chunks():
                out.write(piece)
        yield path


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.IMPORT)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Tries a list; nothing of it is kept before the second press, with the same list."""
    data = sent(request)
    form = ImportForm(
        data,
        request.FILES if data is not None else None,
        bodies=bodies_where(policies.IMPORT, standing(request)),
    )
    if not form.is_valid():
        return _tried(request, form)
    agency = form.body()
    with _laid_down(form.cleaned_data["file"]) as path:
        try:
            report = examine(path, folder=None, agency=agency, today=localdate())
        except SheetError as refusal:
            form.add_error("file", f"没有读成：{refusal}")
            return _tried(request, form)
        if report.faults:
            return _tried(request, form, report, faults=_faults(report, path))
        if "save" in request.POST and _is_the_one(form, report):
            batch = _brought_in(request, form, agency, path)
            if batch is not None:
                messages.success(request, f"已导入 {report.total} 条，还没有送审，公众看不到")
                return redirect(url_of(batch))
    return _tried(request, form, report, done=rows_done(agency, report.digest))


def _is_the_one(form: ImportForm, report: Report) -> bool:
    """Whether the list is the one that was tried, and short enough to be waited for."""
    if form.cleaned_data["digest"] != report.digest:
        form.add_error(
            "file", "和刚才检查的不是同一个文件。检查结果已换成这个文件的，请再按一次导入。"
        )
        return False
    if report.total > MOST_ROWS:
        form.add_error("file", f"超过 {MOST_ROWS} 行，请由系统管理员在服务器上用命令导入。")
        return False
    return True


def _brought_in(
    request: HttpRequest, form: ImportForm, agency: Agency, path: Path
) -> ImportBatch | None:
    said = form.cleaned_data
    return attempt(
        form,
        lambda: entitled(
            lambda: import_batch(
                agency, path, folder=None, label=said["label"], source=said["source"],
                by=acting(request, agency), at=now(),
            )
        ),
        DisclosureError,
        SheetError,
    )  # fmt: skip


def _tried(
    request: HttpRequest, form: ImportForm, report: Report | None = None, **context: Any
) -> HttpResponse:
    bad = form.is_bound and bool(form.errors)
    context |= {
        "form": form,
        "report": report,
        "most": MOST_ROWS,
        "crumbs": [LIST, Link("导入清单")],
    }
    if report is not None:
        rows = {one.row for one in report.faults if one.row}
        context |= {"faulty_rows": len(rows), "shown": _SHOWN}
    status = 422 if bad or (report is not None and report.faults) else 200
    return render(request, "office/import_new.html", context, status=status)


def _faults(report: Report, path: Path) -> list[tuple[RowFault, str]]:
    """The first faults, each with what stands in its cell now."""
    sheet = read_sheet(path)
    return [(one, _cell(sheet, one)) for one in report.faults[:_SHOWN]]


def _cell(sheet: Sheet, fault: RowFault) -> str:
    for row in sheet.rows:
        if row.number != fault.row:
            continue
        for at, cell in enumerate(row.cells):
            if column_letter(at) == fault.letter and cell is not None:
                return "（公式或者错误值）" if isinstance(cell, Unreadable) else str(cell)[:100]
    return ""


def found_batch(pk: int) -> ImportBatch:
    """The batch of an address; 404 where there is none."""
    batches = ImportBatch.objects.select_related("agency").prefetch_related("reviews")
    batch = batches.filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch
