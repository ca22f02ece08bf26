"""Kinds of records (art. 20 and what an office keeps besides): category and time limit of each.

Which limit holds on a day is statute's business; here stands only which one is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from statute.proactive import DEFAULT_LIMIT


class RecordKind(models.TextChoices):
    """What a record is, as an office files it."""

    NORMATIVE = "normative", "行政规范性文件"
    DOCUMENT = "document", "其他文件"
    INTERPRETATION = "interpretation", "政策解读"
    APPOINTMENT = "appointment", "人事任免"
    PLAN = "plan", "规划计划"
    STATISTICS = "statistics", "统计信息"
    LICENSING = "licensing", "行政许可和服务事项"
    PENALTY = "penalty", "行政处罚和行政强制"
    BUDGET = "budget", "政府预算、决算"
    DEPARTMENT_BUDGET = "department_budget", "部门预算、决算"
    CHARGE = "charge", "行政事业性收费"
    PROCUREMENT = "procurement", "政府采购"
    PROJECT = "project", "重大建设项目"
    LIVELIHOOD = "livelihood", "民生政策措施"
    EMERGENCY = "emergency", "应急管理"
    SUPERVISION = "supervision", "监督检查"
    RECRUITMENT = "recruitment", "公务员招考"
    ORGANISATION = "organisation", "机关职能和机构"
    GUIDE = "guide", "政府信息公开指南"
    RULES = "rules", "政府信息公开制度"
    ANNUAL_REPORT = "annual_report", "政府信息公开年报"
    NEWS = "news", "其他应当公开的信息"


@dataclass(frozen=True, slots=True)
class KindRule:
    """The category a kind stands under unless another is chosen, and its limit by name."""

    category: str
    limit: str = DEFAULT_LIMIT


RULES: dict[str, KindRule] = {
    RecordKind.NORMATIVE: KindRule("p20_01"),
    RecordKind.DOCUMENT: KindRule("p20_15"),
    RecordKind.INTERPRETATION: KindRule("p20_15", "interpretation"),
    RecordKind.APPOINTMENT: KindRule("p20_02"),
    RecordKind.PLAN: KindRule("p20_03"),
    RecordKind.STATISTICS: KindRule("p20_04"),
    RecordKind.LICENSING: KindRule("p20_05", "license_decision"),
    RecordKind.PENALTY: KindRule("p20_06", "penalty_decision"),
    RecordKind.BUDGET: KindRule("p20_07", "government_budget"),
    RecordKind.DEPARTMENT_BUDGET: KindRule("p20_07", "department_budget"),
    RecordKind.CHARGE: KindRule("p20_08"),
    RecordKind.PROCUREMENT: KindRule("p20_09", "procurement_result"),
    RecordKind.PROJECT: KindRule("p20_10"),
    RecordKind.LIVELIHOOD: KindRule("p20_11"),
    RecordKind.EMERGENCY: KindRule("p20_12"),
    RecordKind.SUPERVISION: KindRule("p20_13"),
    RecordKind.RECRUITMENT: KindRule("p20_14"),
    RecordKind.ORGANISATION: KindRule("p20_02"),
    RecordKind.GUIDE: KindRule("p20_15"),
    RecordKind.RULES: KindRule("p20_15"),
    RecordKind.ANNUAL_REPORT: KindRule("p20_15"),
    RecordKind.NEWS: KindRule("p20_15"),
}
