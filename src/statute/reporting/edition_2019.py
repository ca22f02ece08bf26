"""The form of 国办公开办函〔2019〕60号, for the report years 2019 and 2020."""

from __future__ import annotations

from datetime import date

from statute.citations import cite
from statute.dated import Period
from statute.reporting.forms import Block, Column, Edition, Row, Unit
from statute.reporting.tables import APPLICANTS, DISPUTES, OTHER_SINGLE, request_rows

_ITEMS = (
    Column("prev_items", "上一年项目数量", Unit.ITEM),
    Column("delta", "本年增/减", Unit.ITEM, signed=True),
)
_DECIDED = (*_ITEMS, Column("decisions", "处理决定数量"))

EDITION_2019 = Edition(
    id="2019",
    report_years=(2019, 2020),
    in_force=Period(date(2019, 11, 1), date(2021, 9, 25)),
    source=cite("report_form_2019#附件"),
    proactive=(
        Block(
            "b20_1",
            "第二十条第（一）项",
            (
                Column("made", "本年新制作数量"),
                Column("published", "本年新公开数量"),
                Column("total_public", "对外公开总数量"),
            ),
            (Row("rules", "规章"), Row("norm_docs", "规范性文件")),
        ),
        Block(
            "b20_5",
            "第二十条第（五）项",
            _DECIDED,
            (Row("license", "行政许可"), Row("other_service", "其他对外管理服务事项")),
        ),
        Block(
            "b20_6",
            "第二十条第（六）项",
            _DECIDED,
            (Row("penalty", "行政处罚"), Row("coercion", "行政强制")),
        ),
        Block("b20_8", "第二十条第（八）项", _ITEMS, (Row("admin_fee", "行政事业性收费"),)),
        Block(
            "b20_9",
            "第二十条第（九）项",
            (
                Column("items", "采购项目数量", Unit.ITEM),
                Column("amount", "采购总金额", Unit.FREE),
            ),
            (Row("central_purchase", "政府集中采购"),),
        ),
    ),
    applicants=APPLICANTS,
    requests=request_rows(OTHER_SINGLE),
    disputes=DISPUTES,
)
