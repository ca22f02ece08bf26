"""Forms of sign-in that must do more than allauth's: heed the lock, count a code once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from django import forms
from django.utils import timezone

from gongkai.accounts import services
from gongkai.accounts.models import User
from gongkai.accounts.sign_in import is_locked

if TYPE_CHECKING:

    class BaseAuthenticateForm(forms.Form):
        """allauth is published without types; what is built upon of it is written here."""

        user: User
        authenticator: Any

        def clean_code(self) -> str:
            """The code, where it is right."""

    class AuthenticateForm(BaseAuthenticateForm):
        """Likewise."""

    class ReauthenticateForm(BaseAuthenticateForm):
        """Likewise."""
else:
    from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm

_LOCKED = "登录失败次数过多，该账户已暂时锁定。"
_USED = "该动态口令已经用过，请等待下一个。"


class _OnceOnly(BaseAuthenticateForm):
    """Refuses a right code while the name is locked, and a right code for the second time."""

    def clean_code(self) -> str:
        user = self.user
        if is_locked(context.request, user):
            raise forms.ValidationError(_LOCKED, code="locked")
        code = super().clean_code()
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not services.spend_code(user, code, at=timezone.now()):
            raise forms.ValidationError(_USED, code="used")
        return code


class CodeForm(_OnceOnly, AuthenticateForm):
    """The second factor while signing in."""


class CodeAgainForm(_OnceOnly, ReauthenticateForm):
    """The second factor once more, before something that matters."""
