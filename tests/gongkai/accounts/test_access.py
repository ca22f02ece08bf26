"""The guard of a view: hidden is 404, forbidden is 403, unknown people go to sign in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.accounts.access import declaration_of, may, open_to_all, requires, standing
from gongkai.accounts.models import User
from gongkai.accounts.policies import Policy, administers_agency, serves_agency
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.accounts.people import clerk

POLICY = Policy("test.keep", administers_agency, serves_agency)


def agency_of(_request: HttpRequest, *, code: str) -> int:
    return Agency.objects.get(code=code).pk


@requires(POLICY, of=agency_of)
def keep(request: HttpRequest, *, code: str) -> HttpResponse:
    """A view about an agency."""
    return HttpResponse(code)


@open_to_all("说明")
def read(request: HttpRequest) -> HttpResponse:
    """A view for everybody."""
    return HttpResponse("read")


def asked(user: User | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/office/x/?y=1")
    request.user = user
    return request


def test_the_guard_hides_forbids_and_lets_through(places: Places) -> None:
    user = clerk("keeper", places.farming, Role.AGENCY_ADMINISTRATOR)
    drafter = clerk("drafter", places.farming, Role.DRAFTER)
    assert keep(asked(user), code="nongye").status_code == 200
    with pytest.raises(PermissionDenied):
        keep(asked(drafter), code="nongye")
    for stranger in (user, drafter):
        with pytest.raises(Http404):
            keep(asked(stranger), code="zhujian")


def test_who_has_not_signed_in_is_sent_there_and_back(db: None) -> None:
    answer = keep(asked(AnonymousUser()), code="nongye")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/office/x/%3Fy%3D1"


def test_declarations_are_kept_through_other_decorators() -> None:
    declared, opened = declaration_of(keep), declaration_of(read)
    assert declared is not None
    assert declared.policy is POLICY
    assert opened is not None
    assert (opened.policy, opened.reason) == (None, "说明")
    assert declaration_of(agency_of) is None
    assert read(asked(AnonymousUser())).status_code == 200


def test_rights_cost_two_queries_a_request_and_are_read_anew_for_the_next(
    places: Places, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = clerk("keeper", places.farming, *[role for role in Role if role is not Role.AUDITOR])
    for _ in range(2):
        request = asked(user)
        with django_assert_num_queries(2):
            assert may(POLICY, standing(request), places.farming.pk)
            assert not may(POLICY, standing(request), places.housing.pk)


def test_a_stranger_holds_nothing(db: None) -> None:
    who = standing(asked(AnonymousUser()))
    assert (who.user_id, who.held, who.administrator, who.supervising) == (None, (), None, False)
    assert who.at <= timezone.now()
