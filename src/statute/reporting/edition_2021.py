"""The form of 国办公开办函〔2021〕30号, for the report years from 2021."""

from __future__ import annotations

from datetime import date

from statute.citations import cite
from statute.dated import Period
from statute.reporting.forms import Block, Column, Edition, Row, Unit
from statute.reporting.tables import APPLICANTS, DISPUTES, OTHER_THREE, request_rows

_DECISIONS = (Column("decisions", "本年处理决定数量"),)

EDITION_2021 = Edition(
    id="2021",
    report_years=(2021, None),
    in_force=Period(date(2021, 9, 26), None),
    source=cite("report_form_2021#附件"),
    proactive=(
        Block(
            "b20_1",
            "第二十条第（一）项",
            (
                Column("made", "本年制发件数"),
                Column("repealed", "本年废止件数"),
                Column("in_force", "现行有效件数"),
            ),
            (Row("rules", "规章"), Row("norm_docs", "行政规范性文件")),
        ),
        Block("b20_5", "第二十条第（五）项", _DECISIONS, (Row("license", "行政许可"),)),
        Block(
            "b20_6",
            "第二十条第（六）项",
            _DECISIONS,
            (Row("penalty", "行政处罚"), Row("coercion", "行政强制")),
        ),
        Block(
            "b20_8",
            "第二十条第（八）项",
            (Column("amount_wan", "本年收费金额（单位：万元）", Unit.YUAN_10K),),
            (Row("admin_fee", "行政事业性收费"),),
        ),
    ),
    applicants=APPLICANTS,
    requests=request_rows(OTHER_THREE),
    disputes=DISPUTES,
)
