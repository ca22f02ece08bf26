"""A sound report, written by hand, and ways of planting one fault in it; files are our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reportreader.batch import open_report
from reportreader.located import Report
from reportreader.verdict import Comparison, Finding, Verdict, judge
from statute.reporting.cells import Cell, Figures
from statute.reporting.edition_2019 import EDITION_2019
from statute.reporting.edition_2021 import EDITION_2021
from tests.reportreader.render.markup_layouts import MARKUP_LAYOUTS

_ZEROS: tuple[Cell, ...] = (0,) * 7
_CLEAN = next(layout for layout in MARKUP_LAYOUTS if layout.name == "HTML, clean")
_FIVE = "个别栏目更新不够及时，今后定期检查。"
_SIX = "没有其他需要报告的事项。"
_ONE = "本机关按照规定公开政府信息，答复公开申请。"
NO_FEES = "本年度没有收取信息处理费，收取金额为0元。"

REQUESTS: dict[str, tuple[Cell, ...]] = {
    **{row.id: _ZEROS for row in EDITION_2021.requests},
    "a1": (10, 2, 0, 0, 0, 0, 12),
    "a2": (1, 0, 0, 0, 0, 0, 1),
    "r_grant": (8, 2, 0, 0, 0, 0, 10),
    "r_unable_1": (2, 0, 0, 0, 0, 0, 2),
    "r_sum": (10, 2, 0, 0, 0, 0, 12),
    "a4": (1, 0, 0, 0, 0, 0, 1),
}
DISPUTES: dict[str, Cell] = {
    **{column.id: 0 for column in EDITION_2021.dispute_columns},
    "rv_uphold": 1,
    "rv_pending": 1,
    "rv_total": 2,
}
SOUND = Figures(
    edition="2021",
    year=2023,
    agency="样例县自然资源局",
    requests=REQUESTS,
    disputes=DISPUTES,
    proactive={
        "rules": (0, 0, 0),
        "norm_docs": (3, 1, 20),
        "license": (5,),
        "penalty": (2,),
        "coercion": (0,),
        "admin_fee": (0,),
    },
    units={"admin_fee": "万元"},
)
# 上年现行有效 18 ＋ 本年制发 3 ＝ 本年现行有效 20 ＋ 本年废止 1
BEFORE = replace(SOUND, year=2022, proactive={**(SOUND.proactive or {}), "norm_docs": (0, 0, 18)})
SOUND_2019 = replace(
    SOUND,
    edition="2019",
    year=2020,
    requests={row.id: REQUESTS.get(row.id, _ZEROS) for row in EDITION_2019.requests},
    proactive={
        "rules": (0, 0, 0),
        "norm_docs": (3, 3, 20),
        "license": (4, 1, 9),
        "other_service": (0, 0, 0),
        "penalty": (6, 0, 2),
        "coercion": (0, 0, 0),
        "admin_fee": (0, 0),
        "central_purchase": (0, 0),
    },
)
# 上年对外公开总数 17 ＋ 本年新公开 3 ＝ 20；上年项目 4 ＋ 0 ＝ 4，6 ＋ 0 ＝ 6
BEFORE_2019 = replace(
    SOUND_2019,
    year=2019,
    proactive={
        **(SOUND_2019.proactive or {}),
        "norm_docs": (2, 2, 17),
        "license": (4, 0, 9),
    },
)


def requests(figures: Figures, **rows: tuple[Cell, ...]) -> Figures:
    """The figures with other rows in table three."""
    return replace(figures, requests={**(figures.requests or {}), **rows})


def disputes(figures: Figures, **cells: Cell) -> Figures:
    """The figures with other cells in table four."""
    return replace(figures, disputes={**(figures.disputes or {}), **cells})


def proactive(figures: Figures, **rows: tuple[Cell, ...]) -> Figures:
    """The figures with other rows in table two."""
    return replace(figures, proactive={**(figures.proactive or {}), **rows})


def page(figures: Figures, *, one: str = _ONE, five: str = _FIVE, six: str = NO_FEES) -> bytes:
    """The report as a page, with these words in parts one, five and six."""
    text = _CLEAN.render(figures).decode()
    for old, new in ((_ONE, one), (_FIVE, five), (_SIX, six)):
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def opened(folder: Path, name: str, figures: Figures, **words: str) -> Report:
    """The report written to a file and read again."""
    file = folder / name
    file.write_bytes(page(figures, **words))
    return open_report(file)


def verdict(
    folder: Path,
    figures: Figures,
    *,
    previous: Figures | None = None,
    children: Mapping[str, Figures] | None = None,
    **words: str,
) -> Verdict:
    """What checking says of the report, beside the others."""
    comparison = Comparison(
        None if previous is None else opened(folder, "上年.html", previous, one="上年写的。" * 9),
        tuple(opened(folder, name, child) for name, child in (children or {}).items()),
    )
    return judge(opened(folder, "report.html", figures, **words), comparison)


def brief(finding: Finding) -> tuple[str, str, object, object, object]:
    """Rule, weight and the three numbers of a finding."""
    result = finding.result
    severity = finding.rule.severity.value
    return finding.rule.id, severity, result.expected, result.found, result.difference
