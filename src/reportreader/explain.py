"""Puts findings into plain Chinese: what does not agree, by how much, where, and what to correct.

It judges nothing; the words are ours, the numbers are those of the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from reportreader.document import Place
from reportreader.located import CellAt
from reportreader.reading import Found, How
from reportreader.verdict import Finding, SuspectCell, Verdict
from statute.reporting.cells import (
    APPLICANT_COLUMNS,
    BLANK,
    Candidates,
    Cell,
    CellRef,
    Gap,
    Number,
    Table,
)
from statute.reporting.tables import APPLICANTS, DISPUTES

_MOST_NAMED = 6
_WITHOUT_EQUATION = {"X1", "X2", "X7", "X11", "X12"}  # sums on numbers whose column is lost, floors
_COLUMNS = {column.id: column.label for column in APPLICANTS}
_GROUPS = {group.total: group.label for group in DISPUTES}
_HOW = {  # a cell read from a table's own cell needs no remark
    How.POSITION: "按次序读出",
    How.SOLVED: "数字粘连，按勾稽关系解出",
}
_TABLE_NAMES = {Table.PROACTIVE: "表二", Table.REQUESTS: "表三", Table.DISPUTES: "表四"}

# What to do about a fault that is not a matter of one number.
_REMEDIES = {
    "X4": "改为非负整数；没有的填 0，不要用负数冲减。",
    "X7": "核对上年未审结的案件今年怎样了，逐件列入本年各组。",
    "X8": "核对有效件数；因失效、修改或清理而不同的，在报告中说明。",
    "X9": "核对上年年报的数；口径有变的，在报告中说明。",
    "X10": "核实是否把规范性文件数填到了“规章”一行；没有规章的填 0。",
    "X11": "核对登记的规范性文件数，把正文与表改成一致。",
    "X12": "核对台账，把正文与表改成一致；口径不同的，在正文写明。",
    "X13": "以台账为准改正；确须与台账不同的，写明原因。",
    "X14": "在第六部分补写本年度收取信息处理费情况；没有收取的，写明为 0 元。",
    "X15": "逐个核对所辖机关的年报，改正汇总数或者退回有误的机关。",
    "V1": "改用该年度适用的格式重新填报。",
    "N1": "补写存在的主要问题和改进情况。",
    "N2": "按本年度实际情况重写，不沿用上年文字。",
}


def number_text(value: Number) -> str:
    """A number with the digits it was printed with."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def value_text(value: Cell) -> str:
    """What a cell says: digits, 空, 不明, or the readings it allows."""
    if isinstance(value, Candidates):
        return " 或 ".join(value_text(item) for item in value.values)
    if isinstance(value, Gap):
        return "空" if value is BLANK else "不明"
    return number_text(value)


def place_text(place: Place) -> str:
    """Where something stands: 第 3 页，第 12 行; empty where the format lacks places."""
    parts = []
    if place.page is not None:
        parts.append(f"第 {place.page} 页")
    if place.line is not None:
        parts.append(f"第 {place.line} 行")
    if place.row is not None and place.column is not None:
        parts.append(f"表格第 {place.row} 行第 {place.column} 列")
    return "，".join(parts)


def found_text(found: Found | None) -> str:
    """A place, and how the cell was read unless it stood in a cell of a table; 位置不明 where
    nothing is known."""
    where = "" if found is None else place_text(found.place)
    how = "" if found is None else _HOW.get(found.how, "")
    return f"{where or '位置不明'}（{how}）" if how else where or "位置不明"


def verdict_sentence(verdict: Verdict) -> str:
    """The whole verdict in one sentence."""
    errors, warnings = len(verdict.errors), len(verdict.warnings)
    left = f"；另有 {len(verdict.open)} 项看不清或缺资料，无法核对" if verdict.open else ""
    if unseen := unseen_tables(verdict):
        left += f"；没有读到{'、'.join(unseen)}"
    if errors or warnings:
        parts = [f"{errors} 处错误"] if errors else []
        parts += [f"{warnings} 处须核实说明"] if warnings else []
        return f"这份年报有 {'、'.join(parts)}{left}。"
    if not verdict.held:
        return f"这份文件里没有能核对的内容{left}。"
    return f"能核对的 {held_count(verdict)} 项全部相符{left}。"


def unseen_tables(verdict: Verdict) -> tuple[str, ...]:
    """The tables that were not seen, so that nothing is said of them: 表二, 表三, 表四."""
    figures = verdict.report.reading.figures
    seen = {
        Table.PROACTIVE: bool(figures.proactive),
        Table.REQUESTS: bool(figures.requests or figures.requests_single),
        Table.DISPUTES: bool(figures.disputes),
    }
    return tuple(_TABLE_NAMES[table] for table, there in seen.items() if not there)


def held_count(verdict: Verdict) -> int:
    """How many single checks hold."""
    return sum(held.count for held in verdict.held)


def sentence(finding: Finding) -> str:
    """What a finding says, without the rule: 表三“总计”列：…之和 26，（七）总计写 20，少 6。"""
    result = finding.result
    if result.expected is None or result.found is None or result.difference is None:
        return _plain(finding)
    if result.equation is None and finding.rule.id not in _WITHOUT_EQUATION:
        return _plain(finding)
    writer = _SENTENCES.get(finding.rule.id, _general)
    note = f"（{result.note}）" if result.note else ""
    return f"{writer(finding)}，{_off_by(result.difference)}{note}。"


