"""Records for tests of the registers: through the verbs, in the county of the chain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.services import change_password
from gongkai.disclosure.models import Record
from gongkai.trail.actors import SYSTEM
from tests.gongkai.disclosure.chain import Chain, drafted, passed, public, submitted
from tests.gongkai.office.staff import SIGN_IN_WITH, signed_in

WITHHELD: dict[str, Any] = {
    "attribute": "withheld",
    "attribute_reason": "工作秘密",
    "grounds": ["regulations#16"],
}


def day_ago(days: int) -> date:
    """So many days before today."""
    return timezone.localdate() - timedelta(days=days)


def mixed(chain: Chain) -> dict[str, Record]:
    """One record in each of the states in which an act on many may find it."""
    return {
        "draft": drafted(chain, title="一份草稿", formed_on=day_ago(1)).record,
        "review": submitted(chain, title="在审的一份", formed_on=day_ago(1)).record,
        "cleared": passed(chain, submitted(chain, title="已通过的一份")).record,
        "withheld": passed(chain, submitted(chain, title="不公开的一份", **WITHHELD)).record,
        "public": public(chain, title="公开的一份"),
    }


def entered(user: User) -> Client:
    """A browser of a person who has chosen a password, as everybody must at first."""
    if user.must_change_password:
        change_password(user, SIGN_IN_WITH, by=SYSTEM, at=timezone.now())
    return signed_in(User.objects.get(pk=user.pk))


def of(chain: Chain, name: str) -> Client:
    """A browser of one person of the chain."""
    user: User = getattr(chain, name)
    return entered(User.objects.get(pk=user.pk))


def titles(client: Client, query: str = "?all=1") -> list[str]:
    """The titles on the first page of a list."""
    answer = client.get(reverse("office:records") + query)
    assert answer.status_code == 200, answer.status_code
    return [row.title for row in answer.context["lines"]]
