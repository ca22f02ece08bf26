"""The editor of a redaction: boxes with grounds on the pages of a PDF, saved as one goes, burnt in
at the end. Drawing needs a script; the same is done with numbers and by words without one.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.accounts.access import requires
from gongkai.files import contents, inspection, queries, services
from gongkai.files import policies as files
from gongkai.files.errors import FileRefusedError, StaleDraftError
from gongkai.files.models import RedactionDraft, StoredFile
from gongkai.office.forms.files import FindForm, MarkForm
from gongkai.office.grounds import CHOICES, WORDINGS
from gongkai.office.verbs import acting, now
from gongkai.office.views.files import LIST, asked, body_of, url_of
from gongkai.web.panels import Link
from screening.passages import UnfitFileError
from screening.redaction.instructions import VERSION, from_json, grounds_listed

SCALE = 1.5  # pixels to the point
Marks = list[dict[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(files.WORK_ON, of=asked)
def editor(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """One page with its boxes; POST adds by numbers or by words, removes, or saves what a script
    drew. That somebody looked at the original is written into the trail."""
    file = asked(request, pk)
    if request.method == "POST":
        return _change(request, file)
    return _show(request, file)


def _show(
    request: HttpRequest,
    file: StoredFile,
    mark: MarkForm | None = None,
    find: FindForm | None = None,
) -> HttpResponse:
    try:
        content = services.open_original(
            file, by=acting(request, body_of(file)), at=now(), reason="遮盖处理"
        )
        sizes = inspection.page_sizes(content)
    except (FileRefusedError, UnfitFileError) as refusal:
        messages.error(request, str(refusal))
        return redirect(url_of(file))
    page = _page(request, len(sizes))
    draft = queries.draft_of(file)
    context = {
        **_told(file, draft),
        "page": page,
        "pages": len(sizes),
        "mark_form": mark or MarkForm(initial={"page": page}, auto_id="mark_%s"),
        "find_form": find or FindForm(auto_id="find_%s"),
        "sheet": _sheet(file, draft, page, sizes[page - 1]),
    }
    faulty = bool((mark and mark.errors) or (find and find.errors))
    return render(request, "office/redaction.html", context, status=422 if faulty else 200)


def _told(file: StoredFile, draft: RedactionDraft | None) -> dict[str, Any]:
    """What the editor says besides the page itself."""
    marks = _marks(draft)
    return {
        "file": file,
        "crumbs": [LIST, Link(str(file), url_of(file)), Link("遮盖")],
        "version": draft.version if draft else 0,
        "saved_at": draft.saved_at if draft else None,
        "marks": [
            {**one, "number": number, "wording": WORDINGS.get(one["ground"], one["ground"])}
            for number, one in enumerate(marks, start=1)
        ],
        "touched": sorted({one["page"] for one in marks}),
        "grounds": CHOICES,
        "listed": _listed(draft),
    }


def _sheet(
    file: StoredFile, draft: RedactionDraft | None, page: int, size: tuple[float, float]
) -> dict[str, Any]:
    """What the script draws from."""
    wide, high = size
    return {
        "page": page,
        "width": wide,
        "height": high,
        "version": draft.version if draft else 0,
        "marks": _marks(draft),
        "save": reverse("office:redaction_save", args=[file.pk]),
    }


def _change(request: HttpRequest, file: StoredFile) -> HttpResponse:
    """Without a script: each act is a small form."""
    draft = queries.draft_of(file)
    marks = _marks(draft)
    act = request.POST.get("act", "")
    if act == "remove":
        marks = _without(marks, request.POST.get("number", ""))
    elif act == "mark":
        form = MarkForm(request.POST, auto_id="mark_%s")
        if not form.is_valid():
            return _show(request, file, mark=form)
        marks = [*marks, _mark(form)]
    elif act == "find":
        form_of_words = FindForm(request.POST, auto_id="find_%s")
        found = _found(file, form_of_words)
        if not found:
            return _show(request, file, find=form_of_words)
        marks = [*marks, *found]
        messages.success(request, f"找到 {len(found)} 处，已标出")
    else:
        raise Http404
    _save(request, file, marks, request.POST.get("version", ""))
    return redirect(_here(request, file))


def _mark(form: MarkForm) -> dict[str, Any]:
    said = form.cleaned_data
    box = [said["left"], said["top"], said["right"], said["bottom"]]
    return {"page": said["page"], "box": box, "ground": said["ground"]}


def _found(file: StoredFile, form: FindForm) -> Marks:
    """All places of the words, as marks; what is wrong stands on the form."""
    if not form.is_valid():
        return []
    try:
        places = inspection.places_of(contents.read(file), form.cleaned_data["words"])
    except UnfitFileError as refusal:
        form.add_error("words", refusal.reason)
        return []
    if not places:
        form.add_error("words", "没有找到这些文字。图片里的文字找不到，请在页面上画框。")
    ground = form.cleaned_data["ground"]
    return [
        {
            "page": place.page,
            "box": [box.left, box.top, box.right, box.bottom],
            "ground": ground,
        }
        for place in places
        for box in place.boxes
    ]


def _save(request: HttpRequest, file: StoredFile, marks: Marks, version: str) -> None:
    seen = int(version) if version.isdecimal() else -1
    try:
        services.save_draft(
            file,
            _instructions(marks),
            version=seen,
            by=acting(request, body_of(file)),
            at=now(),
        )
    except FileRefusedError as refusal:
        messages.error(request, f"没有保存：{refusal}")


@require_POST
@requires(files.WORK_ON, of=asked)
def save(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """What a script sends after each box: {version, marks}. 409 where somebody else saved."""
    file = asked(request, pk)
    try:
        given = json.loads(request.body)
        draft = services.save_draft(
            file,
            _instructions(given["marks"]),
            version=int(given["version"]),
            by=acting(request, body_of(file)),
            at=now(),
        )
    except StaleDraftError as stale:
        return JsonResponse({"message": f"没有保存：{stale}", "version": stale.version}, status=409)
    except (FileRefusedError, ValueError, KeyError, TypeError) as refusal:
        said = str(refusal) if isinstance(refusal, FileRefusedError) else "送来的内容读不懂"
        return JsonResponse({"message": f"没有保存：{said}"}, status=422)
    return JsonResponse({"version": draft.version, "marks": draft.instructions["marks"]})


def _asked_page(request: HttpRequest, *, pk: uuid.UUID, page: int) -> StoredFile:
    """The file of a page's address; whether it has the page is asked after the rights."""
    del page
    return asked(request, pk)


