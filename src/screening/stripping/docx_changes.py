"""Settles what a letter shows: changes accepted, copies for old programs and hidden words gone.

What is left is plain text with its looks; what may come along of that is settled by the grammar.
"""

from __future__ import annotations

from lxml import etree

from screening.passages import Layer
from screening.stripping.docx_looks import Looks
from screening.stripping.grammar_word import SPACES, word
from screening.stripping.pruning import remove, unwrap
from screening.stripping.tally import Tally

_SHOWN_ALTERNATIVES = frozenset(SPACES[prefix] for prefix in ("wps", "wpg"))
_PROPERTIES = frozenset(word(tag) for tag in ("pPr", "rPr"))
_DELETED_IN_TABLES = (
    ("tr", f"{word('trPr')}/{word('del')}", "修订删除的表格行"),
    ("tc", f"{word('tcPr')}/{word('cellDel')}", "修订删除的单元格"),
)
_TEXTS = tuple(word(tag) for tag in ("t", "sym", "instrText", "noBreakHyphen"))


def choose_alternatives(root: etree._Element, tally: Tally) -> None:
    """Of a drawing written twice, for new and old programs, keeps the one that is understood."""
    for alternative in list(root.iter(word("mc:AlternateContent"))):
        choices = list(alternative.iterchildren(word("mc:Choice")))
        known = next((choice for choice in choices if _is_known(choice)), None)
        kept = known if known is not None else alternative.find(word("mc:Fallback"))
        for child in list(alternative):
            if child is not kept:
                tally.add(Layer.TEXT_BOX, "给其他版本软件的副本")
                alternative.remove(child)
        if kept is not None:
            unwrap(kept)
        unwrap(alternative)


def _is_known(choice: etree._Element) -> bool:
    required = (choice.get("Requires") or "").split()
    return bool(required) and all(
        choice.nsmap.get(prefix) in _SHOWN_ALTERNATIVES for prefix in required
    )


def accept_changes(root: etree._Element, tally: Tally) -> None:
    """Deletions and former places go; a paragraph whose end was deleted joins the next."""
    joined = [p for p in root.iter(word("p")) if _end_is_deleted(p)]
    for tag, mark, what in _DELETED_IN_TABLES:
        for part in list(root.iter(word(tag))):
            if part.find(mark) is not None:
                tally.add(Layer.DELETED, what)
                remove(part)
    for tag in ("del", "moveFrom"):
        for change in list(root.iter(word(tag))):
            if change.getparent() is not None and len(change):
                tally.add(Layer.DELETED, "修订删除的内容")
            remove(change)
    for tag in ("ins", "moveTo"):
        for change in list(root.iter(word(tag))):
            tally.add(Layer.INSERTED, "接受的修订（文字保留，作者和时间去除）")
            unwrap(change)
    for paragraph in joined:
        _join(paragraph)


def _end_is_deleted(paragraph: etree._Element) -> bool:
    own = paragraph.find(f"{word('pPr')}/{word('rPr')}")
    return own is not None and any(own.find(word(tag)) is not None for tag in ("del", "moveFrom"))


def _join(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag not in _PROPERTIES]
    if following is None or following.tag != word("p"):
        if not content and paragraph.getprevious() is not None:
            remove(paragraph)
        return
    position = 1 if following.find(word("pPr")) is not None else 0
    for child in reversed(content):
        following.insert(position, child)
    remove(paragraph)


def drop_hidden(root: etree._Element, looks: Looks, tally: Tally) -> None:
    """Words that are not shown, by their look."""
    emptied = [p for p in root.iter(word("p")) if _drop_hidden_runs(p, looks, tally)]
    for paragraph in emptied:
        _drop_hidden_paragraph(paragraph, looks)


def _drop_hidden_runs(paragraph: etree._Element, looks: Looks, tally: Tally) -> bool:
    """Whether something hidden was in the paragraph itself (not in a box within it)."""
    dropped = False
    for run in list(paragraph.iter(word("r"))):
        if next(run.iterancestors(word("p")), None) is not paragraph:
            continue
        layer = looks.layer(run)
        if layer is None:
            continue
        texts = list(run.iterchildren(*_TEXTS))
        vanished = layer is Layer.HIDDEN_TEXT
        if texts or (vanished and len(run)):
            tally.add(layer)
        for text in texts:
            remove(text)
        if vanished and run.find(f".//{word('fldChar')}") is None:
            remove(run)
        dropped = True
    return dropped


def _drop_hidden_paragraph(paragraph: etree._Element, looks: Looks) -> None:
    """A paragraph hidden to its end takes no line; it must not leave a blank one."""
    own = paragraph.find(word("pPr"))
    properties = None if own is None else own.find(word("rPr"))
    blank = all(child.tag in _PROPERTIES for child in paragraph)
    ends_something = own is not None and own.find(word("sectPr")) is not None
    following = paragraph.getnext()
    followed = following is not None and following.tag == word("p")
    if blank and followed and not ends_something and looks.is_vanished(properties):
        remove(paragraph)
