"""Walks the words of a letter part by part: paragraphs, tables, boxes, revisions, fields.

Handlers of elements stand in tables; an element without one is walked through, and words that no
handler took are read by the last reader of the part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from screening.extraction.colours import UNKNOWN, WHITE
from screening.extraction.docx_fields import Fields, code_passages
from screening.extraction.docx_lines import Piece, passages_of
from screening.extraction.docx_looks import Look, Looks, is_flat, layer_of, paper_of
from screening.extraction.gathering import (
    Gathered,
    attribute,
    character,
    is_on,
    local_name,
    take_attribute,
    take_text,
    whole,
)
from screening.extraction.office_drawing import (
    name_shapes,
    paper_of_shape,
    read_paragraph,
    unseen_shape,
)
from screening.passages import Layer, Place

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo"))
_MAX_SPAN = 63  # columns Word allows
_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class _Box:
    """Words that stand beside the line they hang on; read when the line is at its end."""

    content: etree._Element
    over: tuple[Layer, ...]
    paper: str
    known: frozenset[str]


@dataclass(slots=True)
class Story:
    """One part's words on the way of being read. `over` are layers that lie over all words now."""

    found: Gathered
    looks: Looks
    base: Layer = Layer.VISIBLE
    part: str = ""
    notes: set[str] = field(default_factory=set)  # notes to which a mark leads
    over: tuple[Layer, ...] = ()
    paper: str = WHITE
    _known: frozenset[str] = frozenset()
    _fields: Fields = field(default_factory=Fields)
    _pieces: list[Piece] = field(default_factory=list)
    _boxes: list[_Box] = field(default_factory=list)
    _cell: tuple[int, int, int] = (0, 0, 0)
    _look: Look = field(default_factory=dict)
    _run: Layer | None = None
    _paragraphs: int = 0
    _tables: int = 0

    def read(self, root: etree._Element) -> None:
        """All blocks below an element, and codes of fields that never end."""
        self.blocks(root)
        for code in self._fields.unclosed():
            self._say_code(code)

    def blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables, also in elements nobody knows."""
        for child in parent:
            handler = BLOCKS.get(local_name(child), Story.blocks)
            handler(self, child)

    def inline(self, parent: etree._Element) -> None:
        """What stands in a line."""
        for child in parent:
            handler = INLINE.get(local_name(child), Story.inline)
            handler(self, child)

    def place(self) -> Place:
        """Where the walk is."""
        table, row, column = self._cell
        return Place(
            paragraph=self._paragraphs, table=table, row=row, column=column, part=self.part
        )

    def under(
        self, layer: Layer, walk: Callable[[Story, etree._Element], None], element: etree._Element
    ) -> None:
        """Walks an element with one more layer over its words."""
        before, self.over = self.over, (*self.over, layer)
        walk(self, element)
        self.over = before

    def paragraph(self, element: etree._Element) -> None:
        """A paragraph; within a cell it is one line of the cell."""
        properties = element.find("{*}pPr")
        before = self.over, self.paper, self._look
        self._paragraphs += 1
        self._look = self.looks.paragraph(properties)
        self.paper = paper_of(properties, self.paper)
        if self.looks.far(properties):
            self.over = (*self.over, Layer.OUTSIDE_PAGE)
        self.inline(element)
        self.over, self.paper, self._look = before
        if self._cell[0]:
            last = self._pieces[-1].layer if self._pieces else Layer.VISIBLE
            self._pieces.append(Piece("\n", last))
        else:
            self._end_line()

    def run(self, element: etree._Element) -> None:
        """Letters of one look."""
        look = self.looks.run(element.find("{*}rPr"), self._look)
        before, self._run = self._run, layer_of(look, self.paper)
        self.inline(element)
        self._run = before

    def text(self, element: etree._Element) -> None:
        """Words of a run."""
        self.add(take_text(element))

    def add(self, words: str) -> None:
        """Words at this place of the line; in the code of a field they are no words."""
        if words and not self._fields.swallows(words):
            self._pieces.append(Piece(words, self._layer()))

    def _layer(self) -> Layer:
        """The layer that counts of those that lie over the words."""
        if Layer.DELETED in self.over:
            return Layer.DELETED
        hiding = [layer for layer in self.over if layer is not Layer.INSERTED]
        if hiding:
            return hiding[-1]
        return self._run or (Layer.INSERTED if self.over else Layer.VISIBLE)

    def code(self, element: etree._Element) -> None:
        """A piece of a field's code."""
        words = take_text(element)
        if not self._fields.code(words):
            self._say_code(words)

    def field_mark(self, element: etree._Element) -> None:
        """Where a field begins, where its result does, where it ends."""
        self._say_code(self._fields.mark(attribute(element, "fldCharType")))
        self.inline(element)

    def simple_field(self, element: etree._Element) -> None:
        """A field in one element."""
        self._say_code(take_attribute(element, "instr"))
        self.inline(element)

    def _say_code(self, code: str) -> None:
        for layer, words in code_passages(code):
            self.found.say(layer, words, self.place())

    def alternatives(self, element: etree._Element, walk: Callable[[etree._Element], None]) -> None:
        """One content in several forms: the first is shown; of the others only what is new."""
        forms = [child for child in element if local_name(child) in ("Choice", "Fallback")]
        for form in forms[:1]:
            known = frozenset(_lines(form))
            walk(form)
            before = self.over, self._known
            self.over, self._known = (*self.over, Layer.HIDDEN_TEXT), self._known | known
            for other in forms[1:]:
                walk(other)
            self.over, self._known = before

    def drawing(self, element: etree._Element) -> None:
        """Words about shapes now, words in shapes at the end of the line."""
        place = self.place()
        name_shapes(element, self.found, place)
        unseen = unseen_shape(element)
        hiding = [layer for layer in (unseen, self._run) if layer is not None]
        over = (*self.over, *hiding[:1])
        for content in _outermost(element, "txbxContent"):
            holder = content.getparent()
            shape = None if holder is None else holder.getparent()
            paper = paper_of_shape(shape, self.paper)
            self._boxes.append(_Box(content, over, paper, self._known))
        for paragraph in element.iter("{*}p"):
            if "drawingml" in str(paragraph.tag):
                read_paragraph(paragraph, self.found, place)

    def note_mark(self, element: etree._Element) -> None:
        """A mark that leads to a foot- or endnote."""
        kind = local_name(element).removesuffix("Reference")
        self.notes.add(f"{kind} {attribute(element, 'id')}")

    def table(self, element: etree._Element) -> None:
        """Rows and cells; a table within a cell has a number of its own."""
        self._tables += 1
        number = self._tables
        before = self.paper, self._cell, self._pieces
        style = element.find("{*}tblPr/{*}tblStyle")
        if style is not None and self.looks.dark_table(attribute(style, "val")):
            self.paper = UNKNOWN
        for at, row in enumerate(_inside(element, "tr"), start=1):
            self._row(row, number, at)
        self.paper, self._cell, self._pieces = before
        self._read_boxes()

    def _row(self, element: etree._Element, table: int, at: int) -> None:
        properties = element.find("{*}trPr")
        before = self.over
        self.over = (*before, *row_layers(properties))
        skipped = None if properties is None else properties.find("{*}gridBefore")
        column = 1 + (0 if skipped is None else min(whole(attribute(skipped, "val")), _MAX_SPAN))
        for cell in _inside(element, "tc"):
            own = cell.find("{*}tcPr")
            span = None if own is None else own.find("{*}gridSpan")
            self._cell, self._pieces = (table, at, column), []
            self._read_cell(cell, own)
            column += 1 if span is None else max(1, min(whole(attribute(span, "val")), _MAX_SPAN))
        self.over = before

    def _read_cell(self, cell: etree._Element, properties: etree._Element | None) -> None:
        before = self.over, self.paper
        self.over = (*self.over, *cell_layers(properties))
        self.paper = paper_of(properties, self.paper)
        self.blocks(cell)
        self._emit()
        self.over, self.paper = before

    def _end_line(self) -> None:
        self._emit()
        self._read_boxes()

    def _emit(self) -> None:
        pieces, self._pieces = self._pieces, []
        for layer, words in passages_of(pieces, self.base):
            if words.strip() not in self._known:
                self.found.say(layer, words, self.place())

    def _read_boxes(self) -> None:
        """The boxes that hang on what was just read, when no cell is open around it."""
        if self._cell[0]:
            return
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            before = self.base, self.over, self.paper, self._known
            self.base = Layer.TEXT_BOX if self.base is not Layer.HIDDEN_TEXT else self.base
            self.over, self.paper, self._known = box.over, box.paper, box.known
            self.blocks(box.content)
            self.base, self.over, self.paper, self._known = before


