"""The step between first and second factor, where the identity provider may have asked for both.

Whether it has is the installation's word (GONGKAI_OIDC_SECOND_FACTOR), not read from the token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.accounts.sign_in import came_by_provider, provider_asks_for_both

if TYPE_CHECKING:
    from django.http import HttpRequest

    class AuthenticateStage:
        """allauth is published without types; what is built upon of it is written here."""

        request: HttpRequest
        login: Any

        def handle(self) -> tuple[Any, bool]:
            """An answer instead of going on, and whether the sign-in is kept for later."""
else:
    from allauth.mfa.stages import AuthenticateStage


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the provider that vouches for the person has done so."""

    def handle(self) -> tuple[Any, bool]:
        """Goes on where both factors are given; otherwise allauth's own step."""
        if provider_asks_for_both() and came_by_provider(self.request, self.login.user):
            return None, True
        return super().handle()
