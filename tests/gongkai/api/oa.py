"""An OA system as the API meets it: a token, a client that speaks JSON, a draft to send."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from gongkai.api.models import Token
from gongkai.api.secret import Secret
from gongkai.api.services.tokens import issue
from gongkai.trail.actors import SYSTEM
from statute.check_digits import resident_check_digit
from tests.gongkai.disclosure.chain import Chain

RECORDS = "/api/v1/records"
DRAFT: dict[str, Any] = {
    "kind": "document",
    "title": "云溪县农村供水工程管护办法",
    "summary": "管护经费由受益户、村集体和财政分担。",
    "body": "<p>第一条　为了管好农村供水工程，制定本办法。</p>",
    "formed_on": "2026-03-05",
}
# Of nobody: the last digit is put together here, so that no whole number stands in the tree.
_FIRST = "51349919800101001"
ID = _FIRST + resident_check_digit(_FIRST)
_keys = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(slots=True)
class Oa:
    """A system that sends for a body; every request bears its token unless told otherwise."""

    token: Token
    secret: Secret
    client: Client = field(default_factory=Client)

    def ask(
        self, method: str, address: str, said: object = None, *, raw: bytes | str | None = None,
        kind: str = "application/json", **headers: str,
    ) -> Reply:  # fmt: skip
        """One request; `headers` as If_Match="3"."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Authorization", f"Bearer {self.secret.shown}")
        data = raw if raw is not None else json.dumps(said) if said is not None else ""
        got = self.client.generic(method, address, data, content_type=kind, headers=named)
        return Reply(got.status_code, json.loads(got.content or b"null"), got.headers)

    def post(self, address: str, said: object = None, **more: Any) -> Reply:
        """A POST with a key of its own unless one is given."""
        more.setdefault("Idempotency_Key", f"key-{next(_keys):08d}")
        return self.ask("POST", address, said, **more)

    def get(self, address: str, **more: Any) -> Reply:
        """A GET."""
        return self.ask("GET", address, **more)

    def draft(self, **changes: Any) -> str:
        """The address of a new draft."""
        reply = self.post(RECORDS, DRAFT | changes)
        assert reply.status == 201, reply.body
        return f"{RECORDS}/{reply.body['id']}"


def connected(chain: Chain, *, label: str = "云溪县协同办公系统", days: int = 365) -> Oa:
    """A system of the chain's body, in the drafter's name."""
    at = timezone.now() - timedelta(minutes=1)
    token, secret = issue(chain.agency, chain.drafter, label=label, days=days, by=SYSTEM, at=at)
    return Oa(token, secret)
