"""How a body reviews: which steps one person may take together, how many days each may take."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import requires, standing
from gongkai.agencies.models import Agency
from gongkai.disclosure import policies
from gongkai.disclosure.desk import DAYS_EACH
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import ReviewRule
from gongkai.disclosure.services.reviewing import set_rule
from gongkai.disclosure.steps import STEPS
from gongkai.office.forms.review import RuleForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.office.views.review.about import DESK
from gongkai.office.views.upkeep.scope import bodies_where, entitled


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.SET_RULE)
def review_rule(request: HttpRequest) -> HttpResponse:
    """The rule of one of the bodies in which this person may set it."""
    bodies = bodies_where(policies.SET_RULE, standing(request))
    chosen = next((one for one in bodies if one.code == request.GET.get("agency")), bodies[0])
    form = RuleForm(sent(request), bodies=bodies, initial=_as_it_is(chosen))
    if form.is_valid():
        said = form.cleaned_data
        agency, pairs = form.body(), [one.split("+") for one in said["merged"]]
        by, at = acting(request, agency), now()
        made = attempt(
            form,
            lambda: entitled(
                lambda: set_rule(agency, merged=pairs, days_each=said["days_each"], by=by, at=at)
            ),
            DisclosureError,
        )
        if made is not None:
            messages.success(request, f"已定好{agency.name}的审查规则")
            return redirect(DESK.url)
    lead = "不合并的，四个步骤由四个人分别进行；谁起草，谁就不能审。"
    effect = "从现在起按新的规则办；已经作出的结论不变。"
    screen = Ask("审查规则", "保存审查规则", DESK, (DESK,), lead=lead, effect=effect)
    return ask(request, form, screen)


def _as_it_is(agency: Agency) -> dict[str, object]:
    rule = ReviewRule.objects.filter(agency=agency).first()
    return {
        "agency": agency.code,
        "merged": ["+".join(sorted(pair, key=STEPS.index)) for pair in rule.merged] if rule else [],
        "days_each": rule.days_each if rule else DAYS_EACH,
    }
