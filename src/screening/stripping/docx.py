"""Writes a letter anew with what its pages show: text, tables, notes, pictures, and their looks.

Changes are accepted, fields become their results, comments, authors, properties, hidden words and
embedded files stay behind. What cannot be cut without changing the page is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping import grammar_word
from screening.stripping.addresses import is_public
from screening.stripping.docx_changes import accept_changes, choose_alternatives, drop_hidden
from screening.stripping.docx_fields import settle_fields
from screening.stripping.docx_looks import Looks
from screening.stripping.docx_names import Names, keep_used_lists
from screening.stripping.docx_places import drop_out_of_sight
from screening.stripping.grammar_word import word
from screening.stripping.office import RELATION_ID, Relation, Source, Target
from screening.stripping.pictures import Pictures
from screening.stripping.pruning import Grammar, prune, remove, unwrap
from screening.stripping.stripped import Stripped
from screening.stripping.tally import Tally

_MAIN = "word/document.xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_THEME_KIND = "application/vnd.openxmlformats-officedocument.theme+xml"
_ID, _VAL, _TYPE = word("id"), word("val"), word("type")
_NOTES = (("footnotes", "footnote", "footnoteReference"), ("endnotes", "endnote",
                                                           "endnoteReference"))  # fmt: skip


def strip(data: bytes) -> Stripped:
    """The letter as it may go out. UnfitFileError for what cannot be carried over."""
    tally = Tally()
    source = Source.of(data)
    main = source.main()
    root = source.xml(main)
    if root.tag != word("document"):
        raise UnfitFileError("是严格模式的 DOCX，请在 Word 里另存为普通的 DOCX")
    letter = _Letter(source, Target(tally), tally, main, source.relations(main))
    letter.write(root)
    source.count_unreached(tally)
    return Stripped(Carrier.DOCX, letter.target.packed(), tally.removals())


# What is done to each story of a letter, in this order.
STEPS: dict[str, Callable[[etree._Element, Looks, Tally], None]] = {
    "alternatives": lambda root, _, tally: choose_alternatives(root, tally),
    "changes": lambda root, _, tally: accept_changes(root, tally),
    "fields": lambda root, _, tally: settle_fields(root, tally),
    "places": drop_out_of_sight,
    "hidden": drop_hidden,
}


@dataclass(frozen=True, slots=True)
class _Story:
    """A part with words: where it goes, its tree, where it led before, its kind."""

    part: str
    root: etree._Element
    relations: dict[str, Relation]
    kind: str


@dataclass(slots=True)
class _Letter:
    """One letter on its way from the old package to the new."""

    source: Source
    target: Target
    tally: Tally
    main: str
    relations: dict[str, Relation]
    used_lists: set[str] = field(default_factory=set)

    def write(self, root: etree._Element) -> None:
        """All parts that are reached from the main one."""
        styles = self._side("styles")
        looks, names = Looks(styles), Names(styles)
        self._settle(root, looks)
        settings = self._settings()
        self._drop_unshown_headers(root, settings)
        stories = [_Story(_MAIN, root, self.relations, "document.main")]
        stories += self._headers(root, looks)
        stories += self._notes(root, looks)
        for story in stories:
            names.learn_bookmarks(story.root)
        for story in stories:
            self._link(story.root, story.part, story.relations)
            names.settle_styles(story.root)
            names.settle_bookmarks(story.root, self.tally)
            self._learn_lists(story.root)
            self.target.add(story.part, story.root, f"{_KIND}{story.kind}+xml")
        self.target.relate("", "officeDocument", _MAIN)
        self._write_sides(styles, names, settings)

    def _settle(self, root: etree._Element, looks: Looks) -> None:
        for step in STEPS.values():
            step(root, looks, self.tally)
        prune(root, grammar_word.GRAMMAR, self.tally)

    def _side(self, kind: str) -> etree._Element | None:
        """A part that the main one leads to by its kind alone."""
        found = [one.target for one in self.relations.values() if one.kind == kind]
        return self.source.xml(found[0]) if found and self.source.has(found[0]) else None

    def _settings(self) -> etree._Element:
        settings = self._side("settings")
        if settings is None:
            settings = etree.Element(word("settings"))
        prune(settings, grammar_word.SETTINGS, self.tally)
        return settings

    def _drop_unshown_headers(self, root: etree._Element, settings: etree._Element) -> None:
        """Headers of first and of even pages are shown only where the letter asks for them."""
        unshown = set()
        if not any(_is_on(one) for one in root.iter(word("titlePg"))):
            unshown.add("first")
        if not any(_is_on(one) for one in settings.iter(word("evenAndOddHeaders"))):
            unshown.add("even")
        for reference in list(root.iter(word("headerReference"), word("footerReference"))):
            if reference.get(_TYPE) in unshown:
                self.tally.add(Layer.HEADER, "不显示的页眉页脚")
                remove(reference)

    def _headers(self, root: etree._Element, looks: Looks) -> list[_Story]:
        found: list[_Story] = []
        known: dict[str, str] = {}
        for reference in list(root.iter(word("headerReference"), word("footerReference"))):
            kind = "header" if reference.tag == word("headerReference") else "footer"
            relation = self.relations.get(reference.get(RELATION_ID) or "")
            if relation is None or relation.external or relation.kind != kind:
                remove(reference)
                continue
            part = known.get(relation.target)
            if part is None:
                part = known[relation.target] = f"word/{kind}{len(known) + 1}.xml"
                story = self.source.xml(relation.target)
                self._settle(story, looks)
                found.append(_Story(part, story, self.source.relations(relation.target), kind))
            reference.set(RELATION_ID, self.target.relate(_MAIN, kind, part))
        return found

    def _notes(self, root: etree._Element, looks: Looks) -> list[_Story]:
        """Foot- and endnotes with a sign in the text, and the lines that part them from it."""
        found: list[_Story] = []
        for kind, tag, sign in _NOTES:
            targets = [one.target for one in self.relations.values() if one.kind == kind]
            if not targets or not self.source.has(targets[0]):
                continue
            story = self.source.xml(targets[0])
            self._settle(story, looks)
            signed = {one.get(_ID) for one in root.iter(word(sign))}
            for note in list(story.iter(word(tag))):
                self._settle_note(note, signed)
            part = f"word/{kind}.xml"
            self.target.relate(_MAIN, kind, part)
            found.append(_Story(part, story, self.source.relations(targets[0]), kind))
        return found

    def _settle_note(self, note: etree._Element, signed: set[str | None]) -> None:
        """Notes with a sign stay; the lines between text and notes hold no words."""
        if note.get(_TYPE) in (None, "normal"):
            if note.get(_ID) not in signed:
                self.tally.add(Layer.HIDDEN_TEXT, "正文里没有标记的脚注或者尾注")
                remove(note)
            return
        for text in list(note.iter(word("t"), word("drawing"), word("pict"))):
            self.tally.add(Layer.HIDDEN_TEXT, "脚注分隔符里的文字")
            remove(text)

    def _link(self, story: etree._Element, part: str, relations: dict[str, Relation]) -> None:
        Pictures(self.source, self.target, self.tally, part, relations).settle(story)
        for link in list(story.iter(word("hyperlink"))):
            number = link.attrib.pop(RELATION_ID, None)
            relation = relations.get(number or "")
            if relation is not None and relation.external and is_public(relation.target):
                new = self.target.relate(part, "hyperlink", relation.target, external=True)
                link.set(RELATION_ID, new)
            elif number is not None or word("anchor") not in link.attrib:
                self.tally.add(Layer.LINK, "不公开的链接（文字保留）")
                unwrap(link)

    def _learn_lists(self, root: etree._Element) -> None:
        self.used_lists |= {one.get(_VAL) or "" for one in root.iter(word("numId"))}

    def _write_sides(
        self, styles: etree._Element | None, names: Names, settings: etree._Element
    ) -> None:
        if styles is not None:
            prune(styles, grammar_word.STYLES, self.tally)
            names.settle_definitions(styles, self.tally)
            self._learn_lists(styles)
            self._add_side("styles", styles)
        numbering = self._side("numbering")
        if numbering is not None:
            prune(numbering, grammar_word.STYLES, self.tally)
            keep_used_lists(numbering, self.used_lists, self.tally)
            names.settle_styles(numbering)
            self._add_side("numbering", numbering)
        self._add_side("settings", settings)
        theme = self._side("theme")
        if theme is not None:
            settle_theme(theme, grammar_word.THEME, self.tally)
            self.target.add("word/theme/theme1.xml", theme, _THEME_KIND)
            self.target.relate(_MAIN, "theme", "word/theme/theme1.xml")

    def _add_side(self, kind: str, root: etree._Element) -> None:
        self.target.add(f"word/{kind}.xml", root, f"{_KIND}{kind}+xml")
        self.target.relate(_MAIN, kind, f"word/{kind}.xml")


def settle_theme(theme: etree._Element, grammar: Grammar, tally: Tally) -> None:
    """Colours and fonts of a document; pictures in it become plain fills, names are blank."""
    for filled in list(theme.iter(word("a:blipFill"))):
        plain = etree.Element(word("a:solidFill"))
        etree.SubElement(plain, word("a:schemeClr"), val="phClr")
        filled.addprevious(plain)
        remove(filled)
    prune(theme, grammar, tally)
    for tag in ("a:clrScheme", "a:fontScheme", "a:fmtScheme"):
        for scheme in theme.iter(word(tag)):
            scheme.set("name", "")


def _is_on(element: etree._Element) -> bool:
    return (element.get(_VAL) or "1") not in ("0", "false", "off")
