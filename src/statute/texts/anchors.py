"""Resolves citations: the instrument, what the place says, how far that is vouched for.

Not a quotation of any law and not a rule: nothing is computed from these texts, people read them.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from statute.citations import Citation
from statute.errors import StatuteError
from statute.texts.places import Anchor, Instrument, InstrumentKind
from statute.texts.reading import read_instrument

_STATE_PREFIX = "中华人民共和国"


class UnknownProvisionError(StatuteError):
    """No instrument, article, paragraph or item of that name is recorded."""


@cache
def instrument(instrument_id: str) -> Instrument:
    """The instrument of this id; UnknownProvisionError when there is none."""
    file = resources.files(__package__).joinpath(f"{instrument_id}.toml")
    if not file.is_file():
        raise UnknownProvisionError(f"没有收录编号为“{instrument_id}”的文件")
    return read_instrument(instrument_id, file.read_text(encoding="utf-8"))


@cache
def instruments() -> tuple[Instrument, ...]:
    """All instruments, by rank and then by id."""
    names = (entry.name for entry in resources.files(__package__).iterdir())
    ids = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    order = list(InstrumentKind)
    return tuple(sorted(map(instrument, ids), key=lambda known: order.index(known.kind)))


def anchor(citation: Citation) -> Anchor:
    """The place a citation names.

    UnknownProvisionError, naming the citation, when the instrument, the article, the paragraph or
    the item is not recorded.
    """
    home = instrument(citation.instrument)
    place = home.find(citation.article)
    if place is None:
        raise UnknownProvisionError(f"“{home.short}”没有收录所引的条文：{citation.short}")
    if not place.has(citation.paragraph, citation.item):
        raise UnknownProvisionError(
            f"“{home.short}”的这一条没有所引的款或项，或者款项数目尚未收录：{citation.short}"
        )
    return place


def cited(citation: Citation) -> str:
    """A citation as it is written in a letter: 《政府信息公开条例》第三十六条第（四）项.

    A superseded version names itself, a document its number, a notice of a series its own title.
    UnknownProvisionError as in `anchor`.
    """
    place = anchor(citation)
    home = instrument(citation.instrument)
    if place.title:
        return _titled(place.title, place.number)
    if home.kind is InstrumentKind.PRACTICE:
        return f"惯例“{home.title}”之“{place.label or citation.locator}”"
    if home.kind is InstrumentKind.CASE:
        return f"{home.title}{place.label or citation.locator}"
    locator = place.label or citation.locator
    if not home.kind.is_numbered_by_article:
        return f"{_titled(home.title, home.number)}{locator}"
    version = f"（{home.version}）" if home.in_force.end is not None else ""
    return f"《{home.title.removeprefix(_STATE_PREFIX)}》{version}{locator}"


def brief(citation: Citation) -> str:
    """A citation with the short name: 条例第三十六条第（四）项. UnknownProvisionError as above."""
    place = anchor(citation)
    if place.title:
        return place.number or f"《{place.title}》"
    return f"{instrument(citation.instrument).short}{place.label or citation.locator}"


def _titled(title: str, number: str) -> str:
    nested = title.replace("《", "〈").replace("》", "〉")
    return f"《{nested}》（{number}）" if number else f"《{nested}》"
