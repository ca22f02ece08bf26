"""The last acts of a drafter: a reason for a finding, and the draft handed to its reviewers."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.policies import Policy
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Version
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.queries import affair_of, latest
from gongkai.disclosure.services.answering import answer_finding
from gongkai.disclosure.services.drafting import submit as submit_draft
from gongkai.disclosure.text_findings import TextFinding, text_findings
from gongkai.files.models import Verdict
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.records.beside import beside
from gongkai.office.views.upkeep.scope import entitled, found_record, record_url, this_record
from gongkai.web.panels import Link

# Who may give the reason for which finding is judged by the verb.
ANSWER = Policy(
    "office.answer_finding",
    policies.DRAFT.allowed | policies.STAND_FOR.allowed,
    policies.sees,
)


def _this_finding(request: HttpRequest, *, pk: uuid.UUID, finding: str) -> RecordAffair:
    """What the policies judge is the record, whichever of its findings is named."""
    return this_record(request, pk=pk)


class ReasonForm(forms.Form):
    """Why the words may stay."""

    reason = forms.CharField(
        label="保留的理由",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="一句话说清依据什么可以公开。会写进留痕，请不要写个人信息。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ANSWER, of=_this_finding)
def answer(request: HttpRequest, *, pk: uuid.UUID, finding: str) -> HttpResponse:
    """A reason why what was found may stay in the text."""
    version = _newest(pk)
    found = _named(version, finding)
    form = ReasonForm(sent(request))
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], acting(request, version.record.agency)
        verdict = Verdict.JUSTIFIED.value
        kept = attempt(
            form,
            lambda: answer_finding(
                version, finding, verdict=verdict, reason=reason, by=by, at=now()
            ),
            DisclosureError,
        )
        if kept is not None:
            messages.success(request, "理由已记下，这一处不再拦着送审")
            return redirect(_leads(request, version))
    effect = "说明理由以后，原文不动。"
    if found.needs_a_second_person:
        effect = "这一处须由没有参加起草的审查人写明理由；起草的人自己不能保留。"
    return ask(
        request,
        form,
        Ask(
            heading="说明保留的理由",
            submit="记下理由",
            back=Link("这条信息", record_url(version.record)),
            crumbs=[Link(version.title or "没有标题", record_url(version.record))],
            lead=f"{found.label}{found.where}：{found.says or found.kind.label}（{found.masked}）",
            effect=effect,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.DRAFT, of=this_record)
def submit(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """What is still missing, or the button that hands the draft over as it was read."""
    version = _newest(pk)
    if version.submitted_at is not None:
        messages.error(request, "这一稿已经送审。")
        return redirect(record_url(version.record))
    form = _SubmitForm(sent(request), initial={"revision": version.record.revision})
    if form.is_valid():
        revision, by = form.cleaned_data["revision"], acting(request, version.record.agency)
        done = attempt(
            form,
            lambda: entitled(lambda: submit_draft(version, revision=revision, by=by, at=now())),
            DisclosureError,
        )
        if done is not None:
            messages.success(request, "已提交初审。从现在起不能再改；退回以后可以起草新的一稿。")
            return redirect(record_url(version.record))
    context = {
        **beside(version, localdate()),
        "form": form,
        "record": version.record,
        "edit_url": _back(version).url,
        "crumbs": [
            Link("信息", reverse("office:records")),
            Link(version.title or "没有标题", record_url(version.record)),
            Link("提交初审"),
        ],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "office/record_submit.html", context, status=status)


class _SubmitForm(forms.Form):
    """The revision that the drafter read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


def _newest(pk: uuid.UUID) -> Version:
    record = found_record(pk)
    version = latest(record)
    version.record = record
    return version


def _named(version: Version, key: str) -> TextFinding:
    for one in text_findings(version):
        if one.id == key:
            return one
    raise Http404


def _leads(request: HttpRequest, version: Version) -> str:
    """Back to writing for who writes; a reviewer goes to the record's page."""
    writes = may(policies.DRAFT, standing(request), affair_of(version.record))
    return _back(version).url if writes else record_url(version.record)


def _back(version: Version) -> Link:
    return Link("填写", reverse("office:record_edit", args=[version.record.public_id]))
