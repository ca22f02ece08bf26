"""Tokens are issued to a system in a drafter's name, used, and revoked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.policies import Affair
from gongkai.accounts.queries import standing_of
from gongkai.accounts.services.entitlement import authorise
from gongkai.agencies.models import Agency
from gongkai.api import policies
from gongkai.api.errors import TokenRefusedError
from gongkai.api.models import Token
from gongkai.api.secret import Secret, new_secret
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record as leave_trace

LONGEST_DAYS = 400
_LONGEST_LABEL = 60
# The last use is written this often at most: a write per request would be a lock per request.
_NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def issue(
    agency: Agency, user: User, *, label: str, days: int, by: Actor, at: datetime
) -> tuple[Token, Secret]:
    """A new token of a body for a system called `label`, in the name of one of its drafters.

    The secret is returned and never to be had again. TokenRefusedError; NotEntitledError.
    """
    authorise(by, policies.KEEP_TOKENS, Affair(agency_id=agency.pk), at=at)
    name = " ".join(label.split())
    if not name or len(name) > _LONGEST_LABEL:
        raise TokenRefusedError(f"请写明系统名称，不超过{_LONGEST_LABEL}字")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenRefusedError(f"有效期为1至{LONGEST_DAYS}天")
    if not policies.SEND.allowed.test(standing_of(user, at), agency.pk):
        raise TokenRefusedError(f"{user.display_name}不是{agency.name}的拟稿人，不能替系统负责")
    secret = new_secret()
    token = Token(
        agency=agency,
        user=user,
        label=name,
        prefix=secret.prefix,
        digest=secret.digest,
        created_at=at,
        created_by=by.id,
        created_by_name=by.name,
        expires_at=at + timedelta(days=days),
    )
    token.save(force_insert=True)
    facts = {"person": user.display_name, "expires": f"{timezone.localdate(token.expires_at)}"}
    _trace("api.token_issued", token, facts, by=by, at=at)
    return token, secret


@transaction.atomic
def revoke(token: Token, *, reason: str, by: Actor, at: datetime) -> Token:
    """Takes a token back for good. TokenRefusedError where it is taken back already."""
    token = Token.objects.select_for_update().select_related("agency", "user").get(pk=token.pk)
    authorise(by, policies.KEEP_TOKENS, Affair(agency_id=token.agency_id), at=at)
    why = " ".join(reason.split())
    if not why:
        raise TokenRefusedError("请写明收回的理由")
    if token.revoked_at is not None:
        raise TokenRefusedError("这个令牌已经收回")
    token.revoked_at, token.revoked_by_name = at, by.name
    token.save(update_fields=["revoked_at", "revoked_by_name"])
    _trace("api.token_revoked", token, {"reason": why}, by=by, at=at)
    return token


def note_use(token: Token, *, at: datetime) -> None:
    """Remembers that the token was used, so that an idle one can be found and taken back."""
    if token.last_used_at is None or at - token.last_used_at >= _NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=at)


def _trace(event: str, token: Token, facts: dict[str, str], *, by: Actor, at: datetime) -> None:
    leave_trace(
        event,
        by=by,
        at=at,
        subject=Subject("api_token", token.prefix, token.label),
        agency_code=token.agency.code,
        facts={"prefix": token.prefix, **facts},
    )
