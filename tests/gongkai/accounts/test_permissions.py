"""Every route × role × relation against the table written by hand; a control for each predicate."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve, reverse
from pytest_django import Settings
from rules.predicates import Predicate

from gongkai.accounts import policies as accounts
from gongkai.accounts.access import declaration_of, judge
from gongkai.accounts.policies import Affair, Policy
from gongkai.accounts.queries import nobody, standing_of
from gongkai.accounts.standing import Standing
from gongkai.calendars import policies as calendars
from gongkai.disclosure import policies as disclosure
from gongkai.office import policies as office
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import signed_in
from tests.gongkai.accounts.permission_table import RELATIONS, Person, lines
from tests.gongkai.accounts.permission_world import World, address_of, affair, agency_of, world

MODULES: tuple[ModuleType, ...] = (accounts, office, calendars, disclosure)
# Nobody of the table wrote in the record that it is about; self-review is tried in
# disclosure/test_from_draft_to_public.py and office/test_review_desk.py.
ELSEWHERE = {"disclosure.did_not_write_it"}
# Policies with what they are asked about.
Judged = tuple[tuple[Policy, object], ...]


def also(route: str, county: World, variant: str, person: Person) -> Judged:
    """What a view judges by itself, after the policy that it declares."""
    if route == "office:duty_grant":
        return ((accounts.OFFER_GRANT, None),)
    if route == "office:cover_set" and variant != "self":
        return ((accounts.SET_COVER, affair(county, variant, person)),)
    if route == "office:cover_set" and person.relation in RELATIONS:
        agency = agency_of(county.places, person.relation)
        own = Affair(agency_id=agency.pk, person_id=county.people[person].pk)
        return ((accounts.SET_COVER, own),)
    return ((NOWHERE, None),) if route == "office:cover_set" else ()


# Who serves nowhere has nobody to stand in for him.
NOWHERE = Policy("serves nowhere", Predicate(lambda: False), Predicate(lambda: True))


@dataclass(frozen=True, slots=True)
class Cell:
    """One question with its expected answer: may this person call this?"""

    line: str
    person: Person
    expected: str
    address: str
    policies: Judged


@pytest.fixture
def county(places: Places, settings: Settings) -> World:
    # Without a provider nobody has a screen for tying identities.
    settings.GONGKAI_OIDC_NAME = "统一身份认证"
    return world(places)


def cells(county: World) -> Iterator[Cell]:
    """The table spelled out against the things of the county."""
    for line in lines():
        name = line.route if not line.variant else f"{line.route} @{line.variant}"
        for person, expected in line.verdicts.items():
            if line.route.startswith("policy:"):
                subject = affair(county, line.variant, person)
                yield Cell(name, person, expected, "", ((policy_named(line.route), subject),))
                continue
            values = address_of(county, line.route, line.variant, person)
            if values is None:
                continue
            address = reverse(line.route, kwargs=values)
            more = also(line.route, county, line.variant, person)
            judged = (*declared(address), *more)
            yield Cell(name, person, expected, address, judged)


def policy_named(route: str) -> Policy:
    name = route.removeprefix("policy:")
    found = [one for one in vars(accounts).values() if isinstance(one, Policy) and one.name == name]
    return found[0]


def declared(address: str) -> Judged:
    """The policy that a view declares, with its subject."""
    match = resolve(address)
    declaration = declaration_of(match.func)
    assert declaration is not None
    assert declaration.policy is not None
    request = RequestFactory().get(address)
    subject = declaration.of(request, **match.kwargs) if declaration.of else None
    return ((declaration.policy, subject),)


def verdict(who: Standing, policies: Judged) -> str:
    try:
        for policy, subject in policies:
            judge(policy, who, subject)
    except Http404:
        return "404"
    except PermissionDenied:
        return "403"
    return "allowed"


def answer(browser: Client, address: str) -> str:
    """What the running office says, whatever the page does; nothing that it does is kept."""
    with transaction.atomic():
        code = browser.get(address).status_code
        if code == 405:
            code = browser.post(address, {}).status_code
        transaction.set_rollback(True)
    if code in {403, 404}:
        return str(code)
    # 422: he may, and the empty form that was sent has faults. 409: without a revision it is stale.
    return "allowed" if code < 400 or code in {409, 422} else f"unexpected {code}"


def standings(county: World) -> dict[Person, Standing]:
    return {person: standing_of(user, county.at) for person, user in county.people.items()}


def test_every_route_of_the_office_is_in_the_table_and_none_besides() -> None:
    namespace = get_resolver().namespace_dict["office"][1]
    routes = {f"office:{name}" for name in namespace.reverse_dict if isinstance(name, str)}
    told = {line.route for line in lines() if line.route.startswith("office:")}
    assert routes - told == set(), "routes missing in permissions/"
    assert told - routes == set(), "lines about routes that are not there"
    # Control: a route that nobody entered would be found.
    assert (routes | {"office:forgotten"}) - told == {"office:forgotten"}


def test_most_of_the_table_are_refusals() -> None:
    told = [
        v for line in lines() if line.route.startswith("office:") for v in line.verdicts.values()
    ]
    refused = sum(one != "allowed" for one in told)
    print(f"table: {len(told)} cells, {refused} refusals ({refused / len(told):.0%})")
    assert refused >= 0.6 * len(told)


@pytest.mark.once
@pytest.mark.heavy
@pytest.mark.parametrize("part", range(3), ids=["first third", "second third", "last third"])
def test_the_running_office_answers_as_the_table_says(
    county: World, part: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")  # a traceback for each refusal is slow
    browsers = {person: signed_in(user) for person, user in county.people.items()}
    asked = [cell for cell in cells(county) if cell.address][part::3]
    wrong = [
        f"{cell.line} · {cell.person.relation} {cell.person.role}: {got}, table {cell.expected}"
        for cell in asked
        if (got := answer(browsers[cell.person], cell.address)) != cell.expected
    ]
    print(f"asked over HTTP: {len(asked)} cells, {len(wrong)} wrong")
    assert wrong == []


def test_nobody_signed_in_is_sent_to_sign_in_everywhere(county: World) -> None:
    addresses = {cell.address for cell in cells(county) if cell.address}
    client = Client()
    for address in sorted(addresses):
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address, {})
        assert response.status_code == 302, address
        assert response["Location"].startswith("/accounts/login/"), address


def leaves() -> list[tuple[str, Predicate]]:
    """The predicates written out in a policies.py, as against those composed of them."""
    return [
        (f"{module.__name__.split('.')[1]}.{name}", value)
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, Predicate) and value.fn.__module__ == module.__name__
    ]


def test_removing_any_one_predicate_turns_a_cell_red(
    county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = standings(county)
    every = list(cells(county))

    stranger = nobody(county.at)

    def wrong() -> int:
        """Cells that differ from the table, and those that would let in who has not signed in."""
        red = sum(verdict(who[cell.person], cell.policies) != cell.expected for cell in every)
        return red + sum(verdict(stranger, cell.policies) == "allowed" for cell in every)

    assert wrong() == 0
    counts: dict[str, int] = {}
    for name, predicate in leaves():
        with monkeypatch.context() as patch:
            patch.setattr(predicate, "fn", lambda _who, _subject: True)
            counts[name] = wrong()
    print(f"{len(every)} cells, 0 red; with one predicate always true:")
    print("\n".join(f"  {count:5} red  {name}" for name, count in sorted(counts.items())))
    untested = [name for name, count in counts.items() if count == 0 and name not in ELSEWHERE]
    assert untested == []
    assert len(counts) >= 15
