"""Index numbers at clearance, unified numbers at signing: once, without gaps, never taken twice."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from gongkai.agencies.models import DrawnNumber
from gongkai.agencies.numbers import open_series
from gongkai.agencies.queries import series_faults
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.numbering import reg_template
from gongkai.disclosure.services import drafting, reviewing
from gongkai.disclosure.steps import Step
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from statute.numbering import NumberingError
from statute.register_numbers import RegLevel, parse_reg_number
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import Chain
from tests.gongkai.disclosure.documents import (
    cleared,
    draft_of,
    morning,
    normative,
    office,
    other,
    published,
    signed,
)
from tests.gongkai.disclosure.interleaving import Run

DAY = date(2026, 3, 12)


@pytest.fixture
def chain(db: None) -> Chain:
    return office()


def registered_in(chain: Chain, year: int = 2026, ended_at: int = 0) -> None:
    """The office numbers as county H/CS, department 01, from a number on."""
    agency = chain.agency
    agency.department_code = "01"
    agency.save()
    open_series(
        "reg", agency=agency, year=year, by=SYSTEM, at=morning(DAY),
        template=reg_template(RegLevel.COUNTY, city="H", county="CS"),
        paper_ended_at=ended_at, reason="编号登记簿" if ended_at else "",
    )  # fmt: skip


def index_numbers() -> list[str]:
    return [record.index_no for record in Record.objects.order_by("pk")]


# --- 索引号 -----------------------------------------------------------------------------------


def test_the_index_number_comes_with_the_clearance_and_not_before(chain: Chain) -> None:
    version = draft_of(chain, "document", DAY)
    assert index_numbers() == [""]
    cleared(chain, version, DAY)
    assert index_numbers() == ["gov-office/2026-00001"]
    row = Row.objects.get(event="disclosure.cleared")
    assert row.facts["index_no"] == "gov-office/2026-00001"


def test_index_numbers_run_by_body_and_year_of_forming(chain: Chain) -> None:
    days = (date(2025, 12, 30), DAY, date(2025, 12, 31), DAY)
    for day in days:
        published(chain, draft_of(chain, "document", day), DAY)
    assert index_numbers() == [
        "gov-office/2025-00001",
        "gov-office/2026-00001",
        "gov-office/2025-00002",
        "gov-office/2026-00002",
    ]


def test_what_is_not_disclosed_is_numbered_too_so_the_catalogue_of_the_office_is_whole(
    chain: Chain,
) -> None:
    hidden = draft_of(chain, "document", DAY, attribute="on_request", attribute_reason="内部管理")
    cleared(chain, hidden, DAY)
    other(chain, "document", DAY)
    assert index_numbers() == ["gov-office/2026-00001", "gov-office/2026-00002"]


def test_a_new_version_keeps_the_number(chain: Chain) -> None:
    record = other(chain, "document", DAY)
    again = drafting.draft_again(record, by=chain.actor("drafter"), at=morning(DAY))
    published(chain, again, date(2026, 4, 2))
    assert index_numbers() == ["gov-office/2026-00001"]
    assert DrawnNumber.objects.count() == 1


def test_where_the_last_pass_fails_no_number_is_lost(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DisclosureError("断电")

    version = draft_of(chain, "document", DAY)
    with monkeypatch.context() as context:
        context.setattr(reviewing, "moved", broken)
        with pytest.raises(DisclosureError, match="断电"):
            cleared(chain, version, DAY)
    assert not DrawnNumber.objects.exists()
    version.refresh_from_db()
    # The verdicts of the first try are gone with it.
    at = morning(DAY)
    for step in Step:
        by, digest = chain.reviewers[step], version.content_hash
        reviewing.pass_step(version, step, digest=digest, by=by, at=at)
    assert index_numbers() == ["gov-office/2026-00001"]
    assert series_faults() == ()


def test_a_number_brought_along_stays_and_is_not_given_to_another(chain: Chain) -> None:
    by, at = chain.actor("drafter"), morning(DAY)
    content = {"title": "旧文件", "body": "<p>正文</p>", "formed_on": DAY}
    number = "gov-office/2026-00002"
    old = drafting.draft(chain.agency, "document", content, by=by, at=at, index_no=number)
    for _ in range(2):
        other(chain, "document", DAY)
    cleared(chain, old, DAY)
    assert index_numbers() == [number, "gov-office/2026-00001", "gov-office/2026-00003"]
    void = DrawnNumber.objects.get(voided_at__isnull=False)
    assert (void.text, void.void_reason) == (number, "以前的系统已用此号，信息随原号导入")
    assert series_faults() == ()


def test_the_six_parts_are_filled_in(chain: Chain) -> None:
    agency = chain.agency
    agency.department_code, agency.region = "01", "999901"
    agency.save()
    template = "{region}-{department}-{category}-{group}-{date}-{seq}"
    at = morning(DAY)
    open_series("index", agency=agency, year=2026, by=SYSTEM, at=at, template=template)
    record = other(chain, "appointment", DAY, details=APPOINTED)
    assert record.index_no == "999901-01-p2002-0-20260312-1"


def test_a_template_that_cannot_be_filled_says_so(chain: Chain) -> None:
    agency = chain.agency
    agency.region = "999901"
    agency.save()
    at = morning(DAY)
    template = "{region}/{YYYY}-{seq}"
    open_series("index", agency=agency, year=2026, by=SYSTEM, at=at, template=template)
    agency.region = ""
    agency.save()
    with pytest.raises(DisclosureError, match="不能编号：索引号样式"):
        other(chain, "document", DAY)


APPOINTED = {
    "document": "云政干〔2026〕3号",
    "decided_on": "2026-03-02",
    "people": [{"name": "白某", "office": "县教育局副局长", "act": "appoint"}],
}


# --- 统一编号 ---------------------------------------------------------------------------------


def test_the_unified_number_comes_with_the_signature_of_a_normative_document(chain: Chain) -> None:
    registered_in(chain, ended_at=5)
    version = signed(chain, DAY, 6)
    assert Record.objects.get().reg_no == "HCSD01-2026-0006"
    assert parse_reg_number("HCSD01-2026-0006").level is RegLevel.COUNTY
    assert Row.objects.get(event="disclosure.signed").facts["reg_no"] == "HCSD01-2026-0006"
    record = published(chain, version, DAY)
    assert record.reg_no == "HCSD01-2026-0006"
    assert DrawnNumber.objects.filter(key="reg").count() == 1


def test_signed_again_it_keeps_its_number(chain: Chain) -> None:
    registered_in(chain)
    version = signed(chain, DAY, 6)
    revision = Record.objects.get().revision
    drafting.sign(
        Version.objects.get(pk=version.pk), doc_no="云政办发〔2026〕7号", formed_on=DAY,
        revision=revision, by=chain.actor("signer"), at=morning(DAY),
    )  # fmt: skip
    assert Record.objects.get().reg_no == "HCSD01-2026-0001"
    assert DrawnNumber.objects.filter(key="reg").count() == 1


def test_other_documents_and_bodies_without_a_series_have_none(chain: Chain) -> None:
    normative(chain, DAY, 1)
    registered_in(chain)
    version = draft_of(chain, "document", DAY)
    drafting.sign(
        version, doc_no="云政办发〔2026〕2号", formed_on=DAY, revision=version.record.revision,
        by=chain.actor("signer"), at=morning(DAY),
    )  # fmt: skip
    assert [record.reg_no for record in Record.objects.all()] == ["", ""]
    normative(chain, DAY, 3)  # the control
    assert Record.objects.latest("pk").reg_no == "HCSD01-2026-0001"


def test_a_number_with_another_form_is_refused_and_nothing_is_signed(chain: Chain) -> None:
    registered_in(chain)
    agency = chain.agency
    agency.department_code = ""
    agency.save()
    with pytest.raises(DisclosureError, match="不能编号：统一编号样式"):
        signed(chain, DAY, 6)
    assert Version.objects.get().doc_no == ""


def test_the_templates_of_unified_numbers_are_those_of_the_law() -> None:
    assert (
        reg_template(RegLevel.COUNTY, city="H", county="CS") == "HCSD{department}-{YYYY}-{seq:04d}"
    )
    assert reg_template(RegLevel.CITY, city="C") == "ZJCC{department}-{YYYY}-{seq:04d}"
    assert reg_template(RegLevel.PROVINCE) == "ZJSP{department}-{YYYY}-{seq:04d}"
    with pytest.raises(NumberingError):
        reg_template(RegLevel.COUNTY, city="H")


# --- at the same time -------------------------------------------------------------------------


def test_two_last_passes_at_once_get_two_numbers_without_a_gap(
    committed_database: CommittedDatabase,
) -> None:
    chain = office()
    versions = [three_passes(chain, number) for number in range(2)]
    runs = [Run(partial(final_pass, chain, version)) for version in versions]
    moving = [True]
    while any(moving):
        moving = [run.advance() for run in runs]
    for run in runs:
        run.let_go(0.2)
    for run in runs:
        run.require_end()
    for run, version in zip(runs, versions, strict=True):
        if run.outcome != "done":  # SQLite lets one of two writers go: he comes again
            final_pass(chain, version)
    assert sorted(index_numbers()) == ["gov-office/2026-00001", "gov-office/2026-00002"]
    assert series_faults() == ()


def three_passes(chain: Chain, number: int) -> Version:
    version = draft_of(chain, "document", DAY, title=f"第{number}件")
    by, at = chain.actor("drafter"), morning(DAY)
    version = drafting.submit(version, revision=version.record.revision, by=by, at=at)
    for step in (Step.SECTION, Step.SECRECY, Step.DISCLOSURE):
        digest = version.content_hash
        reviewing.pass_step(version, step, digest=digest, by=chain.reviewers[step], at=at)
    return version


def final_pass(chain: Chain, version: Version) -> None:
    by, digest = chain.reviewers[Step.FINAL], version.content_hash
    reviewing.pass_step(version, Step.FINAL, digest=digest, by=by, at=morning(DAY))
