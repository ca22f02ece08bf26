"""Tables three and four of both editions (〔2019〕60号, 〔2021〕30号): rows, columns, labels.

Not table two, which differs between the editions and stands with each of them.
"""

from __future__ import annotations

from statute.reporting.forms import Column, DisputeGroup, Row

CORNER_LABEL = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANTS_LABEL = "申请人情况"
ORGANISATIONS_LABEL = "法人或其他组织"
RESULTS_LABEL = "三、本年度办理结果"
CONTENT_LABEL = "信息内容"

APPLICANTS: tuple[Column, ...] = (
    Column("natural", "自然人"),
    Column("org_business", "商业企业"),
    Column("org_research", "科研机构"),
    Column("org_public_benefit", "社会公益组织"),
    Column("org_legal", "法律服务机构"),
    Column("org_other", "其他"),
    Column("total", "总计"),
)

_DENIED = "（三）不予公开"
_UNABLE = "（四）无法提供"
_IGNORED = "（五）不予处理"
_OTHER = "（六）其他处理"

_BEFORE_OTHER: tuple[Row, ...] = (
    Row("a1", "一、本年新收政府信息公开申请数量"),
    Row("a2", "二、上年结转政府信息公开申请数量"),
    Row("r_grant", "（一）予以公开"),
    Row("r_partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    Row("r_deny_1", "1.属于国家秘密", _DENIED),
    Row("r_deny_2", "2.其他法律行政法规禁止公开", _DENIED),
    Row("r_deny_3", "3.危及“三安全一稳定”", _DENIED),
    Row("r_deny_4", "4.保护第三方合法权益", _DENIED),
    Row("r_deny_5", "5.属于三类内部事务信息", _DENIED),
    Row("r_deny_6", "6.属于四类过程性信息", _DENIED),
    Row("r_deny_7", "7.属于行政执法案卷", _DENIED),
    Row("r_deny_8", "8.属于行政查询事项", _DENIED),
    Row("r_unable_1", "1.本机关不掌握相关政府信息", _UNABLE),
    Row("r_unable_2", "2.没有现成信息需要另行制作", _UNABLE),
    Row("r_unable_3", "3.补正后申请内容仍不明确", _UNABLE),
    Row("r_ignore_1", "1.信访举报投诉类申请", _IGNORED),
    Row("r_ignore_2", "2.重复申请", _IGNORED),
    Row("r_ignore_3", "3.要求提供公开出版物", _IGNORED),
    Row("r_ignore_4", "4.无正当理由大量反复申请", _IGNORED),
    Row("r_ignore_5", "5.要求行政机关确认或重新出具已获取信息", _IGNORED),
)

_AFTER_OTHER: tuple[Row, ...] = (
    Row("r_sum", "（七）总计"),
    Row("a4", "四、结转下年度继续办理"),
)

OTHER_SINGLE: tuple[Row, ...] = (Row("r_other", "（六）其他处理"),)

OTHER_THREE: tuple[Row, ...] = (
    Row("r_other_1", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", _OTHER),
    Row(
        "r_other_2",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        _OTHER,
    ),
    Row("r_other_3", "3.其他", _OTHER),
)


def request_rows(other: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of table three, given how （六）其他处理 is printed."""
    return _BEFORE_OTHER + other + _AFTER_OTHER


def _dispute_group(prefix: str, label: str, parent: str) -> DisputeGroup:
    results = (
        ("uphold", "结果维持"),
        ("correct", "结果纠正"),
        ("other", "其他结果"),
        ("pending", "尚未审结"),
        ("total", "总计"),
    )
    columns = tuple(Column(f"{prefix}_{name}", text) for name, text in results)
    return DisputeGroup(prefix, label, parent, columns)


DISPUTES: tuple[DisputeGroup, ...] = (
    _dispute_group("rv", "行政复议", "行政复议"),
    _dispute_group("ld", "未经复议直接起诉", "行政诉讼"),
    _dispute_group("la", "复议后起诉", "行政诉讼"),
)