def row_layers(properties: etree._Element | None) -> Iterator[Layer]:
    """Layers that lie over a whole row."""
    if properties is None:
        return
    if is_on(properties.find("{*}hidden")) or is_flat(properties):
        yield Layer.HIDDEN_ROW
    if properties.find("{*}del") is not None:
        yield Layer.DELETED
    if properties.find("{*}ins") is not None:
        yield Layer.INSERTED


def cell_layers(properties: etree._Element | None) -> Iterator[Layer]:
    """Layers that lie over a whole cell: merged into another, deleted, inserted."""
    if properties is None:
        return
    for name in ("vMerge", "hMerge"):
        merge = properties.find(f"{{*}}{name}")
        if merge is not None and attribute(merge, "val") != "restart":
            yield Layer.HIDDEN_TEXT
    if properties.find("{*}cellDel") is not None:
        yield Layer.DELETED
    if properties.find("{*}cellIns") is not None:
        yield Layer.INSERTED


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also within revisions and content controls."""
    for child in parent:
        if local_name(child) == name:
            yield child
        elif local_name(child) in _WRAPPERS:
            yield from _inside(child, name)


def _outermost(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if local_name(child) == name:
            yield child
        else:
            yield from _outermost(child, name)


def _lines(element: etree._Element) -> Iterator[str]:
    """The paragraphs of an element as plain words."""
    for paragraph in element.iter("{*}p"):
        yield "".join(text.text or "" for text in paragraph.iter("{*}t")).strip()
    yield "".join(text.text or "" for text in element.iter("{*}t")).strip()


def _inserted(story: Story, element: etree._Element) -> None:
    story.under(Layer.INSERTED, Story.inline, element)


def _deleted(story: Story, element: etree._Element) -> None:
    story.under(Layer.DELETED, Story.inline, element)


def _phonetic(story: Story, element: etree._Element) -> None:
    story.under(story.base, Story.inline, element)


def _symbol(story: Story, element: etree._Element) -> None:
    """A character by its number; those of old symbol fonts stand in the private area."""
    code = attribute(element, "char")
    if len(code) == 4 and all(digit in "0123456789abcdefABCDEF" for digit in code):
        sign = int(code, 16)
        story.add(character(sign & 0xFF if 0xF020 <= sign <= 0xF0FF else sign))


def _space(story: Story, element: etree._Element) -> None:
    story.add(_SPACES[local_name(element)])


BLOCKS: dict[str, Callable[[Story, etree._Element], None]] = {
    "p": Story.paragraph,
    "tbl": Story.table,
    "AlternateContent": lambda story, element: story.alternatives(element, story.blocks),
    "ins": lambda story, element: story.under(Layer.INSERTED, Story.blocks, element),
    "moveTo": lambda story, element: story.under(Layer.INSERTED, Story.blocks, element),
    "del": lambda story, element: story.under(Layer.DELETED, Story.blocks, element),
    "moveFrom": lambda story, element: story.under(Layer.DELETED, Story.blocks, element),
}
INLINE: dict[str, Callable[[Story, etree._Element], None]] = {
    "r": Story.run,
    "t": Story.text,
    "delText": Story.text,
    "instrText": Story.code,
    "delInstrText": Story.code,
    "fldChar": Story.field_mark,
    "fldSimple": Story.simple_field,
    "ins": _inserted,
    "moveTo": _inserted,
    "del": _deleted,
    "moveFrom": _deleted,
    "rt": _phonetic,
    "sym": _symbol,
    "drawing": Story.drawing,
    "pict": Story.drawing,
    "object": Story.drawing,
    "AlternateContent": lambda story, element: story.alternatives(element, story.inline),
    "footnoteReference": Story.note_mark,
    "endnoteReference": Story.note_mark,
    "pPr": lambda _, __: None,
    "rPr": lambda _, __: None,
    **dict.fromkeys(_SPACES, _space),
}
