"""What a kind has besides its words: values as they must be, and what is refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from gongkai.calendars.queries import calendar_for
from gongkai.disclosure.details import (
    FORMS,
    AppointmentDetails,
    DetailsError,
    OfficeAct,
    OfficeChange,
    Paper,
    ProcurementDetails,
    Stage,
    base_day,
    detail_faults,
    details_of,
    limit_name,
)
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.queries import publication_due
from gongkai.disclosure.services.drafting import submission_faults
from statute.proactive import limit_kinds
from tests.gongkai.disclosure.chain import drafted, staffed

BOUGHT: dict[str, Any] = {
    "stage": "result",
    "project": "县图书馆空调采购",
    "project_no": "YXZC-2026-018",
    "supplier": "澄江市某机电有限公司",
    "amount_fen": 271_530_00,
    "decided_on": "2026-03-05",
}
BUDGET: dict[str, Any] = {
    "year": 2026,
    "whose": "云溪县教育局",
    "paper": "budget",
    "approved_on": "2026-02-10",
}
APPOINTED: dict[str, Any] = {
    "document": "云政干〔2026〕3号",
    "decided_on": "2026-03-02",
    "people": [
        {"name": "白某", "office": "县教育局副局长", "act": "appoint"},
        {"name": "钱某", "office": "县教育局副局长", "act": "remove"},
    ],
}
PENALTY = {"measure": "penalty", "decision_no": "云市监罚〔2026〕9号", "decided_on": "2026-03-04"}
LICENCE = {"service": "licence", "decision_no": "云行审〔2026〕7号", "decided_on": "2026-03-04"}
GOOD: dict[str, dict[str, Any]] = {
    "procurement": BOUGHT,
    "appointment": APPOINTED,
    "budget": {**BUDGET, "paper": "execution"},
    "department_budget": BUDGET,
    "penalty": PENALTY,
    "licensing": LICENCE,
    "charge": {"item": "不动产登记费", "basis": "发改价格规〔2016〕2559号", "standard": "每件80元"},
    "project": {"project": "云溪大桥", "approval_no": "云发改〔2026〕11号"},
    "normative": {"touches_public": True},
    "document": {},
}


def test_every_form_reads_what_is_right() -> None:
    assert {str(kind) for kind in FORMS} == set(GOOD)
    assert {kind: detail_faults(kind, raw) for kind, raw in GOOD.items()} == dict.fromkeys(GOOD, ())
    assert details_of("procurement", BOUGHT) == ProcurementDetails(
        stage=Stage.RESULT,
        project="县图书馆空调采购",
        project_no="YXZC-2026-018",
        supplier="澄江市某机电有限公司",
        amount_fen=27_153_000,
        decided_on=date(2026, 3, 5),
    )
    assert details_of("appointment", APPOINTED) == AppointmentDetails(
        "云政干〔2026〕3号",
        date(2026, 3, 2),
        (
            OfficeChange("白某", "县教育局副局长", OfficeAct.APPOINT),
            OfficeChange("钱某", "县教育局副局长", OfficeAct.REMOVE),
        ),
    )
    assert details_of("news", {"anything": 1}) is None


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "缺供应商": ("procurement", {**BOUGHT, "supplier": ""}, "请填写供应商"),
    "金额带小数": ("procurement", {**BOUGHT, "amount_fen": 271.53}, "金额（分）须为整数"),
    "金额是真假值": ("procurement", {**BOUGHT, "amount_fen": True}, "金额（分）须为整数"),
    "金额为零": ("procurement", {**BOUGHT, "amount_fen": 0}, "金额（分）须大于零"),
    "日期写法": ("procurement", {**BOUGHT, "decided_on": "2026年3月5日"}, "须写作“2026-03-05”"),
    "按周的日期": ("procurement", {**BOUGHT, "decided_on": "2026-W10-4"}, "须写作“2026-03-05”"),
    "没有这一天": ("procurement", {**BOUGHT, "decided_on": "2026-02-30"}, "须写作“2026-03-05”"),
    "公告种类": ("procurement", {**BOUGHT, "stage": "other"}, "公告种类须为结果、合同之一"),
    "多出的要素": ("procurement", {**BOUGHT, "price": 1}, "没有“price”这一要素"),
    "集中采购写作文字": ("procurement", {**BOUGHT, "centralised": "是"}, "须为是或者否"),
    "任免带身份证号": (
        "appointment",
        {**APPOINTED, "document": "11010519491231002X"},
        "任免文件中有居民身份证号码",
    ),
    "任免多写住址": (
        "appointment",
        {**APPOINTED, "people": [{**APPOINTED["people"][0], "address": "某路1号"}]},
        "第1行：没有“address”这一要素",
    ),
    "任免没有人": ("appointment", {**APPOINTED, "people": []}, "请填写任免人员"),
    "任免第二行缺职务": (
        "appointment",
        {**APPOINTED, "people": [APPOINTED["people"][0], {"name": "钱某", "act": "remove"}]},
        "第2行：请填写职务",
    ),
    "预算年度": ("budget", {**BUDGET, "year": "2026"}, "年度须为四位数的年份"),
    "预算没有批准日期": ("budget", {**BUDGET, "approved_on": None}, "请填写人大或者其常委会批准"),
    "部门预算没有批复日期": (
        "department_budget",
        {**BUDGET, "approved_on": None},
        "请填写财政部门批复日期",
    ),
    "部门没有预算调整": (
        "department_budget",
        {**BUDGET, "paper": Paper.ADJUSTMENT.value},
        "部门只有预算、决算",
    ),
    "许可没有文书号": ("licensing", {"service": "licence", "decided_on": "2026-03-04"}, "文书号"),
    "处罚没有日期": ("penalty", {**PENALTY, "decided_on": ""}, "请填写作出决定的日期"),
    "征求意见只有一端": (
        "normative",
        {"consulted_from": "2026-01-05"},
        "征求意见的起止日期须都填写",
    ),
    "征求意见倒着": (
        "normative",
        {"consulted_from": "2026-01-05", "consulted_until": "2026-01-04"},
        "截止日期早于开始日期",
    ),
    "市场主体29日": (
        "normative",
        {
            "touches_business": True,
            "consulted_from": "2026-01-01",
            "consulted_until": "2026-01-29",
        },
        "少于30日的，请说明理由",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named(name: str) -> None:
    kind, raw, sentence = WRONG[name]
    faults = [fault for _, fault in detail_faults(kind, raw)]
    assert len(faults) == 1
    assert sentence in faults[0]
    with pytest.raises(DetailsError, match=re.escape(sentence)):
        details_of(kind, raw)


def test_thirty_days_of_consultation_or_a_reason_for_fewer() -> None:
    thirty = {
        "touches_business": True,
        "consulted_from": "2026-01-01",
        "consulted_until": "2026-01-30",
    }
    assert detail_faults("normative", thirty) == ()
    short = {**thirty, "consulted_until": "2026-01-10", "consultation_note": "应急措施"}
    assert detail_faults("normative", short) == ()


def test_every_limit_that_the_details_choose_is_known_to_the_law() -> None:
    chosen = {
        limit_name("procurement", {"stage": "contract"}): "procurement_contract",
        limit_name("penalty", {"measure": "coercion"}): "enforcement_decision",
        limit_name("licensing", {"service": "item"}): "default",
        limit_name("procurement", {}): "procurement_result",
        limit_name("penalty", {}): "penalty_decision",
        limit_name("licensing", {}): "license_decision",
    }
    assert all(name == expected for name, expected in chosen.items())
    assert set(chosen) <= set(limit_kinds())
    assert {limit_name(kind, {}) for kind in RecordKind.values} <= set(limit_kinds())


def test_a_faulty_day_is_no_base() -> None:
    assert base_day("budget", {"approved_on": "2026-02-10"}) == date(2026, 2, 10)
    assert base_day("budget", {"approved_on": "二月十日"}) is None
    assert base_day("document", {"decided_on": "2026-02-10"}) is None


@pytest.mark.django_db
def test_the_time_runs_from_the_event_that_the_details_name() -> None:
    chain = staffed()
    calendar = calendar_for(chain.agency, date(2026, 3, 5))

    def due(kind: str, **details: Any) -> date:
        found = publication_due(drafted(chain, kind, details=details), calendar)
        assert found is not None
        return found.due

    # 3月5日星期四：2个工作日为6、9日；2月10日批复加20日为3月2日；3月4日起7个工作日为13日。
    assert due("procurement", **BOUGHT) == date(2026, 3, 9)
    assert due("procurement", **{**BOUGHT, "decided_on": "2026-03-02"}) == date(2026, 3, 4)
    assert due("department_budget", **BUDGET) == date(2026, 3, 2)
    assert due("penalty", **PENALTY) == date(2026, 3, 13)
    # 行政强制20个工作日，3月4日起：5、6、9—13、16—20、23—27、30、31、4月1日。
    assert due("penalty", **{**PENALTY, "measure": "coercion"}) == date(2026, 4, 1)


@pytest.mark.django_db
def test_nothing_is_submitted_without_what_its_kind_has() -> None:
    chain = staffed()
    bare = drafted(chain, "procurement")
    names = [field for field, _ in submission_faults(bare)]
    assert names == [
        "details.stage",
        "details.project",
        "details.supplier",
        "details.amount_fen",
        "details.decided_on",
    ]
    assert submission_faults(drafted(chain, "procurement", details=BOUGHT)) == []


@pytest.mark.django_db
def test_a_period_that_ends_before_it_starts_is_not_submitted() -> None:
    chain = staffed()
    dates: dict[str, Any] = {"effective_on": date(2026, 4, 1), "expires_on": date(2026, 3, 31)}
    assert submission_faults(drafted(chain, **dates)) == [("expires_on", "有效期至早于施行日期")]
