"""Plain text and CSV without the signs nobody sees; line by line the same words in the same order.

A CSV keeps its mark at the beginning, for spreadsheet programs take Chinese for noise without it.
"""

from __future__ import annotations

import codecs

from screening.decoding import Decoded, decode
from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping.signs import seen
from screening.stripping.stripped import Stripped
from screening.stripping.tally import Tally
from screening.tabular import delimiter_of

_BLANKS = " \t\u00a0\u3000"


def strip(data: bytes) -> Stripped:
    """Text in UTF-8, or GB 18030 where it stood in that. UnfitFileError for what is no text."""
    decoded = decode(data)
    carrier = Carrier.CSV if delimiter_of(decoded.text) else Carrier.TEXT
    tally = Tally()
    text = seen(decoded.text)
    tally.add(Layer.HIDDEN_TEXT, "看不见的字符", len(decoded.text) - len(text))
    if carrier is Carrier.TEXT:
        text = _without_blank_ends(text, tally)
    if not text.strip():
        raise UnfitFileError("去除看不见的字符以后没有内容")
    return Stripped(carrier, _encoded(text, decoded, carrier), tally.removals())


def _without_blank_ends(text: str, tally: Tally) -> str:
    """Rows of blanks at the ends of lines can be read like Morse; a reader misses nothing."""
    lines = text.split("\n")
    kept = [_cut(line) for line in lines]
    tally.add(Layer.HIDDEN_TEXT, "行尾空白", sum(a != b for a, b in zip(lines, kept, strict=True)))
    return "\n".join(kept)


def _cut(line: str) -> str:
    bare = line.removesuffix("\r")
    return bare.rstrip(_BLANKS) + line[len(bare) :]


def _encoded(text: str, decoded: Decoded, carrier: Carrier) -> bytes:
    if decoded.encoding == "gb18030":
        return text.encode("gb18030")
    mark = codecs.BOM_UTF8 if carrier is Carrier.CSV and decoded.marked else b""
    return mark + text.encode()
