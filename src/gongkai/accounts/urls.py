"""The only addresses of sign-in; everything else that allauth could answer is not there (404)."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from gongkai.accounts.access import open_to_all, requires
from gongkai.accounts.configuration import OIDC_APP
from gongkai.accounts.policies import OWN_ACCOUNT

_before_sign_in = open_to_all("登录之前的页面")
_own = requires(OWN_ACCOUNT)

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", _before_sign_in(account.login), name="account_login"),
    path("logout/", _own(account.logout), name="account_logout"),
    path("reauthenticate/", _own(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", _own(account.password_change), name="account_change_password"),
    path("2fa/", _own(mfa.index), name="mfa_index"),
    # Between password and second factor nobody is signed in yet; allauth holds the stage.
    path("2fa/authenticate/", _before_sign_in(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", _own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", _own(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/codes/", _own(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/codes/generate/",
        _own(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/codes/download/",
        _own(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]

if "webauthn" in getattr(settings, "MFA_SUPPORTED_TYPES", []):
    from allauth.mfa.webauthn import views as keys

    urlpatterns += [
        path("2fa/keys/", _own(keys.list_webauthn), name="mfa_list_webauthn"),
        path("2fa/keys/add/", _own(keys.add_webauthn), name="mfa_add_webauthn"),
        path(
            "2fa/keys/reauthenticate/",
            _own(keys.reauthenticate_webauthn),
            name="mfa_reauthenticate_webauthn",
        ),
        path("2fa/keys/<int:pk>/remove/", _own(keys.remove_webauthn), name="mfa_remove_webauthn"),
        path("2fa/keys/<int:pk>/edit/", _own(keys.edit_webauthn), name="mfa_edit_webauthn"),
    ]

if OIDC_APP in settings.INSTALLED_APPS:
    from gongkai.accounts import identity_provider as oidc

    urlpatterns += [
        path(
            "oidc/<str:provider_id>/login/",
            _before_sign_in(oidc.login),
            name="openid_connect_login",
        ),
        path(
            "oidc/<str:provider_id>/login/callback/",
            _before_sign_in(oidc.callback),
            name="openid_connect_callback",
        ),
    ]
