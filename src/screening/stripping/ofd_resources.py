"""Fonts, pictures, colours and drawing parameters of an OFD: learned by number, written if used."""

from __future__ import annotations

import io
import posixpath
from dataclasses import dataclass, field

from lxml import etree
from PIL import Image

from screening.limits import Package
from screening.passages import Layer, UnfitFileError
from screening.stripping import image
from screening.stripping.grammar_ofd import GRAMMAR, SPACES, ofd
from screening.stripping.ofd_fonts import bare_font
from screening.stripping.ofd_geometry import box, matrix
from screening.stripping.pruning import prune, remove
from screening.stripping.tally import Tally
from screening.xml import parse_xml

_FIRST_NEW = 1_000_000  # numbers of cropped pictures, above those of any document
_REFERENCES = ("Font", "DrawParam", "Relative", "ColorSpace", "ResourceID", "ImageMask")
_GROUPS = (
    ("ColorSpaces", "ColorSpace"), ("DrawParams", "DrawParam"), ("Fonts", "Font"),
    ("MultiMedias", "MultiMedia"), ("CompositeGraphicUnits", "CompositeGraphicUnit"),
)  # fmt: skip


@dataclass(slots=True)
class Resources:
    """What the pages of one document draw with."""

    package: Package
    tally: Tally
    reached: set[str]
    parts: dict[str, bytes] = field(default_factory=dict)  # files as they go out
    _known: dict[str, etree._Element] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict)
    _crops: dict[tuple[str, image.Crop], str] = field(default_factory=dict)

    def learn(self, path: str) -> None:
        """Takes in a part of resources; a second look at it changes nothing."""
        if path not in self.package.names or path in self.reached:
            return
        self.reached.add(path)
        root = parse_xml(self.package.read(path))
        folder = posixpath.join(posixpath.dirname(path), root.get("BaseLoc") or "")
        for _, kind in _GROUPS:
            for element in root.iter(ofd(kind)):
                number = element.get("ID") or ""
                self._known.setdefault(number, element)
                self._folders.setdefault(number, folder)

    @property
    def parameters(self) -> dict[str, etree._Element]:
        """Drawing parameters by number."""
        return {n: one for n, one in self._known.items() if one.tag == ofd("DrawParam")}

    def holds(self, path: str) -> bool:
        """Whether a file of the package is that of a resource, used or not."""
        return any(
            posixpath.normpath(posixpath.join(self._folders[number], inner.text or "")) == path
            for number, element in self._known.items()
            for inner in element.iterchildren(ofd("MediaFile"), ofd("FontFile"))
        )

    def is_opaque(self, number: str) -> bool:
        """Whether a picture hides what is beneath it all over; also when it cannot be read."""
        try:
            with Image.open(io.BytesIO(self._file(number, "MediaFile"))) as picture:
                clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        except (OSError, ValueError, SyntaxError, UnfitFileError):
            return True
        return not clear

    def crop_pictures(self, page: etree._Element) -> None:
        """A picture reaching out of its box is cut to it, as it is shown."""
        for drawn in page.iter(ofd("ImageObject")):
            frame, (a, b, c, d, e, f) = box(drawn.get("Boundary")), matrix(drawn)
            width, height = frame.right - frame.left, frame.bottom - frame.top
            if b or c or a <= 0 or d <= 0 or width <= 0 or height <= 0:
                continue
            cut = (-e / a, -f / d, (e + a - width) / a, (f + d - height) / d)
            left, top, right, bottom = (share if share > 0.001 else 0.0 for share in cut)
            if not any((left, top, right, bottom)) or left + right >= 1 or top + bottom >= 1:
                continue
            self.tally.add(Layer.OUTSIDE_PAGE, "图片裁剪掉的部分")
            number = self._cropped(drawn.get("ResourceID") or "", (left, top, right, bottom))
            drawn.set("ResourceID", number)
            x, y = e + left * a, f + top * d
            across, down = a * (1 - left - right), d * (1 - top - bottom)
            drawn.set("CTM", f"{across:.4f} 0 0 {down:.4f} {x:.4f} {y:.4f}")

    def _cropped(self, number: str, crop: image.Crop) -> str:
        return self._crops.setdefault((number, crop), str(_FIRST_NEW + len(self._crops)))

    def written(self, pages: list[etree._Element]) -> etree._Element:
        """The part of resources with what these pages use; `parts` then holds their files."""
        used: dict[str, etree._Element] = {}
        for page in pages:
            self._use(page, used)
        root = etree.Element(ofd("Res"), nsmap=SPACES, BaseLoc="Res")
        for group, kind in _GROUPS:
            own = [(number, one) for number, one in used.items() if one.tag == ofd(kind)]
            holder = etree.SubElement(root, ofd(group)) if own else root
            for number, element in own:
                self._settle(number, element)
                holder.append(element)
        unused = len(self._known) - len(used)
        self.tally.add(Layer.METADATA, "页面用不到的资源", unused)
        prune(root, GRAMMAR, self.tally)
        return root

    def _use(self, holder: etree._Element, used: dict[str, etree._Element]) -> None:
        for element in holder.iter(etree.Element):
            for name in _REFERENCES:
                number = element.get(name)
                if number is None or number in used:
                    continue
                found = self._find(number)
                if found is not None:
                    used[number] = found
                    self._use(found, used)

    def _find(self, number: str) -> etree._Element | None:
        origin = next((old for (old, _), new in self._crops.items() if new == number), None)
        if origin is None:
            return self._known.get(number)
        copy = etree.Element(ofd("MultiMedia"), ID=number, Type="Image")
        etree.SubElement(copy, ofd("MediaFile"))
        return copy

    def _settle(self, number: str, element: etree._Element) -> None:
        """Writes the file of a resource anew and names it by its number."""
        if element.tag == ofd("MultiMedia"):
            self._settle_picture(number, element)
        for inner in list(element.iterchildren(ofd("FontFile"))):
            if not (inner.text or "").strip():
                remove(inner)
                continue
            name = f"font_{number}.ttf"
            self.parts[f"Doc_0/Res/{name}"] = bare_font(self._file(number, "FontFile"))
            inner.text = name

    def _settle_picture(self, number: str, element: etree._Element) -> None:
        if element.get("Type") != "Image":
            raise UnfitFileError("OFD 里有音频或者视频，请去除后再提交")
        origin, crop = next(
            ((old, crop) for (old, crop), new in self._crops.items() if new == number),
            (number, image.NO_CROP),
        )
        new = image.rewritten(self._file(origin, "MediaFile"), crop)
        name = f"image_{number}.{new.suffix}"
        self.parts[f"Doc_0/Res/{name}"] = new.data
        element.set("Format", "JPEG" if new.suffix == "jpg" else "PNG")
        for file in element.iterchildren(ofd("MediaFile")):
            file.text = name

    def _file(self, number: str, kind: str) -> bytes:
        element = self._known.get(number)
        inner = (None if element is None else element.findtext(ofd(kind))) or ""
        path = posixpath.normpath(posixpath.join(self._folders.get(number, ""), inner.strip()))
        path = path.lstrip("/")
        if not inner or path not in self.package.names:
            raise UnfitFileError("OFD 缺少图片或者字体，文件不完整")
        self.reached.add(path)
        return self.package.read(path)
