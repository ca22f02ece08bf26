"""What happens to a body over the years: codes, name, place, merger, split, end; all dated."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import requires
from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency
from gongkai.agencies.profiles import PROFILE_FIELDS
from gongkai.agencies.services.changing import (
    amend_agency,
    close_agency,
    move_agency,
    rename_agency,
)
from gongkai.agencies.services.succession import merge_agencies, split_agency
from gongkai.office import policies
from gongkai.office.forms.agencies import (
    ChangeForm,
    MergeForm,
    MoveForm,
    ProfileForm,
    RenameForm,
    SplitForm,
)
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.agencies import LIST, agency_id, found, url_of
from gongkai.web.panels import Link

READ_AND_WRITE = ["GET", "HEAD", "POST"]


def _screen(agency: Agency, heading: str, effect: str, *, final: bool = False) -> Ask:
    back = Link(agency.name, url_of(agency))
    return Ask(
        heading,
        heading,
        back,
        (LIST, back),
        effect=effect,
        subject=agency.name if final else "",
        final=final,
    )


def _carry_out(
    request: HttpRequest,
    agency: Agency,
    form: forms.Form,
    screen: Ask,
    verb: Callable[[], Agency],
) -> HttpResponse:
    """Shows the form, or does what it asks and returns to the body."""
    if form.is_valid() and attempt(form, verb, AgencyError) is not None:
        messages.success(request, f"已{screen.submit}：{agency.name}")
        return redirect(url_of(agency))
    return ask(request, form, screen)


@require_http_methods(READ_AND_WRITE)
@requires(policies.CHANGE_AGENCY, of=agency_id)
def profile(request: HttpRequest, *, code: str) -> HttpResponse:
    """Codes for numbers, review body and courts."""
    agency = found(code)
    known = {name: getattr(agency, name) for name in PROFILE_FIELDS}
    form = ProfileForm(sent(request), initial=known)
    screen = _screen(agency, "改编号代码和救济机关", "以前的编号和文书不变，以后的按新的写。")
    return _carry_out(
        request,
        agency,
        form,
        screen,
        lambda: amend_agency(agency, by=acting(request, agency), at=now(), profile=form.profile()),
    )


@require_http_methods(READ_AND_WRITE)
@requires(policies.CHANGE_AGENCY, of=agency_id)
def rename(request: HttpRequest, *, code: str) -> HttpResponse:
    """A new name from a day on."""
    agency = found(code)
    form = RenameForm(sent(request))
    screen = _screen(agency, "更名", "以前的文书和留痕仍写当时的名称。")
    return _carry_out(
        request,
        agency,
        form,
        screen,
        lambda: rename_agency(agency, by=acting(request, agency), at=now(), **form.cleaned_data),
    )


@require_http_methods(READ_AND_WRITE)
@requires(policies.CHANGE_AGENCY, of=agency_id)
def move(request: HttpRequest, *, code: str) -> HttpResponse:
    """A new body above from a day on."""
    agency = found(code)
    form = MoveForm(sent(request), agency=agency)
    screen = _screen(agency, "改隶属", "从生效日期起列在新的上级机关下面。")
    return _carry_out(
        request,
        agency,
        form,
        screen,
        lambda: move_agency(agency, by=acting(request, agency), at=now(), **form.cleaned_data),
    )


@require_http_methods(READ_AND_WRITE)
@requires(policies.CHANGE_AGENCY, of=agency_id)
def merge(request: HttpRequest, *, code: str) -> HttpResponse:
    """One body goes into another."""
    agency = found(code)
    form = MergeForm(sent(request), agency=agency)
    effect = "从生效日期起不再存续，下级机关转到承继机关，历史保留。不能撤销。"
    return _carry_out(
        request,
        agency,
        form,
        _screen(agency, "并入其他机关", effect, final=True),
        lambda: merge_agencies([agency], by=acting(request, agency), at=now(), **form.cleaned_data),
    )


@require_http_methods(READ_AND_WRITE)
@requires(policies.CHANGE_AGENCY, of=agency_id)
def split(request: HttpRequest, *, code: str) -> HttpResponse:
    """One body becomes several."""
    agency = found(code)
    form = SplitForm(sent(request), agency=agency)
    effect = "从生效日期起由分设的机关承继，历史保留。不能撤销。"

    def verb() -> Agency:
        said = form.cleaned_data
        return split_agency(
            agency,
            by=acting(request, agency),
            at=now(),
            on=said["on"],
            into=list(said["into"]),
            basis=said["basis"],
            goes_on=said["goes_on"],
        )

    screen = _screen(agency, "分设", effect, final=True)
    return _carry_out(request, agency, form, screen, verb)


@require_http_methods(READ_AND_WRITE)
@requires(policies.CHANGE_AGENCY, of=agency_id)
def close(request: HttpRequest, *, code: str) -> HttpResponse:
    """A body ends."""
    agency = found(code)
    form = ChangeForm(sent(request))
    effect = "从生效日期的第二天起不再存续，名录里不再列出，历史保留。不能撤销。"
    return _carry_out(
        request,
        agency,
        form,
        _screen(agency, "撤销机关", effect, final=True),
        lambda: close_agency(agency, by=acting(request, agency), at=now(), **form.cleaned_data),
    )
