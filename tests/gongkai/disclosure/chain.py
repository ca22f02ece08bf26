"""A body with one person for each step of the chain, and shortcuts through it, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gongkai.accounts import services as accounts
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.agencies.services.founding import found_county
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.services import drafting, reviewing
from gongkai.disclosure.services.publishing import publish
from gongkai.disclosure.steps import Step
from gongkai.trail.actors import SYSTEM, Actor

AT = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
CONTENT: dict[str, Any] = {
    "title": "云溪县农村供水工程管护办法",
    "summary": "管护经费由受益户、村集体和财政分担。",
    "body": "<p>第一条　为了管好农村供水工程，制定本办法。</p>",
    "formed_on": date(2026, 3, 5),
}


@dataclass(frozen=True, slots=True)
class Chain:
    """The office of the county and who does what in it."""

    agency: Agency
    drafter: User
    section: User
    secrecy: User
    officer: User
    final: User
    legal: User
    signer: User

    def actor(self, name: str) -> Actor:
        user: User = getattr(self, name)
        return actor_for(user, self.agency)

    @property
    def reviewers(self) -> dict[Step, Actor]:
        names = ("section", "secrecy", "officer", "final")
        return {step: self.actor(name) for step, name in zip(Step, names, strict=True)}


_ROLES = {
    "drafter": ("何拟", Role.DRAFTER),
    "section": ("吕初审", Role.SECTION_REVIEWER),
    "secrecy": ("施保密", Role.SECRECY_REVIEWER),
    "officer": ("张公开", Role.DISCLOSURE_OFFICER),
    "final": ("孔终审", Role.FINAL_REVIEWER),
    "legal": ("曹合法", Role.LEGAL_REVIEWER),
    "signer": ("严签发", Role.SIGNER),
}


def staffed(at: datetime = AT) -> Chain:
    """The chain in the county government's office."""
    long_ago = datetime(2020, 1, 2, tzinfo=UTC)
    county = found_county(by=SYSTEM, at=long_ago, demonstration=True)
    people = {name: person(name, *rest, county.office, at) for name, rest in _ROLES.items()}
    return Chain(agency=county.office, **people)


def person(username: str, name: str, role: Role, agency: Agency, at: datetime = AT) -> User:
    """One more person with one duty."""
    user = accounts.create_user(by=SYSTEM, at=at, username=username, display_name=name).user
    accounts.grant_role(user, by=SYSTEM, at=at, agency=agency, role=role)
    return user


def drafted(chain: Chain, kind: str = "document", **changes: Any) -> Version:
    """A draft of the drafter's."""
    by = chain.actor("drafter")
    return drafting.draft(chain.agency, kind, {**CONTENT, **changes}, by=by, at=AT)


def submitted(chain: Chain, kind: str = "document", **changes: Any) -> Version:
    """A version under review."""
    version = drafted(chain, kind, **changes)
    by, revision = chain.actor("drafter"), version.record.revision
    return drafting.submit(version, revision=revision, by=by, at=AT)


def passed(chain: Chain, version: Version, *steps: Step) -> Version:
    """The version with passes at these steps (all four where none is named)."""
    for step in steps or tuple(Step):
        by = chain.reviewers[step]
        reviewing.pass_step(version, step, digest=version.content_hash, by=by, at=AT)
    return Version.objects.get(pk=version.pk)


def public(chain: Chain, **changes: Any) -> Record:
    """A record that everybody may read."""
    version = passed(chain, submitted(chain, **changes))
    return publish(version, by=chain.actor("officer"), at=LATER)
