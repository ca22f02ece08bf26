"""Acts on a record that ask a few words: an opinion, a signature, the next draft, another body."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import requires
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Coordination, Record
from gongkai.disclosure.services import drafting, reviewing
from gongkai.office.forms.fields import NothingForm
from gongkai.office.forms.records.acts import AnswerForm, AskForm, OpinionForm, SignForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import attempt, now
from gongkai.office.views.records.subjects import (
    READ_AND_WRITE,
    affair,
    by_for,
    newest_of,
    trail_of,
)
from gongkai.office.views.upkeep.scope import entitled, found_record
from gongkai.web.panels import Link


def done_or_asked(
    request: HttpRequest, form: forms.Form, screen: Ask, verb: Callable[[], object], said: str
) -> HttpResponse:
    """Calls the verb where the form has no fault and leads back; else shows the form."""
    if form.is_valid():
        done = attempt(form, lambda: entitled(verb), DisclosureError)
        if done is not None:
            messages.success(request, said)
            return redirect(screen.back.url)
    return ask(request, form, screen)


def screen_of(request: HttpRequest, record: Record, heading: str, effect: str) -> Ask:
    """The form screen of an act on a record."""
    back = Link("这条信息", reverse("office:record", args=[record.public_id]))
    crumbs = trail_of(request, record, newest_of(record).title)
    return Ask(heading, heading, back, crumbs, effect=effect)


@require_http_methods(READ_AND_WRITE)
@requires(policies.GIVE_OPINION, of=affair)
def opinion(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """合法性审核意见 on a normative document."""
    record, form = found_record(pk), OpinionForm(sent(request))

    def verb() -> object:
        said = form.cleaned_data
        return drafting.give_opinion(
            newest_of(record),
            number=said["number"],
            given_on=said["given_on"],
            lawful=said["lawful"] == "yes",
            opinion=said["opinion"],
            by=by_for(request, record),
            at=now(),
        )

    effect = "意见登记以后不能改。结论合法的，文件才能签发、送审。"
    screen = screen_of(request, record, "登记合法性审核意见", effect)
    return done_or_asked(request, form, screen, verb, "已登记合法性审核意见")


@require_http_methods(READ_AND_WRITE)
@requires(policies.SIGN, of=affair)
def sign(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """签发 with number and day."""
    record = found_record(pk)
    version = newest_of(record)
    form = SignForm(
        sent(request),
        initial={
            "doc_no": version.doc_no,
            "formed_on": version.formed_on,
            "revision": record.revision,
        },
    )

    def verb() -> object:
        by = by_for(request, record)
        return drafting.sign(version, **form.cleaned_data, by=by, at=now())

    effect = "签发的日期就是成文日期，主动公开的期限从这一天算起。"
    screen = screen_of(request, record, "签发", effect)
    return done_or_asked(request, form, screen, verb, "已签发")


@require_http_methods(READ_AND_WRITE)
@requires(policies.DRAFT, of=affair)
def again(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The next draft, from the words of the last."""
    record, form = found_record(pk), NothingForm(sent(request))

    def verb() -> object:
        return drafting.draft_again(record, by=by_for(request, record), at=now())

    effect = "新的一稿从上一稿抄来，改好以后重新送审。已经公开的，在新稿发布以前照常公开。"
    screen = screen_of(request, record, "起草新的一稿", effect)
    return done_or_asked(request, form, screen, verb, "已起草新的一稿")


@require_http_methods(READ_AND_WRITE)
@requires(policies.DRAFT, of=affair)
def ask_body(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """协商: the matter concerns another body (`regulations#11`)."""
    record, form = found_record(pk), AskForm(sent(request))

    def verb() -> object:
        by = by_for(request, record)
        return reviewing.ask_other_body(newest_of(record), **form.cleaned_data, by=by, at=now())

    rule = "涉及其他机关的，公开以前要协商、确认（《政府信息公开条例》第十一条）"
    effect = f"{rule}。没有答复不能终审。"
    screen = screen_of(request, record, "登记协商", effect)
    return done_or_asked(request, form, screen, verb, "已登记协商，收到答复后请登记")


@require_http_methods(READ_AND_WRITE)
@requires(policies.DRAFT, of=affair)
def answer(request: HttpRequest, *, pk: uuid.UUID, question: int) -> HttpResponse:
    """What the other body said."""
    record, form = found_record(pk), AnswerForm(sent(request))
    found = Coordination.objects.filter(pk=question, version__record=record).first()
    if found is None:
        raise Http404

    def verb() -> object:
        agreed, said = form.cleaned_data["agreed"] == "yes", form.cleaned_data["answer"]
        by = by_for(request, record)
        return reviewing.record_answer(found, agreed=agreed, answer=said, by=by, at=now())

    effect = f"{found.other}：{found.question}"
    screen = screen_of(request, record, "登记答复", effect)
    return done_or_asked(request, form, screen, verb, "已登记答复")
