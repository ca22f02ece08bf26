"""Acts on one person: duties given and taken, cover, name, disabling, resets, appointment."""

from __future__ import annotations

from collections.abc import Callable

from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.accounts import policies as people
from gongkai.accounts import services
from gongkai.accounts.access import judge, may, requires, standing
from gongkai.accounts.configuration import PROVIDER_ID
from gongkai.accounts.errors import AccountRefusedError
from gongkai.accounts.models import AdministratorGrant, Cover, RoleGrant, User
from gongkai.accounts.policies import Affair
from gongkai.accounts.queries import affair_of, provider_name
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.agencies.models import Agency
from gongkai.office.forms.fields import NothingForm, ReasonForm
from gongkai.office.forms.people import (
    AppointForm,
    CoverForm,
    DutyForm,
    IdentityForm,
    NameForm,
)
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now, person
from gongkai.office.views.people import (
    LIST,
    affair,
    agencies_of_keeper,
    found,
    one_time,
    roles_to_give,
    url_of,
)
from gongkai.web.panels import Link

READ_AND_WRITE = ["GET", "HEAD", "POST"]


def _screen(user: User, heading: str, effect: str = "", *, final: bool = False) -> Ask:
    back = Link(user.display_name, url_of(user))
    subject = user.display_name if final else ""
    return Ask(heading, heading, back, (LIST, back), effect=effect, subject=subject, final=final)


def _carry_out(
    request: HttpRequest, user: User, form: forms.Form, screen: Ask, verb: Callable[[], object]
) -> HttpResponse:
    """Shows the form, or does what it asks and returns to the person."""
    if form.is_valid():
        done = attempt(form, lambda: (verb(), True), AccountRefusedError)
        if done is not None:
            messages.success(request, f"已{screen.submit}：{user.display_name}")
            own = user.pk == person(request).pk
            return redirect("office:own") if own else redirect(url_of(user))
    return ask(request, form, screen)


