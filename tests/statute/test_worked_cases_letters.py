"""Worked cases of results, letters, remedies and disputes, written by hand in YAML.

It reads no rule itself: each case names its provision, and the modules answer it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from statute.citations import cite
from statute.disputes import Dispute, Instance, Procedure, dispute_limit, table_four
from statute.errors import StatuteError
from statute.letters import (
    ServiceDates,
    answered_on,
    check_carrier,
    letter_kind,
    missing_facts,
    remedy_runs_from,
)
from statute.outcomes import letter_of, missing_proofs, report_row
from statute.remedies import Body, BodyKind, remedy_for, remedy_for_letter, remedy_text

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any]

GENERAL = [
    "title",
    "letter_no",
    "case_no",
    "addressee",
    "received_on",
    "receiving_channel",
    "request_text",
    "findings",
    "basis",
    "conclusion",
    "signatory",
    "formed_on",
    "seal",
]

COURTS = {"basic_court": "甲县人民法院", "intermediate_court": "乙市中级人民法院"}
COUNTY = "甲县人民政府"
BODIES = {
    "county_department": Body(
        BodyKind.DEPARTMENT, "甲县自然资源和规划局", COUNTY, "乙市自然资源和规划局", **COURTS
    ),
    "nameless_department": Body(BodyKind.DEPARTMENT, "甲县某局", **COURTS),
    "county_government": Body(BodyKind.GOVERNMENT, COUNTY, "乙市人民政府", **COURTS),
    "township": Body(BodyKind.TOWNSHIP, "甲县某乡人民政府", COUNTY, **COURTS),
    "street_office": Body(BodyKind.STREET_OFFICE, "甲县某街道办事处", COUNTY, **COURTS),
    "tax_bureau": Body(
        BodyKind.VERTICAL, "国家税务总局甲县税务局", "", "国家税务总局乙市税务局", **COURTS
    ),
    "justice_bureau": Body(BodyKind.JUSTICE, "甲县司法局", COUNTY, "乙市司法局", **COURTS),
    "province": Body(
        BodyKind.PROVINCIAL_GOVERNMENT, "丙省人民政府", intermediate_court="丁市中级人民法院"
    ),
}


def _cases(folder: str) -> list[Any]:
    found = [
        pytest.param(case, id=case["name"])
        for path in sorted((CASES / folder).glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    assert found, f"no cases in {folder}"
    return found


def _refusal(call: Callable[[], object]) -> str:
    with pytest.raises(StatuteError) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize("folder", ["outcomes", "letters", "remedies", "disputes"])
def test_every_worked_case_has_a_name_a_provision_and_an_expectation(folder: str) -> None:
    for parameter in _cases(folder):
        case = parameter.values[0]
        assert set(case) == {"name", "provision", "given", "expect"}
        assert cite(case["provision"]).short == case["provision"]


def test_no_two_worked_cases_share_a_name() -> None:
    names = [
        case["name"]
        for path in sorted(CASES.glob("*/*.yaml"))
        if path.parent.name in {"outcomes", "letters", "remedies", "disputes"}
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("case", _cases("outcomes"))
def test_a_result_follows_its_worked_case(case: Case) -> None:
    code, proofs, expect = case["given"]["outcome"], case["given"]["proofs"], dict(case["expect"])
    missing = [str(gap.kind) for gap in missing_proofs(code, proofs)]
    assert missing == expect.pop("missing", missing)
    assert letter_of(code, proofs) == expect.pop("letter", letter_of(code, proofs))
    for edition, row in expect.pop("rows", {}).items():
        assert report_row(code, edition) == row
    assert not expect


@pytest.mark.parametrize("case", _cases("letters"))
def test_a_letter_and_its_service_follow_their_worked_case(case: Case) -> None:
    given, expect = case["given"], dict(case["expect"])
    refused = expect.pop("refused", None)
    if "letter" in given:
        general = [fact for fact in GENERAL if fact not in given.get("without", [])]
        facts: dict[str, object] = dict.fromkeys([*general, *given["facts"]], "有")
        missing = missing_facts(given["letter"], facts)
        assert sorted(missing) == sorted(expect.pop("missing"))
    elif "carrier" in given and refused is None:
        check_carrier(given["service"], given["carrier"])
    elif "carrier" in given:
        assert refused in _refusal(lambda: check_carrier(given["service"], given["carrier"]))
    else:
        dates = ServiceDates(**given["dates"])
        if refused is not None:
            assert refused in _refusal(lambda: answered_on(given["service"], dates))
        else:
            assert answered_on(given["service"], dates) == expect.pop("answered_on")
        assert remedy_runs_from(given["service"], dates) == expect.pop("remedy_runs_from")
    assert not expect


@pytest.mark.parametrize("case", _cases("remedies"))
def test_a_remedy_follows_its_worked_case(case: Case) -> None:
    given, expect = case["given"], dict(case["expect"])
    body, on = BODIES[given["body"]], given["day"]

    def found() -> tuple[Any, str]:
        if "letter" in given:
            remedy = remedy_for_letter(given["letter"], body, on)
        else:
            remedy = remedy_for(given["outcome"], body, on, grounds=given.get("grounds"))
        text = remedy_text(
            remedy,
            electronic=given.get("electronic", False),
            online_channel=given.get("online_channel", ""),
        )
        return remedy, text

    if "refused" in expect:
        assert expect.pop("refused") in _refusal(found)
    else:
        remedy, text = found()
        assert remedy.block == expect.pop("block")
        assert expect.pop("text", "") in text
        for name, value in expect.items():
            seen = getattr(remedy, name)
            assert (list(seen) if isinstance(seen, tuple) else seen) == value


@pytest.mark.parametrize("case", _cases("disputes"))
def test_a_dispute_follows_its_worked_case(case: Case) -> None:
    given, expect = case["given"], dict(case["expect"])
    if "limit" in given and "refused" in expect:
        said = _refusal(lambda: dispute_limit(given["limit"], given["day"]))
        assert expect["refused"] in said
    elif "limit" in given:
        limit = dispute_limit(given["limit"], given["day"])
        assert {"text": limit.text, "starts": limit.starts} == expect
        assert limit.citation == cite(case["provision"])
    else:
        disputes = [_dispute(raw) for raw in given["disputes"]]
        figures = table_four(disputes, given["year"], given["body"])
        assert {column: number for column, number in figures.items() if number} == expect


def _dispute(raw: Case) -> Dispute:
    return Dispute(
        procedure=Procedure(raw["procedure"]),
        respondents=tuple(raw["respondents"]),
        instances=tuple(Instance(**each) for each in raw["instances"]),
        review_body=raw.get("review_body"),
    )


def test_the_general_facts_are_those_every_letter_requires() -> None:
    assert [str(fact) for fact in letter_kind("delay_reasonable").required[:-1]] == GENERAL
