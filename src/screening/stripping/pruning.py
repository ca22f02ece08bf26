"""Cuts an XML tree down to what a grammar allows; what the grammar does not know goes.

A grammar names elements with their attributes, one a line. Values are held to a form too: an
attribute that says how wide a line is cannot carry a sentence or an identity number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from screening.passages import Layer, UnfitFileError
from screening.stripping.signs import seen
from screening.stripping.tally import UNKNOWN, Tally

_DECIMALS = re.compile(r"(\.[0-9]{6})[0-9]+")
_LONG_NUMBER = re.compile(r"[0-9]{11}|[0-9]{6,8}[Xx-][0-9]{4}")
_TOKEN = re.compile(r"[\x20-\x7e]{0,4000}")
_NAME = re.compile(r"[\w .,;@()（）+&/'\"#%\-]{0,120}")


@dataclass(frozen=True, slots=True)
class Grammar:
    """What may come along: `kept` maps a tag to its attributes, each with the form of its value.

    Of `unwrapped` elements only the content stays. `dropped` go with their content and are counted
    under a layer and words; `refused` cannot be cut without changing what is seen, so the file is
    refused with the reason. Only `texts` may hold words; `mixed` ones also between their elements.
    `roomy` elements only say how things look: any attribute of the `looks` namespaces may stay.
    """

    kept: Mapping[str, Mapping[str, re.Pattern[str] | None]]
    unwrapped: frozenset[str] = frozenset()
    dropped: Mapping[str, tuple[Layer, str]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()
    roomy: frozenset[str] = frozenset()
    looks: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()  # whose content another hand has settled already


def kept_list(
    lines: str, spaces: Mapping[str, str], own: frozenset[str] = frozenset()
) -> dict[str, dict[str, re.Pattern[str] | None]]:
    """`prefix:element attribute prefix:attribute …` a line. Attributes without a prefix have none,
    or that of the element for the prefixes of `own`. A `~` behind an attribute allows a name (of a
    font), a `*` any words, because they are shown."""
    found: dict[str, dict[str, re.Pattern[str] | None]] = {}
    for line in lines.splitlines():
        tag, *attributes = line.split() or [""]
        if not tag:
            continue
        prefix = tag.partition(":")[0]
        forms = found.setdefault(name_of(tag, spaces), {})
        for attribute in attributes:
            bare = attribute.rstrip("~*")
            full = bare if ":" in bare or prefix not in own else f"{prefix}:{bare}"
            form = {"~": _NAME, "*": None}.get(attribute[-1], _TOKEN)
            forms[name_of(full, spaces)] = form
    return found


def name_of(qualified: str, spaces: Mapping[str, str]) -> str:
    """`w:p` → `{namespace}p`; without a prefix, or with one of XML itself, likewise."""
    prefix, colon, local = qualified.rpartition(":")
    if not colon:
        return local
    if prefix == "xml":
        return f"{{http://www.w3.org/XML/1998/namespace}}{local}"
    return f"{{{spaces[prefix]}}}{local}"


def names_of(lines: str, spaces: Mapping[str, str]) -> frozenset[str]:
    """Names separated by blanks."""
    return frozenset(name_of(word, spaces) for word in lines.split())


def prune(root: etree._Element, grammar: Grammar, tally: Tally) -> None:
    """Cuts the tree below and with `root`, whose own tag the caller has settled."""
    root.tail = None
    _clean(root, grammar)
    _prune_children(root, grammar, tally)


def _prune_children(element: etree._Element, grammar: Grammar, tally: Tally) -> None:
    is_mixed = str(element.tag) in grammar.mixed
    for child in list(element):
        tag = str(child.tag)
        child.tail = seen(child.tail) if is_mixed and child.tail else None
        if tag in grammar.settled:
            continue
        if tag in grammar.refused:
            raise UnfitFileError(grammar.refused[tag])
        if tag in grammar.kept:
            _clean(child, grammar)
            _prune_children(child, grammar, tally)
        elif tag in grammar.unwrapped:
            _prune_children(child, grammar, tally)
            child.text = seen(child.text) if child.text and tag in grammar.mixed else None
            unwrap(child)
        else:
            tally.add(*grammar.dropped.get(tag, (Layer.METADATA, UNKNOWN)))
            remove(child)


def _clean(element: etree._Element, grammar: Grammar) -> None:
    tag = str(element.tag)
    wordy = tag in grammar.texts or tag in grammar.mixed
    element.text = seen(element.text) if element.text and wordy else None
    forms = grammar.kept.get(tag, {})
    for name, written in list(element.attrib.items()):
        plain = str(name)
        value = written
        if forms.get(plain, _NAME) is not None:  # no more places behind the point than are seen
            value = _DECIMALS.sub(r"\1", written)
            if value != written:
                element.set(name, value)
        if plain in forms:
            stays = fits(value, forms[plain])
        else:
            is_look = plain[1:].partition("}")[0] in grammar.looks
            stays = tag in grammar.roomy and is_look and fits(value, _NAME)
        if not stays:
            del element.attrib[name]


def fits(value: str, form: re.Pattern[str] | None) -> bool:
    """Whether the value has its form and could not be the number of a person, card or telephone."""
    if form is None:
        return True
    return form.fullmatch(value) is not None and not _LONG_NUMBER.search(value)


def plain_name(value: str) -> bool:
    """Whether a name is one that programs give: short, of Latin letters, no long number."""
    return re.fullmatch(r"[A-Za-z0-9 ,_()-]{1,40}", value) is not None and not re.search(
        r"[0-9]{6}", value
    )


def remove(element: etree._Element) -> None:
    """Takes the element out; words behind it stay where they are."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Puts the content of the element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    if element.text:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.text
        else:
            parent.text = (parent.text or "") + element.text
    position = parent.index(element)
    for child in list(element):
        parent.insert(position, child)
        position += 1
    remove(element)
