"""The office with its guards against a lying provider taken out: `python -m … PORT`.

For controls alone: what the office refuses must get in here, or the attack was none.
"""

from __future__ import annotations

import os
import sys
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


class _Server(ThreadingMixIn, WSGIServer):
    """Answers one request beside the other."""

    daemon_threads = True


class _Silent(WSGIRequestHandler):
    """Nothing on the terminal."""

    def log_message(self, *_args: Any, **_words: Any) -> None:
        """Nothing."""


def _without_guards() -> None:
    import jwt
    from allauth.socialaccount.internal import statekit
    from allauth.socialaccount.providers.oauth2 import views
    from django.conf import settings
    from django.utils import timezone

    from gongkai.accounts import identity_provider
    from gongkai.accounts.adapters import IdentityAdapter
    from gongkai.accounts.models import User

    def believed(token: str, *_keys: object, **_wanted: object) -> str:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        return str(claims["sub"])

    def any_state(request: Any, *, provider_id: str, state_id: str) -> Any:
        found = statekit.unstash_state(request, provider_id=provider_id, state_id=state_id)
        if found is not None:
            request.session["last_state"] = found
        return found or request.session.get("last_state") or {"process": "login"}

    replaced: tuple[tuple[object, str, object], ...] = (
        (identity_provider, "subject_of_token", believed),
        (identity_provider, "fit_description", lambda said, server_url: said),
        (IdentityAdapter, "pre_social_login", lambda *_: None),
        (IdentityAdapter, "is_open_for_signup", lambda *_: True),
        (IdentityAdapter, "new_user", lambda *_: User(created_at=timezone.now())),
        (settings, "SOCIALACCOUNT_AUTO_SIGNUP", True),
        # Of the module that asks, so that the guard itself stays whole.
        (views, "statekit", type("Statekit", (), {"unstash_state": staticmethod(any_state)})),
        (settings, "WEB_FORM_TARGETS", ()),
    )
    for owner, name, instead in replaced:
        setattr(owner, name, instead)


def main(port: int) -> None:
    """Serves until it is killed."""
    import django

    django.setup()
    _without_guards()
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", port, get_wsgi_application(), _Server, _Silent) as server:
        server.serve_forever()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.testing")
    main(int(sys.argv[1]))
