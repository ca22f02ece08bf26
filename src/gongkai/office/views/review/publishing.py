"""To the public, at once or at a moment, and back: each act names what it is about and who sees it.

Whether it may be is judged by gongkai.disclosure.services.publishing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import requires
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Version
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services.publishing import cancel_plan, plan, publish, withdraw
from gongkai.office.forms.fields import NothingForm
from gongkai.office.forms.registers import MomentForm
from gongkai.office.forms.review import WithdrawForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.review.about import DESK, review_url
from gongkai.office.views.upkeep.scope import entitled, found_record, this_record
from gongkai.web.panels import Link
from gongkai.web.wording import moment

_ON_PAGE = "发布以后，所有人都能在公开平台上看到这一稿和它的附件，也能搜到、下载。"


def _newest(pk: uuid.UUID) -> Version:
    record = found_record(pk)
    version = latest(record)
    version.record = record
    return version


def _ask(
    request: HttpRequest, form: Any, version: Version, heading: str, effect: str
) -> HttpResponse:
    back = Link("审查的页面", review_url(version.record))
    subject = f"{version.title}（第{version.number}稿）"
    screen = Ask(heading, heading, back, (DESK,), effect=effect, subject=subject, final=True)
    return ask(request, form, screen)


def _done(request: HttpRequest, form: Any, verb: Callable[[], object], said: str) -> bool:
    """Whether the verb was carried out; then the sentence is said on the next screen."""
    done = attempt(form, lambda: (entitled(verb), True), DisclosureError) is not None
    if done:
        messages.success(request, said)
    return done


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.PUBLISH, of=this_record)
def publish_now(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """发布: the cleared version becomes what everybody reads."""
    version, form = _newest(pk), NothingForm(sent(request))
    by, at = acting(request, version.record.agency), now()
    if form.is_valid() and _done(
        request, form, lambda: publish(version, by=by, at=at), f"已发布：{version.title}"
    ):
        return redirect(DESK.url)
    effect = _ON_PAGE
    live = version.record.live
    if live is not None:
        effect = f"现在公开的是第{live.version.number}稿，会换成第{version.number}稿。{_ON_PAGE}"
    return _ask(request, form, version, "发布", effect)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.PUBLISH, of=this_record)
def plan_ahead(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """定时发布: when it is to become public."""
    version, form = _newest(pk), MomentForm(sent(request))
    by, at = acting(request, version.record.agency), now()
    if form.is_valid():
        when = form.cleaned_data["moment"]
        said = f"已定于 {moment(when)} 发布：{version.title}"
        if _done(request, form, lambda: plan(version, when, by=by, at=at), said):
            return redirect(DESK.url)
    effect = f"到时候系统再核对一遍，符合条件才发布；不符合的不发布，会告诉您。{_ON_PAGE}"
    return _ask(request, form, version, "定时发布", effect)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.PUBLISH, of=this_record)
def cancel(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """取消定时: the version stays cleared and waits to be published."""
    version = _newest(pk)
    planned = version.record.schedules.filter(done_at__isnull=True).first()
    if planned is None:
        raise Http404
    form, by, at = NothingForm(sent(request)), acting(request, version.record.agency), now()

    def verb() -> bool:
        cancel_plan(planned, by=by, at=at)
        return True

    if form.is_valid() and _done(request, form, verb, f"已取消定时：{version.title}"):
        return redirect(DESK.url)
    effect = f"原定 {moment(planned.at)} 发布。取消以后不会自动发布，仍在“待发布”里。"
    return _ask(request, form, version, "取消定时", effect)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.WITHDRAW, of=this_record)
def take_back(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """撤回: the words go, the address stays with the date and the reason."""
    newest = _newest(pk)
    record = newest.record
    version = newest if record.live is None else record.live.version
    version.record = record
    form, by, at = WithdrawForm(sent(request)), acting(request, record.agency), now()
    if form.is_valid():
        why = form.cleaned_data["reason"]
        said = f"已撤回：{version.title}。公众会看到：{why}"
        if _done(request, form, lambda: withdraw(record, reason=why, by=by, at=at), said):
            return redirect(DESK.url)
    effect = (
        "撤回以后公众看不到内容和附件；原来的地址还在，写明哪天撤回、什么原因。"
        "只是要改内容的，不用撤回：另起一稿，审查通过以后直接换上。"
    )
    return _ask(request, form, version, "撤回", effect)
