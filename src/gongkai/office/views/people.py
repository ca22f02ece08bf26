"""People: the list, one person with duties and covers, and opening an account."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.accounts import policies as people
from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.errors import AccountRefusedError
from gongkai.accounts.models import AdministratorGrant, Cover, RoleGrant, User
from gongkai.accounts.policies import Affair
from gongkai.accounts.queries import (
    affair_of,
    identities_of,
    people_visible_to,
    provider_name,
)
from gongkai.accounts.roles import BUSINESS_ROLES, CONTROL_ROLES, AdministratorRole, Role
from gongkai.accounts.services import create_user
from gongkai.accounts.standing import Standing
from gongkai.agencies.models import Agency
from gongkai.office.forms.filters import PeopleFilter
from gongkai.office.forms.people import OpenForm
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now, person
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import Column, Table, exported

LIST = Link("人员", "/office/people/")
EMPTY = EmptyState(
    "没有符合条件的人",
    "只列出您管理的机关里的人。可能账号已经停用。",
    (Link("看全部", "/office/people/?state="),),
)


def found(pk: int) -> User:
    """The person of an address; 404 where there is none."""
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise Http404
    return user


def affair(_request: HttpRequest, *, pk: int) -> Affair:
    """What the policies judge: the person in the address."""
    return affair_of(found(pk), now())


def url_of(user: User) -> str:
    """The screen of a person."""
    return reverse("office:person", args=[user.pk])


def agencies_of_keeper(who: Standing) -> Any:
    """Agencies in which the asker may give duties."""
    if who.administrator is AdministratorRole.SECURITY:
        return Agency.objects.filter(valid_to__isnull=True)
    own = [held.agency_id for held in who.held if held.role is Role.AGENCY_ADMINISTRATOR]
    return Agency.objects.filter(pk__in=own)


def roles_to_give(who: Standing) -> frozenset[Role]:
    """An agency's own administrator does not choose who administers or audits it."""
    security = who.administrator is AdministratorRole.SECURITY
    return BUSINESS_ROLES | CONTROL_ROLES if security else BUSINESS_ROLES


def _duties(user: User) -> str:
    grants = [grant for grant in user.grants.all() if grant.revoked_at is None]
    said = [f"{grant.agency}：{Role(grant.role).label}" for grant in grants]
    said += [g.get_role_display() for g in user.administrator_grants.all() if not g.revoked_at]
    return "；".join(said) or "没有角色"


COLUMNS: tuple[Column[User], ...] = (
    Column("name", "姓名", lambda row: row.display_name, ("display_name",), link=url_of),
    Column("username", "登录名", lambda row: row.username, ("username",)),
    Column("duties", "角色", _duties),
    Column("state", "状态", lambda row: "启用" if row.is_active else "停用", ("is_active",)),
)


@require_safe
@requires(people.SEE_PEOPLE)
def people_list(request: HttpRequest) -> HttpResponse:
    """Accounts, as far as they concern the asker."""
    who = standing(request)
    agencies = Agency.objects.all() if who.administrator else agencies_of_keeper(who)
    query = request.GET.copy()
    query.setdefault("state", "active")
    filters = PeopleFilter(query, agencies)
    rows = filters.narrow(people_visible_to(who)).order_by("username")
    rows = rows.prefetch_related("grants__agency", "administrator_grants")
    table = Table(COLUMNS, rows, request.GET, "人员名单", "人")
    if (file := exported(request, table, "人员")) is not None:
        return file
    context = {
        "table": table,
        "filters": filters,
        "empty": EMPTY,
        "may_open": may(people.CREATE_USER, who),
    }
    return render(request, "office/people.html", context)


@require_safe
@requires(people.SEE_PERSON, of=affair)
def detail(request: HttpRequest, *, pk: int) -> HttpResponse:
    """One person: duties, covers, and what may be done."""
    return render(request, "office/person.html", _about(request, found(pk)))


@require_safe
@requires(people.OWN_ACCOUNT)
def own(request: HttpRequest) -> HttpResponse:
    """The asking person's own page, with the way to password and second factor."""
    return render(request, "office/person.html", _about(request, person(request)))


def _about(request: HttpRequest, user: User) -> dict[str, Any]:
    who, at = standing(request), now()
    about = affair_of(user, at)
    grants = RoleGrant.objects.filter(user=user).select_related("agency")
    return {
        "subject": user,
        "mine": user.pk == who.user_id,
        "crumbs": [LIST, Link(user.display_name)],
        "grants": [
            (grant, grant.revoked_at is None and _may_revoke(who, grant))
            for grant in grants.order_by("revoked_at", "agency__code", "role")
        ],
        "appointments": AdministratorGrant.objects.filter(user=user),
        "covers": (Cover.objects.filter(absent=user) | Cover.objects.filter(standing_in=user))
        .select_related("absent", "standing_in", "agency")
        .order_by("-starts_on"),
        "may_grant": may(people.OFFER_GRANT, who) and user.pk != who.user_id,
        "may_cover": any(
            may(people.SET_COVER, who, Affair(agency_id=key, person_id=user.pk))
            for key in about.agency_ids
        ),
        "may_change": may(people.CHANGE_PERSON, who, about),
        "may_reset": may(people.RESET_PERSON, who, about),
        "may_appoint": may(people.APPOINT, who, about),
        "may_tie": may(people.TIE_IDENTITY, who, about),
        "identities": identities_of(user),
        "provider": provider_name(),
    }


def _may_revoke(who: Standing, grant: RoleGrant) -> bool:
    about = Affair(agency_id=grant.agency_id, role=Role(grant.role), person_id=grant.user_id)
    return may(people.REVOKE_ROLE, who, about)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(people.CREATE_USER)
def create(request: HttpRequest) -> HttpResponse:
    """Opens an account and shows its one-time password once."""
    form = OpenForm(sent(request))
    if form.is_valid():
        made = attempt(
            form,
            lambda: create_user(by=acting(request), at=now(), **form.cleaned_data),
            AccountRefusedError,
        )
        if made is not None:
            return one_time(request, made.user, made.one_time_password, "账号已开通")
    screen = Ask(
        "开通账号",
        "开通账号",
        LIST,
        (LIST,),
        effect="开通后给出一次性口令，只显示一次；本人第一次登录要改口令、绑定第二重验证。",
    )
    return ask(request, form, screen)


def one_time(request: HttpRequest, user: User, password: str, heading: str) -> HttpResponse:
    """The page that shows a one-time password, once and nowhere else."""
    context = {
        "subject": user,
        "password": password,
        "heading": heading,
        "crumbs": [LIST, Link(user.display_name, url_of(user)), Link("一次性口令")],
    }
    return render(request, "office/one_time_password.html", context)
