"""Reads the words of a PDF that are not drawn: notes, fields, scripts, links, properties, files.

One reader for each hiding place, in a table; the last reads what the others left. What is drawn
on the pages is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pikepdf

from screening.embedded import Embedded
from screening.extraction.pdf_pictures import picture_words
from screening.extraction.pdf_tree import Knot, Tree, is_one, read, strings, words_in
from screening.extraction.words import words_of
from screening.extraction.xmp import xmp_passages
from screening.passages import Layer, NotCovered, Passage, Place, UnfitFileError

_HIDDEN_FLAGS = 0x02 | 0x20  # of an annotation: hidden, not for viewing
_ACTIONS = ("/URI", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Thread")
_REMARK = re.compile(rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|%([^\r\n]*)", re.DOTALL)
_PICTURE_INSIDE = re.compile(rb"\bBI\s")
_ALTERNATES = ("/Alt", "/ActualText", "/E")
_MARKUP_WORDS = 1_000_000
_TECHNICAL = frozenset(
    {
        "/ID", "/Registry", "/Ordering", "/Lookup", "/CharSet", "/Panose", "/DA", "/O", "/U", "/OE",
        "/UE", "/Perms", "/CIDSet", "/Cert", "/FontFamily", "/ByteRange", "/Dest", "/D", "/V2",
        "/CheckSum", "/Style", "/ReferencedPageLabels", "/Colorants", "/ColorSpace", "/CS",
    }
)  # fmt: skip
# Streams that draw, or say how to draw, and no words of anybody.
_DRAWING = frozenset(
    {
        "/Contents", "/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/XObject", "/SMask",
        "/Mask", "/CharProcs", "/Pattern", "/Shading", "/Function", "/ColorSpace", "/N", "/R", "/D",
        "/Encoding", "/CIDToGIDMap", "/UseCMap", "/G", "/TR", "/TR2", "/BG", "/UCR",
        "/HT", "/CIDSet",
        "/DestOutputProfile", "/JBIG2Globals", "/AP", "/C0", "/C1", "/Functions", "/CS", "/Cs",
        "/Alternates", "/OPI", "/DefaultRGB", "/DefaultGray", "/DefaultCMYK", "/Thumb", "/Image",
    }
)  # fmt: skip


@dataclass(slots=True)
class Gleaned:
    """What the readers found so far; `said` are the words already given, so that the last reader
    gives only what is new."""

    passages: list[Passage] = field(default_factory=list)
    not_covered: list[NotCovered] = field(default_factory=list)
    embedded: list[Embedded] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    read_streams: set[int] = field(default_factory=set)

    def say(self, layer: Layer, text: str, part: str, page: int = 0) -> None:
        """Adds words, once for each place."""
        text = text.strip()
        if text:
            self.said.add(text)
            self.passages.append(Passage(text, Place(layer=layer, page=page, part=part)))


def read_properties(tree: Tree, found: Gleaned) -> None:
    """Title, author, program, and whatever else somebody named."""
    info = tree.pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key, text in strings(info):
            found.say(Layer.METADATA, text, f"文件属性 {key[1:]}")


def read_xmp(tree: Tree, found: Gleaned) -> None:
    """The XML beside the document, and beside any page, picture or font."""
    for knot in tree.knots:
        if knot.key == "/Metadata" and isinstance(knot.node, pikepdf.Stream):
            found.read_streams.add(knot.number)
            for passage in xmp_passages(knot.node.read_bytes()):
                found.say(Layer.METADATA, passage.text, passage.place.part, knot.page)


def read_private(tree: Tree, found: Gleaned) -> None:
    """What programs keep for themselves beside a page or the document."""
    for knot in tree.knots:
        if isinstance(knot.get("/PieceInfo"), pikepdf.Dictionary) or knot.key in {
            "/PieceInfo",
            "/Private",
        }:
            own = knot.node if knot.key != "/Page" else knot.node["/PieceInfo"]
            for _, text in strings(own):
                found.say(Layer.METADATA, text, "程序私有数据", knot.page)
            if isinstance(own, pikepdf.Stream):
                found.read_streams.add(knot.number)
                found.say(Layer.METADATA, words_of(own.read_bytes()), "程序私有数据", knot.page)


def read_thumbnails(tree: Tree, found: Gleaned) -> None:
    """Small pictures of pages; they show the page as it was once."""
    for knot in tree.knots:
        if knot.key == "/Thumb":
            place = Place(layer=Layer.METADATA, page=knot.page)
            found.not_covered.append(NotCovered(place, "本页的缩略图没有检查，可能是旧样子"))


def read_outline(tree: Tree, found: Gleaned) -> None:
    """Titles of bookmarks."""
    for knot in tree.knots:
        title = knot.get("/Title")
        if title is not None and knot.get("/Parent") is not None:
            found.say(Layer.OUTLINE, read(title), "书签")


def read_notes(tree: Tree, found: Gleaned) -> None:
    """Notes on pages: their words, authors, subjects; hidden fields are read as fields."""
    for knot in tree.knots:
        if knot.key in {"/Annots", "/Popup"} and not is_one(knot.node, "/Subtype", "/Widget"):
            for _, text in strings(knot.node, frozenset({"/DA", "/A", "/AA", "/NM", "/URI"})):
                found.say(Layer.ANNOTATION, text, "注释", knot.page)
            rich = knot.get("/RC")
            if isinstance(rich, pikepdf.Stream):
                found.say(Layer.ANNOTATION, words_of(rich.read_bytes()), "注释", knot.page)


def read_fields(tree: Tree, found: Gleaned) -> None:
    """Values, defaults, choices and names of form fields, and the form's own XML."""
    for knot in tree.knots:
        if knot.get("/FT") is not None or is_one(knot.node, "/Subtype", "/Widget"):
            layer = Layer.HIDDEN_TEXT if _is_unseen(knot.node) else Layer.FORM_FIELD
            for key in ("/V", "/DV", "/TU", "/Opt", "/RV", "/T"):
                value = knot.get(key)
                for text in words_in(value):
                    # Only the value is shown; the rest stands in the file all the same.
                    found.say(
                        layer if key == "/V" else Layer.HIDDEN_TEXT, text, "表单域", knot.page
                    )
                if isinstance(value, pikepdf.Stream):
                    found.read_streams.add(value.objgen[0])
                    found.say(layer, words_of(value.read_bytes()), "表单域", knot.page)
        elif knot.key == "/XFA" and isinstance(knot.node, pikepdf.Stream):
            found.read_streams.add(knot.number)
            found.say(Layer.FORM_FIELD, words_of(knot.node.read_bytes()), "XFA 表单")
        if knot.get("/ByteRange") is not None:
            found.remarks.append("文件带有电子签名，处理后签名失效")


