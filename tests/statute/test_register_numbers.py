"""Index numbers and unified numbers against published examples; no series is drawn."""

from __future__ import annotations

from datetime import date

import pytest

from statute.citations import Mark
from statute.numbering import NumberingError
from statute.register_numbers import (
    CITY_LETTERS,
    DEFAULT_INDEX_TEMPLATE,
    INDEX_TEMPLATES,
    REG_GOVERNMENT,
    REG_GOVERNMENT_OFFICE,
    IndexParts,
    IndexTemplate,
    RegLevel,
    RegNumber,
    parse_reg_number,
)

DAY = date(2026, 3, 2)


def test_the_usual_index_number_is_body_year_and_five_digits() -> None:
    parts = IndexParts(DAY, 57, org_code="11330327002552000X")
    assert DEFAULT_INDEX_TEMPLATE.render(parts) == "11330327002552000X/2026-00057"
    assert DEFAULT_INDEX_TEMPLATE.mark is Mark.PRACTICE


def test_a_series_may_outgrow_its_digits() -> None:
    parts = IndexParts(DAY, 5135380, org_code="X1")
    assert DEFAULT_INDEX_TEMPLATE.render(parts) == "X1/2026-5135380"


@pytest.mark.parametrize(
    ("template", "text", "parts"),
    [
        (
            "year",
            "000014349/2017-00110",
            {"org_code": "000014349", "YYYY": "2017", "seq": "00110"},
        ),
        (
            "year",
            "11370322004222241N/2021-5135380",
            {"org_code": "11370322004222241N", "YYYY": "2021", "seq": "5135380"},
        ),
        (
            "year",
            "0142768-8/2022-00185",
            {"org_code": "0142768-8", "YYYY": "2022", "seq": "00185"},
        ),
        (
            "year",
            "02165835-001/2023-80815",
            {"org_code": "02165835-001", "YYYY": "2023", "seq": "80815"},
        ),
        (
            "month",
            "113417020032563511/202504-00057",
            {"org_code": "113417020032563511", "YYYY": "2025", "MM": "04", "seq": "00057"},
        ),
    ],
    ids=["the State Council", "by credit code", "by body code", "with a section", "by month"],
)
def test_published_index_numbers_are_read(template: str, text: str, parts: dict[str, str]) -> None:
    assert INDEX_TEMPLATES[template].read(text) == parts


@pytest.mark.parametrize(
    "text",
    ["000014349/2017-110", "000014349/17-00110", "000014349 2017-00110", "/2017-00110", ""],
    ids=["too few digits", "a short year", "no stroke", "no body", "nothing"],
)
def test_what_is_not_on_the_template_is_not_read(text: str) -> None:
    assert DEFAULT_INDEX_TEMPLATE.read(text) is None


def test_an_index_number_in_six_parts_is_written_and_read() -> None:
    template = INDEX_TEMPLATES["six_parts"]
    parts = IndexParts(DAY, 12, region="330200", department="01", category="03", group="0102")
    assert template.render(parts) == "330200-01-03-0102-20260302-12"
    assert template.read("330200-01-03-0102-20260302-12") == {
        "region": "330200",
        "department": "01",
        "category": "03",
        "group": "0102",
        "date": "20260302",
        "seq": "12",
    }
    assert INDEX_TEMPLATES["month"].render(IndexParts(DAY, 1, org_code="A")) == "A/202603-00001"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (IndexParts(DAY, 1), "索引号缺少“org_code”"),
        (IndexParts(DAY, 1, org_code="苍南"), "索引号缺少“org_code”"),
        (IndexParts(DAY, 0, org_code="A1"), "流水号从 1 开始"),
    ],
    ids=["no code", "Chinese in a code", "number nought"],
)
def test_an_index_number_is_refused_without_its_parts(parts: IndexParts, said: str) -> None:
    with pytest.raises(NumberingError, match=said):
        DEFAULT_INDEX_TEMPLATE.render(parts)


@pytest.mark.parametrize(
    "text",
    [
        "{org_code}/{YYYY}",
        "{org_code}/{seq}-{seq}",
        "{org_code.__class__}-{seq}",
        "{colour}-{seq}",
        "{org_code}-{seq:>9}",
        "{YYYY:04d}-{seq}",
        "{org_code} {seq}",
    ],
    ids=[
        "no number",
        "two numbers",
        "an attribute",
        "an unknown name",
        "another format",
        "noughts elsewhere",
        "a space",
    ],
)
def test_a_template_that_cannot_work_is_a_defect(text: str) -> None:
    with pytest.raises(ValueError, match=r"索引号模板|补足位数"):
        IndexTemplate(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("HCSD01-2023-0006", RegNumber(RegLevel.COUNTY, "01", 2023, 6, city="H", county="CS")),
        ("CCND01-2020-0003", RegNumber(RegLevel.COUNTY, "01", 2020, 3, city="C", county="CN")),
        ("ZJCC01-2021-0001", RegNumber(RegLevel.CITY, "01", 2021, 1, city="C")),
        ("ZJSP00-2019-0012", RegNumber(RegLevel.PROVINCE, "00", 2019, 12)),
    ],
    ids=["a county of Quzhou", "a county of Wenzhou", "the city of Wenzhou", "the province"],
)
def test_a_unified_number_is_read_and_written_back(text: str, number: RegNumber) -> None:
    assert parse_reg_number(text) == number
    assert str(number) == text


@pytest.mark.parametrize(
    "text",
    [
        "HCSD1-2023-0006",
        "HCSD01-23-0006",
        "HCSD01-2023-006",
        "hcsd01-2023-0006",
        "HCSX01-2023-0006",
    ],
    ids=["one place", "a short year", "three digits", "small letters", "no known level"],
)
def test_what_is_not_a_unified_number(text: str) -> None:
    with pytest.raises(NumberingError, match="统一编号应如 HCSD01-2023-0006"):
        parse_reg_number(text)


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": RegLevel.COUNTY, "city": "C", "county": "C"},
        {"level": RegLevel.COUNTY, "city": "C", "county": "CN", "seq": 10000},
        {"level": RegLevel.CITY, "city": "S", "county": "", "department": "1"},
    ],
    ids=["a county of one letter", "a five-digit number", "a department of one digit"],
)
def test_a_unified_number_of_wrong_parts_is_refused(wrong: dict[str, object]) -> None:
    level = RegLevel(str(wrong["level"]))
    seq = wrong.get("seq", 1)
    assert isinstance(seq, int)
    with pytest.raises(NumberingError, match="组成不对"):
        RegNumber(
            level,
            str(wrong.get("department", "01")),
            2020,
            seq,
            city=str(wrong["city"]),
            county=str(wrong["county"]),
        )


def test_only_one_city_letter_and_the_place_of_the_office_are_seen() -> None:
    seen = [city for city, (_, mark) in CITY_LETTERS.items() if mark is Mark.VERIFIED]
    assert seen == ["衢州"]
    assert REG_GOVERNMENT == ("00", Mark.MEMORY)
    assert REG_GOVERNMENT_OFFICE == ("01", Mark.VERIFIED)
