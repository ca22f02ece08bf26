"""What an OpenDocument keeps beside its cells, wherever it stands: comments, rules, shapes, links.

One keeper for each element, in a table; what they leave is read by the last reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from screening.extraction.docx_lines import passages_of
from screening.extraction.gathering import (
    Gathered,
    any_attribute,
    attribute,
    local_name,
    take_attribute,
    take_text,
    take_words,
)
from screening.extraction.ods_looks import Looks, points
from screening.extraction.ods_sheets import lines_below, pieces_of, sheet_layer
from screening.passages import Layer, Place

ANY = "href"
_PLAIN_CONDITION = re.compile(r"(?:cell-content|value)\(\)\s*(?:[<>=!]{1,2})\s*-?[\d.]+|")
_USUAL_NAME = re.compile(
    r"(?:图片|图像|形状|文本框|文本框架|控件|对象|图表|线条|矩形|椭圆|框架|画线|标注|多边形|[\s:：])*\s*\d{0,8}"
    r"|[\x21-\x7e ]*"
)
_WITHIN = re.compile(r"\.?/?(?:Pictures|Object|ObjectReplacements|Thumbnails|media)\b.*|#.*|\./.*|")
_SHAPES = ("frame", "custom-shape", "rect", "ellipse", "line", "caption", "g", "control", "path")


def glean(found: Gathered, looks: Looks, root: etree._Element, part: str) -> None:
    """What every keeper finds in a part, and where the part leads."""
    place = Place(part=part)
    for element in root.iter():
        keeper = KEEPERS.get(local_name(element))
        if keeper is not None:
            keeper(found, looks, element, place)
        if element.attrib and ANY in KEEPERS:
            KEEPERS[ANY](found, looks, element, place)


def _keep_link(found: Gathered, _: Looks, element: etree._Element, place: Place) -> None:
    """Where any element leads, unless within the file."""
    target = take_attribute(element, "href")
    if not _WITHIN.fullmatch(target):
        found.say(Layer.LINK, target, place)


def _keep_words(layer: Layer) -> Callable[[Gathered, Looks, etree._Element, Place], None]:
    """A keeper of the words of an element and of what stands in it, a paragraph at a time."""

    def keep(found: Gathered, _: Looks, element: etree._Element, place: Place) -> None:
        for line in lines_below(element):
            found.say(layer, line, place)
        found.say(layer, take_words(element), place)

    return keep


def _keep_attributes(
    layer: Layer, *names: str
) -> Callable[[Gathered, Looks, etree._Element, Place], None]:
    """A keeper of attributes of these names."""

    def keep(found: Gathered, _: Looks, element: etree._Element, place: Place) -> None:
        for name in names:
            found.say(layer, take_attribute(element, name), place)

    return keep


def _keep_condition(found: Gathered, _: Looks, element: etree._Element, place: Place) -> None:
    """A condition of a format; those that only compare with a figure say nothing."""
    for name in ("condition", "value"):
        words = take_attribute(element, name)
        if not _PLAIN_CONDITION.fullmatch(words):
            found.say(Layer.FORMULA, words, place)


def _keep_validation(found: Gathered, _: Looks, element: etree._Element, place: Place) -> None:
    """What may be entered, and what is said about it."""
    found.say(Layer.VALIDATION, take_attribute(element, "condition"), place)
    for message in element.iter("{*}help-message", "{*}error-message"):
        found.say(Layer.VALIDATION, take_attribute(message, "title"), place)
        for line in lines_below(message):
            found.say(Layer.VALIDATION, line, place)


def _keep_name(found: Gathered, _: Looks, element: etree._Element, place: Place) -> None:
    """A name somebody defined."""
    told = take_attribute(element, "expression") or take_attribute(element, "cell-range-address")
    words = f"{take_attribute(element, 'name')}={told}"
    found.say(Layer.DEFINED_NAME, words, Place(part=f"定义的名称 {place.part}"))


def _keep_change(found: Gathered, _: Looks, element: etree._Element, place: Place) -> None:
    """Cells as they were before somebody changed them; who did, and what was said about it."""
    for info in element.iter("{*}change-info"):
        for name in ("{*}creator", "{*}p"):
            layer = Layer.METADATA if name == "{*}creator" else Layer.COMMENT
            for each in info.iter(name):
                found.say(layer, take_words(each), place)
        take_words(info)
    for line in lines_below(element):
        found.say(Layer.DELETED, line, place)
    for cell in element.iter("{*}change-track-table-cell"):
        for name in ("formula", "string-value", "value"):
            found.say(Layer.DELETED, take_attribute(cell, name), place)


def _keep_shape(found: Gathered, looks: Looks, element: etree._Element, place: Place) -> None:
    """A shape: what is written in it and about it."""
    for about in element.iterfind("{*}title"), element.iterfind("{*}desc"):
        for each in about:
            found.say(Layer.ALT_TEXT, take_words(each), place)
    name = take_attribute(element, "name")
    if not _USUAL_NAME.fullmatch(name) or re.search(r"\d{11}", name):
        found.say(Layer.ALT_TEXT, name, place)
    look = looks.of("graphic", attribute(element, "style-name"))
    table = next(element.iterancestors("{*}table"), None)
    of_sheet = None if table is None else sheet_layer(table, looks, "")
    unseen = of_sheet or unseen_shape(element)
    for line in element.iter("{*}p", "{*}h"):
        for layer, words in passages_of(pieces_of(line, looks, look, unseen), Layer.TEXT_BOX):
            found.say(layer, words, place)


def unseen_shape(element: etree._Element) -> Layer | None:
    """HIDDEN_TEXT for a shape that is switched off or has no size."""
    sizes = [points(any_attribute(element, name)) for name in ("width", "height")]
    if any_attribute(element, "display") in ("none", "printer") or 0.0 in sizes:
        return Layer.HIDDEN_TEXT
    return None


def _keep_form(found: Gathered, _: Looks, element: etree._Element, place: Place) -> None:
    """Controls: what stands in them is seen, what a hidden one holds is not."""
    for control in element.iter():
        hidden = local_name(control) == "hidden"
        layer = Layer.HIDDEN_TEXT if hidden else Layer.FORM_FIELD
        for name in ("current-value", "value", "label", "title"):
            found.say(layer, take_attribute(control, name), place)


# Keepers by element; that of ANY looks at every element.
def _keep_format(found: Gathered, _: Looks, element: etree._Element, __: Place) -> None:
    """The words of a number format (年, 元, %): seen wherever a cell is written by it."""
    for name in ("text", "currency-symbol"):
        for words in element.iterfind(f"{{*}}{name}"):
            found.say(Layer.VISIBLE, take_text(words), Place(part="数字格式"))


_FORMATS = ("number", "currency", "percentage", "date", "time", "boolean", "text")

KEEPERS: dict[str, Callable[[Gathered, Looks, etree._Element, Place], None]] = {
    ANY: _keep_link,
    **{f"{kind}-style": _keep_format for kind in _FORMATS},
    "tracked-changes": _keep_change,
    "content-validation": _keep_validation,
    "named-range": _keep_name,
    "named-expression": _keep_name,
    "map": _keep_condition,
    "condition": _keep_condition,
    "filter-condition": _keep_attributes(Layer.FILTERED_ROW, "value"),
    "filter-set-item": _keep_attributes(Layer.FILTERED_ROW, "value"),
    "data-pilot-member": _keep_attributes(Layer.CACHE, "name", "display-name"),
    "data-pilot-field": _keep_attributes(Layer.CACHE, "source-field-name"),
    "data-pilot-group": _keep_attributes(Layer.CACHE, "name"),
    "scenario": _keep_attributes(Layer.HIDDEN_TEXT, "comment"),
    "script": _keep_words(Layer.SCRIPT),
    "event-listener": _keep_attributes(Layer.SCRIPT, "href", "macro-name"),
    "forms": _keep_form,
    **dict.fromkeys(_SHAPES, _keep_shape),
    **dict.fromkeys(
        (
            "header", "footer", "header-left", "footer-left", "header-first", "footer-first",
        ),
        _keep_words(Layer.HEADER),
    ),
}  # fmt: skip