def _is_unseen(node: pikepdf.Object) -> bool:
    """Hidden itself, or a field whose every appearance is."""
    kids = node.get("/Kids")
    if isinstance(kids, pikepdf.Array) and len(kids):
        return all(_is_unseen(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary))
    flags = node.get("/F", 0)
    return isinstance(flags, int) and bool(flags & _HIDDEN_FLAGS)


def read_scripts(tree: Tree, found: Gleaned) -> None:
    """Scripts, wherever something starts them."""
    for knot in tree.knots:
        script = knot.get("/JS")
        if isinstance(script, pikepdf.Stream):
            found.read_streams.add(script.objgen[0])
            found.say(Layer.SCRIPT, words_of(script.read_bytes()), "脚本", knot.page)
        elif script is not None:
            found.say(Layer.SCRIPT, read(script), "脚本", knot.page)


def read_links(tree: Tree, found: Gleaned) -> None:
    """Where a click leads, and which programs or files would be opened."""
    for knot in tree.knots:
        if is_one(knot.node, "/S", *_ACTIONS):
            for _, text in strings(knot.node):
                found.say(Layer.LINK, text, "链接", knot.page)
            for key in ("/F", "/Win"):
                target = knot.get(key)
                if isinstance(target, pikepdf.Dictionary):
                    for _, text in strings(target):
                        found.say(Layer.LINK, text, "链接", knot.page)
        elif knot.key == "/URI" and knot.get("/Base") is not None:
            found.say(Layer.LINK, read(knot.node["/Base"]), "链接")


def read_files(tree: Tree, found: Gleaned) -> None:
    """Files kept inside, whoever points to them."""
    for knot in tree.knots:
        kept = knot.get("/EF")
        if not isinstance(kept, pikepdf.Dictionary):
            continue
        words = [text for _, text in strings(knot.node)]
        name = next((read(knot.node[k]) for k in ("/UF", "/F") if k in knot.node), "")
        for text in words:
            found.say(Layer.ATTACHMENT, text, "附件", knot.page)
        streams = {s.objgen: s for s in kept.values() if isinstance(s, pikepdf.Stream)}
        for stream in streams.values():
            found.read_streams.add(stream.objgen[0])
            found.embedded.append(Embedded(name or "附件", stream.read_bytes()))


def read_alternates(tree: Tree, found: Gleaned) -> None:
    """Words read aloud or copied in place of what is drawn."""
    for knot in tree.knots:
        for key in _ALTERNATES:
            value = knot.get(key)
            if isinstance(value, pikepdf.String):
                found.say(Layer.ALT_TEXT, read(value), "替代文字", knot.page)
        if knot.key == "/Page" or is_one(knot.node, "/Subtype", "/Form"):
            for text in _marked(knot.node):
                found.say(Layer.ALT_TEXT, text, "替代文字", knot.page)


