"""Reads an OFD (GB/T 33190-2016) to its hidden corners: pages as drawn, notes, files, histories.

Words are taken from the text of the objects, placed as the eye finds them; glyphs without text and
words in pictures are said to be not covered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from screening.embedded import Embedded, Harvest
from screening.extraction.gathering import attribute, take_attribute, take_text, take_words
from screening.extraction.leftovers import telling
from screening.extraction.ofd_geometry import Matrix, Rectangle, numbers, rectangle
from screening.extraction.ofd_objects import Draughtsman, Drawn, Look, Resources, Words
from screening.extraction.ofd_package import Edition, learn_resources, location
from screening.extraction.ofd_sight import lines_of, scene
from screening.extraction.words import runs
from screening.limits import MAX_PAGES, open_package
from screening.passages import Carrier, Layer, NotCovered, Place, UnfitFileError
from screening.xml import parse_xml

_A4 = Rectangle(0, 0, 210, 297)
_MAIN = "OFD.xml"
_ORDER = {"Background": 0, "Body": 1, "Foreground": 2}
_PICTURE_PAGE = "本页是图片，没有文字可读；图片中的文字没有检查"
_DRAWN_PAGE = "本页没有文字可读，只有图形；画成图形的文字没有检查"
_SIGNED = "文件带有电子签章，处理后签章失效"
_XML_STARTS = (b"<", b"\xff\xfe<\0", b"\xfe\xff\0<")
_FILES = (b"PK", b"\x89PNG", b"\xff\xd8\xff", b"%PDF-", b"BM", b"GIF8", b"II*\0")


@dataclass(slots=True)
class Document:
    """One document of a file, or an earlier version of it."""

    edition: Edition
    part: str
    root: etree._Element
    base: Layer = Layer.VISIBLE
    area: Rectangle = _A4
    resources: Resources = field(default_factory=Resources)
    templates: dict[str, str] = field(default_factory=dict)  # number → part
    used: set[str] = field(default_factory=set)
    notes: dict[str, list[str]] = field(default_factory=dict)  # page → parts
    pages: int = 0


def harvest(data: bytes) -> Harvest:
    """All words of an OFD with their places, and the files inside it. UnfitFileError."""
    edition = Edition(open_package(data))
    try:
        pages = _read_edition(edition)
    except RecursionError:
        raise UnfitFileError("OFD 嵌套过深，无法读取") from None
    return edition.found.harvest(Carrier.OFD, pages)


def _read_edition(edition: Edition) -> int:
    root = edition.tree(edition.part(_MAIN, ""))
    pages = 0
    for number, body in enumerate(root.iterfind("{*}DocBody")):
        main = edition.part(location(body.find("{*}DocRoot")), _MAIN)
        base = Layer.EARLIER_VERSION if number else Layer.VISIBLE
        pages += _read_document(edition, main, base)
        for reader in BODY.values():
            reader(edition, body)
    edition.rest(root, _MAIN, Layer.METADATA)
    for name in edition.package.names:
        if telling(name):
            edition.found.say(Layer.METADATA, name, Place(part="压缩包内的文件名"))
        if name not in edition.seen:
            _read_orphan(edition, name)
    return pages


def _read_document(edition: Edition, part: str, base: Layer) -> int:
    """Pages, and what hangs on a document; the number of its pages."""
    if part in edition.seen:
        return 0
    root = edition.tree(part)
    document = Document(edition, part, root, base)
    for element in root.iterfind("{*}CommonData/{*}PageArea/{*}PhysicalBox"):
        document.area = rectangle(take_text(element)) or _A4
    for element in root.iter("{*}PublicRes", "{*}DocumentRes"):
        learn_resources(edition, edition.part(location(element), part), document.resources)
    for template in root.iter("{*}TemplatePage"):
        target = edition.part(take_attribute(template, "BaseLoc"), part)
        document.templates[attribute(template, "ID")] = target
    for reader in HANGING.values():
        reader(document)
    for page in root.iterfind("{*}Pages/{*}Page"):
        document.pages += 1
        if document.pages > MAX_PAGES:
            raise UnfitFileError(f"页数过多，超过 {MAX_PAGES} 页")
        target = edition.part(take_attribute(page, "BaseLoc"), part)
        _read_page(document, target, attribute(page, "ID"))
    _read_unused_templates(document)
    _read_unused_units(document)
    edition.rest(root, part, Layer.METADATA)
    return document.pages if base is Layer.VISIBLE else 0


def _read_page(document: Document, part: str, number: str) -> None:
    """What is drawn on a page, with its templates beneath and its notes above."""
    edition, page = document.edition, document.pages
    root = edition.tree(part)
    area = _area(root, document.area)
    for resource in root.iterfind("{*}PageRes"):
        learn_resources(edition, edition.part(location(resource), part), document.resources)
    below, above = _templates(document, root)
    own = _draw(document, root, page)
    notes = [
        each for part in document.notes.get(number, ()) for each in _note(document, part, page)
    ]
    drawn = [*below, *own.drawn, *above]
    _say(document, area, [*drawn, *notes], len(drawn), page)
    if not any(isinstance(each, Words) and each.text.strip() for each in drawn):
        reason = _PICTURE_PAGE if own.pictures else _DRAWN_PAGE if own.shapes else ""
        if reason:
            edition.found.not_covered.append(NotCovered(Place(page=page), reason))
    _read_actions(document, root, page)
    edition.rest(root, part, Layer.HIDDEN_TEXT, page)


def _area(root: etree._Element, usual: Rectangle) -> Rectangle:
    for element in root.iterfind("{*}Area/{*}PhysicalBox"):
        return rectangle(take_text(element)) or usual
    return usual


def _draw(document: Document, root: etree._Element, page: int) -> Draughtsman:
    """The layers of a page or template, the lowest first."""
    hand = Draughtsman(document.resources)
    layers = sorted(
        root.iterfind("{*}Content/{*}Layer"),
        key=lambda layer: _ORDER.get(attribute(layer, "Type") or "Body", 1),
    )
    for layer in layers:
        visible = attribute(layer, "Visible").lower() not in ("false", "0")
        hand.draw(layer, Look(visible=visible, parameter=attribute(layer, "DrawParam")))
    _say_names(document, hand.names, page)
    return hand


def _say_names(document: Document, names: Sequence[str], page: int) -> None:
    """What somebody called an object."""
    for name in names:
        document.edition.found.say(Layer.ALT_TEXT, name, Place(page=page, part="对象的名称"))


def _templates(document: Document, root: etree._Element) -> tuple[list[Drawn], list[Drawn]]:
    """What the templates of a page draw beneath and above it."""
    below: list[Drawn] = []
    above: list[Drawn] = []
    for use in root.iterfind("{*}Template"):
        number = attribute(use, "TemplateID")
        part = document.templates.get(number, "")
        if part:
            template = document.edition.tree(part)
            drawn = _draw(document, template, document.pages).drawn
            (above if attribute(use, "ZOrder") == "Foreground" else below).extend(drawn)
            if number not in document.used:
                _read_actions(document, template, 0)
                document.edition.rest(template, part, Layer.HIDDEN_TEXT)
            document.used.add(number)
    return below, above


def _say(document: Document, area: Rectangle, drawn: Sequence[Drawn], own: int, page: int) -> None:
    """The lines of a page; those of notes are notes, seen or not."""
    view = scene(area, drawn)
    found = document.edition.found
    for passage in lines_of(view, page, document.base, own):
        layer = passage.place.layer if document.base is Layer.VISIBLE else document.base
        found.say(layer, passage.text, passage.place)


def _note(document: Document, part: str, page: int) -> list[Drawn]:
    """The notes of a page: who made them, what is said, what they draw."""
    edition = document.edition
    place = Place(page=page, part="注释")
    root = edition.tree(part)
    drawn: list[Drawn] = []
    for note in root.iter("{*}Annot"):
        visible = attribute(note, "Visible").lower() not in ("false", "0")
        for name in ("Creator", "Name"):
            edition.found.say(Layer.ANNOTATION, take_attribute(note, name), place)
        for words in note.iter("{*}Remark", "{*}Parameter"):
            edition.found.say(Layer.ANNOTATION, take_words(words), place)
            edition.found.say(Layer.ANNOTATION, _own_name(words), place)
        for appearance in note.iterfind("{*}Appearance"):
            hand = Draughtsman(document.resources)
            box = numbers(attribute(appearance, "Boundary"))
            corner = Matrix(e=box[0], f=box[1]) if len(box) == 4 else Matrix()
            hand.draw(appearance, Look(place=corner, visible=visible))
            drawn += hand.drawn
    _read_actions(document, root, page)
    edition.rest(root, part, Layer.ANNOTATION, page)
    return drawn


def _own_name(parameter: etree._Element) -> str:
    name = take_attribute(parameter, "Name")
    return name if telling(name) else ""


def _read_unused_templates(document: Document) -> None:
    """Templates of which no page makes use are seen by nobody."""
    for number, part in document.templates.items():
        if part and number not in document.used:
            root = document.edition.tree(part)
            for item in _draw(document, root, 0).drawn:
                if isinstance(item, Words):
                    layer = Layer.HIDDEN_TEXT
                    document.edition.found.say(layer, item.text, Place(part=part))
            document.edition.rest(root, part, Layer.HIDDEN_TEXT)


def _read_unused_units(document: Document) -> None:
    """Units of objects: the words of those that no page draws, and what else stands in them."""
    for number, unit in document.resources.units.items():
        if number in document.resources.used:
            for content in unit.iterfind("{*}Content"):
                Draughtsman(Resources()).draw(content, Look())
        document.edition.rest(unit, document.part, Layer.HIDDEN_TEXT)


def _read_actions(document: Document, root: etree._Element, page: int) -> None:
    """Where things lead when somebody opens, points or clicks."""
    for action in root.iter("{*}URI"):
        for name in ("URI", "Base"):
            words = take_attribute(action, name)
            document.edition.found.say(Layer.LINK, words, Place(page=page, part="动作"))


def _read_annotations(document: Document) -> None:
    """Which pages have notes, and where they lie; they are read with their page."""
    edition = document.edition
    for element in document.root.iterfind("{*}Annotations"):
        part = edition.part(location(element), document.part)
        if not part:
            continue
        root = edition.tree(part)
        for page in root.iter("{*}Page"):
            target = edition.part(location(page.find("{*}FileLoc")), part)
            if target:
                document.notes.setdefault(attribute(page, "PageID"), []).append(target)
        edition.rest(root, part, Layer.ANNOTATION)


def _read_attachments(document: Document) -> None:
    """Files attached to the document, and their names."""
    edition = document.edition
    for element in document.root.iterfind("{*}Attachments"):
        part = edition.part(location(element), document.part)
        if not part:
            continue
        root = edition.tree(part)
        for attachment in root.iter("{*}Attachment"):
            name = take_attribute(attachment, "Name")
            edition.found.say(Layer.ATTACHMENT, name, Place(part="附件的名称"))
            edition.hand_over(edition.part(location(attachment.find("{*}FileLoc")), part))
        edition.rest(root, part, Layer.ATTACHMENT)


def _read_tags(document: Document) -> None:
    """Marks that say what the words of a document mean."""
    edition = document.edition
    for element in document.root.iterfind("{*}CustomTags"):
        part = edition.part(location(element), document.part)
        if not part:
            continue
        root = edition.tree(part)
        targets = [edition.part(location(each), part) for each in root.iter("{*}FileLoc")]
        edition.rest(root, part, Layer.METADATA)
        for target in targets:
            if target:
                edition.rest(edition.tree(target), target, Layer.METADATA)


def _read_extensions(document: Document) -> None:
    """What programs keep for themselves."""
    edition = document.edition
    for element in document.root.iterfind("{*}Extensions"):
        part = edition.part(location(element), document.part)
        if part:
            edition.rest(edition.tree(part), part, Layer.METADATA)


def _read_outline(document: Document) -> None:
    """Titles of the outline, names of bookmarks."""
    for element in document.root.iter("{*}OutlineElem", "{*}Bookmark"):
        for name in ("Title", "Name"):
            words = take_attribute(element, name)
            document.edition.found.say(Layer.OUTLINE, words, Place(part="大纲"))


def _read_document_actions(document: Document) -> None:
    """What happens when the document is opened, and where its outline leads."""
    _read_actions(document, document.root, 0)


def _read_info(edition: Edition, body: etree._Element) -> None:
    """Author, title, program, and whatever else somebody named."""
    for info in body.iterfind("{*}DocInfo"):
        for cover in info.iterfind("{*}Cover"):
            edition.hand_over(edition.part(location(cover), _MAIN))
        for element in info.iter():
            if not len(element) and not str(element.tag).endswith("}DocID"):
                edition.found.say(Layer.METADATA, take_text(element), Place(part="文件属性"))


def _read_versions(edition: Edition, body: etree._Element) -> None:
    """Earlier states of the document that the file keeps."""
    for version in body.iterfind("{*}Versions/{*}Version"):
        part = edition.part(take_attribute(version, "BaseLoc"), _MAIN)
        if not part or part in edition.seen:
            continue
        root = edition.tree(part)
        main = edition.part(location(root.find("{*}DocRoot")), part)
        edition.rest(root, part, Layer.EARLIER_VERSION)
        if main:
            _read_document(edition, main, Layer.EARLIER_VERSION)


def _read_signatures(edition: Edition, body: etree._Element) -> None:
    """Who sealed the file, and with what; words in certificates are read as they stand."""
    for element in body.iterfind("{*}Signatures"):
        part = edition.part(location(element), _MAIN)
        if not part:
            continue
        edition.found.remarks.append(_SIGNED)
        root = edition.tree(part)
        targets = [
            edition.part(take_attribute(each, "BaseLoc"), part)
            for each in root.iter("{*}Signature")
        ]
        edition.rest(root, part, Layer.METADATA)
        for target in targets:
            if target:
                _read_signature(edition, target)


def _read_signature(edition: Edition, part: str) -> None:
    root = edition.tree(part)
    for provider in root.iter("{*}Provider"):
        for name in ("ProviderName", "Company"):
            words = take_attribute(provider, name)
            edition.found.say(Layer.METADATA, words, Place(part="电子签章"))
    for element in root.iter("{*}SignedValue", "{*}BaseLoc"):
        target = edition.part(location(element), part)
        if target and target not in edition.seen:
            edition.seen.add(target)
            for words in runs(edition.package.read(target)):
                edition.found.say(Layer.METADATA, words, Place(part="电子签章"))
    edition.rest(root, part, Layer.METADATA)


def _read_orphan(edition: Edition, part: str) -> None:
    """A part to which nothing leads: what was left of an earlier state."""
    data = edition.package.read(part)
    edition.seen.add(part)
    if data.startswith(_FILES):
        edition.found.embedded.append(Embedded(part, data))
    elif data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_XML_STARTS):
        edition.rest(parse_xml(data), part, Layer.EARLIER_VERSION)
    else:
        for words in runs(data):
            edition.found.say(Layer.EARLIER_VERSION, words, Place(part=part))


# What hangs on a document, and what on its entry in the file.
HANGING: dict[str, Callable[[Document], None]] = {
    "annotations": _read_annotations,
    "attachments": _read_attachments,
    "tags": _read_tags,
    "extensions": _read_extensions,
    "outline": _read_outline,
    "actions": _read_document_actions,
}
BODY: dict[str, Callable[[Edition, etree._Element], None]] = {
    "info": _read_info,
    "versions": _read_versions,
    "signatures": _read_signatures,
}
