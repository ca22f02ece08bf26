"""Which column of a list means what: the Chinese heads, other names for them, how a cell is read.

It reads no file and asks no database. How the elements of a kind are called on forms stands in
disclosure.details; a list has all kinds side by side, so that some have longer heads here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from gongkai.disclosure.imports import cells
from gongkai.disclosure.imports.reading import Cell, Sheet, SheetRow

# How far down the heads may stand: above them lists often have a title.
_HEADS_WITHIN = 10
_FEWEST_HEADS = 2
# What lists have beside the documents: known, and not brought in.
NOT_BROUGHT_IN = frozenset({"序号", "备注", "编号", "页数"})


@dataclass(frozen=True, slots=True)
class Moment:
    """What reading a date needs besides the cell: day nought of serials, and today."""

    epoch: datetime
    today: date


Reader = Callable[[Cell, Moment], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is a field of the version or the record, or `details.` and an element of a kind."""

    name: str
    head: str
    read: Reader
    others: tuple[str, ...] = ()


def _plain(read: Callable[[Cell], Any]) -> Reader:
    return lambda cell, _moment: read(cell)


def _past(cell: Cell, moment: Moment) -> date:
    return cells.day(cell, moment.epoch, until=moment.today)


def _any_day(cell: Cell, moment: Moment) -> date:
    return cells.day(cell, moment.epoch)


def _written(cell: Cell, moment: Moment) -> str:
    """A day among the details, which are plain JSON."""
    return cells.day(cell, moment.epoch, until=moment.today).isoformat()


def _word(**labels: str) -> Reader:
    return _plain(partial(cells.one_of, labels=labels))


_LINE = _plain(cells.one_line)
_FLAG = _plain(cells.flag)

