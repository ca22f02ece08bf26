"""Web pages cut down to their words and tables: no scripts, comments, hidden parts or style sheets.

A page is written anew from a list of elements and attributes. Pictures stay where they are written
into the page; what would be fetched from elsewhere goes.
"""

from __future__ import annotations

import base64
import re

from lxml import etree

from screening.decoding import decode
from screening.limits import MAX_XML_TAGS
from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping import image
from screening.stripping.addresses import is_public
from screening.stripping.hiding_styles import HidingSheet, hides
from screening.stripping.pruning import remove, unwrap
from screening.stripping.signs import seen
from screening.stripping.stripped import Stripped
from screening.stripping.tally import Tally


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BLOCKS = _words(
    "address article aside blockquote caption center col colgroup dd details div dl dt figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul"
)
_INLINE = _words(
    "a abbr b bdi bdo big br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small "
    "span strike strong sub sup tt u var wbr"
)
KEPT = _BLOCKS | _INLINE | {"html", "head", "body"}
# Elements that only frame words; the words stay.
UNWRAPPED = _words(
    "font form fieldset label legend button output time data nobr acronym picture dir menu hgroup "
    "search blink marquee"
)
# Elements that go with all they hold, and the layer they are counted in.
DROPPED: dict[str, tuple[Layer, str]] = {
    "script": (Layer.SCRIPT, "脚本"),
    "noscript": (Layer.HIDDEN_TEXT, "隐藏内容"),
    "template": (Layer.HIDDEN_TEXT, "隐藏内容"),
    "datalist": (Layer.HIDDEN_TEXT, "隐藏内容"),
    "style": (Layer.METADATA, "样式表"),
    "title": (Layer.METADATA, "网页标题"),
    "meta": (Layer.METADATA, "网页属性"),
    "base": (Layer.LINK, "链接"),
    "link": (Layer.LINK, "链接"),
    "input": (Layer.HIDDEN_TEXT, "表单的值"),
    "iframe": (Layer.ATTACHMENT, "引用的其他内容"),
    "object": (Layer.ATTACHMENT, "引用的其他内容"),
    "embed": (Layer.ATTACHMENT, "引用的其他内容"),
}
ATTRIBUTES = _words("colspan rowspan align valign dir start reversed open nowrap")
_SHORT = re.compile(r"[A-Za-z0-9%]{0,10}")
_PICTURE = re.compile(r"data:image/[a-z.+-]{1,20};base64,(.*)", re.DOTALL | re.IGNORECASE)
_MEDIA = {"jpg": "jpeg", "png": "png"}


def strip(data: bytes) -> Stripped:
    """The page in UTF-8. UnfitFileError for what cannot be read whole."""
    if data.count(b"<") > MAX_XML_TAGS:
        raise UnfitFileError("网页元素过多，超过上限")
    root = _parsed(seen(decode(data).text))
    tally = Tally()
    _drop_hidden(root, tally)
    for element in list(root.iter()):
        if element is not root:
            _settle(element, tally)
    for name in list(root.attrib):
        del root.attrib[name]
    _write_head(root)
    text = etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return Stripped(Carrier.HTML, text.encode(), tally.removals())


def _parsed(text: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        raise UnfitFileError("网页结构损坏或者嵌套过深，无法读取") from None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise UnfitFileError("网页结构损坏或者嵌套过深，无法读取")
    return root


def _drop_hidden(root: etree._Element, tally: Tally) -> None:
    sheet = HidingSheet(root)
    for element in list(root.iter(etree.Element)):
        layer = hides(element, sheet)
        if layer is not None and element is not root:
            tally.add(layer)
            remove(element)


def _settle(element: etree._Element, tally: Tally) -> None:
    """Keeps, unwraps or drops one element; those inside a dropped one are settled in the air."""
    if not isinstance(element.tag, str):
        tally.add(Layer.COMMENT, "网页注释")
        remove(element)
        return
    tag = element.tag.lower()
    if tag not in KEPT:
        if tag in UNWRAPPED:
            unwrap(element)
        elif tag == "meta" and element.keys() == ["charset"]:
            remove(element)  # it is written anew
        else:
            tally.add(*DROPPED.get(tag, (Layer.HIDDEN_TEXT, "其他网页元素")))
            remove(element)
        return
    if tag == "img" and not _keep_picture(element, tally):
        remove(element)
        return
    _settle_attributes(element, tally)
    if tag == "a" and "href" not in element.attrib:
        unwrap(element)


def _settle_attributes(element: etree._Element, tally: Tally) -> None:
    for name, value in list(element.attrib.items()):
        plain = str(name).lower()
        if plain in ATTRIBUTES and _SHORT.fullmatch(value):
            continue
        if plain == "src" and element.tag == "img":
            continue
        if plain == "href" and element.tag == "a":
            if is_public(value.strip()):
                continue
            tally.add(Layer.LINK, "不公开的链接")
        elif plain.startswith("on"):
            tally.add(Layer.SCRIPT, "脚本")
        elif plain in ("alt", "title", "summary"):
            tally.add(Layer.ALT_TEXT)
        elif plain.startswith("data-"):
            tally.add(Layer.METADATA, "网页属性")
        del element.attrib[name]


def _keep_picture(element: etree._Element, tally: Tally) -> bool:
    """Whether the picture is in the page itself; then it is written anew."""
    held = _PICTURE.fullmatch((element.get("src") or "").strip())
    if held is None:
        tally.add(Layer.LINK, "引用的外部图片")
        return False
    try:
        new = image.rewritten(base64.b64decode(held[1]))
    except ValueError:
        raise UnfitFileError("网页里的图片损坏，无法读取") from None
    encoded = base64.b64encode(new.data).decode("ascii")
    element.set("src", f"data:image/{_MEDIA[new.suffix]};base64,{encoded}")
    return True


def _write_head(root: etree._Element) -> None:
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    head.text = None
    for child in list(head):
        head.remove(child)
    etree.SubElement(head, "meta").set("charset", "utf-8")
