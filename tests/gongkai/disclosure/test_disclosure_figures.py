"""The figures of disclosure against a count by hand over one quarter of a small office."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from gongkai.disclosure.figures import procurement_fen
from gongkai.disclosure.models import BatchItem, BatchReview, ImportBatch, Record, Version
from gongkai.disclosure.services import drafting, reviewing
from gongkai.disclosure.services.publishing import publish, withdraw
from gongkai.disclosure.steps import Path, Step
from gongkai.figures.registry import Scope, disagreements, find, read, registered, value
from gongkai.trail.actors import SYSTEM
from tests.gongkai.disclosure.chain import Chain
from tests.gongkai.disclosure.documents import (
    body,
    changes,
    cleared,
    draft_of,
    interprets,
    morning,
    normative,
    office,
    other,
    published,
    signed,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
QUARTER = Scope(since=FIRST, until=LAST)


def bought(on: date, fen: int, stage: str = "result", **more: Any) -> dict[str, Any]:
    return {
        "stage": stage,
        "project": "空调采购",
        "supplier": "某机电有限公司",
        "amount_fen": fen,
        "decided_on": on.isoformat(),
        **more,
    }


def appointed(on: date) -> dict[str, Any]:
    person = {"name": "白某", "office": "副局长", "act": "appoint"}
    return {"document": "云政干〔2026〕3号", "decided_on": on.isoformat(), "people": [person]}


def at_the_minute(chain: Chain, formed: date, moment: datetime) -> Record:
    """A document published at one moment, in UTC; the county is eight hours ahead."""
    version = cleared(chain, draft_of(chain, "document", formed), formed)
    return publish(version, by=chain.actor("officer"), at=moment)


def imported(chain: Chain, version: Version, on: date, first: date) -> Record:
    """A record brought in on a day that was first public long before."""
    at, revision = morning(on), Record.objects.get(pk=version.record_id).revision
    version = drafting.submit(version, revision=revision, by=chain.actor("drafter"), at=at)
    batch = ImportBatch.objects.create(
        agency=chain.agency, label="旧文件", source="旧网站", imported_at=at, rows=1,
        imported_by=str(chain.drafter.pk), imported_by_name="甲",
    )  # fmt: skip
    BatchItem.objects.create(
        batch=batch, version=version, row=2, content_hash=version.content_hash,
        first_published_on=first,
    )  # fmt: skip
    batch.digest, batch.sealed_at = "d", at
    batch.save()
    for step, reviewer in ((Step.SECRECY, "7"), (Step.FINAL, "8")):
        BatchReview.objects.create(
            batch=batch, digest="d", step=step, reviewer=reviewer, reviewer_name="乙", at=at
        )
    reviewing.clear(version, Path.IMPORT, by=SYSTEM, at=at)
    record = publish(version, by=SYSTEM, at=at)
    record.first_published_on, record.first_published_source = first, "旧网站"
    record.save(update_fields=["first_published_on", "first_published_source"])
    return record


@pytest.fixture
def chain() -> Chain:
    """Nine normative documents, six others, four interpretations, two appointments, four
    procurements, and three drafts."""
    chain = office()
    a_quarter_of_documents(chain)
    # Other documents: on the last minute before the quarter, its first, its last, the one after;
    # one withdrawn the day after, one published too late.
    at_the_minute(chain, date(2025, 12, 31), datetime(2025, 12, 31, 15, 59, tzinfo=UTC))
    at_the_minute(chain, date(2025, 12, 31), datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    at_the_minute(chain, LAST, datetime(2026, 3, 31, 15, 59, tzinfo=UTC))
    at_the_minute(chain, LAST, datetime(2026, 3, 31, 16, 0, tzinfo=UTC))
    gone = other(chain, "document", date(2026, 2, 2))
    final = chain.actor("final")
    withdraw(gone, reason="附件有误", by=final, at=morning(date(2026, 2, 3)))
    published(chain, draft_of(chain, "document", date(2026, 1, 5)), date(2026, 3, 2))
    for day in (date(2026, 1, 20), date(2025, 6, 3)):
        other(chain, "appointment", day, details=appointed(day))
    a_quarter_of_procurements(chain)
    # Twenty working days from 2 March are over on the 30th, from 3 March on the 31st.
    draft_of(chain, "document", date(2026, 3, 2))
    draft_of(chain, "document", date(2026, 3, 3))
    draft_of(chain, "document", date(2026, 1, 5), attribute="withheld")
    return chain


def a_quarter_of_documents(chain: Chain) -> None:
    normative(chain, date(2021, 3, 4), 1)
    replaced = normative(chain, date(2022, 3, 1), 2)
    normative(chain, date(2023, 3, 6), 3, expires_on=date(2026, 2, 28))
    normative(body(chain, "health"), date(2024, 3, 4), 4)
    new = changes(chain, "supersedes", date(2026, 1, 12), 5, replaced)
    upcoming = normative(chain, date(2026, 2, 9), 6, effective_on=date(2026, 5, 1))
    short = normative(chain, date(2026, 3, 2), 7)
    ending = changes(chain, "repeals", date(2026, 3, 16), 8, short)
    long_ago = date(2019, 6, 3)
    old = signed(chain, date(2026, 3, 19), 9, formed_on=long_ago, effective_on=long_ago)
    imported(chain, old, date(2026, 3, 20), long_ago)
    interprets(chain, date(2026, 1, 14), new, "text")
    interprets(chain, date(2026, 2, 10), upcoming, "graphic")
    interprets(chain, date(2026, 3, 18), ending, "text", "video")
    interprets(chain, date(2025, 5, 6), replaced, "text")


def a_quarter_of_procurements(chain: Chain) -> None:
    """Two results of the quarter, one of them central; a contract; a result of last year."""
    central, late, before = date(2026, 1, 15), date(2026, 2, 24), date(2025, 12, 30)
    details = bought(central, 271_530_000, centralised=True)
    other(chain, "procurement", central, details=details)
    # Two working days from 24 February are over on the 26th.
    version = draft_of(chain, "procurement", late, details=bought(late, 25_100_000))
    published(chain, version, date(2026, 2, 27))
    contract = date(2026, 2, 2)
    details = bought(contract, 271_530_000, "contract", centralised=True)
    other(chain, "procurement", contract, details=details)
    other(chain, "procurement", before, details=bought(before, 99_900))


BY_HAND: dict[str, int | Decimal] = {
    "normative_made": 4,
    "normative_in_force": 5,
    "normative_ended": 3,
    "public": 23,
    "documents": 4,
    "appointments": 1,
    "interpretations": 3,
    "interpretations_beyond_text": 2,
    "interpretations_share_beyond_text": Decimal("66.7"),
    "interpretations_owed": 1,
    "procurements": 2,
    "procurement_amount": Decimal("296.63"),
    "central_procurements": 1,
    "central_procurement_amount": Decimal("271.53"),
    "overdue": 1,
    "published_late": 2,
}


def test_every_figure_says_what_was_counted_by_hand(chain: Chain) -> None:
    assert Record.objects.count() == 28
    ours = [one.name for one in registered() if one.name.startswith("disclosure.")]
    assert sorted(ours) == sorted(f"disclosure.{name}" for name in BY_HAND)
    said = {name: value(f"disclosure.{name}", QUARTER) for name in BY_HAND}
    print(f"figures: {len(said)}, as counted by hand: {sum(said[x] == BY_HAND[x] for x in said)}")
    assert said == BY_HAND
    assert procurement_fen(QUARTER) == 296_630_000


def test_every_counting_figure_is_as_long_as_its_list(chain: Chain) -> None:
    scopes = [
        Scope(),
        QUARTER,
        Scope(as_of=date(2026, 2, 2)),
        Scope(frozenset({chain.agency.pk}), FIRST, LAST),
        Scope(frozenset()),
    ]
    found = [one for scope in scopes for one in disagreements(scope)]
    print(f"scopes: {len(scopes)}, figures: {len(registered())}, disagree: {len(found)}")
    assert found == []


def test_the_year_begins_with_what_was_in_force_at_the_end_of_the_last(chain: Chain) -> None:
    before = value("disclosure.normative_in_force", Scope(as_of=date(2025, 12, 31)))
    made, ended, after = (
        value(f"disclosure.normative_{name}", QUARTER) for name in ("made", "ended", "in_force")
    )
    not_yet = 1  # made on 9 February, in force from 1 May
    assert before == 5
    assert before + made == after + ended + not_yet


def test_a_stock_is_that_of_its_day(chain: Chain) -> None:
    assert value("disclosure.public", Scope(as_of=date(2026, 2, 2))) == 16
    assert value("disclosure.public", Scope(as_of=date(2026, 2, 3))) == 15  # one withdrawn


def test_one_body_has_its_own_figures(chain: Chain) -> None:
    bureau = Record.objects.exclude(agency=chain.agency).get().agency_id
    scope = Scope(frozenset({bureau}), FIRST, LAST)
    names = ("normative_made", "normative_in_force", "public", "interpretations_owed", "overdue")
    assert [value(f"disclosure.{name}", scope) for name in names] == [0, 1, 1, 0, 0]


def test_a_figure_opens_its_list(chain: Chain) -> None:
    scope = Scope(frozenset({chain.agency.pk}), FIRST, LAST)
    reading = read("disclosure.normative_made", scope)
    assert str(reading) == "4 件"
    assert reading.url == (
        "/office/records/?figure=disclosure.normative_made&since=2026-01-01&until=2026-03-31"
        f"&agency={chain.agency.pk}"
    )
    assert str(read("disclosure.procurement_amount", QUARTER)) == "296.63 万元"
    listed = find("disclosure.procurement_amount").listing(QUARTER)
    assert len(list(listed)) == 2


def test_an_empty_office_has_no_share_and_no_faults() -> None:
    office()
    assert value("disclosure.interpretations_share_beyond_text", QUARTER) == Decimal("0.0")
    assert value("disclosure.procurement_amount", QUARTER) == 0
    assert disagreements(Scope()) == []
