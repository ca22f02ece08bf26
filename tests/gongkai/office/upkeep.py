"""The chain of the office with clients signed in, for tests of the upkeep screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.accounts.roles import Role
from gongkai.accounts.services import change_password
from gongkai.agencies.models import Agency
from gongkai.trail.actors import SYSTEM
from tests.gongkai.disclosure.chain import Chain, person
from tests.gongkai.disclosure.documents import LONG_AGO, office
from tests.gongkai.office.staff import SIGN_IN_WITH, signed_in

NOW = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """The chain of the county government's office, and one drafter of a bureau."""

    chain: Chain
    bureau: Agency
    stranger: User

    def client(self, name: str) -> Client:
        """Signed in as one of the chain."""
        user: User = getattr(self.chain, name)
        return signed_in(user)

    def page(self, who: str, name: str, *args: object, query: str = "") -> str:
        """A screen as one of the chain sees it; it must answer 200."""
        answer = self.client(who).get(reverse(f"office:{name}", args=args) + query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def post(self, who: str, name: str, /, *args: object, **said: object) -> int:
        """The status of an act: 302 when done, 422 when its form has faults."""
        return self.client(who).post(reverse(f"office:{name}", args=args), said).status_code


def staffed_desk() -> Desk:
    """The office long in its duties; the bureau's drafter sees nothing of the office's drafts."""
    chain = office()
    for name in ("drafter", "section", "secrecy", "officer", "final", "legal", "signer"):
        _settled(getattr(chain, name))
    bureau = Agency.objects.exclude(pk=chain.agency.pk).filter(kind="department").order_by("pk")[0]
    stranger = person("stranger", "外单位", Role.DRAFTER, bureau, LONG_AGO)
    return Desk(chain, bureau, _settled(stranger))


def _settled(user: User) -> User:
    """With a password of his own: who still has the one-time one is asked for it first."""
    return change_password(user, SIGN_IN_WITH, by=SYSTEM, at=NOW)
