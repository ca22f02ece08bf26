"""The frame of a screen that asks something: heading, form, what happens, where it leads back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from gongkai.web.panels import Link


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form screen says. `effect` is the sentence above the button; `final` marks an act
    that cannot be undone, which is drawn as a dialog naming its `subject`."""

    heading: str
    submit: str
    back: Link
    crumbs: Sequence[Link] = ()
    lead: str = ""
    effect: str = ""
    subject: str = ""
    final: bool = False


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing; None where the form is only shown."""
    return request.POST if request.method == "POST" else None


def ask(request: HttpRequest, form: forms.Form, screen: Ask) -> HttpResponse:
    """Draws the form; with faults the answer is 422, so that no script takes it for done."""
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "ask": screen, "crumbs": [*screen.crumbs, Link(screen.heading)]}
    return render(request, "office/ask.html", context, status=status)
