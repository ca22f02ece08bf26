"""How a person wants to be told: ways, quiet hours, addresses; each for himself alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as toasts
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.access import requires
from gongkai.notifications import channels, kinds, policies, queries
from gongkai.notifications.errors import NotificationRefusedError
from gongkai.notifications.models import NEEDS, What
from gongkai.notifications.services import remove_address, set_address, set_choices, tell
from gongkai.office.forms.messages import AddressForm, ChoicesForm
from gongkai.office.screens import sent
from gongkai.office.verbs import acting, attempt, now, person
from gongkai.office.views.messages import HERE
from gongkai.trail.actors import Subject
from gongkai.vault.errors import MasterKeyError
from gongkai.web.panels import Link


def _what(name: str) -> What:
    if name not in What.values:
        raise Http404
    return What(name)


def _screen(
    request: HttpRequest,
    form: ChoicesForm,
    faulty: tuple[What, AddressForm] | None = None,
) -> HttpResponse:
    """The whole page; an address form that was refused stands in its place with the reason."""
    known, ways = queries.addresses_of(person(request)), channels.ways()
    forms = {what: AddressForm(None, what) for what in What}
    if faulty is not None:
        forms[faulty[0]] = faulty[1]
    needed = [(label, NEEDS[way]) for way, label in ways.items()]
    context: dict[str, Any] = {
        "form": form,
        "ways": ways,
        "addresses": [(label, what, known.get(what), forms[what]) for label, what in needed],
        "may_try": any(what in known for _, what in needed),
        "crumbs": [HERE, Link("接收方式")],
    }
    bad = faulty is not None or (form.is_bound and bool(form.errors))
    return render(request, "office/message_choices.html", context, status=422 if bad else 200)


def _form(request: HttpRequest, *, bound: bool) -> ChoicesForm:
    who = person(request)
    chosen = queries.choices_of([who])[who.pk]
    return ChoicesForm(sent(request) if bound else None, ways=channels.ways(), chosen=chosen)


@require_http_methods(["GET", "POST"])
@requires(policies.OWN)
def choices(request: HttpRequest) -> HttpResponse:
    """Ways and quiet hours."""
    form = _form(request, bound=True)
    if not form.is_valid():
        return _screen(request, form)
    start, end = form.hours()
    set_choices(
        person(request),
        off=form.off(),
        quiet_from=start,
        quiet_until=end,
        working_days=form.cleaned_data["working_days"],
        by=acting(request),
        at=now(),
    )
    toasts.success(request, "接收方式已保存")
    return redirect("office:message_choices")


@require_POST
@requires(policies.OWN)
def address(request: HttpRequest, *, what: str) -> HttpResponse:
    """Registers an address, or replaces it."""
    chosen = _what(what)
    form = AddressForm(request.POST, chosen)
    made = None
    if form.is_valid():
        value = form.cleaned_data["value"]
        made = attempt(
            form,
            lambda: set_address(person(request), chosen, value, by=acting(request), at=now()),
            NotificationRefusedError,
            MasterKeyError,
        )
    if made is None:
        return _screen(request, _form(request, bound=False), (chosen, form))
    toasts.success(request, f"已登记{chosen.label} {made.mask}")
    return redirect("office:message_choices")


@require_POST
@requires(policies.OWN)
def remove(request: HttpRequest, *, what: str) -> HttpResponse:
    """Takes an address away for good."""
    chosen = _what(what)
    try:
        remove_address(person(request), chosen, by=acting(request), at=now())
        toasts.success(request, f"{chosen.label}已撤掉，以后不再发到那里")
    except NotificationRefusedError as refusal:
        toasts.error(request, str(refusal))
    return redirect("office:message_choices")


@require_POST
@requires(policies.OWN)
def try_out(request: HttpRequest) -> HttpResponse:
    """One message to oneself, to see whether it arrives; one a minute."""
    who, at = person(request), now()
    with transaction.atomic():
        told = tell(
            [who],
            kind=kinds.TRY.name,
            subject=Subject("user", str(who.pk), who.display_name),
            sentence="这是您试发的消息。下面写着它另外发出的结果。",
            link="/office/messages/choices/",
            key=f"try-{at:%Y%m%d%H%M}",
            at=at,
        )
    if told:
        toasts.success(request, "已试发，结果写在这条消息下面")
    else:
        toasts.error(request, "一分钟内已经试发过一次，请稍后再试")
    return redirect("office:messages")
