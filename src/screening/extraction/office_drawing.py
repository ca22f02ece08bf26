"""Drawings, charts and diagrams of Office: words in shapes, words about shapes, kept figures.

Pictures themselves are parts of their own and are read elsewhere.
"""

from __future__ import annotations

import re

from lxml import etree

from screening.extraction.colours import UNKNOWN, WHITE, colour, unseen_on
from screening.extraction.gathering import (
    Gathered,
    attribute,
    local_name,
    take_attribute,
    take_text,
    take_words,
    whole,
)
from screening.extraction.office_parts import Office, Reader
from screening.passages import Layer, Place

# Names that programs give: 图片 1, TextBox 2, 矩形: 圆角 3.
_USUAL_NAME = re.compile(
    r"(?:图片|文本框|矩形|直接连接符|直接箭头连接符|连接符|肘形连接符|图表|组合|直线|椭圆|形状|对象|画布"
    r"|任意多边形|自由曲线|表格|控件|按钮|标注|箭头|右箭头|左箭头|图形|内容占位符|标题|占位符|图示"
    r"|墨迹|艺术字|流程图|圆角|切片器|批注|线条|控制|左大括号|右大括号|框|等腰三角形|菱形|[:：\s])*"
    r"\s*\d{0,8}|[\x21-\x7e ]*"
)
_UNSEEN_STYLE = re.compile(
    r"visibility\s*:\s*hidden|display\s*:\s*none"
    r"|(?<![\w-])(?:width|height)\s*:\s*0(?:pt|px|in|cm)?\s*(?:;|$)"
)
_FAR_STYLE = re.compile(r"(?:left|top)\s*:\s*-?\d{4,}(?:\.\d+)?pt")
_FAR_EMU = 914_400 * 12  # twelve inches
_SHAPES = frozenset(("docPr", "cNvPr"))
_ABOUT = ("descr", "title", "alt")
_FLOATING = "文件中有浮动的图形；被图形遮住的内容按看得见的检查"
_LIGHT = frozenset(("bg1", "lt1"))


def name_shapes(root: etree._Element, found: Gathered, place: Place) -> None:
    """What is written about the shapes of a drawing: descriptions, titles, names of one's own."""
    for element in root.iter():
        tag = local_name(element)
        is_vml = isinstance(element.tag, str) and "urn:schemas-microsoft-com" in element.tag
        if tag not in _SHAPES and not is_vml:
            continue
        for key in _ABOUT:
            found.say(Layer.ALT_TEXT, take_attribute(element, key), place)
        name = take_attribute(element, "name") if tag in _SHAPES else attribute(element, "id")
        if not _USUAL_NAME.fullmatch(name) or re.search(r"\d{11}", name):
            found.say(Layer.ALT_TEXT, name, place)
            if is_vml:
                take_attribute(element, "id")
        if tag == "textpath":
            found.say(Layer.TEXT_BOX, take_attribute(element, "string"), place)


def unseen_shape(drawing: etree._Element) -> Layer | None:
    """HIDDEN_TEXT for a drawing that is switched off or has no size, OUTSIDE_PAGE, or None."""
    for element in drawing.iter():
        tag = local_name(element)
        if tag in _SHAPES and attribute(element, "hidden") in ("1", "true"):
            return Layer.HIDDEN_TEXT
        if tag in ("extent", "ext") and "0" in (attribute(element, "cx"), attribute(element, "cy")):
            return Layer.HIDDEN_TEXT
        if tag == "posOffset" and abs(whole(element.text or "")) >= _FAR_EMU:
            return Layer.OUTSIDE_PAGE
        style = attribute(element, "style")
        if style and _UNSEEN_STYLE.search(style):
            return Layer.HIDDEN_TEXT
        if style and _FAR_STYLE.search(style):
            return Layer.OUTSIDE_PAGE
    return None


def paper_of_shape(shape: etree._Element | None, paper: str) -> str:
    """The ground in a shape: its fill, or what lies beneath. `shape` holds the words."""
    if shape is None:
        return paper
    fill = attribute(shape, "fillcolor")
    if fill or local_name(shape) in ("shape", "rect", "roundrect", "oval"):
        on = attribute(shape, "filled") not in ("f", "false")
        return (colour(fill.partition(" ")[0]) if fill else WHITE) if on else paper
    properties = shape.find("{*}spPr")
    for element in properties if properties is not None else ():
        tag = local_name(element)
        if tag == "solidFill":
            plain = element.find("{*}srgbClr")
            return UNKNOWN if plain is None else colour(attribute(plain, "val"))
        if tag in ("gradFill", "blipFill", "pattFill", "grpFill"):
            return UNKNOWN
        if tag == "noFill":
            return paper
    styled = shape.find("{*}style/{*}fillRef")
    return paper if styled is None or attribute(styled, "idx") == "0" else UNKNOWN


