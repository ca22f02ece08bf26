"""认领, 退回认领, 接替, from the work list; the verbs refuse by themselves."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.accounts.access import requires
from gongkai.claims.errors import ClaimError
from gongkai.claims.models import Claim
from gongkai.disclosure import policies
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Version
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.services import claiming
from gongkai.office.verbs import acting, now
from gongkai.office.views.upkeep.scope import found_record
from gongkai.trail.services import PersonalFactError

Verb = Callable[[Version, str], Claim]


def this_record(_request: HttpRequest, *, pk: UUID, **_more: object) -> RecordAffair:
    """The body is enough to say who may see it; who may do the work is the verb's to judge."""
    return RecordAffair(found_record(pk).agency_id)


@require_POST
@requires(policies.SEE, of=this_record)
def claim(request: HttpRequest, *, pk: UUID, occasion: str) -> HttpResponse:
    """Takes it."""

    def verb(version: Version, step: str) -> Claim:
        by = acting(request, version.record.agency)
        return claiming.claim_work(version, step, by=by, at=now())

    return _done(request, pk, occasion, verb, "已认领")


@require_POST
@requires(policies.SEE, of=this_record)
def give_back(request: HttpRequest, *, pk: UUID, occasion: str) -> HttpResponse:
    """Leaves it to the others again."""

    def verb(version: Version, step: str) -> Claim:
        by, reason = acting(request, version.record.agency), request.POST.get("reason", "")
        return claiming.give_work_back(version, step, reason=reason, by=by, at=now())

    return _done(request, pk, occasion, verb, "已退回认领")


@require_POST
@requires(policies.SEE, of=this_record)
def take_over(request: HttpRequest, *, pk: UUID, occasion: str) -> HttpResponse:
    """Takes it from somebody who is away."""

    def verb(version: Version, step: str) -> Claim:
        by, reason = acting(request, version.record.agency), request.POST.get("reason", "")
        return claiming.take_work_over(version, step, reason=reason, by=by, at=now())

    return _done(request, pk, occasion, verb, "已接替")


def _done(request: HttpRequest, pk: UUID, occasion: str, verb: Verb, said: str) -> HttpResponse:
    version, step = _asked(pk, occasion)
    try:
        taken = verb(version, step)
    except (ClaimError, DisclosureError, PersonalFactError) as refusal:
        messages.error(request, f"没有办成：{refusal}")
    else:
        messages.success(request, f"{said}：{taken.label}（{taken.occasion_label}）")
    return redirect("office:work_list")


def _asked(pk: UUID, occasion: str) -> tuple[Version, str]:
    """The version and the step named by an occasion such as 2.secrecy."""
    number, _, step = occasion.partition(".")
    versions = Version.objects.select_related("record__agency", "record__live")
    wanted = int(number) if number.isdecimal() and len(number) < 6 else 0
    version = versions.filter(record__public_id=pk, number=wanted).first()
    if version is None:
        raise Http404
    return version, step
