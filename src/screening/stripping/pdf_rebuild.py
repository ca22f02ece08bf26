"""Copies what a PDF page draws into a new file, by lists of what may come along.

Whatever is not on a list stays behind: notes of programs, properties, alternates, thumbnails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from screening.extraction.pdf_guard import filters
from screening.extraction.pdf_pictures import bare_jpeg, is_jpeg
from screening.extraction.pdf_tree import is_one
from screening.stripping.pdf_content import Drawing, redrawn
from screening.stripping.pdf_layers import Layers

PICTURE_KEYS = frozenset(
    {
        "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent",
        "/ImageMask", "/Decode", "/Interpolate", "/SMaskInData", "/Matte",
    }
)  # fmt: skip
FORM_KEYS = frozenset({"/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group"})
TILE_KEYS = frozenset(
    {"/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Matrix"}
)
LEFT_BEHIND = frozenset(
    {
        "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/AA", "/A", "/Thumb", "/OC", "/OPI",
        "/StructParent", "/StructParents", "/Alternates", "/JS", "/EF", "/Filter", "/DecodeParms",
        "/Length", "/F", "/FFilter", "/FDecodeParms", "/DL", "/Parent", "/P", "/Measure", "/PtData",
    }
)  # fmt: skip
_WORDS_NEEDED = frozenset({"/Registry", "/Ordering"})
_COMPONENTS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}


class TangledError(Exception):
    """The page cannot be copied piece by piece with certainty; the reason in Chinese."""


@dataclass(slots=True)
class Copier:
    """Copies into one new file; what several pages share is copied once."""

    into: pikepdf.Pdf
    layers: Layers
    done: dict[tuple[int, int], pikepdf.Object] = field(default_factory=dict)
    depth: int = 0

    def resources(self, source: pikepdf.Object | None, drawing: Drawing) -> pikepdf.Dictionary:
        """The named resources, and no others: an undrawn picture stays behind."""
        copied = pikepdf.Dictionary()
        for kind, names in sorted(drawing.names.items()):
            own = source.get(kind) if isinstance(source, pikepdf.Dictionary) else None
            if not isinstance(own, pikepdf.Dictionary):
                continue
            found = {n: _COPIERS[kind](self, own[n], source) for n in sorted(names) if n in own}
            if found:
                copied[kind] = pikepdf.Dictionary(found)
        return copied

    def draw(
        self,
        source: pikepdf.Object,
        resources: pikepdf.Object | None,
        hidden: frozenset[int] = frozenset(),
    ) -> Drawing:
        """The operators of a page or form without what does not show."""
        return redrawn(
            pikepdf.parse_content_stream(source),
            off=self.layers.off_names(resources),
            undrawn=self.layers.undrawn_names(resources),
            hidden=hidden,
        )

    def drawn_object(self, item: pikepdf.Object, around: pikepdf.Object | None) -> pikepdf.Object:
        """A picture or a form."""
        if not isinstance(item, pikepdf.Stream):
            raise TangledError("画出来的对象不完整")
        if is_one(item, "/Subtype", "/Image"):
            return self._once(item, lambda: self._picture(item))
        if is_one(item, "/Subtype", "/Form"):
            return self._canvas(item, FORM_KEYS, around, may_show=True)
        raise TangledError("有不认识的对象")

    def _canvas(
        self,
        item: pikepdf.Stream,
        keys: frozenset[str],
        around: pikepdf.Object | None,
        *,
        may_show: bool,
    ) -> pikepdf.Object:
        """A form or a tile: operators of its own with resources of its own."""
        if item.is_indirect and item.objgen in self.done:
            return self.done[item.objgen]
        new = pikepdf.Stream(self.into, b"")
        if item.is_indirect:
            self.done[item.objgen] = new  # before its contents: a form may name itself
        self.depth += 1
        if self.depth > 20:
            raise TangledError("绘制的内容层层嵌套")
        own = item.get("/Resources", around)
        drawing = self.draw(item, own)
        if drawing.shows and not may_show:
            raise TangledError("图案里有文字")
        new.write(drawing.data)
        for key in keys & set(item.keys()):
            new[key] = self.plain(item[key])
        new["/Resources"] = self.resources(own, drawing)
        self.depth -= 1
        return new

    def _picture(self, item: pikepdf.Stream) -> pikepdf.Object:
        """Pixels as they are, packed anew; JPEG and fax keep their packing."""
        names = filters(item)
        if is_jpeg(item):
            pixels = bare_jpeg(item.read_raw_bytes())
            if pixels is None:
                raise TangledError("图片的编码不规范")
            new = pikepdf.Stream(self.into, b"")
            new.write(pixels, filter=pikepdf.Name("/DCTDecode"))
        elif names == ["/CCITTFaxDecode"]:
            new = pikepdf.Stream(self.into, b"")
            settings = item.get("/DecodeParms")
            copied = self.plain(settings) if settings is not None else None
            new.write(item.read_raw_bytes(), filter=pikepdf.Name("/CCITTFaxDecode"))
            if copied is not None:
                new["/DecodeParms"] = copied
        else:
            new = pikepdf.Stream(self.into, _cut(item, _decoded(item)))
        for key in PICTURE_KEYS & set(item.keys()):
            new[key] = self.plain(item[key])
        for key in ("/SMask", "/Mask"):
            mask = item.get(key)
            if isinstance(mask, pikepdf.Stream):
                new[key] = self.drawn_object(mask, None)
            elif isinstance(mask, pikepdf.Array):
                new[key] = self.plain(mask)
        return new

    def font(self, item: pikepdf.Object, around: pikepdf.Object | None) -> pikepdf.Object:
        """A font; one whose letters are drawings is copied drawing by drawing."""
        copied: pikepdf.Object = self.plain(item)
        letters = item.get("/CharProcs")
        if is_one(item, "/Subtype", "/Type3") and isinstance(letters, pikepdf.Dictionary):
            own, names = item.get("/Resources", around), Drawing(b"")
            for name in letters:
                drawing = self.draw(letters[str(name)], own)
                if drawing.shows:
                    raise TangledError("字体里画有文字")
                for kind, used in drawing.names.items():
                    names.names.setdefault(kind, set()).update(used)
                copied["/CharProcs"][str(name)] = pikepdf.Stream(self.into, drawing.data)
            copied["/Resources"] = self.resources(own, names)
        return copied

    def state(self, item: pikepdf.Object, around: pikepdf.Object | None) -> pikepdf.Object:
        """A graphics state; its soft mask is a form that must not hold words."""
        if not isinstance(item, pikepdf.Dictionary):
            raise TangledError("绘图状态不完整")
        copied = pikepdf.Dictionary(
            {k: self.plain(v) for k, v in item.items() if k not in LEFT_BEHIND and k != "/SMask"}
        )
        mask = item.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            inner = {
                k: self.plain(v) for k, v in mask.items() if k in {"/S", "/BC", "/TR", "/Type"}
            }
            group = mask.get("/G")
            if isinstance(group, pikepdf.Stream):
                inner["/G"] = self._canvas(group, FORM_KEYS, around, may_show=False)
            copied["/SMask"] = pikepdf.Dictionary(inner)
        elif mask is not None:
            copied["/SMask"] = mask
        return copied

    def pattern(self, item: pikepdf.Object, around: pikepdf.Object | None) -> pikepdf.Object:
        """A tile, or a shading."""
        if isinstance(item, pikepdf.Stream):
            return self._canvas(item, TILE_KEYS, around, may_show=False)
        copied: pikepdf.Object = self.plain(item)
        return copied

    def plain(self, item: Any) -> Any:
        """Numbers, names, lists, dictionaries and streams that only say how to draw; of words
        only those a font cannot do without."""
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            return self._once(item, lambda: self._bare(item))
        if isinstance(item, pikepdf.Array):
            return self._once(item, lambda: self._list(item))
        return item

    def _list(self, item: pikepdf.Array) -> pikepdf.Object:
        palette = len(item) == 4 and item[0] == "/Indexed"
        return pikepdf.Array(
            [self.plain(part) for part in item if palette or not isinstance(part, pikepdf.String)]
        )

    def _bare(self, item: pikepdf.Dictionary | pikepdf.Stream) -> pikepdf.Object:
        if isinstance(item, pikepdf.Stream):
            new: pikepdf.Object = pikepdf.Stream(self.into, _decoded(item))
        else:
            new = pikepdf.Dictionary()
        if item.is_indirect and not isinstance(item, pikepdf.Stream):
            new = self.into.make_indirect(new)
        if item.is_indirect:
            self.done[item.objgen] = new
        held: list[tuple[str, object]] = list(item.items())  # a broken entry is None
        for key, value in held:
            words = isinstance(value, pikepdf.String) and key not in _WORDS_NEEDED
            if value is not None and key not in LEFT_BEHIND and not words and key != "/CharProcs":
                new[key] = self.plain(value)
        if "/CharProcs" in item:
            new["/CharProcs"] = pikepdf.Dictionary()
        return new

    def _once(self, item: pikepdf.Object, make: Callable[[], pikepdf.Object]) -> pikepdf.Object:
        if item.is_indirect and item.objgen in self.done:
            return self.done[item.objgen]
        new = make()
        if item.is_indirect:
            self.done[item.objgen] = new
        return new


def _decoded(item: pikepdf.Stream) -> bytes:
    try:
        return item.read_bytes()
    except pikepdf.PdfError as error:
        raise TangledError("数据流的编码无法展开") from error


def _cut(picture: pikepdf.Stream, pixels: bytes) -> bytes:
    """Without what stands behind the last row, where the length of a row is known."""
    space = picture.get("/ColorSpace")
    parts = 1 if picture.get("/ImageMask") else 0
    if isinstance(space, pikepdf.Name):
        parts = _COMPONENTS.get(str(space), 0)
    bits = 1 if picture.get("/ImageMask") else int(picture.get("/BitsPerComponent", 0))
    row = (int(picture.get("/Width", 0)) * parts * bits + 7) // 8
    size = row * int(picture.get("/Height", 0))
    return pixels[:size] if size else pixels


_Copy = Callable[[Copier, pikepdf.Object, pikepdf.Object | None], pikepdf.Object]

_COPIERS: dict[str, _Copy] = {
    "/XObject": Copier.drawn_object,
    "/Font": Copier.font,
    "/ExtGState": Copier.state,
    "/Pattern": Copier.pattern,
    "/ColorSpace": lambda copier, item, _: copier.plain(item),
    "/Shading": lambda copier, item, _: copier.plain(item),
}
