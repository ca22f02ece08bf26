"""Documents brought to the public on a chosen day, and bodies that make them, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from gongkai.accounts import services as accounts
from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Record, Relation, Version
from gongkai.disclosure.services import drafting, publishing, reviewing
from gongkai.disclosure.steps import Step
from gongkai.trail.actors import SYSTEM
from tests.gongkai.disclosure.chain import _ROLES, Chain, staffed

LONG_AGO = datetime(2021, 1, 4, 1, 0, tzinfo=UTC)


def office() -> Chain:
    """The chain in the county government's office, in its duties for years."""
    return staffed(LONG_AGO)


def body(chain: Chain, code: str) -> Chain:
    """The same people with the same duties in another body of the county."""
    agency = Agency.objects.get(code=code)
    for name, (_, role) in _ROLES.items():
        accounts.grant_role(getattr(chain, name), by=SYSTEM, at=LONG_AGO, agency=agency, role=role)
    return replace(chain, agency=agency)


def morning(day: date) -> datetime:
    """Nine o'clock in the county."""
    return datetime.combine(day, time(1), tzinfo=UTC)


def draft_of(chain: Chain, kind: str, on: date, **content: Any) -> Version:
    """A draft of a day; formed and in force on that day unless said otherwise."""
    words = {"title": f"{on}的{kind}", "body": "<p>正文</p>", "formed_on": on, **content}
    return drafting.draft(chain.agency, kind, words, by=chain.actor("drafter"), at=morning(on))


def signed(chain: Chain, on: date, number: int, **content: Any) -> Version:
    """A normative document with its legality opinion, signed on a day as 〔year〕number."""
    at = morning(on)
    version = draft_of(chain, "normative", on, **{"effective_on": on, **content})
    drafting.give_opinion(
        version, number=f"合审〔{on.year}〕{number}号", given_on=on, lawful=True, opinion="合法",
        by=chain.actor("legal"), at=at,
    )  # fmt: skip
    return drafting.sign(
        version, doc_no=f"云政办发〔{on.year}〕{number}号", formed_on=version.formed_on or on,
        revision=version.record.revision, by=chain.actor("signer"), at=at,
    )  # fmt: skip


def cleared(chain: Chain, version: Version, on: date) -> Version:
    """The version submitted and passed by all four on a day."""
    at, revision = morning(on), Record.objects.get(pk=version.record_id).revision
    version = drafting.submit(version, revision=revision, by=chain.actor("drafter"), at=at)
    for step in Step:
        reviewing.pass_step(
            version, step, digest=version.content_hash, by=chain.reviewers[step], at=at
        )
    return Version.objects.get(pk=version.pk)


def published(chain: Chain, version: Version, on: date) -> Record:
    """Cleared and made public on a day."""
    at = morning(on) + timedelta(hours=1)
    by = chain.actor("officer")
    return publishing.publish(cleared(chain, version, on), by=by, at=at)


def normative(chain: Chain, on: date, number: int, **content: Any) -> Record:
    """A normative document, formed, signed and public on one day."""
    return published(chain, signed(chain, on, number, **content), on)


def other(chain: Chain, kind: str, on: date, **content: Any) -> Record:
    """A record of another kind, formed and public on one day."""
    return published(chain, draft_of(chain, kind, on, **content), on)


def changes(
    chain: Chain, kind: str, on: date, number: int, earlier: Record, **content: Any
) -> Record:
    """A normative document that says in its draft what it does to an earlier one, then public."""
    version = signed(chain, on, number, **content)
    by = chain.actor("drafter")
    publishing.relate(version.record, earlier, kind, by=by, at=morning(on))
    return published(chain, version, on)


def interprets(
    chain: Chain, on: date, document: Record, *forms: str, **content: Any
) -> tuple[Record, Relation]:
    """A public interpretation of a document in these forms."""
    version = draft_of(chain, "interpretation", on, **content)
    relation = publishing.relate(
        version.record, document, "interprets", by=chain.actor("drafter"), at=morning(on),
        forms=forms or ("text",),
    )  # fmt: skip
    return published(chain, version, on), relation
