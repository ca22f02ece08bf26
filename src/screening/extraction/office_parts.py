"""The parts of a package of Office, walked from one to the next as their relationships lead.

Each kind of relationship has a reader, in a table of the format; what has none is read by the last
reader, and what nothing leads to is read as a remainder. It knows no format.
"""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from screening.embedded import Embedded
from screening.extraction.gathering import Gathered, attribute
from screening.extraction.leftovers import leftover_words, leftovers, telling
from screening.extraction.words import runs
from screening.limits import Package
from screening.passages import Layer, Place, UnfitFileError
from screening.xml import parse_xml

TYPES = "[Content_Types].xml"
OTHER, ORPHAN = "其他", "无人引用"
_XML_STARTS = (b"<", b"\xff\xfe<\0", b"\xfe\xff\0<")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM", b"RIFF")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a part of the package, or an address outside."""

    id: str
    kind: str  # the last word of its type
    target: str
    external: bool


@dataclass(slots=True)
class Office:
    """A package on the way of being read."""

    package: Package
    readers: Mapping[str, Reader]
    found: Gathered = field(default_factory=Gathered)
    _names: dict[str, str] = field(default_factory=dict)  # no difference of case
    _seen: set[str] = field(default_factory=set)
    _told: set[tuple[str, str]] = field(default_factory=set)
    _waiting: deque[tuple[str, str]] = field(default_factory=deque)
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {name.lower(): name for name in self.package.names}

    def read_all(self) -> None:
        """From the package's own relationships on, the main part first; at last the remainders."""
        roots = sorted(self.relations(""), key=lambda relation: relation.kind != "officeDocument")
        self._follow("", roots)
        self.read_waiting()
        for name in self.package.names:
            if telling(name):
                place = Place(part="压缩包内的文件名")
                self.found.say(Layer.METADATA, name, place)
        for name in self.package.names:
            if name != TYPES and not name.endswith(".rels") and name not in self._seen:
                self.visit(name, ORPHAN)

    def read_waiting(self) -> None:
        """The parts to which those read so far lead."""
        while self._waiting:
            self.visit(*self._waiting.popleft())

    def visit(self, part: str, kind: str) -> None:
        """Reads a part by the reader of its kind, once, and remembers where it leads."""
        name = self._names.get(part.lower(), "")
        if not name or name in self._seen:
            return
        self._seen.add(name)
        reader = self.readers.get(kind) or self.readers.get(OTHER)
        if reader is not None:
            reader(self, name)
        self._follow(name, self.relations(name))

    def _follow(self, part: str, relations: list[Relation]) -> None:
        for relation in relations:
            if not relation.external:
                self._waiting.append((relation.target, relation.kind))
            elif (part, relation.id) not in self._told:
                self.tell_link(part, relation, Place(part=part))

    def tell_link(self, part: str, relation: Relation, place: Place) -> None:
        """Says where a relationship leads outside, once."""
        self._told.add((part, relation.id))
        self.found.say(Layer.LINK, relation.target, place)

    def tree(self, part: str) -> etree._Element:
        """The parsed part; UnfitFileError when it is missing or no XML."""
        try:
            return parse_xml(self.package.read(self._names[part.lower()]))
        except KeyError:
            raise UnfitFileError("文件结构不完整，缺少必要的部分") from None

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to, in order."""
        return list(self._relations_of(part).values())

    def relation(self, part: str, id_: str) -> Relation | None:
        """One of them, by the name an element calls it."""
        return self._relations_of(part).get(id_)

    def _relations_of(self, part: str) -> dict[str, Relation]:
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, file = posixpath.split(part)
        name = self._names.get(posixpath.join(folder, "_rels", f"{file}.rels").lower())
        found: dict[str, Relation] = {}
        if name is None:
            return found
        for element in parse_xml(self.package.read(name)).iter("{*}Relationship"):
            external = attribute(element, "TargetMode").lower() == "external"
            target = attribute(element, "Target")
            if not external:
                path = posixpath.join("/", folder, unquote(target.partition("#")[0]))
                target = posixpath.normpath(path).lstrip("/")
            kind = attribute(element, "Type").rpartition("/")[2]
            own = attribute(element, "Id")
            key = own if own not in found else f"{own} {len(found)}"
            found[key] = Relation(key, kind, target, external)
        return found

    def rest(self, root: etree._Element, part: str, layer: Layer = Layer.METADATA) -> None:
        """What the reader of a part left in its tree; the last thing each reader does."""
        leftovers(root, self.found, Place(part=part), layer)


Reader = Callable[[Office, str], None]


def relation_id(element: etree._Element, name: str = "id") -> str:
    """The relationship an element points to (`r:id`, `r:embed`, `r:link`)."""
    for key, value in element.attrib.items():
        if str(key).endswith(f"}}{name}") and "relationships" in str(key):
            return str(value)
    return ""


def read_nothing(_: Office, __: str) -> None:
    """For parts that say nothing: chains of calculation, obfuscated fonts."""


def read_embedded(office: Office, part: str) -> None:
    """A file of its own: pictures, workbooks in letters, pages of the web."""
    office.found.embedded.append(Embedded(part, office.package.read(part)))


def read_ole(office: Office, part: str) -> None:
    """A foreign object: it is handed over, and what reads as words in it is read."""
    data = office.package.read(part)
    office.found.embedded.append(Embedded(part, data))
    if not data.startswith(b"PK"):
        for words in runs(data):
            office.found.say(Layer.ATTACHMENT, words, Place(part=part))


def read_other(office: Office, part: str) -> None:
    """A part without a reader: all its words as properties of the file."""
    _read_unknown(office, part, Layer.METADATA)


def read_orphan(office: Office, part: str) -> None:
    """A part to which nothing leads: what was left of an earlier state."""
    _read_unknown(office, part, Layer.EARLIER_VERSION)


def _read_unknown(office: Office, part: str, layer: Layer) -> None:
    data = office.package.read(part)
    if data.startswith(_PICTURES) or data.startswith(b"PK"):
        office.found.embedded.append(Embedded(part, data))
    elif data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_XML_STARTS):
        leftovers(parse_xml(data), office.found, Place(part=part), layer)
    else:
        for words in runs(data):
            office.found.say(layer, words, Place(part=part))


def read_properties(office: Office, part: str) -> None:
    """Title, author, company, and whatever else somebody named."""
    root = office.tree(part)
    for element in root.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in _COUNTS:
            element.text = None
    leftover_words(root, office.found, Place(part="文件属性"), Layer.METADATA)
    office.rest(root, part)


# Numbers a program counts itself.
_COUNTS = frozenset(
    (
        "Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "TotalTime",
        "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged", "AppVersion",
        "i4", "bool", "revision",
    )
)  # fmt: skip

SHARED: dict[str, Reader] = {
    OTHER: read_other,
    ORPHAN: read_orphan,
    "core-properties": read_properties,
    "extended-properties": read_properties,
    "custom-properties": read_properties,
    "thumbnail": read_embedded,
    "image": read_embedded,
    "package": read_embedded,
    "oleObject": read_ole,
    "font": read_nothing,
}
