"""The counting rules in words, and the tables of kinds and results they rest on, with their marks.

Only what is to be read and configured; the arithmetic is in counting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from statute.citations import Citation, Mark, cite

_COUNTING: Final = cite("house_practice#填报口径")
_APPLICANTS: Final = cite("house_practice#申请人类别")
_ENDS: Final = cite("house_practice#争议归类")


@dataclass(frozen=True, slots=True)
class CountingRule:
    """A rule of counting; `switch` names the field of counting.Switches that can turn it."""

    id: str
    text: str
    source: Citation
    mark: Mark = Mark.PRACTICE
    switch: str | None = None


COUNTING_RULES: Final = (
    CountingRule(
        "unit", "以申请件为单位，一件一个办理结果", cite("report_form_2021#附件"), Mark.VERIFIED
    ),
    CountingRule("split", "按一事一申请拆分的，拆几件计几件；不拆分的计 1 件", _COUNTING),
    CountingRule(
        "partial",
        "有公开又有不公开的，只计“部分公开”，不计其他情形",
        cite("report_form_2021#附件"),
        Mark.VERIFIED,
    ),
    CountingRule(
        "main_reason",
        "全部不公开而理由不止一个的，按主要理由计 1 件",
        cite("house_practice#主要理由"),
    ),
    CountingRule("receipt_year", "本年新收按收到日所在年度计", _COUNTING),
    CountingRule("decision_year", "办理结果按答复、办结日所在年度计", _COUNTING),
    CountingRule("carry_over", "年末未办结的计结转下年度，次年计上年结转", _COUNTING),
    CountingRule(
        "correction",
        "补正后重新起算期限，不改变新收所属年度，按首次收到计",
        cite("house_practice#补正不改年度"),
        switch="correction_moves_receipt",
    ),
    CountingRule(
        "joint",
        "多人联名一份申请计 1 件，按第一申请人的类别计",
        cite("house_practice#联名申请"),
        switch="joint_applicants",
    ),
    CountingRule(
        "remade",
        "复议、诉讼后重新作出答复的，不另计入表三",
        _COUNTING,
        switch="count_remade",
    ),
    CountingRule(
        "not_held",
        "信息不存在与非本机关负责公开，都计“本机关不掌握相关政府信息”",
        cite("regulations#36(4)"),
        Mark.VERIFIED,
    ),
    CountingRule(
        "record_correction",
        "要求更正与自身相关的信息，不计入公开申请",
        cite("regulations#41"),
        Mark.PRACTICE,
    ),
    CountingRule(
        "complaint",
        "对公开工作的投诉举报，不计入公开申请",
        cite("regulations#47"),
        Mark.PRACTICE,
    ),
    CountingRule(
        "co_defendant",
        "复议机关作共同被告的案件，只由原行为机关计 1 件，复议机关不计",
        cite("dispute_count_2016#共同被告"),
        Mark.VERIFIED,
    ),
    CountingRule("instances", "一案经一审、二审只计 1 件，按年末最终状态计", _ENDS, Mark.MEMORY),
    CountingRule(
        "no_power", "没有规章制定权的机关，“规章”一行填“/”或 0", cite("report_local_2025#规章留空")
    ),
    CountingRule(
        "money_unit",
        "2021 年版收费金额以万元计；2019 年版采购金额的单位随数字填写",
        cite("report_form_2021#附件"),
        Mark.VERIFIED,
    ),
    CountingRule(
        "hand_over",
        "县（区）汇总所属部门和乡镇的年报；纸质件签字盖章，另报电子版",
        cite("report_local_2025#汇总"),
        Mark.VERIFIED,
    ),
)


@dataclass(frozen=True, slots=True)
class ApplicantKind:
    """A kind of applicant as offices name it, and its column in table three."""

    text: str
    column: str
    source: Citation = _APPLICANTS
    mark: Mark = Mark.MEMORY


APPLICANT_KINDS: Final = (
    ApplicantKind("以个人名义申请的公民", "natural"),
    ApplicantKind("以个人名义申请的律师", "natural"),
    ApplicantKind("公司", "org_business"),
    ApplicantKind("个人独资企业", "org_business"),
    ApplicantKind("合伙企业", "org_business"),
    ApplicantKind("个体工商户", "org_business"),
    ApplicantKind("科研院所", "org_research"),
    ApplicantKind("高校", "org_research"),
    ApplicantKind("社会团体", "org_public_benefit"),
    ApplicantKind("基金会", "org_public_benefit"),
    ApplicantKind("公益性社会服务机构", "org_public_benefit"),
    ApplicantKind("律师事务所", "org_legal"),
    ApplicantKind("基层法律服务所", "org_legal"),
    ApplicantKind("公证处", "org_legal"),
    ApplicantKind("机关", "org_other"),
    ApplicantKind("事业单位", "org_other"),
    ApplicantKind("村（居）民委员会", "org_other"),
    ApplicantKind("业主委员会", "org_other"),
    ApplicantKind("农民合作社", "org_other"),
)


@dataclass(frozen=True, slots=True)
class DisputeEnd:
    """How a review or suit ended, and the column of table four it counts in."""

    text: str
    result: str
    source: Citation = _ENDS
    mark: Mark = Mark.MEMORY


DISPUTE_ENDS: Final = (
    DisputeEnd("维持决定", "uphold"),
    DisputeEnd("驳回复议请求", "uphold"),
    DisputeEnd("判决驳回诉讼请求", "uphold", mark=Mark.VERIFIED),
    DisputeEnd("裁定驳回起诉", "uphold"),
    DisputeEnd("裁定不予立案而实体未被否定", "uphold"),
    DisputeEnd("撤销或部分撤销", "correct"),
    DisputeEnd("变更", "correct"),
    DisputeEnd("确认违法", "correct"),
    DisputeEnd("确认无效", "correct"),
    DisputeEnd("责令履行或重新作出", "correct"),
    DisputeEnd("撤回", "other"),
    DisputeEnd("终止", "other"),
    DisputeEnd("调解、和解", "other"),
    DisputeEnd("不予受理", "other"),
    DisputeEnd("移送", "other"),
    DisputeEnd("年末尚无结果", "pending"),
)


@dataclass(frozen=True, slots=True)
class FigureSource:
    """Where the figures of a row of table two come from."""

    rows: tuple[str, ...]
    register: str
    text: str
    source: Citation
    mark: Mark = Mark.VERIFIED


TABLE_TWO_SOURCES: Final = (
    FigureSource(
        ("license", "penalty", "coercion"),
        "执法决定台账",
        "当年作出的全部处理决定，含已公开的和依法未公开的，不是网站发布数",
        cite("report_local_2025#处理决定数量"),
    ),
    FigureSource(
        ("rules", "norm_docs"),
        "规范性文件登记簿",
        "制发、废止、现行有效三个数会同司法行政部门核定",
        cite("report_local_2025#规范性文件数"),
    ),
    FigureSource(
        ("admin_fee",), "财政票据", "按实收核算，不估计", cite("report_local_2025#收费金额")
    ),
)

_COLUMN_BY_KIND: Final[Mapping[str, str]] = MappingProxyType(
    {kind.text: kind.column for kind in APPLICANT_KINDS}
)


def applicant_column(kind: str, overrides: Mapping[str, str] = MappingProxyType({})) -> str:
    """The column of table three for a kind of applicant, an office's own mapping first.

    KeyError for a kind that neither knows: it must be entered, not guessed.
    """
    return overrides[kind] if kind in overrides else _COLUMN_BY_KIND[kind]
