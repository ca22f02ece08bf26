"""The texts of a workbook: only those that a cell still shows, without readings and hidden runs."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from screening.passages import UnfitFileError
from screening.stripping import grammar_sheet
from screening.stripping.grammar_sheet import sheet
from screening.stripping.pruning import prune, remove
from screening.stripping.tally import Tally
from screening.stripping.xlsx_looks import Looks


class Strings:
    """Old texts by number, and the new list as it grows."""

    def __init__(self, root: etree._Element | None, looks: Looks, tally: Tally) -> None:
        self._looks = looks
        self._old = [] if root is None else list(root.iterfind(sheet("si")))
        self._tally = tally
        self._new: dict[tuple[int, str], int] = {}
        self._used: set[int] = set()
        self.root = etree.Element(sheet("sst"), nsmap={None: grammar_sheet.SPACES["x"]})

    def carried(self, number: str, ground: str) -> int:
        """The new number of an old text, as seen on a ground of this colour."""
        index = int(number) if number.isdecimal() else len(self._old)
        if index >= len(self._old):
            raise UnfitFileError("单元格引用的文字不存在，文件损坏")
        key = index, ground if len(self._old[index]) > 1 else ""
        if key not in self._new:
            text = deepcopy(self._old[index])
            settle_text(text, ground, self._looks, self._tally)
            self.root.append(text)
            self._new[key] = len(self._new)
            self._used.add(index)
        return self._new[key]

    @property
    def unused(self) -> int:
        """How many old texts no cell shows."""
        return len(self._old) - len(self._used)


def settle_text(text: etree._Element, ground: str, looks: Looks, tally: Tally) -> None:
    """One text, of the list or of a cell of its own."""
    for run in list(text.iterfind(sheet("r"))):
        layer = looks.hidden_by_font(run.find(sheet("rPr")), ground)
        if layer is not None:
            tally.add(layer)
            remove(run)
    prune(text, grammar_sheet.STRING, tally)
