"""Two channels by law, the others only while the public guide names them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gongkai.disclosure.channels import ALWAYS, channels_of, openings_of
from gongkai.disclosure.models import Record
from gongkai.disclosure.services import drafting
from gongkai.disclosure.services.drafting import draft_again
from gongkai.disclosure.services.publishing import publish, withdraw
from statute.docket import Channel, WebConfirmation
from tests.gongkai.disclosure.chain import Chain
from tests.gongkai.disclosure.documents import body, cleared, morning, office
from tests.gongkai.disclosure.structured import (
    EMAIL,
    FAX,
    IN_PERSON,
    POST,
    WEB,
    page,
    public_page,
)

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2026, 3, 12), date(2026, 4, 10), date(2026, 5, 12)
BASIC = (Channel.IN_PERSON, Channel.POST_SIGNED, Channel.POST_PLAIN, Channel.ORAL)
NEXT = timedelta(days=1)


@pytest.fixture
def chain() -> Chain:
    return office()


def evening(day: date) -> datetime:
    return morning(day) + timedelta(hours=9)


def test_without_a_guide_one_applies_in_person_by_post_and_orally(chain: Chain) -> None:
    assert BASIC == ALWAYS
    assert channels_of(chain.agency, MARCH) == BASIC
    openings = openings_of(chain.agency, MARCH)
    assert (openings.confirmation, openings.confirmation_stated) == (WebConfirmation.SYSTEM, False)
    assert dict(openings.texts) == {}


def test_other_channels_exist_from_the_day_a_guide_that_names_them_is_public(chain: Chain) -> None:
    rows = [IN_PERSON, POST, WEB, FAX]
    version = page(chain, "guide", MARCH, channels=rows, confirmation="officer")
    assert channels_of(chain.agency, MARCH) == BASIC
    version = cleared(chain, version, MARCH)
    assert channels_of(chain.agency, MARCH) == BASIC  # reviewed, not yet public
    publish(version, by=chain.actor("officer"), at=morning(APRIL))
    assert channels_of(chain.agency, APRIL - NEXT) == BASIC
    assert channels_of(chain.agency, APRIL) == (*BASIC, Channel.WEB, Channel.FAX)
    openings = openings_of(chain.agency, APRIL)
    assert openings.texts[Channel.FAX] == FAX["text"]
    assert openings.texts[Channel.POST_PLAIN] == POST["text"]
    assert (openings.confirmation, openings.confirmation_stated) == (WebConfirmation.OFFICER, True)


def test_a_guide_that_stays_silent_leaves_the_day_of_submission(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As one brought in from elsewhere may be: the form of this office would refuse it.
    monkeypatch.setattr(drafting, "page_faults", lambda _version: [])
    rows = [IN_PERSON, WEB, {"channel": "email", "text": " "}, {"channel": "pigeon"}, "fax", None]
    public_page(chain, "guide", MARCH, channels=rows)
    openings = openings_of(chain.agency, MARCH)
    assert openings.channels == (*BASIC, Channel.WEB)
    assert (openings.confirmation, openings.confirmation_stated) == (WebConfirmation.SYSTEM, False)
    public_page(chain, "guide", APRIL, channels="见附件")
    assert channels_of(chain.agency, APRIL + NEXT) == BASIC


def test_a_draft_of_the_guide_changes_no_channel(chain: Chain) -> None:
    record = public_page(chain, "guide", MARCH, channels=[IN_PERSON, POST, EMAIL])
    draft_again(Record.objects.get(pk=record.pk), by=chain.actor("drafter"), at=morning(APRIL))
    assert channels_of(chain.agency, APRIL) == (*BASIC, Channel.EMAIL)


def test_a_channel_ends_with_the_guide_that_names_it_and_that_day_still_counts(
    chain: Chain,
) -> None:
    public_page(chain, "guide", MARCH, channels=[IN_PERSON, POST, EMAIL])
    public_page(chain, "guide", APRIL, channels=[IN_PERSON, POST, FAX])
    assert channels_of(chain.agency, APRIL - NEXT) == (*BASIC, Channel.EMAIL)
    assert channels_of(chain.agency, APRIL) == (*BASIC, Channel.EMAIL, Channel.FAX)
    assert channels_of(chain.agency, APRIL + NEXT) == (*BASIC, Channel.FAX)


def test_where_two_guides_of_one_day_differ_the_applicant_has_the_earlier_day(
    chain: Chain,
) -> None:
    rows = [IN_PERSON, POST, WEB]
    public_page(chain, "guide", MARCH, channels=rows, confirmation="system")
    public_page(chain, "guide", APRIL, channels=rows, confirmation="officer")
    assert openings_of(chain.agency, APRIL).confirmation is WebConfirmation.SYSTEM
    assert openings_of(chain.agency, APRIL + NEXT).confirmation is WebConfirmation.OFFICER


def test_a_withdrawn_guide_leaves_the_channels_of_the_law(chain: Chain) -> None:
    record = public_page(chain, "guide", MARCH, channels=[IN_PERSON, POST, EMAIL])
    withdraw(record, reason="内容有误", by=chain.actor("final"), at=evening(MAY))
    assert channels_of(chain.agency, MAY) == (*BASIC, Channel.EMAIL)
    assert channels_of(chain.agency, MAY + NEXT) == BASIC


def test_the_guide_of_one_body_opens_nothing_for_another(chain: Chain) -> None:
    public_page(chain, "guide", MARCH, channels=[IN_PERSON, POST, EMAIL])
    assert channels_of(body(chain, "agriculture").agency, APRIL) == BASIC