def remedy(finding: Finding, suspects: Sequence[SuspectCell]) -> str:
    """What to correct: the cell that explains the fault, alternatives, or what the rule asks."""
    mine = [one for one in suspects if finding.number in one.explains]
    if not mine:
        return _REMEDIES.get(
            finding.rule.id, "没有哪一格单独改动就能消除，可能不止一处有误，请逐格核对原始台账。"
        )
    if len(mine) == 1 and mine[0].alone:
        return f"{_change(mine[0])}。{_settles(mine[0], finding)}"
    named = "；".join(_change(one) for one in mine[:_MOST_NAMED])
    more = f"；等 {len(mine)} 种改法" if len(mine) > _MOST_NAMED else ""
    return f"下列任一改动都能使之相符，年报本身看不出是哪一处，请查原始台账：{named}{more}。"


def suspect_sentence(suspect: SuspectCell) -> str:
    """Which cell, what it says, what it would have to be, and which faults that settles."""
    numbers = "、".join(map(str, suspect.explains))
    alone = "只有这一格能单独解释" if suspect.alone else "可能的一格，能解释"
    return f"{_change(suspect)}：{alone}第 {numbers} 处。"


def _change(suspect: SuspectCell) -> str:
    found, wanted = number_text(suspect.found), number_text(suspect.would_have_to_be)
    return f"{suspect.cell.label}填 {found}，须为 {wanted} 才相符"


def _settles(suspect: SuspectCell, finding: Finding) -> str:
    others = [str(number) for number in suspect.explains if number != finding.number]
    if not others:
        return "没有别的一格能单独解释。"
    return f"改这一格，第 {'、'.join(others)} 处也一并消除。"


def _off_by(difference: Number) -> str:
    size = number_text(-difference if difference < 0 else difference)
    return f"{'多' if difference > 0 else '少'} {size}"


def _plain(finding: Finding) -> str:
    result = finding.result
    where = "、".join(
        f"{cell.label}为 {value_text(cell.value)}" for cell in finding.cells[:_MOST_NAMED]
    )
    if len(finding.cells) > _MOST_NAMED:
        where += f" 等 {len(finding.cells)} 格"
    text = "：".join(part for part in (where, result.note) if part)
    return f"{text or finding.rule.text}。"


def _sides(finding: Finding) -> tuple[tuple[CellAt, ...], tuple[CellAt, ...]]:
    equation = finding.result.equation
    split = len(finding.cells) - 1 if equation is None else len(equation.expected)
    return finding.cells[:split], finding.cells[split:]


def _sums(finding: Finding) -> tuple[str, str]:
    result = finding.result
    return number_text(result.expected or 0), number_text(result.found or 0)


def _column(finding: Finding) -> str:
    """The column a sum of table three runs down."""
    columns = {cell.ref.column for cell in finding.cells}
    if len(columns) != 1 or not (column := columns.pop()):
        return "表三各行"
    return f"表三“{_COLUMNS[column]}”列"


def _x1(finding: Finding) -> str:
    expected, found = _sums(finding)
    if finding.result.equation is None:
        return f"{_column(finding)}：新收与上年结转之和 {expected}，办结与结转下年之和 {found}"
    new, carried, done, left = (value_text(cell.value) for cell in finding.cells)
    return (
        f"{_column(finding)}：新收 {new}＋上年结转 {carried}＝{expected}，"
        f"办理结果总计 {done}＋结转下年 {left}＝{found}"
    )


def _x2(finding: Finding) -> str:
    expected, found = _sums(finding)
    return f"{_column(finding)}：（一）至（六）各项之和 {expected}，（七）总计写 {found}"


def _x3(finding: Finding) -> str:
    expected, found = _sums(finding)
    label = finding.cells[-1].label.removesuffix(_COLUMNS[APPLICANT_COLUMNS[-1]])
    return f"{label}一行：各类申请人之和 {expected}，总计写 {found}"


def _x5(finding: Finding) -> str:
    expected, found = _sums(finding)
    column = _COLUMNS[finding.cells[-1].ref.column]
    return f"“{column}”列：上年年报“结转下年度继续办理”{expected}，本年“上年结转”写 {found}"


def _x6(finding: Finding) -> str:
    expected, found = _sums(finding)
    group = _GROUPS[finding.cells[-1].ref.row]
    return f"表四“{group}”：四种结果之和 {expected}，总计写 {found}"


def _x7(finding: Finding) -> str:
    expected, found = _sums(finding)
    group = _GROUPS[finding.cells[-1].ref.row]
    return f"表四“{group}”：上年尚未审结 {expected} 件，本年总计只有 {found} 件"


def _prose(finding: Finding) -> str:
    expected, found = _sums(finding)
    table, said = finding.cells[:-1], finding.cells[-1]
    labels = "与".join(cell.label for cell in table)
    words = f"（“{said.said}”）" if said.said else ""
    if said.ref.table is not Table.PROSE:
        return f"{said.label}写 {found}，登记为 {expected}"
    return f"正文写“{said.ref.row}”{found}{words}，{labels}为 {expected}"


def _x15(finding: Finding) -> str:
    expected, found = _sums(finding)
    children, here = _sides(finding)
    return f"{here[0].label}：所辖 {len(children)} 个机关之和 {expected}，本报告写 {found}"


def _general(finding: Finding) -> str:
    left, right = _sides(finding)
    expected, found = _sums(finding)
    return f"{_written_out(left)}＝{expected}，{_written_out(right)}＝{found}"


def _written_out(cells: Sequence[CellAt]) -> str:
    return "＋".join(f"{cell.label} {value_text(cell.value)}" for cell in cells)


_SENTENCES: dict[str, Callable[[Finding], str]] = {
    "X1": _x1,
    "X2": _x2,
    "X3": _x3,
    "X5": _x5,
    "X6": _x6,
    "X7": _x7,
    "X11": _prose,
    "X12": _prose,
    "X15": _x15,
}


def table_name(ref: CellRef) -> str:
    """表二, 表三, 表四, or 正文 for a figure in a sentence."""
    return _TABLE_NAMES.get(ref.table, "正文")