@require_http_methods(READ_AND_WRITE)
@requires(people.SEE_PERSON, of=affair)
def grant(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Gives a duty; whether this duty may be given to this person is judged by the verb."""
    user, who = found(pk), standing(request)
    judge(people.OFFER_GRANT, who)
    form = DutyForm(sent(request), agencies=agencies_of_keeper(who), roles=roles_to_give(who))
    screen = _screen(user, "授予角色", "从下一次打开页面起生效。")

    def verb() -> object:
        said = form.cleaned_data
        return services.grant_role(
            user,
            by=acting(request, said["agency"]),
            at=now(),
            agency=said["agency"],
            role=Role(said["role"]),
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
        )

    return _carry_out(request, user, form, screen, verb)


def grant_affair(_request: HttpRequest, *, grant_id: int) -> Affair:
    """A grant as what the policies judge."""
    one = _grant(grant_id)
    return Affair(agency_id=one.agency_id, role=Role(one.role), person_id=one.user_id)


def _grant(grant_id: int) -> RoleGrant:
    one = RoleGrant.objects.select_related("user", "agency").filter(pk=grant_id).first()
    if one is None:
        raise Http404
    return one


@require_http_methods(READ_AND_WRITE)
@requires(people.REVOKE_ROLE, of=grant_affair)
def revoke(request: HttpRequest, *, grant_id: int) -> HttpResponse:
    """Takes a duty."""
    one = _grant(grant_id)
    said = f"{one.agency}的{Role(one.role).label}。从下一次打开页面起不再有这项职责。"
    form = NothingForm(sent(request))
    screen = _screen(one.user, "收回角色", said, final=True)
    return _carry_out(
        request,
        one.user,
        form,
        screen,
        lambda: services.revoke_role(one, by=acting(request, one.agency), at=now()),
    )


def _covers_of(user: User) -> list[Affair]:
    """Covers that could be set for a person: one for each agency served."""
    return [Affair(agency_id=key, person_id=user.pk) for key in affair_of(user, now()).agency_ids]


@require_http_methods(READ_AND_WRITE)
@requires(people.SEE_PERSON, of=affair)
def cover(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Lets a colleague stand in; who may set it is judged by the verb, per agency."""
    user, who = found(pk), standing(request)
    if not any(may(people.SET_COVER, who, one) for one in _covers_of(user)):
        raise PermissionDenied(people.SET_COVER.name)
    served = RoleGrant.objects.in_force(now()).filter(user=user).values("agency")
    agencies = Agency.objects.filter(pk__in=served)
    colleagues = User.objects.filter(is_active=True, grants__agency__in=agencies).exclude(
        pk=user.pk
    )
    form = CoverForm(sent(request), people=colleagues.distinct(), agencies=agencies)
    effect = "代理人以自己的名义办理，留痕里写明“代”。起草人仍不能审自己的稿。"

    def verb() -> object:
        said = form.cleaned_data
        return services.set_cover(
            user,
            said["standing_in"],
            by=acting(request, said["agency"]),
            at=now(),
            agency=said["agency"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            reason=said["reason"],
        )

    return _carry_out(request, user, form, _screen(user, "设定代理", effect), verb)


def cover_affair(_request: HttpRequest, *, cover_id: int) -> Affair:
    """A cover as what the policies judge."""
    one = _cover(cover_id)
    return Affair(agency_id=one.agency_id, person_id=one.absent_id)


def _cover(cover_id: int) -> Cover:
    one = (
        Cover.objects.select_related("absent", "standing_in", "agency").filter(pk=cover_id).first()
    )
    if one is None:
        raise Http404
    return one


@require_http_methods(READ_AND_WRITE)
@requires(people.SET_COVER, of=cover_affair)
def cancel_cover(request: HttpRequest, *, cover_id: int) -> HttpResponse:
    """Ends a cover before its last day."""
    one = _cover(cover_id)
    form = NothingForm(sent(request))
    effect = f"{one.standing_in.display_name}从下一次打开页面起不再代{one.absent.display_name}。"
    screen = _screen(one.absent, "取消代理", effect, final=True)
    return _carry_out(
        request,
        one.absent,
        form,
        screen,
        lambda: services.cancel_cover(one, by=acting(request, one.agency), at=now()),
    )


@require_http_methods(READ_AND_WRITE)
@requires(people.CHANGE_PERSON, of=affair)
def rename(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Corrects a name."""
    user = found(pk)
    form = NameForm(sent(request), initial={"display_name": user.display_name})
    screen = _screen(user, "改姓名", "留痕里仍是当时的姓名。")
    return _carry_out(
        request,
        user,
        form,
        screen,
        lambda: services.rename_user(user, by=acting(request), at=now(), **form.cleaned_data),
    )


@require_http_methods(READ_AND_WRITE)
@requires(people.CHANGE_PERSON, of=affair)
def switch(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Disables an account, or opens it again."""
    user = found(pk)
    form = ReasonForm(sent(request))
    if user.is_active:
        verb, heading = services.disable_user, "停用账号"
        effect = "马上不能登录，已经登录的也会退出。历史保留。"
    else:
        verb, heading = services.enable_user, "重新启用账号"
        effect = "可以再登录；仍在有效期里的角色恢复。"
    return _carry_out(
        request,
        user,
        form,
        _screen(user, heading, effect, final=True),
        lambda: verb(user, by=acting(request), at=now(), reason=form.cleaned_data["reason"]),
    )


@require_http_methods(READ_AND_WRITE)
@requires(people.RESET_PERSON, of=affair)
def reset_password(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Gives a one-time password, shown once."""
    user = found(pk)
    form = NothingForm(sent(request))
    if form.is_valid():
        password = attempt(
            form,
            lambda: services.reset_password(user, by=acting(request), at=now()),
            AccountRefusedError,
        )
        if password is not None:
            return one_time(request, user, password, "口令已重置")
    effect = "原口令作废，已经登录的会退出，连续输错的锁定解除。新的一次性口令只显示一次。"
    return ask(request, form, _screen(user, "重置口令", effect, final=True))


@require_http_methods(READ_AND_WRITE)
@requires(people.RESET_PERSON, of=affair)
def reset_factor(request: HttpRequest, *, pk: int) -> HttpResponse:
    """For a lost phone."""
    user = found(pk)
    form = ReasonForm(sent(request))
    effect = "原来的验证器和恢复码作废，下次登录要重新绑定。先当面或打电话确认是本人。"
    return _carry_out(
        request,
        user,
        form,
        _screen(user, "重置第二重验证", effect, final=True),
        lambda: services.reset_second_factor(
            user, by=acting(request), at=now(), reason=form.cleaned_data["reason"]
        ),
    )


@require_http_methods(READ_AND_WRITE)
@requires(people.TIE_IDENTITY, of=affair)
def tie_identity(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Lets an identity of the provider open the account; without a provider there is no such
    screen."""
    user, provider = found(pk), provider_name()
    if not provider:
        raise Http404
    form = IdentityForm(sent(request))
    effect = f"以后在{provider}登录的这个人就能进入此账号。先当面或打电话核对标识是本人的。"
    return _carry_out(
        request,
        user,
        form,
        _screen(user, "关联统一身份", effect),
        lambda: services.link_identity(
            user,
            by=acting(request),
            at=now(),
            provider=PROVIDER_ID,
            uid=form.cleaned_data["uid"],
        ),
    )


def identity_affair(request: HttpRequest, *, identity: int) -> Affair:
    """A tied identity as what the policies judge: its person."""
    return affair(request, pk=_identity(identity).user.pk)


def _identity(pk: int) -> SocialAccount:
    one = SocialAccount.objects.select_related("user").filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


@require_http_methods(READ_AND_WRITE)
@requires(people.TIE_IDENTITY, of=identity_affair)
def untie_identity(request: HttpRequest, *, identity: int) -> HttpResponse:
    """Takes it back; also where the provider is no longer configured."""
    one = _identity(identity)
    form = ReasonForm(sent(request))
    effect = f"标识 {one.uid} 不再能进入此账号，已经登录的会退出。登录名和口令照旧。"
    return _carry_out(
        request,
        one.user,
        form,
        _screen(one.user, "解除统一身份关联", effect, final=True),
        lambda: services.unlink_identity(
            one, by=acting(request), at=now(), reason=form.cleaned_data["reason"]
        ),
    )


@require_http_methods(READ_AND_WRITE)
@requires(people.APPOINT, of=affair)
def appoint(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Makes a person one of the three administrators."""
    user = found(pk)
    form = AppointForm(sent(request))
    effect = "三员不得互相兼任，也不得在机关担任角色。"
    return _carry_out(
        request,
        user,
        form,
        _screen(user, "任命安装管理员", effect),
        lambda: services.appoint_administrator(
            user,
            by=acting(request),
            at=now(),
            role=AdministratorRole(form.cleaned_data["role"]),
        ),
    )


def appointment_affair(request: HttpRequest, *, appointment: int) -> Affair:
    """An appointment as what the policies judge: its person."""
    return affair(request, pk=_appointment(appointment).user_id)


def _appointment(pk: int) -> AdministratorGrant:
    one = AdministratorGrant.objects.select_related("user").filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


@require_http_methods(READ_AND_WRITE)
@requires(people.APPOINT, of=appointment_affair)
def dismiss(request: HttpRequest, *, appointment: int) -> HttpResponse:
    """Ends an appointment."""
    one = _appointment(appointment)
    form = NothingForm(sent(request))
    screen = _screen(one.user, "免去任命", f"不再是{one.get_role_display()}。", final=True)
    return _carry_out(
        request,
        one.user,
        form,
        screen,
        lambda: services.dismiss_administrator(one, by=acting(request), at=now()),
    )
