"""The desk: taking a file in, what was found in it, what was made from it, and its way out."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.accounts.access import judge, may, requires, standing
from gongkai.agencies.models import Agency
from gongkai.disclosure.attachments import RECORD
from gongkai.files import policies as files
from gongkai.files import queries, services
from gongkai.files.errors import FileRefusedError, ReleaseRefusedError
from gongkai.files.models import Channel, Role, StoredFile, Verdict
from gongkai.files.queries import Standing
from gongkai.files.views import attachment
from gongkai.office import policies
from gongkai.office.desks import DESK, desk_of, desks
from gongkai.office.forms.files import VERDICTS, DecisionForm, ReleaseForm, UploadForm
from gongkai.office.screens import sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.web.panels import EmptyState, Link
from screening.findings.finding import Severity

LIST = Link("文件检查", "/office/files/")
EMPTY = EmptyState(
    "还没有文件",
    "发出去以前先放到这里：查隐藏的行列、批注、身份证号、错词，清理以后再发。",
    (Link("放一个文件进来", "#upload"),),
)


def asked(_request: HttpRequest, pk: uuid.UUID) -> StoredFile:
    """The file of an address; 404 where there is none on any desk or under a record."""
    file = queries.file_of(pk)
    if file is None or file.owner_kind not in {DESK, RECORD}:
        raise Http404
    return file


def asked_on_a_desk(request: HttpRequest, pk: uuid.UUID) -> StoredFile:
    """The same on a desk alone: the files of a record go out when it is published."""
    file = asked(request, pk)
    if file.owner_kind != DESK:
        raise Http404
    return file


def url_of(file: StoredFile) -> str:
    """The screen of a file."""
    return reverse("office:file", args=[file.pk])


def body_of(file: StoredFile) -> Agency:
    """The body whose file it is."""
    return Agency.objects.get(code=file.agency_code)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.FILE_DESKS)
def file_list(request: HttpRequest) -> HttpResponse:
    """The desks of the bodies one works for, and the form that takes a file in."""
    mine = desks(standing(request))
    data = sent(request)
    form = UploadForm(data, request.FILES if data is not None else None, desks=mine)
    if form.is_valid():
        agency = next(one for one in mine if one.code == form.cleaned_data["agency"])
        judge(files.TAKE_IN, standing(request), desk_of(agency))
        upload = form.cleaned_data["file"]
        taken = attempt(form, lambda: _taken(request, agency, upload), FileRefusedError)
        if taken is not None:
            messages.success(request, f"已收存{taken}，正在检查")
            return redirect(url_of(taken))
    rows = [(agency, queries.files_of(desk_of(agency))) for agency in mine]
    context = {
        "form": form,
        "desks": [(agency, [_line(one) for one in found]) for agency, found in rows],
        "empty": EMPTY,
        "may_take": any(may(files.TAKE_IN, standing(request), desk_of(one)) for one in mine),
    }
    return render(
        request, "office/files.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _taken(request: HttpRequest, agency: Agency, upload: UploadedFile[bytes]) -> StoredFile:
    """Takes the file in and looks through it at once: who uploads waits for the answer anyway."""
    by = acting(request, agency)
    file = services.take_in(
        upload,
        name=upload.name or "",
        owner=desk_of(agency),
        agency_code=agency.code,
        by=by,
        at=now(),
    )
    if file.screenings.exists() or not may(files.WORK_ON, standing(request), file):
        return file
    services.screen(file, by=by, at=now())
    return file


def _line(found: Standing) -> dict[str, Any]:
    """A file in the list: what it is, and what is open."""
    return {
        "file": found.file,
        "url": url_of(found.file),
        "must": found.open_count(Severity.MUST),
        "answer": found.open_count(Severity.ANSWER),
        "looked": found.screening is not None,
    }


@require_safe
@requires(files.SEE, of=asked)
def file_detail(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """One file: findings with what was decided, what was made from it, what went out."""
    return _detail(request, asked(request, pk))


def _detail(
    request: HttpRequest, file: StoredFile, form: DecisionForm | None = None
) -> HttpResponse:
    who = standing(request)
    (found,) = queries.standings([file], file.owner)
    original = file.original or file
    (beginning,) = queries.standings([original], file.owner)
    context = {
        "file": file,
        "found": found,
        "beginning": beginning if original != file else None,
        "crumbs": [LIST, Link(str(file))],
        "made": StoredFile.objects.filter(original=original).order_by("taken_at"),
        "original": original,
        "form": form,
        "verdicts": VERDICTS,
        "channels": Channel.choices,
        "record_files": _record_files(file),
        "releases": [one for one in queries.releases_of(file.owner) if _of(one, file)],
        "may_work": may(files.WORK_ON, who, file),
        "may_redact": may(files.WORK_ON, who, file)
        and file.carrier == "pdf"
        and file.role != Role.REDACTED,
        "draft": queries.draft_of(file),
    }
    return render(request, "office/file.html", context, status=422 if form is not None else 200)


def _record_files(file: StoredFile) -> str:
    """The attachments of the record to which a file belongs."""
    return reverse("office:record_files", args=[file.owner_id]) if file.owner_kind == RECORD else ""


def _of(release: Any, file: StoredFile) -> bool:
    return any(item.file_id == file.pk for item in release.items.all())


@require_POST
@requires(files.WORK_ON, of=asked)
def file_screen(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Looks through it once more."""
    file = asked(request, pk)
    try:
        services.screen(file, by=acting(request, body_of(file)), at=now())
        messages.success(request, "已重新检查")
    except FileRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(url_of(file))


@require_POST
@requires(files.WORK_ON, of=asked)
def file_strip(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Makes the file without what it hides."""
    file = asked(request, pk)
    by = acting(request, body_of(file))
    try:
        made = services.strip(file, by=by, at=now())
        services.screen(made, by=by, at=now())
    except FileRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(url_of(file))
    messages.success(request, "已清理，原件封存")
    return redirect(url_of(made))


@require_POST
@requires(files.WORK_ON, of=asked)
def file_decide(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Decides about one finding, with the reason."""
    file = asked(request, pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        done = attempt(
            form,
            lambda: services.decide(
                file,
                said["key"],
                verdict=Verdict(said["verdict"]),
                reason=said["reason"],
                by=acting(request, body_of(file)),
                at=now(),
            ),
            FileRefusedError,
        )
        if done is not None:
            messages.success(request, "已登记")
            return redirect(f"{url_of(file)}#findings")
    return _detail(request, file, form)


@require_POST
@requires(files.WORK_ON, of=asked_on_a_desk)
def file_release(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Sends the file out through the one gate, to the desk of who asked; with every reason where
    the gate stays shut."""
    file = asked_on_a_desk(request, pk)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择发出的途径")
        return redirect(url_of(file))
    try:
        (released,) = services.release(
            [file],
            to=Channel(form.cleaned_data["channel"]),
            by=acting(request, body_of(file)),
            at=now(),
            subject=file.owner,
        )
    except ReleaseRefusedError as refusal:
        for reason in refusal.reasons:
            messages.error(request, f"没有放行：{reason}")
        return redirect(url_of(file))
    return attachment(file, released.content)
