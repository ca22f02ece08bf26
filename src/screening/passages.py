"""The words of a file, each with its place: what every extractor gives and every search reads.

A file that cannot be read wholly says so in `not_covered`; silence would look like cleanliness.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Carrier(StrEnum):
    """What a file is by its content, never by its name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODS = "ods"
    OFD = "ofd"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    TEXT = "text"
    CSV = "csv"
    HTML = "html"
    ZIP = "zip"
    DOC = "doc"
    XLS = "xls"

    @property
    def label(self) -> str:
        """The carrier in Chinese."""
        return _CARRIERS[self]


class Layer(StrEnum):
    """Where in the file words stand. Whoever opens the file sees VISIBLE; all else is easily
    missed, and stays in the file that goes out."""

    VISIBLE = "visible"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_COLUMN = "hidden_column"
    HIDDEN_SHEET = "hidden_sheet"
    FILTERED_ROW = "filtered_row"
    HIDDEN_TEXT = "hidden_text"
    WHITE_TEXT = "white_text"
    UNDER_BOX = "under_box"
    OUTSIDE_PAGE = "outside_page"
    COMMENT = "comment"
    INSERTED = "inserted"
    DELETED = "deleted"
    NOTE = "note"
    HEADER = "header"
    TEXT_BOX = "text_box"
    ALT_TEXT = "alt_text"
    FORMULA = "formula"
    DEFINED_NAME = "defined_name"
    CACHE = "cache"
    VALIDATION = "validation"
    ANNOTATION = "annotation"
    FORM_FIELD = "form_field"
    OUTLINE = "outline"
    SCRIPT = "script"
    LINK = "link"
    ATTACHMENT = "attachment"
    METADATA = "metadata"
    FILE_NAME = "file_name"
    EARLIER_VERSION = "earlier_version"
    OPTIONAL_LAYER = "optional_layer"

    @property
    def label(self) -> str:
        """The layer in Chinese."""
        return _LAYERS[self]

    @property
    def hidden(self) -> bool:
        """Whether a reader of the opened file does not see it at first sight."""
        return self not in _SEEN


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points (1/72 inch), origin top left, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand. Numbers count from 1; 0 or "" = does not apply.

    `inside` is the way through embedded files, outermost first, by their names in the file.
    `table`, `row` and `column` are set for cells of every format, so that heads of tables can be
    found; `cell` is a spreadsheet's own name for it (C14). `part` names a part of a package or an
    object of a PDF where nothing better is known.
    """

    layer: Layer = Layer.VISIBLE
    inside: tuple[str, ...] = ()
    page: int = 0
    box: Box | None = None
    sheet: str = ""
    cell: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    part: str = ""

    def wording(self) -> str:
        """The place in Chinese: 工作表“名单” C14（隐藏列）."""
        steps = [f"内嵌文件“{name}”" for name in self.inside]
        steps += [f"第{self.page}页"] if self.page else []
        steps += [f"工作表“{self.sheet}”"] if self.sheet else []
        steps += [self.cell] if self.cell else []
        if self.table and not self.cell:
            steps.append(f"第{self.table}个表第{self.row}行第{self.column}列")
        elif self.paragraph:
            steps.append(f"第{self.paragraph}段")
        if self.part and not (self.page or self.sheet or self.paragraph or self.table):
            steps.append(self.part)
        hidden = f"（{self.layer.label}）" if self.layer is not Layer.VISIBLE else ""
        return (" ".join(steps) or "全文") + hidden


@dataclass(frozen=True, slots=True)
class Passage:
    """Words at one place: a paragraph, a cell, a line of a page, a comment, a property.

    What belongs together stands in one passage: a number broken over two lines of a PDF page is
    found only if the lines are joined by a newline in one passage, or come one after the other
    on the same page, which `screening.findings` joins itself.
    """

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class NotCovered:
    """A part of the file that could not be searched, and why, in Chinese."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All words of a file in reading order, and what could not be read."""

    carrier: Carrier
    passages: tuple[Passage, ...]
    not_covered: tuple[NotCovered, ...] = ()
    pages: int = 0
    remarks: tuple[str, ...] = field(default=())


class UnfitFileError(Exception):
    """The file is refused; `reason` says why in Chinese, without the file's name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_SEEN = frozenset({Layer.VISIBLE, Layer.HEADER, Layer.NOTE, Layer.TEXT_BOX, Layer.FORM_FIELD})

_CARRIERS = {
    Carrier.PDF: "PDF",
    Carrier.DOCX: "DOCX",
    Carrier.XLSX: "XLSX",
    Carrier.ODS: "ODS",
    Carrier.OFD: "OFD",
    Carrier.PNG: "PNG 图片",
    Carrier.JPEG: "JPEG 图片",
    Carrier.TIFF: "TIFF 图片",
    Carrier.TEXT: "文本",
    Carrier.CSV: "CSV",
    Carrier.HTML: "网页",
    Carrier.ZIP: "ZIP 压缩包",
    Carrier.DOC: "DOC（旧格式）",
    Carrier.XLS: "XLS（旧格式）",
}

_LAYERS = {
    Layer.VISIBLE: "正文",
    Layer.HIDDEN_ROW: "隐藏行",
    Layer.HIDDEN_COLUMN: "隐藏列",
    Layer.HIDDEN_SHEET: "隐藏工作表",
    Layer.FILTERED_ROW: "筛选掉的行",
    Layer.HIDDEN_TEXT: "隐藏文字",
    Layer.WHITE_TEXT: "看不见的文字",
    Layer.UNDER_BOX: "色块下的文字",
    Layer.OUTSIDE_PAGE: "页面以外",
    Layer.COMMENT: "批注",
    Layer.INSERTED: "修订插入",
    Layer.DELETED: "修订删除",
    Layer.NOTE: "脚注或者尾注",
    Layer.HEADER: "页眉页脚",
    Layer.TEXT_BOX: "文本框",
    Layer.ALT_TEXT: "替代文字",
    Layer.FORMULA: "公式",
    Layer.DEFINED_NAME: "定义的名称",
    Layer.CACHE: "缓存的数据",
    Layer.VALIDATION: "数据有效性",
    Layer.ANNOTATION: "注释",
    Layer.FORM_FIELD: "表单域",
    Layer.OUTLINE: "书签",
    Layer.SCRIPT: "脚本",
    Layer.LINK: "链接",
    Layer.ATTACHMENT: "附件",
    Layer.METADATA: "文件属性",
    Layer.FILE_NAME: "文件名",
    Layer.EARLIER_VERSION: "历次保存的旧内容",
    Layer.OPTIONAL_LAYER: "可选图层",
}
