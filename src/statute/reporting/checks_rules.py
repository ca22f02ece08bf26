"""The rules an annual report is checked by: X1–X15, form against year, part five, copied text.

Only their words, weight and source; how each is assessed stands in the other checks_* modules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from statute.citations import Citation, Mark, cite
from statute.dated import Period

_FROM_2019: Final = Period(date(2019, 11, 1))
_FORM_2019: Final = Period(date(2019, 11, 1), date(2021, 9, 25))
_FORM_2021: Final = Period(date(2021, 9, 26))


class Severity(StrEnum):
    """Whether breaking the rule makes the report wrong, needs an explanation, or is only said."""

    ERROR = "error"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of checking: identifier, weight, wording in Chinese, source and its life.

    `in_force` is the life of the instrument the rule stands on, `also` what else it stands on.
    """

    id: str
    severity: Severity
    text: str
    source: Citation
    mark: Mark = Mark.VERIFIED
    in_force: Period = _FROM_2019
    also: tuple[Citation, ...] = ()


_ALL: Final = (
    Rule(
        "X1",
        Severity.ERROR,
        "表三每一列：本年新收加上年结转，等于办理结果总计加结转下年度",
        cite("report_form_2019#勾稽关系"),
    ),
    Rule(
        "X2",
        Severity.ERROR,
        "表三每一列：（七）总计等于（一）至（六）全部细项之和",
        cite("report_form_2019#勾稽关系"),
    ),
    Rule(
        "X3",
        Severity.ERROR,
        "表三每一行：总计等于自然人与五类法人或其他组织之和",
        cite("report_form_2019#勾稽关系"),
    ),
    Rule(
        "X4",
        Severity.ERROR,
        "各格为非负整数；“本年增/减”可为负，金额可有小数，空白不等于 0",
        cite("house_practice#年报核对"),
        Mark.PRACTICE,
    ),
    Rule(
        "X5",
        Severity.ERROR,
        "跨年：本年“上年结转”各列等于上年“结转下年度继续办理”各列",
        cite("report_form_2019#附件"),
    ),
    Rule(
        "X6",
        Severity.ERROR,
        "表四每一组：总计等于结果维持、结果纠正、其他结果、尚未审结之和",
        cite("report_form_2019#勾稽关系"),
    ),
    Rule(
        "X7",
        Severity.WARN,
        "表四跨年：上年尚未审结的案件本年应有结果或仍未审结，总计不少于上年尚未审结数",
        cite("house_practice#上年未结"),
        Mark.PRACTICE,
    ),
    Rule(
        "X8",
        Severity.WARN,
        "表二跨年：现行有效件数等于上年现行有效件数加本年制发、减本年废止"
        "（失效、修改、清理会造成差异，须说明）",
        cite("report_form_2021#勾稽关系"),
        Mark.PRACTICE,
        _FORM_2021,
    ),
    Rule(
        "X9",
        Severity.WARN,
        "2019 年版表二：新公开不超过新制作加存量；对外公开总数约等于上年总数加本年新公开；"
        "上一年项目数量等于上年所报数加其增减",
        cite("report_form_2019#附件"),
        Mark.PRACTICE,
        _FORM_2019,
    ),
    Rule(
        "X10",
        Severity.WARN,
        "县级及以下机关没有规章制定权，“规章”一行应为 0 或“/”",
        cite("report_local_2025#规章留空"),
        Mark.PRACTICE,
    ),
    Rule(
        "X11",
        Severity.WARN,
        "表二规范性文件制发件数，等于当年登记制发数，正文所写与表一致",
        cite("report_local_2025#规范性文件数"),
        Mark.PRACTICE,
    ),
    Rule(
        "X12",
        Severity.WARN,
        "正文所写本机关申请、复议、诉讼件数，与表三、表四相应各格一致",
        cite("house_practice#年报核对"),
        Mark.PRACTICE,
    ),
    Rule(
        "X13",
        Severity.WARN,
        "表三每一格等于台账统计值；人工改动须写明原因",
        cite("house_practice#年报核对"),
        Mark.PRACTICE,
    ),
    Rule(
        "X14",
        Severity.ERROR,
        "2021 年度起第六部分须写收取信息处理费情况，没有收取的也要写明；有收费事项的尤应写明",
        cite("report_form_2021#信息处理费"),
        Mark.MEMORY,
        _FORM_2021,
    ),
    Rule(
        "X15",
        Severity.ERROR,
        "汇总报告各格等于所辖机关之和；表四共同被告案件只由原行为机关计 1 件",
        cite("report_local_2025#汇总"),
        also=(cite("dispute_count_2016#共同被告"),),
    ),
    Rule(
        "V1",
        Severity.ERROR,
        "年报须用该年度适用的格式：2019、2020 年度用 2019 年版，2021 年度起用 2021 年版",
        cite("report_form_2021#附件"),
    ),
    Rule(
        "V2",
        Severity.NOTE,
        "（六）其他处理在 2019 年版为一行，在 2021 年版为三行",
        cite("report_form_2021#附件"),
    ),
    Rule(
        "N1",
        Severity.ERROR,
        "第五部分须写明存在的主要问题及改进情况，不得空缺",
        cite("regulations#50(4)"),
    ),
    Rule(
        "N2",
        Severity.WARN,
        "年报文字不得照抄上年",
        cite("report_form_2021#明确责任"),
    ),
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.id: rule for rule in _ALL})
