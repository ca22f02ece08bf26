"""Reads an XLSX to its hidden corners: every sheet, and everything a workbook keeps beside them.

Values are read as they are stored; nothing is calculated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from lxml import etree

from screening.embedded import Harvest
from screening.extraction.gathering import attribute, local_name, take_attribute, take_words
from screening.extraction.leftovers import telling
from screening.extraction.office_drawing import DRAWINGS
from screening.extraction.office_parts import SHARED, Office, read_nothing, relation_id
from screening.extraction.xlsx_ranges import cell_of
from screening.extraction.xlsx_sheet import Book, fields_of, read_sheet
from screening.extraction.xlsx_strings import words_of
from screening.limits import open_package
from screening.passages import Carrier, Layer, Place, UnfitFileError

Reader = Callable[[Book, str], None]

MAIN = "officeDocument"
_BUILT_IN_NAME = re.compile(r"_xlnm\.\w+")  # print areas, filters
_REFERENCE = re.compile(
    r"(?:(?:'[^']{1,40}'|[^'!\",\s]{1,40})!\$?[A-Z]*\$?\d*(?::\$?[A-Z]*\$?\d*)?,?){1,20}"
)
_USUAL_TABLE = re.compile(r"(?:表|Table)_?\d{0,6}")
_LONG = re.compile(r"\d{11}")


def harvest(data: bytes) -> Harvest:
    """All words of a workbook with their places, and the files inside it. UnfitFileError."""
    book = Book(Office(open_package(data), {}))
    book.office.readers = {
        **SHARED, **DRAWINGS,
        **{kind: _without_book(partial(read, book)) for kind, read in READERS.items()},
    }  # fmt: skip
    try:
        book.office.read_all()
    except RecursionError:
        raise UnfitFileError("XLSX 嵌套过深，无法读取") from None
    return book.office.found.harvest(Carrier.XLSX)


def _without_book(read: Callable[[str], None]) -> Callable[[Office, str], None]:
    return lambda _, part: read(part)


def _read_book(book: Book, part: str) -> None:
    """The list of sheets, in its order, and the names that are defined."""
    office = book.office
    root = office.tree(part)
    relations = {relation.id: relation for relation in office.relations(part)}
    kinds = {relation.kind: relation.target for relation in relations.values()}
    for kind, learn in (("theme", book.looks.learn_theme), ("styles", book.looks.learn)):
        if kind in kinds:
            learn(office.tree(kinds[kind]))
    if "sharedStrings" in kinds:
        _learn_strings(book, office.tree(kinds["sharedStrings"]))
    for properties in root.iterfind("{*}workbookPr"):
        book.since_1904 = attribute(properties, "date1904") in ("1", "true")
    for keeper in KEEPERS.values():
        keeper(book, root)
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        name, hidden = take_attribute(sheet, "name"), is_hidden(sheet)
        layer = Layer.HIDDEN_SHEET if hidden else Layer.VISIBLE
        office.found.say(layer, name, Place(sheet=name, part="工作表的名称"))
        relation = relations.get(relation_id(sheet))
        if relation is not None and not relation.external:
            book.sheets[relation.target.lower()] = name, hidden
            office.visit(relation.target, relation.kind)
    office.rest(root, part)


def is_hidden(sheet: etree._Element) -> bool:
    """Whether the list of sheets says that one is hidden, at whatever depth."""
    return attribute(sheet, "state").lower() not in ("", "visible")


def _learn_strings(book: Book, root: etree._Element) -> None:
    book.strings.items = [words_of(item, book.looks) for item in root.iterfind("{*}si")]


def _read_names(book: Book, root: etree._Element) -> None:
    """Names somebody defined: what they stand for, and what is said about them."""
    for element in root.iter("{*}definedName"):
        name, words = take_attribute(element, "name"), take_words(element)
        place = Place(part="定义的名称")
        if not (_BUILT_IN_NAME.fullmatch(name) and _REFERENCE.fullmatch(words)):
            book.office.found.say(Layer.DEFINED_NAME, f"{name}={words}", place)
        for more in fields_of(element, ("comment", "description", "help", "statusBar")):
            book.office.found.say(Layer.DEFINED_NAME, more, place)


def _read_sharing(book: Book, root: etree._Element) -> None:
    """Who wants the book to be opened for reading only."""
    for element in root.iter("{*}fileSharing"):
        for words in fields_of(element, ("userName",)):
            book.office.found.say(Layer.METADATA, words, Place(part="共享的用户"))


def _read_strings(book: Book, part: str) -> None:
    """Strings that no cell shows any more. They were read before; here come the remainders."""
    place = Place(part="没有单元格使用的字符串")
    for words in book.strings.unused():
        book.office.found.say(Layer.EARLIER_VERSION, words.text, place)
        book.office.found.say(Layer.EARLIER_VERSION, words.reading, place)
    root = book.office.tree(part)
    for item in root.iterfind("{*}si"):
        words_of(item, book.looks)
    book.office.rest(root, part)


def _read_comments(book: Book, part: str) -> None:
    """Comments of a sheet, with their authors."""
    root = book.office.tree(part)
    for author in root.iter("{*}author"):
        book.office.found.say(Layer.METADATA, take_words(author), Place(part="批注的作者"))
    for comment in root.iter("{*}comment"):
        for text in comment.iterfind("{*}text"):
            words = words_of(text, book.looks)
            book.office.found.say(Layer.COMMENT, words.text + words.reading, _at(book, comment))
    book.office.rest(root, part)


def _read_threads(book: Book, part: str) -> None:
    """Comments that answer one another."""
    root = book.office.tree(part)
    for comment in root.iter("{*}threadedComment"):
        for text in comment.iterfind("{*}text"):
            book.office.found.say(Layer.COMMENT, take_words(text), _at(book, comment))
    book.office.rest(root, part)


def _at(book: Book, comment: etree._Element) -> Place:
    name = attribute(comment, "ref")
    row, column = cell_of(name) or (0, 0)
    return Place(sheet=book.sheet, cell=name, row=row, column=column)


def _read_fields(layer: Layer, *names: str, rest: Layer = Layer.METADATA) -> Reader:
    """A reader of attributes of these names, and of whatever else tells something."""

    def read(book: Book, part: str) -> None:
        root = book.office.tree(part)
        place = Place(part=part)
        for element in root.iter():
            for words in fields_of(element, names):
                book.office.found.say(layer, words, place)
        book.office.rest(root, part, rest)

    return read


def _read_external(book: Book, part: str) -> None:
    """Cells of another workbook, as they were when it was last seen."""
    root = book.office.tree(part)
    place = Place(part=part)
    for element in root.iter():
        if local_name(element) == "v":
            book.office.found.say(Layer.CACHE, take_words(element), place)
        for words in fields_of(element, ("val", "refersTo")):
            book.office.found.say(Layer.CACHE, words, place)
    book.office.rest(root, part, Layer.CACHE)


def _read_revisions(book: Book, part: str) -> None:
    """What cells said before somebody changed them."""
    root = book.office.tree(part)
    place = Place(part=part)
    for element in root.iter("{*}is", "{*}v", "{*}f"):
        book.office.found.say(Layer.EARLIER_VERSION, take_words(element), place)
    book.office.rest(root, part, Layer.EARLIER_VERSION)


def _read_table(book: Book, part: str) -> None:
    """A table's columns say what the cells below its head say; other words are its own."""
    root = book.office.tree(part)
    for column in root.iter("{*}tableColumn"):
        words = take_attribute(column, "name")
        if words not in book.shown:
            book.office.found.say(Layer.METADATA, words, Place(sheet=book.sheet, part=part))
    for name in ("name", "displayName"):
        words = take_attribute(root, name)
        if not _USUAL_TABLE.fullmatch(words) and telling(words):
            book.office.found.say(Layer.METADATA, words, Place(sheet=book.sheet, part=part))
    for formula in root.iter("{*}calculatedColumnFormula", "{*}totalsRowFormula"):
        place = Place(sheet=book.sheet, part=part)
        book.office.found.say(Layer.FORMULA, take_words(formula), place)
    for element in root.iter("{*}filter", "{*}customFilter"):
        words = take_attribute(element, "val")
        book.office.found.say(Layer.FILTERED_ROW, words, Place(sheet=book.sheet, part=part))
    book.office.rest(root, part)


