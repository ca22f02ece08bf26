"""Lists of old documents written for tests, as sheets and as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADS = (
    "信息种类", "标题", "公开属性", "成文日期", "首次公开日期", "索引号", "发文字号", "正文",
    "附件", "属性的理由", "依据", "施行日期", "有效期至",
)  # fmt: skip
GOOD: dict[str, Any] = {
    "信息种类": "其他文件",
    "标题": "云溪县农村供水工程管护办法",
    "公开属性": "主动公开",
    "成文日期": date(2019, 3, 5),
    "首次公开日期": date(2019, 3, 8),
    "正文": "管护经费由受益户分担。",
}


def row(heads: Sequence[str] = HEADS, **changes: Any) -> list[Any]:
    """A good row with some cells changed, in the order of the heads."""
    values = {**GOOD, **changes}
    return [values.get(head) for head in heads]


def numbered(count: int, heads: Sequence[str] = HEADS) -> list[list[Any]]:
    """So many good rows, told from each other by title and document number."""
    return [
        row(heads, 标题=f"第{n}号文件", 发文字号=f"云政办〔2019〕{n}号")
        for n in range(1, count + 1)
    ]


def xlsx(path: Path, *rows: Sequence[Any], heads: Sequence[str] = HEADS) -> Path:
    """A workbook with one sheet 清单: heads in the first row, then the rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "清单"
    for one in (heads, *rows):
        sheet.append(list(one))
    book.save(path)
    return path


def text(*rows: Sequence[Any], heads: Sequence[str] = HEADS, delimiter: str = ",") -> str:
    """The same as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    for one in (heads, *rows):
        writer.writerow(["" if cell is None else cell for cell in one])
    return out.getvalue()
