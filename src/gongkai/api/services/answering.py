"""The same request twice does its work once: the answer is kept in the transaction of the work.

So that after a power cut there is either both or nothing, and of two at the same moment one waits
for the other at the unique key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.api.errors import ApiError
from gongkai.api.models import Answer, Token

Act = Callable[[], tuple[int, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may come again: whose, under which key, and the digest of what it says."""

    token: Token
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Told:
    """Status and body of an answer; `again` where it was given before."""

    status: int
    body: dict[str, Any]
    again: bool


@transaction.atomic
def once(asked: Asked, act: Act, *, at: datetime) -> Told:
    """Does the work and keeps its answer, or gives the answer that is kept.

    What the work raises undoes all of it, the key included. ApiError where the key was used for
    another request.
    """
    kept = told_before(asked)
    if kept is not None:
        return kept
    answer = Answer(token=asked.token, key=asked.key, asked=asked.digest, at=at)
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        # Another request with this key was first, and has ended by now.
        kept = told_before(asked)
        if kept is None:
            raise
        return kept
    answer.status, answer.body = act()
    answer.save(update_fields=["status", "body"])
    return Told(answer.status, answer.body, again=False)


def told_before(asked: Asked) -> Told | None:
    """The answer kept for a key, None where there is none yet."""
    kept = Answer.objects.filter(token=asked.token, key=asked.key).first()
    if kept is None:
        return None
    if kept.asked != asked.digest:
        raise ApiError(
            409,
            "key_used",
            "这个键已经用于另一个内容不同的请求，请换一个新的键",
            field="Idempotency-Key",
            where="header",
        )
    return Told(kept.status, kept.body, again=True)


def forget(*, before: datetime) -> int:
    """Clears answers given before a moment; how many."""
    return Answer.objects.filter(at__lt=before).delete()[0]