def read_shapes(root: etree._Element, found: Gathered, place: Place) -> None:
    """Paragraphs of shapes; hidden shapes apart, white letters apart."""
    for shape in root.iter("{*}sp", "{*}cxnSp", "{*}pic", "{*}graphicFrame"):
        layer = unseen_shape(shape)
        if layer is not None:
            for paragraph in shape.iter("{*}p"):
                found.say(layer, take_words(paragraph), place)
    for paragraph in root.iter("{*}p"):
        read_paragraph(paragraph, found, place)


def read_paragraph(paragraph: etree._Element, found: Gathered, place: Place) -> None:
    """One paragraph of a shape."""
    shown: list[str] = []
    for run in paragraph:
        if local_name(run) == "br":
            shown.append("\n")
        words = "".join(take_text(text) for text in run.iter("{*}t"))
        if words and white_run(run):
            found.say(Layer.WHITE_TEXT, words, place)
        else:
            shown.append(words)
    found.say(Layer.TEXT_BOX, "".join(shown), place)


def white_run(run: etree._Element) -> bool:
    """Whether the letters of a run are white, and their shape has no fill of another colour."""
    properties = run.find("{*}rPr")
    fill = None if properties is None else properties.find("{*}solidFill")
    if fill is None:
        return False
    if any(whole(attribute(alpha, "val"), 1) == 0 for alpha in fill.iter("{*}alpha")):
        return True
    scheme = fill.find("{*}schemeClr")
    plain = fill.find("{*}srgbClr")
    ink = UNKNOWN
    if scheme is not None and attribute(scheme, "val") in _LIGHT and len(scheme) == 0:
        ink = WHITE
    elif plain is not None:
        ink = colour(attribute(plain, "val"))
    shape = next(run.iterancestors("{*}sp", "{*}wsp"), None)
    return unseen_on(ink, paper_of_shape(shape, WHITE) if shape is not None else UNKNOWN)


def read_drawing(office: Office, part: str) -> None:
    """A drawing of a sheet, or shapes upon a chart."""
    root = office.tree(part)
    place = Place(part=part)
    if root.find(".//{*}sp") is not None or root.find(".//{*}pic") is not None:
        office.found.remarks.append(_FLOATING)
    name_shapes(root, office.found, place)
    read_shapes(root, office.found, place)
    office.rest(root, part)


def read_chart(office: Office, part: str) -> None:
    """Words and figures a chart keeps of the cells it once read, its titles, its references."""
    root = office.tree(part)
    place = Place(part=part)
    for element in root.iter("{*}v", "{*}pt"):
        if local_name(element) == "v" or element.text:
            office.found.say(Layer.CACHE, take_text(element), place)
    for element in root.iter("{*}f"):
        office.found.say(Layer.FORMULA, take_text(element), place)
    name_shapes(root, office.found, place)
    read_shapes(root, office.found, place)
    office.rest(root, part)


def read_old_drawing(office: Office, part: str) -> None:
    """VML: shapes of comments, of old programs, of headers. Its words are pieces of HTML."""
    root = office.tree(part)
    place = Place(part=part)
    name_shapes(root, office.found, place)
    for box in root.iter("{*}textbox"):
        shape = box.getparent()
        unseen = None if shape is None or _is_comment(shape) else unseen_shape(shape)
        office.found.say(unseen or Layer.TEXT_BOX, take_words(box), place)
    office.rest(root, part)


def _is_comment(shape: etree._Element) -> bool:
    """The yellow box of a comment is hidden until one points at it."""
    data = shape.find("{*}ClientData")
    return data is not None and attribute(data, "ObjectType") == "Note"


DRAWINGS: dict[str, Reader] = {
    "drawing": read_drawing,
    "chartUserShapes": read_drawing,
    "diagramData": read_drawing,
    "diagramDrawing": read_drawing,
    "chart": read_chart,
    "chartEx": read_chart,
    "vmlDrawing": read_old_drawing,
}
