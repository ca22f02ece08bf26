"""The reviewer's word: pass, return, put to another authority; and the answer of that authority.

The digest in each form is that of what was read: where the version is another, the verb refuses.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.access import requires, standing
from gongkai.disclosure import policies
from gongkai.disclosure.desk import awaiting_review
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.services.reviewing import (
    answer_referral,
    pass_step,
    refer,
    return_version,
)
from gongkai.disclosure.steps import POSITIONS, TO_DRAFTER, Step
from gongkai.office.forms.review import AnswerForm, PassForm, ReferForm, ReturnForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.review.about import (
    DESK,
    Case,
    case_of,
    review_url,
    this_case,
    this_question,
)
from gongkai.office.views.review.findings import reason_from
from gongkai.office.views.upkeep.scope import entitled


def _turn(request: HttpRequest, pk: uuid.UUID) -> tuple[Case, Step]:
    case = case_of(pk)
    step = case.turn(standing(request))
    if step is None:
        raise PermissionDenied
    return case, step


def _on(request: HttpRequest, said: str) -> HttpResponse:
    """To the next version that waits for this person, so that several go in one sitting."""
    waiting = awaiting_review(standing(request), now())
    if not waiting:
        messages.success(request, f"{said}。等您审查的都办完了")
        return redirect(DESK.url)
    messages.success(request, f"{said}。还有{len(waiting)}件，接着审这一件")
    return redirect(review_url(waiting[0].record))


def _tried(form: Any, verb: Callable[[], object]) -> bool:
    return attempt(form, lambda: entitled(verb), DisclosureError) is not None


@require_POST
@requires(policies.REVIEW_NOW, of=this_case)
def review_pass(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """通过, and the next step in the same act where the rule of the body lets one person."""
    case, step = _turn(request, pk)
    following = case.following(standing(request), step)
    form = PassForm(request.POST, following=following)
    by, at = acting(request, case.record.agency), now()
    if not form.is_valid():
        messages.error(request, "没有办成：请重新打开这一稿再审")
        return redirect(review_url(case.record))
    said = form.cleaned_data
    steps = [step]
    if following is not None and said["together"]:
        steps.append(following)

    def verb() -> bool:
        with transaction.atomic():
            for one in steps:
                pass_step(
                    case.version, one, digest=said["digest"], reason=said["reason"], by=by, at=at
                )
        return True

    if _tried(form, verb):
        labels = "、".join(one.label for one in steps)
        return _on(request, f"{labels}已通过：{case.version.title}")
    for faults in form.errors.values():
        messages.error(request, f"没有通过：{faults[0]}")
    return redirect(review_url(case.record))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.REVIEW_NOW, of=this_case)
def review_return(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """退回 to the drafter or to an earlier step; findings that were chosen stand in the reason."""
    case, step = _turn(request, pk)
    begun = {
        "digest": request.GET.get("digest", case.version.content_hash),
        "back_to": TO_DRAFTER,
        "reason": reason_from(case.version, request.GET.getlist("finding")),
    }
    form = ReturnForm(sent(request), places=_places(case, step), initial=begun)
    by, at = acting(request, case.record.agency), now()
    if form.is_valid():
        said = form.cleaned_data
        if _tried(form, lambda: return_version(case.version, step, by=by, at=at, **said)):
            return _on(request, f"已退回：{case.version.title}")
    effect = "退回起草人的，这一稿作废，改好另送一稿，各步重新审。退回前面步骤的，那一步以后重审。"
    if case.record.is_public and hasattr(case.version, "emergency_order"):
        effect = f"这一稿已经应急公开，退回的同时会撤下。{effect}"
    subject = f"{case.version.title}（第{case.version.number}稿）"
    screen = Ask("退回修改", "退回", case.back, (DESK, case.link), effect=effect,
                 subject=subject, final=True)  # fmt: skip
    return ask(request, form, screen)


def _places(case: Case, step: Step) -> list[tuple[str, str]]:
    """Where it may go back to: the drafter, or a step before this one that was passed."""
    passed = [Step(one.step) for one in case.position.passed]
    earlier = [one for one in passed if POSITIONS[one] < POSITIONS[step]]
    return [(TO_DRAFTER, "起草人（要改文稿）"), *((one.value, one.label) for one in earlier)]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.REVIEW_NOW, of=this_case)
def review_refer(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """不能确定: the question goes to the authority that decides it."""
    case, step = _turn(request, pk)
    begun = {"digest": request.GET.get("digest", case.version.content_hash)}
    form = ReferForm(sent(request), initial=begun)
    by, at = acting(request, case.record.agency), now()
    if form.is_valid():
        said = form.cleaned_data
        if _tried(form, lambda: refer(case.version, step, by=by, at=at, **said)):
            return _on(request, f"已报请确定：{case.version.title}")
    lead = (
        "不能确定是否可以公开的，报政府信息公开主管部门或者保密行政管理部门确定（条例第十七条）。"
    )
    effect = "答复登记以前，这一稿停在这里，不能通过，也不能退回。"
    screen = Ask("报请确定", "报请确定", case.back, (DESK, case.link), lead=lead, effect=effect,
                 subject=case.version.title, final=True)  # fmt: skip
    return ask(request, form, screen)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.REVIEW_NOW, of=this_question)
def referral_answer(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """The answer goes on file, and the step that asked goes on."""
    case = case_of(pk)
    referral, form = case.referral, AnswerForm(sent(request))
    if referral is None:
        raise PermissionDenied
    by, at = acting(request, case.record.agency), now()
    if form.is_valid():
        said = form.cleaned_data["answer"]
        if _tried(form, lambda: answer_referral(referral, answer=said, by=by, at=at)):
            messages.success(request, "答复已登记，请接着审")
            return redirect(review_url(case.record))
    screen = Ask("登记答复", "登记答复", case.back, (DESK, case.link),
                 lead=f"问{referral.get_to_display()}：{referral.question}",
                 effect="登记以后，由提出的这一步接着审。",
                 subject=case.version.title, final=True)  # fmt: skip
    return ask(request, form, screen)
