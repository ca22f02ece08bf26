"""Walks everything that hangs together in a PDF, each dictionary once, knowing how it was reached.

It names no meanings; the readers of structure do.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from screening.passages import UnfitFileError

_MAX_NODES = 2_000_000
_MAX_LIST = 200_000
_MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Knot:
    """A dictionary or stream: the key it hangs on, and the page it was first met on (0 = none)."""

    node: pikepdf.Object
    key: str
    page: int

    def get(self, key: str) -> pikepdf.Object | None:
        """What the dictionary holds under a key."""
        return self.node.get(key)

    @property
    def number(self) -> int:
        """The object's number in the file; 0 when it stands within another."""
        return self.node.objgen[0]


@dataclass(slots=True)
class Tree:
    """All that is reached from the pages and the trailer."""

    pdf: pikepdf.Pdf
    knots: list[Knot] = field(default_factory=list)
    reached: set[tuple[int, int]] = field(default_factory=set)


def grow(pdf: pikepdf.Pdf) -> Tree:
    """Walks the file: page by page first, so that what a page uses is known by its page."""
    tree = Tree(pdf)
    leaves = [page.obj for page in pdf.pages]
    own = {leaf.objgen for leaf in leaves}
    for number, leaf in enumerate(leaves, start=1):
        _walk(tree, leaf, "/Page", number, own)
    _walk(tree, pdf.trailer, "/Trailer", 0, set())
    return tree


def _walk(
    tree: Tree, start: pikepdf.Object, key: str, page: int, leaves: set[tuple[int, int]]
) -> None:
    """`leaves` are not entered from elsewhere: notes and links point to pages not their own."""
    waiting = [(start, key)]
    while waiting:
        item, key = waiting.pop()
        if item.is_indirect:
            if item.objgen in tree.reached or (item.objgen in leaves and key != "/Page"):
                continue
            tree.reached.add(item.objgen)
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            if page and is_one(item, "/Type", "/Pages"):
                tree.reached.discard(item.objgen)  # the way up is walked last, of no page
                continue
            tree.knots.append(Knot(item, key, page))
            if len(tree.knots) > _MAX_NODES:
                raise UnfitFileError("PDF 的内部结构过于庞大，无法检查")
            waiting += _below(item)
        elif isinstance(item, pikepdf.Array):
            waiting += [(part, key) for part in _compounds(item)]


def _below(item: pikepdf.Object) -> list[tuple[pikepdf.Object, str]]:
    held: list[tuple[str, object]] = list(item.items())  # numbers come as Python's own
    return [(value, key) for key, value in held if isinstance(value, pikepdf.Object)]


def _compounds(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if len(item) > _MAX_LIST:
        raise UnfitFileError("PDF 的内部结构过于庞大，无法检查")
    for part in item:
        if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)):
            yield part


def strings(
    item: pikepdf.Object, skip: frozenset[str] = frozenset(), *, deep: bool = True
) -> Iterator[tuple[str, str]]:
    """Words held under a dictionary, with their keys; through lists and, if `deep`, dictionaries
    within it, and never into other objects of the file."""
    for key, value in item.items():
        if key not in skip:
            yield from ((key, text) for text in words_in(value, deep=deep))


def words_in(value: object, *, deep: bool = True, depth: int = 0) -> Iterator[str]:
    """The readable strings of a value; nothing of streams."""
    if isinstance(value, pikepdf.String):
        text = read(value)
        if text:
            yield text
    elif depth >= _MAX_DEPTH:
        return
    elif isinstance(value, pikepdf.Array):
        for part in value:
            if isinstance(part, pikepdf.Object):
                yield from words_in(part, deep=deep, depth=depth + 1)
    elif deep and isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
        for part in value.values():
            yield from words_in(part, deep=deep, depth=depth + 1)


def read(value: pikepdf.Object) -> str:
    """A string as words; empty when it is bytes and no words."""
    try:
        text = str(value)
    except UnicodeDecodeError:
        text = bytes(value).decode("latin-1")
    text = text.replace("\r", "\n").strip("\0 \n\t")
    odd = sum(1 for char in text if not (char.isprintable() or char in "\n\t"))
    return "" if odd * 5 > len(text) else text


def indirect(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream that the file numbers, whether anything points to it or not."""
    for item in pdf.objects:
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            yield item


def saved(pdf: pikepdf.Pdf, *, packed: bool = True) -> bytes:
    """The file as bytes, the same for the same content."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        # It warns of fields that no form lists; here nobody will fill in any.
        warnings.simplefilter("ignore")
        pdf.save(
            out,
            deterministic_id=True,
            compress_streams=packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def is_one(node: object, key: str, *names: str) -> bool:
    """Whether a dictionary's name under a key is one of these."""
    if not isinstance(node, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    value = node.get(key)
    return isinstance(value, pikepdf.Name) and str(value) in names
