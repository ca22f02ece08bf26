"""Single cells of a list read as dates, words, amounts, articles; CellError says what is wrong.

It knows no column; a fault is put to its row and column by checking.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import cache

from gongkai.disclosure.imports.reading import Cell, Unreadable, day_of_serial
from gongkai.disclosure.kinds import RecordKind
from statute.attributes import WITHHOLDING_ARTICLES, Attribute, attribute_in_note
from statute.citations import Citation
from statute.numbering import NumberingError, date_faults, date_text, parse_date_text
from statute.proactive import categories
from statute.texts.anchors import instrument

EARLIEST = date(1949, 10, 1)
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,2})0*)?")
_YES, _NO = ("是", "有", "√", "1", "true", "yes", "y"), ("否", "无", "×", "0", "false", "no", "n")
_SEPARATORS = re.compile(r"[;；\n]")


class CellError(Exception):
    """What is wrong with a cell, to be read after the name of its column."""


def words(cell: Cell) -> str:
    """The cell as text; a number or a day is written out."""
    if isinstance(cell, Unreadable):
        raise CellError(cell.why)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return date_text(cell) if isinstance(cell, date) else str(cell)


def one_line(cell: Cell) -> str:
    """Text without line breaks or double spaces."""
    return " ".join(words(cell).split())


def several(cell: Cell) -> tuple[str, ...]:
    """What stands in a cell between semicolons or line breaks."""
    return tuple(part.strip() for part in _SEPARATORS.split(words(cell)) if part.strip())


def paragraphs(cell: Cell) -> str:
    """Plain text as a body: a paragraph a line. Marks of HTML in it are text as well."""
    lines = [line.strip() for line in words(cell).split("\n")]
    return "".join(f"<p>{_escaped(line)}</p>" for line in lines if line)


def day(cell: Cell, epoch: datetime, *, until: date | None = None) -> date:
    """A day as people and spreadsheets write it: 2020-1-5, 2020年1月5日, 20200105, 43835."""
    found = cell if isinstance(cell, date) else _written_day(words(cell), epoch)
    if found < EARLIEST:
        raise CellError(f"早于{date_text(EARLIEST)}：{date_text(found)}")
    if until is not None and found > until:
        raise CellError(f"晚于今天：{date_text(found)}")
    return found


def _written_day(text: str, epoch: datetime) -> date:
    plain = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    elif re.fullmatch(r"\d{5}(\.\d+)?", plain):
        serial = day_of_serial(Decimal(plain), epoch)
        if serial is not None:
            return serial
    try:
        return parse_date_text(plain)
    except NumberingError:
        pass
    # statute tells how it should read where that is certain: 2020-1-5 → 2020年1月5日.
    for fault in date_faults(plain):
        if fault.suggestion is not None:
            return parse_date_text(fault.suggestion)
        if fault.message.startswith("没有这一天"):
            raise CellError(f"没有这一天“{text}”")
    raise CellError(f"读不出日期“{text[:40]}”，应如 2020-01-05 或者 2020年1月5日")


def year(cell: Cell) -> int:
    """A year: 2020 or 2020年."""
    plain = one_line(cell).removesuffix("年")
    if not re.fullmatch(r"(19|20)\d\d", plain):
        raise CellError(f"读不出年份“{plain[:40]}”")
    return int(plain)


def flag(cell: Cell) -> bool:
    """Yes or no."""
    plain = unicodedata.normalize("NFKC", one_line(cell)).lower()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise CellError(f"应为“是”或者“否”，读到“{plain[:40]}”")


def fen(cell: Cell) -> int:
    """An amount in yuan, as whole fen; no more than two places, no unit but 元."""
    plain = unicodedata.normalize("NFKC", one_line(cell)).replace(",", "").removesuffix("元")
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise CellError(f"读不出金额“{plain[:40]}”，应为以元计的数，最多两位小数")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def one_of(cell: Cell, labels: Mapping[str, str]) -> str:
    """The value whose name stands in the cell."""
    plain = one_line(cell)
    for value, label in labels.items():
        if plain in (value, label):
            return value
    raise CellError(f"应为{'、'.join(labels.values())}之一，读到“{plain[:40]}”")


def people(cell: Cell) -> list[dict[str, str]]:
    """任免人员: one to a line, 姓名，职务，任或者免; no more of a person than that."""
    found = []
    for part in several(cell):
        fields = [one.strip() for one in re.split(r"[,，、]", part)]
        if len(fields) != 3 or fields[2] not in ("任", "免"):
            raise CellError(f"应每人一行写作“姓名，职务，任”或者“……，免”：{part[:40]}")
        act = "appoint" if fields[2] == "任" else "remove"
        found.append({"name": fields[0], "office": fields[1], "act": act})
    return found


# --- words of the law --------------------------------------------------------------------------


def kind(cell: Cell) -> str:
    """A kind of record by its name."""
    plain = one_line(cell)
    labels = {one.label: one.value for one in RecordKind}
    if plain in labels:
        return labels[plain]
    if plain in RecordKind.values:
        return plain
    raise CellError(f"没有这种信息种类“{plain[:40]}”{_near(plain, labels)}")


def category(cell: Cell) -> str:
    """A category of arts. 20 and 21 by its code or its name."""
    plain = one_line(cell)
    codes = [one.code for one in categories() if plain in (one.label, one.code)]
    if not codes:
        labels = {one.label: one.code for one in categories()}
        raise CellError(f"没有这一法定类目“{plain[:40]}”{_near(plain, labels)}")
    if len(codes) > 1:  # counties and townships have some of the same name (`regulations#21`)
        raise CellError(f"“{plain}”不止一个，请写代码：{'、'.join(codes)}")
    return codes[0]


def attribute(cell: Cell) -> str:
    """主动公开, 依申请公开, 不予公开; also as the note on a document has it."""
    plain = one_line(cell)
    for one in Attribute:
        if plain in (one.label, one.value):
            return one.value
    noted = attribute_in_note(plain)
    if noted is None:
        names = "、".join(one.label for one in Attribute)
        raise CellError(f"应为{names}之一，读到“{plain[:40]}”")
    return noted.value


def grounds(cell: Cell) -> list[str]:
    """Articles 14 to 16 of the regulations: 条例第十六条第二款, or the short form of a citation."""
    known = _grounds()
    found = []
    for part in several(cell):
        plain = re.sub(r"^《?(中华人民共和国)?(政府信息公开)?条例》?", "", "".join(part.split()))
        if plain not in known:
            raise CellError(f"不是条例第十四条、第十五条、第十六条的条款：{part[:40]}")
        found.append(known[plain])
    return found


@cache
def _grounds() -> dict[str, str]:
    """Each place of these articles, by how it is called and by its short form."""
    found: dict[str, str] = {}
    for article in WITHHOLDING_ARTICLES:
        place = instrument("regulations").find(article)
        for paragraph in (None, *range(1, 10)):
            if place is not None and place.has(paragraph, None):
                one = Citation("regulations", article, paragraph)
                found |= {one.locator: one.short, one.short: one.short}
    return found


def _near(plain: str, labels: Mapping[str, str]) -> str:
    near = get_close_matches(plain, labels, n=1, cutoff=0.5)
    return f"，是否“{near[0]}”" if near else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
