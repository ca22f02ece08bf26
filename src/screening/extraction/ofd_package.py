"""The parts of an OFD: where they lie, what was read of them, and what pages refer to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from screening.embedded import Embedded
from screening.extraction.gathering import Gathered, attribute, take_text
from screening.extraction.leftovers import leftovers
from screening.extraction.ofd_colours import Parameter, paint
from screening.extraction.ofd_objects import Resources
from screening.limits import Package
from screening.passages import Layer, Place, UnfitFileError
from screening.xml import parse_xml

# Elements whose text is a place, a measure or a switch, and no words of anybody.
_TECHNICAL = frozenset(
    (
        "PhysicalBox", "ApplicationBox", "ContentBox", "BleedBox", "MaxUnitID", "PublicRes",
        "DocumentRes", "PageRes", "FileLoc", "DocRoot", "Annotations", "Attachments", "CustomTags",
        "Extensions", "Signatures", "MediaFile", "FontFile", "AbbreviatedData", "Glyphs", "File",
        "DocID", "Cover", "SchemaLoc", "ExtendData", "PageMode", "PageLayout", "TabDisplay",
        "HideToolbar", "HideMenubar", "HideWindowUI", "ZoomMode", "Zoom", "SignedValue", "BaseLoc",
        "Profile", "CheckValue", "SignatureMethod", "SignatureDateTime", "Substitution",
        "Thumbnail", "CV", "DateTime", "Path",
    )
)  # fmt: skip
_OPAQUE_PICTURES = (b"\xff\xd8\xff", b"BM")


@dataclass(slots=True)
class Edition:
    """A package on the way of being read."""

    package: Package
    found: Gathered = field(default_factory=Gathered)
    seen: set[str] = field(default_factory=set)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {name.lower(): name for name in self.package.names}

    def part(self, location: str, of: str) -> str:
        """The part that a location in another part leads to; "" when there is none."""
        location = location.strip()
        base = "" if location.startswith("/") else posixpath.dirname(of)
        path = posixpath.normpath(posixpath.join("/", base, location.lstrip("/"))).lstrip("/")
        return self._names.get(path.lower(), "")

    def tree(self, part: str) -> etree._Element:
        """The parsed part, which counts as read from now on."""
        if not part:
            raise UnfitFileError("OFD 结构不完整，缺少必要的部分")
        self.seen.add(part)
        return parse_xml(self.package.read(part))

    def hand_over(self, part: str, name: str = "") -> None:
        """A file of its own: a picture, an attachment."""
        if part and part not in self.seen:
            self.seen.add(part)
            self.found.embedded.append(Embedded(name or part, self.package.read(part)))

    def rest(self, root: etree._Element, part: str, layer: Layer, page: int = 0) -> None:
        """What the reader of a part left in its tree."""
        for element in root.iter():
            tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if tag in _TECHNICAL and not len(element):
                take_text(element)
        leftovers(root, self.found, Place(page=page, part=part), layer)


def location(element: etree._Element | None) -> str:
    """The location an element holds, taken out of the tree."""
    return "" if element is None else take_text(element).strip()


def learn_resources(edition: Edition, part: str, resources: Resources) -> None:
    """Takes in a part of resources: parameters of drawing, pictures, units of objects, fonts."""
    if not part:
        return
    root = edition.tree(part)
    folder = posixpath.join(posixpath.dirname(part), attribute(root, "BaseLoc"), "x")
    if attribute(root, "BaseLoc").startswith("/"):
        folder = posixpath.join(attribute(root, "BaseLoc").lstrip("/"), "x")
    for parameter in root.iter("{*}DrawParam"):
        fill = paint(parameter.find("{*}FillColor"))
        number = attribute(parameter, "ID")
        resources.parameters[number] = Parameter(attribute(parameter, "Relative"), fill)
    for media in root.iter("{*}MultiMedia"):
        target = edition.part(location(media.find("{*}MediaFile")), folder)
        number = attribute(media, "ID")
        if target:
            resources.media[number] = target
            if not _is_opaque(edition.package.read(target)):
                resources.clear.add(number)
        edition.hand_over(target)
    for group in root.iterfind("{*}CompositeGraphicUnits"):
        for unit in group.iterfind("{*}CompositeGraphicUnit"):
            resources.units[attribute(unit, "ID")] = unit
        root.remove(group)  # they are read where they are drawn, or last
    for font in root.iter("{*}FontFile"):
        edition.seen.add(edition.part(location(font), folder))
    edition.rest(root, part, Layer.METADATA)


def _is_opaque(data: bytes) -> bool:
    """Whether one cannot see through a picture: seals are PNG with a clear ground."""
    if data.startswith(_OPAQUE_PICTURES):
        return True
    return data.startswith(b"\x89PNG") and data[25:26] in (b"\0", b"\2") and b"tRNS" not in data
