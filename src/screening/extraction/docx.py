"""Reads a DOCX to its hidden corners: body, margins, notes, comments, revisions, every part.

What is printed stands in VISIBLE and its like; whatever else the package holds stands in the layer
that says where. It lays out no pages: words under a floating shape are not told from others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from screening.embedded import Harvest
from screening.extraction.docx_body import Story
from screening.extraction.docx_looks import Looks
from screening.extraction.gathering import attribute, local_name, take_attribute
from screening.extraction.leftovers import telling
from screening.extraction.office_drawing import DRAWINGS
from screening.extraction.office_parts import SHARED, Office, read_embedded
from screening.limits import open_package
from screening.passages import Carrier, Layer, Place, UnfitFileError

MAIN = "officeDocument"
_FLOATING = "文件中有浮动的图形；被图形遮住的内容按看得见的检查"


@dataclass(slots=True)
class Letter:
    """A letter on the way of being read: its styles, and the notes to which marks lead."""

    office: Office
    looks: Looks = field(default_factory=Looks)
    notes: set[str] = field(default_factory=set)

    def learn_styles(self) -> None:
        """Styles first: they say what is hidden."""
        for root in self.office.relations(""):
            if root.kind == MAIN and not root.external:
                for relation in self.office.relations(root.target):
                    if relation.kind == "styles" and not relation.external:
                        self.looks.learn(self.office.tree(relation.target))

    def story(self, part: str, base: Layer, name: str) -> Story:
        """A story of this letter, to be read into."""
        return Story(self.office.found, self.looks, base, name and part, self.notes)


def harvest(data: bytes) -> Harvest:
    """All words of a letter with their places, and the files inside it. UnfitFileError."""
    letter = Letter(Office(open_package(data), {}))
    own = {kind: partial(read, letter) for kind, read in READERS.items()}
    letter.office.readers = {
        **SHARED, **DRAWINGS,
        **{kind: _without_letter(read) for kind, read in own.items()},
    }  # fmt: skip
    letter.learn_styles()
    try:
        letter.office.read_all()
    except RecursionError:
        raise UnfitFileError("DOCX 嵌套过深，无法读取") from None
    return letter.office.found.harvest(Carrier.DOCX)


def _without_letter(read: Callable[[str], None]) -> Callable[[Office, str], None]:
    return lambda _, part: read(part)


def _read_body(letter: Letter, part: str) -> None:
    root = letter.office.tree(part)
    if any(local_name(element) == "anchor" for element in root.iter()):
        letter.office.found.remarks.append(_FLOATING)
    _read(letter, part, root, Layer.VISIBLE, "")


def _read_margin(letter: Letter, part: str) -> None:
    _read(letter, part, letter.office.tree(part), Layer.HEADER, "页眉页脚")


def _read_comments(letter: Letter, part: str) -> None:
    _read(letter, part, letter.office.tree(part), Layer.COMMENT, "批注")


def _read_building_blocks(letter: Letter, part: str) -> None:
    _read(letter, part, letter.office.tree(part), Layer.HIDDEN_TEXT, "文档部件")


def _read_notes(letter: Letter, part: str) -> None:
    """Foot- or endnotes; those to which no mark leads are not seen."""
    root = letter.office.tree(part)
    glean_asides(letter, root, part)
    for note in root.iter("{*}footnote", "{*}endnote"):
        mark = f"{local_name(note)} {attribute(note, 'id')}"
        seen = mark in letter.notes and not attribute(note, "type")
        story = letter.story(part, Layer.NOTE if seen else Layer.HIDDEN_TEXT, "脚注尾注")
        story.read(note)
    letter.office.rest(root, part, Layer.HIDDEN_TEXT)


def _read(letter: Letter, part: str, root: etree._Element, base: Layer, name: str) -> None:
    glean_asides(letter, root, part)
    letter.story(part, base, name).read(root)
    letter.office.rest(root, part, Layer.HIDDEN_TEXT)


def glean_asides(letter: Letter, root: etree._Element, part: str) -> None:
    """What elements say in their attributes, wherever they stand: names, choices, hints."""
    said: set[tuple[Layer, str]] = set()
    place = Place(part=part)
    for element in root.iter():
        for name, layer in ASIDES.get(local_name(element), ()):
            words = take_attribute(element, name)
            if words and (layer, words) not in said:
                said.add((layer, words))
                letter.office.found.say(layer, words, place)
        if "author" in ASIDES:
            for name in ("author", "initials"):
                words = take_attribute(element, name)
                if words and (Layer.METADATA, words) not in said:
                    said.add((Layer.METADATA, words))
                    letter.office.found.say(Layer.METADATA, words, Place(part="修订或者批注的作者"))


def _read_people(letter: Letter, part: str) -> None:
    """Those who revised or commented, with their accounts."""
    root = letter.office.tree(part)
    glean_asides(letter, root, part)
    for element in root.iter("{*}presenceInfo"):
        words = take_attribute(element, "userId")
        letter.office.found.say(Layer.METADATA, words, Place(part="审阅人的账号"))
    letter.office.rest(root, part)


def _read_styles(letter: Letter, part: str) -> None:
    """Names of styles that somebody made."""
    root = letter.office.tree(part)
    glean_asides(letter, root, part)
    for style in root.iter("{*}style"):
        if attribute(style, "customStyle") not in ("1", "true"):
            continue
        for element in style.iter("{*}name", "{*}aliases"):
            words = attribute(element, "val")
            if telling(words):
                take_attribute(element, "val")
                letter.office.found.say(Layer.METADATA, words, Place(part="样式的名称"))
    letter.office.rest(root, part)


def _read_numbering(letter: Letter, part: str) -> None:
    """Words that stand before numbered paragraphs, as 第%1章 does; they are printed."""
    root = letter.office.tree(part)
    said: set[str] = set()
    for level in root.iter("{*}lvlText"):
        words = take_attribute(level, "val")
        if words not in said and telling(words):
            said.add(words)
            letter.office.found.say(Layer.VISIBLE, words, Place(part="项目编号"))
    letter.office.rest(root, part)


# Attributes that are somebody's words, by element: what nobody sees who does not ask for it.
ASIDES: dict[str, tuple[tuple[str, Layer], ...]] = {
    "author": (),
    "listItem": (("displayText", Layer.VALIDATION), ("value", Layer.VALIDATION)),
    "listEntry": (("val", Layer.VALIDATION),),
    "helpText": (("val", Layer.HIDDEN_TEXT),),
    "statusText": (("val", Layer.HIDDEN_TEXT),),
    "default": (("val", Layer.HIDDEN_TEXT),),
    "tblCaption": (("val", Layer.ALT_TEXT),),
    "tblDescription": (("val", Layer.ALT_TEXT),),
    "hyperlink": (("tooltip", Layer.LINK),),
}

READERS: dict[str, Callable[[Letter, str], None]] = {
    MAIN: _read_body,
    "header": _read_margin,
    "footer": _read_margin,
    "footnotes": _read_notes,
    "endnotes": _read_notes,
    "comments": _read_comments,
    "people": _read_people,
    "styles": _read_styles,
    "stylesWithEffects": _read_styles,
    "numbering": _read_numbering,
    "glossaryDocument": _read_building_blocks,
    "aFChunk": lambda letter, part: read_embedded(letter.office, part),
}