@require_safe
@requires(files.WORK_ON, of=_asked_page)
def page_image(request: HttpRequest, *, pk: uuid.UUID, page: int) -> HttpResponse:
    """A page as a picture for the editor; kept in no cache."""
    file = asked(request, pk)
    try:
        picture = inspection.page_picture(contents.read(file), page, SCALE)
    except UnfitFileError:
        raise Http404 from None
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/png", headers=headers)


@require_POST
@requires(files.WORK_ON, of=asked)
def burn(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Burns the saved boxes in; the result is there only with its proof."""
    file = asked(request, pk)
    draft = queries.draft_of(file)
    if draft is None or not _marks(draft):
        messages.error(request, "还没有标出要遮盖的地方")
        return redirect(_here(request, file))
    keep = request.POST.get("keep_elsewhere") == "1"
    by = acting(request, body_of(file))
    try:
        made = services.redact(
            file, {**draft.instructions, "keep_elsewhere": keep}, by=by, at=now()
        )
        services.screen(made, by=by, at=now())
    except FileRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(_here(request, file))
    messages.success(request, "已遮盖，并证明标出的文字不在文件里")
    return redirect(url_of(made))


def _instructions(marks: Marks) -> dict[str, Any]:
    return {"version": VERSION, "keep_elsewhere": False, "marks": marks}


def _marks(draft: RedactionDraft | None) -> Marks:
    return [] if draft is None else list(draft.instructions["marks"])


def _listed(draft: RedactionDraft | None) -> list[str]:
    """The grounds as the letter will list them."""
    if draft is None:
        return []
    try:
        read = from_json(json.dumps(draft.instructions))
        return [line.sentence() for line in grounds_listed(read, WORDINGS)]
    except (UnfitFileError, KeyError):
        return []


def _without(marks: Marks, number: str) -> Marks:
    return [one for at, one in enumerate(marks, start=1) if str(at) != number]


def _page(request: HttpRequest, pages: int) -> int:
    asked_for = request.GET.get("page", "1")
    return min(max(int(asked_for) if asked_for.isdecimal() else 1, 1), pages)


def _here(request: HttpRequest, file: StoredFile) -> str:
    page = request.POST.get("shown", request.GET.get("page", "1"))
    query = f"?page={page}" if page.isdecimal() else ""
    return reverse("office:redaction", args=[file.pk]) + query
