"""Which elements of a web page are hidden by attribute, by style, or by the page's style sheet.

A rule of the sheet hides whatever its last step could mean: where it is not sure, the element is
taken for hidden, and the loss of words that were seen is noticed afterwards.
"""

from __future__ import annotations

import re

from lxml import etree

from screening.passages import Layer

_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0+)?\s*(?:[;!]|$)"
    r"|font-size\s*:\s*0*(?:[01](?:\.\d+)?(?:px|pt)?|\.\d+(?:px|pt|r?em)?)\s*(?:[;!]|$)"
    r"|(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|clip(?:-path)?\s*:|(?<![\w-])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:[;!]|$)"
    r"|content-visibility\s*:\s*hidden|transform\s*:[^;]*scale\(\s*0",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#fff(?:f|fff|fffff)?\b|white\b|transparent\b"
    r"|rgba?\(\s*255\s*,\s*255\s*,\s*255|#[\da-f]{6}00\b|rgba\([^)]*,\s*0?\.?0\s*\))",
    re.IGNORECASE,
)
_DARK = re.compile(
    r"background(?:-color)?\s*:(?!\s*(?:#fff|white|transparent|none))", re.IGNORECASE
)
_WHITE_WORDS = frozenset(("white", "#fff", "#ffffff"))
_RULE = re.compile(r"([^{}]{1,1000})\{([^{}]{0,4000})\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NAMES = re.compile(r"[.#]?[\w-]+")


class HidingSheet:
    """The rules of a page that hide, by the classes, ids and elements of their last step."""

    def __init__(self, root: etree._Element) -> None:
        self._rules: list[tuple[frozenset[str], Layer]] = []
        for style in root.iter("style"):
            for rule in _RULE.finditer(_COMMENT.sub("", style.text or "")):
                layer = _layer_of(rule[2])
                if layer is not None:
                    self._add(rule[1], layer)

    def _add(self, selectors: str, layer: Layer) -> None:
        for selector in selectors.split(","):
            last = re.split(r"[\s>+~]+", selector.strip())[-1]
            plain = re.sub(r"\[[^\]]*\]|::?[\w-]+(?:\([^)]*\))?", "", last)
            names = frozenset(name.lower() for name in _NAMES.findall(plain))
            if names and "::" not in last and ":hover" not in last:
                self._rules.append((names, layer))

    def layer(self, element: etree._Element) -> Layer | None:
        """How the sheet hides the element, if it does."""
        if not self._rules:
            return None
        own = {str(element.tag).lower(), f"#{(element.get('id') or '').lower()}"}
        own |= {f".{name.lower()}" for name in (element.get("class") or "").split()}
        return next((layer for names, layer in self._rules if names <= own), None)


def hides(element: etree._Element, sheet: HidingSheet) -> Layer | None:
    """HIDDEN_TEXT or WHITE_TEXT where the element is not seen, else None."""
    if "hidden" in element.attrib:
        return Layer.HIDDEN_TEXT
    if (element.get("color") or "").lower() in _WHITE_WORDS:
        return Layer.WHITE_TEXT
    return _layer_of(element.get("style") or "") or sheet.layer(element)


def _layer_of(style: str) -> Layer | None:
    if _HIDES.search(style):
        return Layer.HIDDEN_TEXT
    return Layer.WHITE_TEXT if _WHITE.search(style) and not _DARK.search(style) else None