def _read_styles(book: Book, part: str) -> None:
    """Names of styles that somebody made, and long numbers in formats, which are shown."""
    root = book.office.tree(part)
    for style in root.iter("{*}cellStyle"):
        words = take_attribute(style, "name")
        if not attribute(style, "builtinId") and telling(words):
            book.office.found.say(Layer.METADATA, words, Place(part="样式的名称"))
    for each in root.iter("{*}numFmt"):
        if _LONG.search(attribute(each, "formatCode")):
            words = take_attribute(each, "formatCode")
            book.office.found.say(Layer.VISIBLE, words, Place(part="数字格式"))
    book.office.rest(root, part)


# What the list of sheets keeps beside the sheets.
KEEPERS: dict[str, Callable[[Book, etree._Element], None]] = {
    "names": _read_names,
    "sharing": _read_sharing,
}

_PERSONS = _read_fields(Layer.METADATA, "displayName", "userId", "userName", "name")

READERS: dict[str, Reader] = {
    MAIN: _read_book,
    "worksheet": read_sheet,
    "sharedStrings": _read_strings,
    "styles": _read_styles,
    "comments": _read_comments,
    "threadedComment": _read_threads,
    "person": _PERSONS,
    "revisionHeaders": _PERSONS,
    "usernames": _PERSONS,
    "revisionLog": _read_revisions,
    "table": _read_table,
    "pivotCacheDefinition": _read_fields(
        Layer.CACHE, "v", "name", "caption", "formula", "refreshedBy", rest=Layer.CACHE
    ),
    "pivotCacheRecords": _read_fields(Layer.CACHE, "v", rest=Layer.CACHE),
    "slicerCache": _read_fields(Layer.CACHE, "n", "c", "sourceCaption", rest=Layer.CACHE),
    "externalLink": _read_external,
    "connections": _read_fields(
        Layer.METADATA, "connection", "command", "serverCommand", "sourceFile", "odcFile", "url",
        "post", "description",
    ),
    "calcChain": lambda book, part: read_nothing(book.office, part),
}  # fmt: skip
