"""What must be published and within how long, against the table of the law written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from statute import proactive
from statute.citations import Mark
from statute.errors import NotInForceError
from statute.proactive import (
    Base,
    Duty,
    PublicQuestion,
    SeveralLimitsError,
    Tier,
    UnknownPublicationError,
    categories,
    categories_for,
    category,
    limit_kinds,
    must_publish,
    public_enterprises,
    publication_limit,
    required_list,
    special_limits,
    yearly_due,
    yearly_duty,
    yearly_kinds,
)
from statute.texts.anchors import anchor
from statute.units import TimeUnit

TODAY = date(2026, 3, 2)


def test_article_20_has_fifteen_classes_cited_item_by_item() -> None:
    every = [known for known in categories() if known.tier is Tier.EVERY]
    assert [known.code for known in every] == [
        "p20_01", "p20_02", "p20_03", "p20_04", "p20_05", "p20_06", "p20_07", "p20_08",
        "p20_09", "p20_10", "p20_11", "p20_12", "p20_13", "p20_14", "p20_15",
    ]  # fmt: skip
    assert [known.source.short for known in every[:2]] == ["regulations#20(1)", "regulations#20(2)"]
    assert every[14].source.short == "regulations#20(15)"


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("p20_01", "行政法规、规章和规范性文件"),
        ("p20_04", "统计信息"),
        ("p20_07", "财政预算、决算"),
        ("p20_08", "行政事业性收费项目及依据、标准"),
        ("p20_14", "公务员招考职位、名额、条件及录用结果"),
        ("p21_county_public_security", "治安管理"),
        ("p21_town_homestead", "宅基地使用审核"),
    ],
)
def test_a_category_is_named_as_in_the_law(code: str, label: str) -> None:
    assert category(code).label == label


def test_a_county_adds_seven_classes_to_article_20() -> None:
    labels = [known.label for known in categories_for(Tier.COUNTY)][15:]
    assert labels == [
        "市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助",
    ]  # fmt: skip


def test_a_township_adds_eight_classes_to_article_20() -> None:
    labels = [known.label for known in categories_for(Tier.TOWN)][15:]
    assert labels == [
        "贯彻落实农业农村政策", "农田水利工程建设运营", "农村土地承包经营权流转", "宅基地使用审核",
        "土地征收", "房屋征收", "筹资筹劳", "社会救助",
    ]  # fmt: skip


def test_a_body_without_territory_has_article_20_only() -> None:
    assert len(categories_for(Tier.EVERY)) == 15


def test_an_unknown_category_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownPublicationError, match=r"没有这一主动公开类目：p20_16；.*p20_15"):
        category("p20_16")


@pytest.mark.parametrize("question", list(PublicQuestion), ids=lambda question: question.value)
def test_one_yes_of_article_19_demands_publication(question: PublicQuestion) -> None:
    assert must_publish({question})


def test_three_noes_of_article_19_demand_nothing() -> None:
    assert not must_publish(set())


def test_the_questions_of_article_19_are_asked_in_chinese() -> None:
    assert [question.label for question in PublicQuestion] == [
        "是否涉及公众利益调整",
        "是否需要公众广泛知晓",
        "是否需要公众参与决策",
    ]


# What the table of time limits says, written by hand: kind, duty, n, unit, base, source.
TABLE = [
    ("default", "publish", 20, "workday", "formed_or_changed", "regulations#26"),
    ("government_budget", "publish", 20, "day", "approved_by_congress", "budget_law#14.1"),
    ("department_budget", "publish", 20, "day", "approved_by_finance", "budget_law#14.2"),
    ("procurement_result", "publish", 2, "workday", "supplier_chosen", "procurement_regulation#43"),
    (
        "procurement_contract", "publish", 2, "workday", "contract_signed",
        "procurement_regulation#50",
    ),
    (
        "license_decision", "publish", 7, "workday", "decided",
        "enforcement_disclosure_2018#事后公开",
    ),
    (
        "penalty_decision", "publish", 7, "workday", "decided",
        "enforcement_disclosure_2018#事后公开",
    ),
    (
        "enforcement_decision", "publish", 20, "workday", "decided",
        "enforcement_disclosure_2018#事后公开",
    ),
    ("overturned_penalty", "withdraw", 3, "workday", "overturned", "penalty_law#48.2"),
    ("land_taking_notice", "stay_open", 30, "day", "announced", "land_law#47"),
    ("decision_consultation", "stay_open", 30, "day", "announced", "decision_regulation#15"),
    ("business_consultation", "stay_open", 30, "day", "announced", "business_regulation#62"),
    ("rule_consultation", "stay_open", 30, "day", "announced", "rulemaking_regulation#15"),
    ("rule_effect", "take_effect", 30, "day", "published", "rulemaking_regulation#32"),
    ("rule_filing", "file", 30, "day", "published", "rulemaking_regulation#34"),
    (
        "interpretation", "publish", 3, "workday", "document_published",
        "interpretation_practice#时限",
    ),
    ("social_assistance", "publish", 10, "workday", "made_or_obtained", "civil_affairs_2019#时限"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "duty", "n", "unit", "base", "source"), TABLE, ids=[row[0] for row in TABLE]
)
def test_a_time_limit_is_the_one_of_the_table(
    kind: str, duty: str, n: int, unit: str, base: str, source: str
) -> None:
    limit = publication_limit(kind, TODAY)
    assert (limit.duty, limit.n, limit.unit, limit.base) == (duty, n, unit, base)
    assert limit.source.short == source


def test_the_table_of_time_limits_is_complete() -> None:
    assert list(limit_kinds()) == [row[0] for row in TABLE]


def test_only_the_limit_for_interpretations_is_practice() -> None:
    marks = {kind: publication_limit(kind, TODAY).mark for kind in limit_kinds()}
    assert [kind for kind, mark in marks.items() if mark is not Mark.VERIFIED] == ["interpretation"]
    assert marks["interpretation"] is Mark.PRACTICE


def test_limits_that_the_law_calls_usual_say_so() -> None:
    usual = [kind for kind in limit_kinds() if publication_limit(kind, TODAY).usual]
    assert usual == [
        "decision_consultation", "business_consultation", "rule_consultation", "rule_effect",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "last_day_without", "first_day_with"),
    [
        ("default", date(2019, 5, 14), date(2019, 5, 15)),
        ("overturned_penalty", date(2021, 7, 14), date(2021, 7, 15)),
        ("social_assistance", date(2019, 4, 29), date(2019, 4, 30)),
    ],
    ids=[
        "政府信息公开条例2019年5月15日施行",
        "行政处罚法2021年7月15日施行",
        "民办函52号2019年4月30日",
    ],
)
def test_a_limit_lives_as_long_as_its_source(
    kind: str, last_day_without: date, first_day_with: date
) -> None:
    assert publication_limit(kind, first_day_with).kind == kind
    with pytest.raises(NotInForceError, match=last_day_without.isoformat()):
        publication_limit(kind, last_day_without)


def test_a_category_without_a_limit_of_its_own_has_twenty_working_days() -> None:
    limit = publication_limit("p20_04", TODAY)
    assert (limit.kind, limit.n, limit.unit) == ("default", 20, TimeUnit.WORKDAY)


def test_budgets_cannot_be_asked_for_without_saying_whose() -> None:
    with pytest.raises(SeveralLimitsError, match=r"government_budget.*department_budget.*default"):
        publication_limit("p20_07", TODAY)


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("p20_05", ["license_decision"]),
        ("p20_06", ["penalty_decision", "enforcement_decision"]),
        ("p20_07", ["government_budget", "department_budget"]),
        ("p20_09", ["procurement_result", "procurement_contract"]),
        ("p21_county_social_assistance", ["social_assistance"]),
        ("p21_town_social_assistance", ["social_assistance"]),
        ("p20_01", []),
    ],
)
def test_a_category_knows_the_limits_that_precede_the_general_one(
    code: str, kinds: list[str]
) -> None:
    assert [limit.kind for limit in special_limits(code, TODAY)] == kinds


def test_a_limit_that_did_not_exist_yet_does_not_precede_the_general_one() -> None:
    assert special_limits("p21_town_social_assistance", date(2019, 4, 29)) == ()


def test_an_unknown_limit_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownPublicationError, match=r"没有这一公开期限：budget；.*default"):
        publication_limit("budget", TODAY)


def test_every_base_is_named_in_chinese() -> None:
    assert Base.FORMED_OR_CHANGED.label == "信息形成或者变更"
    assert Base.SUPPLIER_CHOSEN.label == "供应商确定"
    assert len({base.label for base in Base}) == len(Base)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("department_report", date(2021, 1, 31)),
        ("government_report", date(2021, 3, 31)),
        ("town_report", date(2021, 1, 31)),
        ("website_report", date(2021, 1, 31)),
        ("website_supervision_report", date(2021, 1, 31)),
    ],
)
def test_the_reports_about_2020_are_due_in_2021(kind: str, due: date) -> None:
    assert yearly_due(kind, 2020) == due


def test_there_are_five_yearly_duties() -> None:
    assert len(yearly_kinds()) == 5


def test_the_date_for_townships_is_practice_and_the_others_are_law() -> None:
    practice = [kind for kind in yearly_kinds() if yearly_duty(kind).mark is Mark.PRACTICE]
    assert practice == ["town_report"]


def test_the_report_about_2019_is_the_first_under_the_present_dates() -> None:
    assert yearly_due("government_report", 2019) == date(2020, 3, 31)
    with pytest.raises(NotInForceError, match="2019-03-31"):
        yearly_due("government_report", 2018)


def test_an_unknown_yearly_duty_is_refused() -> None:
    with pytest.raises(UnknownPublicationError, match="没有这一年度期限：monthly"):
        yearly_duty("monthly")


def test_the_guide_has_nine_elements() -> None:
    assert required_list("guide").elements == (
        "信息分类", "编排体系", "获取方式", "工作机构名称", "办公地址", "办公时间", "联系电话",
        "传真号码", "互联网联系方式",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("list_id", "elements"),
    [
        ("catalogue", ("索引", "名称", "内容概述", "生成日期")),
        ("platform_functions", ("检索", "查阅", "下载")),
        (
            "platform_blocks",
            ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"),
        ),
    ],
)
def test_a_required_list_names_every_element_in_order(
    list_id: str, elements: tuple[str, ...]
) -> None:
    assert required_list(list_id).elements == elements


def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(UnknownPublicationError, match="没有这一必备清单：menu"):
        required_list("menu")


def test_public_enterprises_answer_to_the_department_in_charge() -> None:
    enterprises = public_enterprises()
    assert enterprises.sectors == (
        "教育", "卫生健康", "供水", "供电", "供气", "供热", "环境保护", "公共交通",
    )  # fmt: skip
    assert enterprises.remedy == "向主管部门申诉"
    assert enterprises.remedy_source.short == "regulations#55.2"


def test_every_source_of_the_tables_resolves() -> None:
    sources = [known.source for known in categories()]
    sources += [publication_limit(kind, TODAY).source for kind in limit_kinds()]
    sources += [yearly_duty(kind).source for kind in yearly_kinds()]
    assert all(anchor(source).text for source in sources)


CATEGORY = (
    '[[categories]]\ncode = "a"\nlabel = "甲"\ntier = "every"\nsource = "regulations#20(1)"\n'
)
LIMIT = (
    '[[limits]]\nkind = "k"\nwhat = "乙"\nduty = "{duty}"\nunit = "day"\nn = {n}\n'
    'base = "decided"\nsource = "regulations#26"\nmark = "verified"\ncategories = ["{code}"]\n'
)


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        (CATEGORY + CATEGORY, "名称重复：a"),
        (CATEGORY + LIMIT.format(duty="publish", n=1, code="b"), r"类目不存在：\['b'\]"),
        (CATEGORY + LIMIT.format(duty="publish", n=0, code="a"), "期限须为正数：k"),
        (CATEGORY + LIMIT.format(duty="stay_open", n=1, code="a"), "只有公开的期限"),
    ],
    ids=["two of one name", "a category nobody knows", "no time at all", "a display as a limit"],
)
def test_data_that_contradict_themselves_are_refused(toml: str, complaint: str) -> None:
    limits = "" if "[[limits]]" in toml else "limits = []\n"
    with pytest.raises(ValueError, match=complaint):
        proactive._read(limits + toml)


def test_duties_other_than_publishing_are_told_apart() -> None:
    assert publication_limit("overturned_penalty", TODAY).duty is Duty.WITHDRAW
    assert publication_limit("land_taking_notice", TODAY).duty is Duty.STAY_OPEN
