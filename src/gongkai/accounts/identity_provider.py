"""Sign-in through one OpenID Connect provider: allauth's flow with nothing taken on trust.

Imported only where a provider is configured. allauth itself does not check the signature of a
token that it fetched, sends no nonce, and lets the address of the sign-in add scopes; here the
token is checked whole (identity_tokens) and only the subject identifier is kept of it. Whom an
identity opens an account for is not decided here: that is adapters.IdentityAdapter's.
"""

from __future__ import annotations

import logging
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.adapters import not_signed_in
from gongkai.accounts.configuration import WELL_KNOWN
from gongkai.accounts.identity_tokens import (
    IdentityRefusedError,
    fit_description,
    subject_of_token,
)

if TYPE_CHECKING:

    class OAuth2Client:
        """allauth is published without types; what is built upon of it is written here."""

        state: str | None

        def get_redirect_url(
            self, authorization_url: str, scope: list[str], extra_params: dict[str, str]
        ) -> str:
            """The provider's sign-in address with everything it must know."""

    class OpenIDConnectProvider:
        """Likewise."""

    class OpenIDConnectOAuth2Adapter:
        """Likewise."""

        def __init__(self, request: HttpRequest, provider_id: str) -> None: ...

        def get_provider(self) -> Any:
            """The configured provider."""

        def parse_token(self, data: dict[str, Any]) -> Any:
            """What the provider's token endpoint answered."""

    class OAuth2LoginView:
        """Likewise."""

        @classmethod
        def adapter_view(cls, adapter: object) -> Any:
            """The view as a function."""

    class OAuth2CallbackView(OAuth2LoginView):
        """Likewise."""
else:
    from allauth.socialaccount.providers.oauth2.client import OAuth2Client
    from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
    from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
    from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

_LOG = logging.getLogger(__name__)


def nonce_of(state: str) -> str:
    """The nonce of an attempt: bound to its state, which is in the browser's session alone."""
    return salted_hmac("gongkai.accounts.nonce", state, algorithm="sha256").hexdigest()


class NonceClient(OAuth2Client):
    """Asks the provider to put the attempt's nonce into the token."""

    def get_redirect_url(
        self, authorization_url: str, scope: list[str], extra_params: dict[str, str]
    ) -> str:
        """The provider's sign-in address."""
        more = {**extra_params, "nonce": nonce_of(self.state or "")}
        return super().get_redirect_url(authorization_url, scope, more)


class StaffProviderAdapter(OpenIDConnectOAuth2Adapter):
    """Fetches what the provider says, and believes what passes the checks."""

    client_class = NonceClient

    def __init__(self, request: HttpRequest, provider_id: str) -> None:
        super().__init__(request, provider_id)
        self.staff_request = request

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description of itself."""
        server_url: str = self.get_provider().app.settings["server_url"]
        return fit_description(_fetched(server_url + WELL_KNOWN), server_url=server_url)

    def parse_token(self, data: dict[str, Any]) -> Any:
        """The access token; it is not used and not kept, nor is how long it holds."""
        return super().parse_token({"access_token": data["access_token"]})

    def complete_login(
        self, request: HttpRequest, app: Any, _token: object, *, response: dict[str, Any]
    ) -> Any:
        """The identity that the token names. No other claim is read, and none is stored."""
        subject = subject_of_token(
            response.get("id_token"),
            _fetched(self.openid_config["jwks_uri"]),
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
            nonce=nonce_of(self.staff_request.GET.get("state", "")),
        )
        return self.get_provider().sociallogin_from_response(request, {"sub": subject})


class StaffProvider(OpenIDConnectProvider):
    """The configured provider; asks for nothing but who it is, whatever the address adds."""

    oauth2_adapter_class = StaffProviderAdapter

    def get_scope_from_request(self, _request: HttpRequest) -> list[str]:
        """No profile, no mail address."""
        return ["openid"]

    def get_auth_params_from_request(
        self, _request: HttpRequest, _action: object
    ) -> dict[str, str]:
        """None."""
        return {}


@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the browser on to the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Takes the browser back from the provider."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: type[OAuth2LoginView], request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        adapter = StaffProviderAdapter(request, provider_id)
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as absent:
        raise Http404 from absent
    except IdentityRefusedError as fault:
        _LOG.warning("统一身份认证：%s", fault)
        return not_signed_in(request)
    except requests.RequestException as fault:
        _LOG.warning("统一身份认证连不上：%s", type(fault).__name__)
        return not_signed_in(request, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return answer


def _fetched(address: str) -> object:
    """What stands at an address of the provider; elsewhere is not followed."""
    with get_adapter().get_requests_session() as session:
        response = session.get(address, allow_redirects=False)
        if response.status_code != HTTPStatus.OK:
            raise IdentityRefusedError(f"提供方答复 {response.status_code}")
        found: object = response.json()
        return found
