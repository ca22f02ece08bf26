"""Recording: the only way a row or a head comes into being. Whoever acts decides what to record.

`record` belongs into the transaction of the act: where the row cannot be written, neither is the
act. The chain's row is locked until that transaction ends, so an agency's chain has no gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.trail import events, verifier
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.models import Chain, DailyHead, Row, encoded
from statute.identity import Certainty, Kind, find


class NotInTransactionError(Exception):
    """A row must share the fate of the act; outside a transaction it cannot."""


class UnfitFactError(ValueError):
    """A fact that is no string, is missing in the sentence's blanks, or that cannot be stored."""


class PersonalFactError(UnfitFactError):
    """A fact that holds an identity number; `names` are the facts concerned.

    The message is for whoever typed it: the trail is kept for good and cannot forget.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("文字里有身份证号码。留痕不能删除，请改写，不写身份证号码。")
        self.names = names


def record(
    event: str,
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    agency_code: str = "",
    facts: Mapping[str, str] | None = None,
    sealed: Mapping[str, bytes] | None = None,
) -> Row:
    """Appends one row to the chain of `agency_code` ("" = the installation).

    `facts` are plain strings without personal data; `sealed` is ciphertext made by the vault.
    UnregisteredEventError, UnfitFactError (PersonalFactError), NotInTransactionError.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError("留痕须与行为在同一事务中")
    plain, secret = dict(facts or {}), dict(sealed or {})
    _check(events.find(event), plain, secret, at)
    chain = _locked(agency_code)
    row = Row(
        agency_code=agency_code,
        sequence=chain.length + 1,
        at=at,
        event=event,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        actor_agency_code=by.agency_code,
        actor_agency_name=by.agency_name,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label,
        facts=plain,
        sealed={name: encoded(value) for name, value in secret.items()},
        algorithm=_algorithm(),
        previous=chain.head,
    )
    row.hash = verifier.hash_of(row.content())
    row.save(force_insert=True)
    Chain.objects.filter(pk=chain.pk).update(length=row.sequence, head=row.hash)
    return row


@transaction.atomic
def take_head(*, by: Actor, at: datetime) -> DailyHead:
    """Takes the ends of all chains under one digest, to be printed and kept outside.

    The taking is itself recorded in the installation's chain, and so covered by the next head.
    """
    chains = {
        chain.agency_code: [chain.length, chain.head]
        for chain in Chain.objects.select_for_update().order_by("agency_code")
    }
    last = DailyHead.objects.order_by("-number").first()
    head = DailyHead(
        number=1 if last is None else last.number + 1,
        day=timezone.localdate(at),
        taken_at=at,
        chains=chains,
        algorithm=_algorithm(),
        previous=verifier.START if last is None else last.hash,
    )
    head.hash = verifier.hash_of(head.content())
    head.save(force_insert=True)
    record(
        "trail.head_taken",
        by=by,
        at=at,
        subject=Subject("head", str(head.number), f"第 {head.number} 号总摘要"),
        facts={"digest": head.hash, "chains": str(len(chains))},
    )
    return head


def _check(
    event: events.Event, facts: Mapping[str, object], sealed: Mapping[str, object], at: datetime
) -> None:
    missing = event.placeholders - facts.keys() - sealed.keys()
    if missing:
        raise UnfitFactError(f"{event.name} 缺少事实：{'、'.join(sorted(missing))}")
    if both := facts.keys() & sealed.keys():
        raise UnfitFactError(f"{event.name} 的事实既明文又加密：{'、'.join(sorted(both))}")
    wrong = [name for name, value in facts.items() if not _storable(value)]
    wrong += [name for name, value in sealed.items() if not isinstance(value, bytes)]
    if wrong:
        raise UnfitFactError(f"{event.name} 的事实须为文字，加密的须为字节：{'、'.join(wrong)}")
    if personal := [name for name, value in facts.items() if _personal(str(value))]:
        raise PersonalFactError(tuple(personal))
    if timezone.is_naive(at):
        raise UnfitFactError("留痕的时间须带时区")


def _storable(value: object) -> bool:
    """PostgreSQL refuses NUL in text; a lone surrogate has no UTF-8 and so no hash."""
    if not isinstance(value, str) or "\0" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _personal(value: str) -> bool:
    """A last net under "no personal data": what is certainly an identity number."""
    return any(
        found.kind is Kind.RESIDENT_ID and found.certainty is Certainty.CERTAIN
        for found in find(value)
    )


def _locked(agency_code: str) -> Chain:
    """The chain's row, locked; made where the agency has none yet."""
    chains = Chain.objects.select_for_update().filter(agency_code=agency_code)
    if (chain := chains.first()) is not None:
        return chain
    try:
        with transaction.atomic():
            Chain.objects.create(agency_code=agency_code)
    except IntegrityError:
        # Another transaction made it in the meantime; then its row is there to be locked.
        pass
    return chains.get()


def _algorithm() -> str:
    name: str = getattr(settings, "GONGKAI_TRAIL_DIGEST", "sha256")
    if name not in verifier.ALGORITHMS:
        raise ValueError(f"GONGKAI_TRAIL_DIGEST 只能是 {'、'.join(verifier.ALGORITHMS)}")
    return name
