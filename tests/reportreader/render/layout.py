"""What a layout is: a way of printing figures, and what it destroys on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from statute.reporting.cells import Figures
from tests.reportreader.render.printed import PrintedTable, printed_report


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of printing a report as the bytes of a file.

    `lossless`: a careful eye can still tell every figure. `keeps_blanks`: it can also tell which
    cells were left empty; where not, a report with empty cells loses something. `loses` says what.
    `rests_on_sums`: only the sums of a row tell where its figures begin, so that a row that does
    not foot, or has empty cells, may look exactly like another that foots. `shows_tables` is False
    where the tables are not text at all, so that none may be read.
    """

    name: str
    suffix: str
    render: Callable[[Figures], bytes]
    lossless: bool = True
    keeps_blanks: bool = True
    rests_on_sums: bool = False
    shows_tables: bool = True
    loses: str = ""

    @property
    def file_name(self) -> str:
        """A name for the file, as the person who hands it in would give."""
        return f"report{self.suffix}"

    def tells_all(self, figures: Figures) -> bool:
        """Whether nothing of these figures is lost in this layout."""
        blank = any(
            not isinstance(cell, int) for row in (figures.requests or {}).values() for cell in row
        )
        return self.lossless and (self.keeps_blanks or not blank)


def text_of(
    figures: Figures,
    table: Callable[[PrintedTable], Iterable[str]],
    sentence: Callable[[str], str] = str,
) -> str:
    """A report as lines of text, its tables written by `table`."""
    lines: list[str] = []
    for block in printed_report(figures):
        if isinstance(block, PrintedTable):
            lines.extend(table(block))
        else:
            lines.append(sentence(block))
    return "\n".join(lines) + "\n"
