"""Names inside a letter: of styles, bookmarks, lists. Those that people gave are replaced.

A name of a style or bookmark is seen by nobody who reads the letter; references follow it.
"""

from __future__ import annotations

from lxml import etree

from screening.passages import Layer
from screening.stripping.grammar_word import word
from screening.stripping.pruning import plain_name, remove
from screening.stripping.tally import Tally

_VAL = word("val")
_ID = word("id")
_REFERENCES = tuple(
    word(tag) for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
)


class Names:
    """Old names of styles and bookmarks with the new ones."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles: dict[str, str] = {}
        if styles is not None:
            for number, style in enumerate(styles.iter(word("style")), start=1):
                old = style.get(word("styleId")) or ""
                self._styles.setdefault(old, old if plain_name(old) else f"S{number}")
        self._bookmarks: dict[str, str] = {}

    def settle_styles(self, root: etree._Element) -> None:
        """References to styles, in any part; those that lead nowhere go."""
        for reference in list(root.iter(*_REFERENCES)):
            new = self._styles.get(reference.get(_VAL) or "")
            if new is None:
                remove(reference)
            else:
                reference.set(_VAL, new)

    def settle_definitions(self, styles: etree._Element, tally: Tally) -> None:
        """The styles themselves, with their names as shown in the program."""
        for number, style in enumerate(styles.iter(word("style")), start=1):
            style.set(word("styleId"), self._styles.get(style.get(word("styleId")) or "", "S0"))
            name = style.find(word("name"))
            if name is not None and not plain_name(name.get(_VAL) or ""):
                name.set(_VAL, f"Style {number}")
                tally.add(Layer.METADATA, "自定义样式的名称")
        self.settle_styles(styles)

    def learn_bookmarks(self, root: etree._Element) -> None:
        """Bookmarks that a link of the letter leads to."""
        for link in root.iter(word("hyperlink")):
            anchor = link.get(word("anchor"))
            if anchor:
                self._bookmarks.setdefault(anchor, f"b{len(self._bookmarks) + 1}")

    def settle_bookmarks(self, root: etree._Element, tally: Tally) -> None:
        """Renames the bookmarks that are used, takes out the others with their ends."""
        kept: set[str] = set()
        for start in list(root.iter(word("bookmarkStart"))):
            new = self._bookmarks.get(start.get(word("name")) or "")
            if new is None:
                tally.add(Layer.METADATA, "书签的名称")
                remove(start)
            else:
                start.set(word("name"), new)
                kept.add(start.get(_ID) or "")
        for end in list(root.iter(word("bookmarkEnd"))):
            if (end.get(_ID) or "") not in kept:
                remove(end)
        for link in root.iter(word("hyperlink")):
            anchor = link.get(word("anchor"))
            if anchor:
                link.set(word("anchor"), self._bookmarks.get(anchor, "b0"))


def keep_used_lists(numbering: etree._Element, used: set[str], tally: Tally) -> None:
    """Lists that no paragraph and no style uses go: their texts are shown nowhere."""
    wanted: set[str] = set()
    for one in list(numbering.iter(word("num"))):
        if (one.get(word("numId")) or "") in used:
            abstract = one.find(word("abstractNumId"))
            wanted.add("" if abstract is None else abstract.get(_VAL) or "")
        else:
            tally.add(Layer.METADATA, "用不到的编号样式")
            remove(one)
    for one in list(numbering.iter(word("abstractNum"))):
        if (one.get(word("abstractNumId")) or "") not in wanted:
            remove(one)
