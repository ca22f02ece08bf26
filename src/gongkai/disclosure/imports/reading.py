"""Reads a list of documents from XLSX or CSV into plain cells, within limits.

It knows no column and no document; what the cells mean stands in columns.py and cells.py.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900, from_excel

if TYPE_CHECKING:
    from openpyxl.cell import _CellOrMergedCell as ReadCell

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a value of its own; `why` is what to do about it."""

    why: str


_VALUELESS = {
    "f": "是公式，请改为数值或者文字（选择性粘贴为数值）",
    "e": "是错误值，请改正",
}
Cell = str | int | Decimal | bool | date | Unreadable | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row by its number as the program that made the sheet shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet, empty rows left out. `digest` is that of the file; `others` are
    sheets with something in them that are not read; `epoch` is day nought of its date serials."""

    name: str
    rows: tuple[SheetRow, ...]
    digest: str
    others: tuple[str, ...] = ()
    epoch: datetime = CALENDAR_WINDOWS_1900


class SheetError(Exception):
    """The file cannot be read as a list; the message says why, in Chinese."""


def read_sheet(path: Path) -> Sheet:
    """The first sheet of an .xlsx, or a .csv in UTF-8, UTF-16 or GB18030. SheetError otherwise."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise SheetError(f"打不开（{error.strerror}）") from error
    if len(data) > LARGEST_FILE:
        raise SheetError(f"文件超过{LARGEST_FILE // 1024 // 1024}MB，请分成几个")
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, digest)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError("是旧的 .xls 格式或者加了密码，请另存为不加密码的 .xlsx")
    return Sheet(path.name, tuple(_rows(_csv(data))), digest)


def column_letter(index: int) -> str:
    """The letters of a column counted from 0: A, B … AA."""
    letters: str = get_column_letter(index + 1)
    return letters


def day_of_serial(value: int | Decimal, epoch: datetime) -> date | None:
    """The day of a date serial; None where there is none."""
    try:
        found = from_excel(float(value), epoch)
    except (ValueError, OverflowError):
        return None
    return found.date() if isinstance(found, datetime) else None


# --- XLSX --------------------------------------------------------------------------------------


def _workbook(data: bytes, digest: str) -> Sheet:
    _refuse_traps(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        try:
            first, *rest = book.worksheets
            rows = tuple(_rows(_cells(row) for row in first.iter_rows(max_col=MOST_COLUMNS + 1)))
            others = tuple(one.title for one in rest if _has_something(one.iter_rows(max_row=9)))
            return Sheet(first.title, rows, digest, others, book.epoch)
        finally:
            book.close()
    except SheetError:
        raise
    except Exception as error:  # whatever a damaged workbook makes the library raise
        raise SheetError("不是完好的 .xlsx 文件，请用表格软件打开后重新保存") from error


def _refuse_traps(data: bytes) -> None:
    """A small file that unpacks to a huge one, and XML that brings its own entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise SheetError("文件展开以后过大，没有读取")
            for one in packed.infolist():
                with packed.open(one) as part:
                    if b"<!DOCTYPE" in part.read(2048).replace(b"\0", b""):
                        raise SheetError("文件里有表格文件不应有的声明，没有读取")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise SheetError("不是完好的 .xlsx 文件") from error


def _has_something(rows: Iterable[tuple[ReadCell, ...]]) -> bool:
    return any(cell.value is not None for row in rows for cell in row)


def _cells(row: tuple[ReadCell, ...]) -> tuple[Cell, ...]:
    return tuple(_cell(cell) for cell in row)


def _cell(cell: ReadCell) -> Cell:
    value = cell.value
    if cell.data_type in _VALUELESS:
        return Unreadable(_VALUELESS[cell.data_type])
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(repr(value))
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, bool | int | Decimal | date):
        return value
    return Unreadable("是时间或者别的内容，请改为文字")


# --- CSV ---------------------------------------------------------------------------------------


def _csv(data: bytes) -> Iterator[tuple[Cell, ...]]:
    text = _decoded(data)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;", key=head.count)
    previous = csv.field_size_limit(LONGEST_CELL * 2)
    try:
        # Strict: a quotation mark left open would swallow the rows that follow it.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield tuple(_text(one) for one in row)
    except csv.Error as error:
        raise SheetError("不是完好的 CSV 文件：引号不成对，或者一格过长") from error
    finally:
        csv.field_size_limit(previous)


def _decoded(data: bytes) -> str:
    """By its mark where it has one; else UTF-8, else GB18030, as Chinese spreadsheets write it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("不是 UTF-8 或者 GB18030 编码的文字，请另存为 .xlsx")


# --- both --------------------------------------------------------------------------------------


def _text(value: str) -> str | Unreadable | None:
    plain = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(plain) > LONGEST_CELL:
        return Unreadable(f"超过{LONGEST_CELL}字，请作为附件")
    if any(one < " " and one not in "\n\t" for one in plain):
        return Unreadable("中有看不见的控制字符，请删去")
    return plain or None


def _rows(rows: Iterable[tuple[Cell, ...]]) -> Iterator[SheetRow]:
    """Rows with something in them; beyond the limits nothing is read in silence."""
    kept = 0
    for number, cells in enumerate(rows, 1):
        width = max((at for at, cell in enumerate(cells, 1) if cell is not None), default=0)
        if not width:
            continue
        if width > MOST_COLUMNS:
            raise SheetError(f"第{number}行超过{MOST_COLUMNS}列")
        kept += 1
        if kept > MOST_ROWS + 1:
            raise SheetError(f"超过{MOST_ROWS}行，请分成几个文件")
        yield SheetRow(number, cells[:width])
