"""What the sender writes down about one delivery: begun, failed for now, ended.

An attempt is written as begun and committed before anything is handed over. So a process that is
killed between handing over and writing leaves a mark: the delivery is handed over once more under
the same id, and not a third time.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from gongkai.notifications.models import Delivery, State

MOST_ATTEMPTS = 6
MOST_WITHOUT_END = 2
UNKNOWN = "两次交出以后都没有记下结果，可能已经收到，不再重发"


@transaction.atomic
def begin(delivery_id: uuid.UUID, *, at: datetime) -> Delivery | None:
    """The delivery with an attempt begun; None where there is nothing to do any more."""
    found = _locked(delivery_id)
    if found is None or found.state != State.WAITING:
        return None
    if found.begun >= MOST_WITHOUT_END:
        _end(found, State.STOPPED, UNKNOWN, at=at)
        return None
    found.begun += 1
    found.save(update_fields=["begun"])
    return found


@transaction.atomic
def failed_for_now(delivery_id: uuid.UUID, reason: str, *, at: datetime) -> bool:
    """An attempt that may be made again: whether it will be; after the last one it has stopped."""
    found = _locked(delivery_id)
    if found is None or found.state != State.WAITING:
        return False
    found.attempts, found.begun, found.reason = found.attempts + 1, 0, reason
    found.save(update_fields=["attempts", "begun", "reason"])
    if found.attempts < MOST_ATTEMPTS:
        return True
    _end(found, State.STOPPED, f"试了 {found.attempts} 次：{reason}", at=at)
    return False


@transaction.atomic
def end(delivery_id: uuid.UUID, state: State, reason: str, *, at: datetime) -> None:
    """Sent, not needed any more, or given up; the first word stands."""
    found = _locked(delivery_id)
    if found is not None and found.state == State.WAITING:
        _end(found, state, reason, at=at)


def _end(found: Delivery, state: State, reason: str, *, at: datetime) -> None:
    found.state, found.reason, found.ended_at = state, reason, at
    found.save(update_fields=["state", "reason", "ended_at"])


def _locked(delivery_id: uuid.UUID) -> Delivery | None:
    return Delivery.objects.select_for_update().filter(pk=delivery_id).first()