def _marked(node: pikepdf.Object) -> Iterator[str]:
    """Words in the properties of marked content."""
    try:
        marks = pikepdf.parse_content_stream(node, "BDC DP")
    except pikepdf.PdfError:
        return
    for mark in marks:
        for operand in mark.operands:
            if isinstance(operand, pikepdf.Dictionary):
                yield from words_in(operand)


def read_remarks(tree: Tree, found: Gleaned) -> None:
    """Remarks between the operators that draw; drawing passes over them."""
    for knot in tree.knots:
        if knot.key == "/Page" or is_one(knot.node, "/Subtype", "/Form"):
            for remark in _REMARK.findall(_operators(knot.node)):
                if remark.strip():
                    words = words_of(remark)
                    found.say(Layer.METADATA, words, "绘图指令里的注解", knot.page)


def _operators(node: pikepdf.Object) -> bytes:
    """What draws a page or form; nothing where pictures stand among the operators."""
    contents = node if isinstance(node, pikepdf.Stream) else node.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    drawn = b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
    return b"" if _PICTURE_INSIDE.search(drawn) else drawn


def read_pictures(tree: Tree, found: Gleaned) -> None:
    """What cameras and programs wrote beside the pixels."""
    for knot in tree.knots:
        if is_one(knot.node, "/Subtype", "/Image"):
            passages, inside = picture_words(knot.node)
            for passage in passages:
                found.say(Layer.METADATA, passage.text, f"图片 {passage.place.part}", knot.page)
            found.embedded += inside


def read_undrawn(tree: Tree, found: Gleaned) -> None:
    """Pictures and forms that a page carries and never draws: no eye has checked them."""
    for knot in tree.knots:
        if knot.key != "/Page":
            continue
        drawn = _drawn(knot.node)
        resources = knot.get("/Resources")
        kept = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if isinstance(kept, pikepdf.Dictionary) and set(kept.keys()) - drawn:
            place = Place(layer=Layer.HIDDEN_TEXT, page=knot.page)
            found.not_covered.append(
                NotCovered(place, "本页带有没有画出来的图片或者内容，没有检查")
            )


def _drawn(page: pikepdf.Object) -> set[str]:
    try:
        return {str(do.operands[0]) for do in pikepdf.parse_content_stream(page, "Do")}
    except (pikepdf.PdfError, IndexError):
        return set()


def read_rest(tree: Tree, found: Gleaned) -> None:
    """Every other string, and every stream nobody knows."""
    for knot in tree.knots:
        for _, text in strings(knot.node, _TECHNICAL, deep=False):
            if text not in found.said and _says_something(text):
                found.say(Layer.METADATA, text, f"内部结构 {knot.key[1:]}", knot.page)
        if isinstance(knot.node, pikepdf.Stream):
            _read_stream(knot, found)


def _says_something(text: str) -> bool:
    """Dates of the kind D:2024 and single signs are no words of anybody."""
    return len(text) > 1 and not text.startswith("D:")


def _read_stream(knot: Knot, found: Gleaned) -> None:
    known = knot.key in _DRAWING or knot.number in found.read_streams
    if known or is_one(knot.node, "/Type", "/ObjStm", "/XRef"):
        return
    if is_one(knot.node, "/Subtype", "/Image", "/Form") or _is_drawing(knot.node):
        return
    words = words_of(knot.node.read_bytes()[:_MARKUP_WORDS])
    if words:
        found.say(Layer.METADATA, words, f"内部结构 {knot.key[1:]}", knot.page)
    else:
        place = Place(layer=Layer.METADATA, page=knot.page, part=f"内部结构 {knot.key[1:]}")
        found.not_covered.append(NotCovered(place, "含有用途不明的数据，没有检查"))


def _is_drawing(node: pikepdf.Object) -> bool:
    return any(
        node.get(key) is not None for key in ("/PatternType", "/ShadingType", "/FunctionType")
    )


Reader = Callable[[Tree, Gleaned], None]

READERS: dict[str, Reader] = {
    "properties": read_properties,
    "xmp": read_xmp,
    "private": read_private,
    "thumbnails": read_thumbnails,
    "outline": read_outline,
    "notes": read_notes,
    "fields": read_fields,
    "scripts": read_scripts,
    "links": read_links,
    "files": read_files,
    "alternates": read_alternates,
    "remarks": read_remarks,
    "pictures": read_pictures,
    "undrawn": read_undrawn,
    "rest": read_rest,
}


def glean(tree: Tree) -> Gleaned:
    """Everything the readers find. UnfitFileError when they find too much to handle."""
    found = Gleaned()
    for reader in READERS.values():
        reader(tree, found)
    if len(found.embedded) > 1_000:
        raise UnfitFileError("PDF 内嵌的文件过多")
    return found