COLUMNS: tuple[Column, ...] = (
    Column("kind", "信息种类", _plain(cells.kind), ("种类", "类型", "信息类型")),
    Column("title", "标题", _LINE, ("名称", "信息名称", "文件名称", "文件标题", "信息标题")),
    Column("attribute", "公开属性", _plain(cells.attribute), ("公开方式", "公开类别", "属性")),
    Column("formed_on", "成文日期", _past, ("生成日期", "成文时间", "发文日期", "印发日期")),
    Column("first_published_on", "首次公开日期", _past, ("公开日期", "发布日期", "发布时间")),
    Column("index_no", "索引号", _LINE),
    Column("reg_no", "统一编号", _LINE, ("规范性文件编号", "登记号")),
    Column("doc_no", "发文字号", _LINE, ("文号", "文件编号", "公文文号")),
    Column("category", "法定类目", _plain(cells.category), ("信息分类", "类目", "组配分类")),
    Column("summary", "内容概述", _LINE, ("概述", "摘要", "内容摘要")),
    Column("body", "正文", _plain(cells.paragraphs), ("内容", "文件内容")),
    Column("files", "附件", _plain(cells.several), ("文件", "附件文件", "文件名")),
    Column("theme", "主题分类", _LINE, ("主题",)),
    Column("genre", "体裁", _LINE, ("体裁分类", "文种")),
    Column("keywords", "关键词", _LINE, ("主题词",)),
    Column("issuers", "联合发文机关", _LINE, ("联合发文",)),
    Column("effective_on", "施行日期", _any_day, ("生效日期", "实施日期")),
    Column("expires_on", "有效期至", _any_day, ("失效日期", "有效期")),
    Column("attribute_reason", "属性的理由", _LINE, ("不公开理由", "不予公开理由", "属性理由")),
    Column("grounds", "依据", _plain(cells.grounds), ("不公开依据", "不予公开依据", "法律依据")),
    Column("details.stage", "公告种类", _word(result="结果", contract="合同")),
    Column("details.project", "项目名称", _LINE, ("采购项目名称",)),
    Column("details.project_no", "采购项目编号", _LINE, ("项目编号",)),
    Column("details.supplier", "供应商", _LINE, ("中标供应商", "成交供应商")),
    Column("details.amount_fen", "金额（元）", _plain(cells.fen), ("成交金额（元）",)),
    Column("details.decided_on", "决定日期", _written, ("确定日期", "签订日期", "任免日期")),
    Column("details.centralised", "集中采购", _FLAG, ("政府集中采购",)),
    Column("details.document", "任免文件", _LINE),
    Column("details.people", "任免人员", _plain(cells.people)),
    Column("details.year", "年度", _plain(cells.year), ("预算年度",)),
    Column("details.whose", "编制单位", _LINE, ("预算单位",)),
    Column(
        "details.paper",
        "预决算种类",
        _word(budget="预算", final="决算", adjustment="预算调整", execution="执行情况"),
    ),
    Column("details.approved_on", "批准日期", _written, ("批复日期",)),
    Column("details.measure", "处罚或者强制", _word(penalty="行政处罚", coercion="行政强制")),
    Column("details.decision_no", "决定文书号", _LINE, ("决定书文号", "许可决定文书号")),
    Column("details.service", "许可或者事项", _word(licence="许可决定", item="服务事项")),
    Column("details.item", "收费项目", _LINE),
    Column("details.basis", "收费依据", _LINE),
    Column("details.standard", "收费标准", _LINE),
    Column("details.approval_no", "批准文号", _LINE),
    Column("details.touches_public", "涉及公众切身利益", _FLAG),
    Column("details.touches_business", "与市场主体密切相关", _FLAG),
    Column("details.consulted_from", "征求意见开始日期", _written),
    Column("details.consulted_until", "征求意见截止日期", _written),
    Column("details.consultation_note", "征求意见的说明", _LINE),
)
# Without these no row can be brought in, so that their absence is told once and not row by row.
REQUIRED = ("kind", "title", "attribute", "formed_on")
HEADS: Mapping[str, str] = {one.name: one.head for one in COLUMNS}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the heads stand, and the column of each place. `unknown`, `doubled`, `missing` are
    heads; `headed` are the places that have any."""

    row: int
    places: Mapping[int, Column]
    headed: frozenset[int] = frozenset()
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def place_of(self, name: str) -> int | None:
        """The place of a column by its name."""
        return next((at for at, one in self.places.items() if one.name == name), None)


def layout_of(sheet: Sheet) -> Layout | None:
    """The row with most known heads among the first; None where no row has any to speak of."""
    first = [row for row in sheet.rows if row.number <= _HEADS_WITHIN]
    found = max(first, key=lambda row: len(_known(row)), default=None)
    if found is None or len(_known(found)) < _FEWEST_HEADS:
        return None
    places: dict[int, Column] = {}
    unknown, doubled = [], []
    known = _known(found)
    for at, cell in enumerate(found.cells):
        head = _head(cell)
        column = known.get(at)
        if column is None:
            unknown += [head] if head and head not in NOT_BROUGHT_IN else []
        elif column in places.values():
            doubled.append(head)
        else:
            places[at] = column
    names = {one.name for one in places.values()}
    missing = tuple(HEADS[name] for name in REQUIRED if name not in names)
    headed = frozenset(at for at, cell in enumerate(found.cells) if cell is not None)
    return Layout(found.number, places, headed, tuple(unknown), tuple(doubled), missing)


def _known(row: SheetRow) -> dict[int, Column]:
    heads = ((at, _BY_HEAD.get(_head(cell))) for at, cell in enumerate(row.cells))
    return {at: column for at, column in heads if column is not None}


def _head(cell: Cell) -> str:
    """A head without spaces, stars and what stands in brackets to help: 标题*（必填）."""
    if not isinstance(cell, str):
        return ""
    plain = unicodedata.normalize("NFKC", "".join(cell.split())).strip("*:")
    return re.sub(r"\((必填|选填|可空)\)", "", plain).strip("*:")


_BY_HEAD: Mapping[str, Column] = {
    _head(head): column for column in COLUMNS for head in (column.head, *column.others)
}
