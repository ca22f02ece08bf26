"""How words of a letter look, as far as that decides whether anybody sees them.

Own properties come before those of styles, as programs resolve them. Theme colours but black and
white, and the bands of table styles, are not worked out: such words count as seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from screening.passages import Layer
from screening.stripping.grammar_word import word

_VAL = word("val")
_OFF = frozenset({"0", "false", "off", "none"})
_HIGHLIGHTS = {
    "black": "000000", "white": "FFFFFF", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF",
    "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_THEME = {
    "background1": "FFFFFF", "light1": "FFFFFF", "text1": "000000", "dark1": "000000",
}  # fmt: skip
_WHITE, _BLACK, _UNKNOWN = "FFFFFF", "000000", ""
_NEAR = 24  # of 255, in each colour
_SMALLEST = 4  # half points
_NARROWEST = 5  # percent of the usual width
_SEEN_THROUGH = 90_000  # of 100,000
_TEXT_FILL, _NO_FILL, _ALPHA = (
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{tag}"
    for tag in ("textFill", "noFill", "alpha")
)


class Looks:
    """The styles of a letter, asked for one run at a time."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._defaults: list[etree._Element] = []
        self._default_style = ""
        if styles is None:
            return
        for style in styles.iter(word("style")):
            name = style.get(word("styleId")) or ""
            self._styles[name] = style
            if style.get(word("type")) == "paragraph" and style.get(word("default")) in (
                "1",
                "true",
            ):
                self._default_style = name
        for default in styles.iter(word("rPrDefault")):
            self._defaults += default.iter(word("rPr"))

    def layer(self, run: etree._Element) -> Layer | None:
        """HIDDEN_TEXT or WHITE_TEXT for words nobody sees, else None."""
        chain = list(self._chain(run))
        if _is_on(chain, "vanish") or _is_on(chain, "specVanish"):
            return Layer.HIDDEN_TEXT
        size = _first(chain, "sz")
        stated = "" if size is None else size.get(_VAL) or ""
        if stated.isdecimal() and int(stated) <= _SMALLEST:
            return Layer.HIDDEN_TEXT
        width = _first(chain, "w")
        narrow = "" if width is None else (width.get(_VAL) or "").rstrip("%")
        thin = narrow.isdecimal() and 0 < int(narrow) <= _NARROWEST
        if thin or any(_is_glass(own) for own in chain) or self._fades(run, chain):
            return Layer.WHITE_TEXT
        return None

    def any_of_paragraph(
        self, paragraph: etree._Element, holds: Callable[[etree._Element], bool]
    ) -> bool:
        """Whether something holds of the paragraph's own properties, or of its style's."""
        own = paragraph.find(word("pPr"))
        styled = (one.find(word("pPr")) for one in self._ancestry(self._style_of(paragraph)))
        return any(one is not None and holds(one) for one in (own, *styled))

    def is_vanished(self, properties: etree._Element | None) -> bool:
        """Whether these properties alone say hidden."""
        return properties is not None and _is_on([properties], "vanish")

    def _fades(self, run: etree._Element, chain: list[etree._Element]) -> bool:
        colour = _colour(_first(chain, "color"))
        highlight = _first(chain, "highlight")
        ground = _HIGHLIGHTS.get(highlight.get(_VAL) or "") if highlight is not None else None
        if ground is not None:
            return _near(colour or _BLACK, ground)  # under a marker, automatic stays black
        ground = self._ground(run, chain)
        return bool(colour) and bool(ground) and _near(colour, ground)

    def _ground(self, run: etree._Element, chain: list[etree._Element]) -> str:
        """The colour behind the words; "" where that is not known."""
        shade = _fill(_first(chain, "shd"))
        if shade is not None:
            return shade
        for holder in run.iterancestors():
            tag = holder.tag
            if tag == word("p"):
                shade = next(filter(None, map(_fill, self._shades(holder))), None)
            elif tag in (word("tc"), word("tbl")):
                own = holder.find(word("tcPr" if tag == word("tc") else "tblPr"))
                shade = None if own is None else _fill(own.find(word("shd")))
                if shade is None and tag == word("tbl") and self._table_shades(holder):
                    return _UNKNOWN
            elif tag == word("wps:wsp"):
                return _box_fill(holder)
            elif tag in (word("v:shape"), word("v:rect"), word("v:roundrect"), word("v:oval")):
                return _old_box_fill(holder)
            if shade is not None:
                return shade
        return _WHITE

    def _shades(self, paragraph: etree._Element) -> Iterator[etree._Element | None]:
        own = paragraph.find(word("pPr"))
        if own is not None:
            yield own.find(word("shd"))
        for style in self._ancestry(self._style_of(paragraph)):
            yield style.find(f"{word('pPr')}/{word('shd')}")

    def _table_shades(self, table: etree._Element) -> bool:
        style = table.find(f"{word('tblPr')}/{word('tblStyle')}")
        if style is None:
            return False
        return any(
            _fill(shade) not in (None, _WHITE)
            for one in self._ancestry(style.get(_VAL) or "")
            for shade in one.iter(word("shd"))
        )

    def _chain(self, run: etree._Element) -> Iterator[etree._Element]:
        """Properties that bear on a run, the strongest first."""
        own = run.find(word("rPr"))
        if own is not None:
            yield own
            style = own.find(word("rStyle"))
            if style is not None:
                yield from self._of_style(style.get(_VAL) or "")
        paragraph = next(run.iterancestors(word("p")), None)
        if paragraph is not None:
            yield from self._of_style(self._style_of(paragraph))
        table = next(run.iterancestors(word("tbl")), None)
        if table is not None:
            style = table.find(f"{word('tblPr')}/{word('tblStyle')}")
            if style is not None:
                yield from self._of_style(style.get(_VAL) or "")
        yield from self._defaults

    def _style_of(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{word('pPr')}/{word('pStyle')}")
        return self._default_style if style is None else style.get(_VAL) or ""

    def _of_style(self, name: str) -> Iterator[etree._Element]:
        for style in self._ancestry(name):
            own = style.find(word("rPr"))
            if own is not None:
                yield own

    def _ancestry(self, name: str) -> Iterator[etree._Element]:
        """The style and those it is based on; a circle ends."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            base = style.find(word("basedOn"))
            name = "" if base is None else base.get(_VAL) or ""


def _first(chain: list[etree._Element], tag: str) -> etree._Element | None:
    return next((hit for own in chain if (hit := own.find(word(tag))) is not None), None)


def _is_glass(properties: etree._Element) -> bool:
    """Whether the letters are filled with nothing, or with what one sees through."""
    fill = properties.find(_TEXT_FILL)
    if fill is None:
        return False
    alphas = [alpha.get(alpha.keys()[0]) or "" for alpha in fill.iter(_ALPHA) if alpha.keys()]
    clear = any(alpha.isdecimal() and int(alpha) >= _SEEN_THROUGH for alpha in alphas)
    return clear or fill.find(_NO_FILL) is not None


def _is_on(chain: list[etree._Element], tag: str) -> bool:
    found = _first(chain, tag)
    return found is not None and (found.get(_VAL) or "true") not in _OFF


def _colour(element: etree._Element | None) -> str:
    """Six digits; "" for automatic, and for theme colours whose value is not written beside."""
    if element is None:
        return ""
    value = (element.get(_VAL) or "").upper()
    if len(value) == 6:
        return value
    return _THEME.get(element.get(word("themeColor")) or "", "")


def _fill(shade: etree._Element | None) -> str | None:
    """The colour of a shade, None when there is none, "" when it is not known."""
    if shade is None:
        return None
    value = (shade.get(word("fill")) or "").upper()
    if shade.get(_VAL) == "solid":
        value = (shade.get(word("color")) or "").upper()
        value = _BLACK if value == "AUTO" else value
    if len(value) == 6:
        return value
    theme = shade.get(word("themeFill"))
    return None if theme is None else _THEME.get(theme, _UNKNOWN)


def _box_fill(shape: etree._Element) -> str:
    own = shape.find(word("wps:spPr"))
    if own is not None:
        if own.find(word("a:noFill")) is not None:
            return _WHITE
        solid = own.find(word("a:solidFill"))
        if solid is not None:
            plain = solid.find(word("a:srgbClr"))
            return _UNKNOWN if plain is None else (plain.get("val") or "").upper()
        if any(own.find(word(f"a:{kind}")) is not None for kind in ("gradFill", "blipFill")):
            return _UNKNOWN
    return _WHITE if shape.find(word("wps:style")) is None else _UNKNOWN


def _old_box_fill(shape: etree._Element) -> str:
    if shape.get("filled") in ("f", "false"):
        return _WHITE
    colour = (shape.get("fillcolor") or "white").split(" ")[0]
    if colour == "white":
        return _WHITE
    return colour[1:].upper() if len(colour) == 7 and colour[0] == "#" else _UNKNOWN


def _near(one: str, other: str) -> bool:
    try:
        pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
        return all(abs(a - b) <= _NEAR for a, b in pairs)
    except ValueError:
        return False
