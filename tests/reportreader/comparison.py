"""What a reading says of figures that are known: right, unknown or wrong, cell for cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from statute.reporting.cells import UNKNOWN, Candidates, Cell, Figures


@dataclass(slots=True)
class Comparison:
    """Counts of cells, and each wrong one in words; `share` is that of unknown cells."""

    cells: int = 0
    unknown: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Unknown cells per cell; nothing printed, nothing unknown."""
        return self.unknown / self.cells if self.cells else 0.0

    def add(self, true: Figures, read: Figures) -> None:
        """Compares two sets of figures; a row that was not printed must not hold any."""
        for place, printed, found in _pairs(true, read):
            self.cells += 1
            if found is UNKNOWN or (isinstance(found, Candidates) and printed in found.values):
                self.unknown += 1
            elif found != printed or type(found) is not type(printed):
                self.wrong.append(f"{place}: printed {printed!r}, read {found!r}")
        for name in ("requests", "proactive", "disputes"):
            printed_rows, found_rows = getattr(true, name) or {}, getattr(read, name) or {}
            for row in sorted(set(found_rows) - set(printed_rows)):
                if found_rows[row] not in (UNKNOWN, (UNKNOWN,) * _width(found_rows[row])):
                    self.wrong.append(f"{name} {row}: not printed, read {found_rows[row]}")
        for row, number in read.requests_single.items():
            if number not in (true.requests or {}).get(row, ()):
                self.wrong.append(f"requests {row}: {number!r} stands in no cell of it")
        _compare_units(true, read, self.wrong)


def _width(cells: object) -> int:
    return len(cells) if isinstance(cells, tuple) else 1


def _pairs(true: Figures, read: Figures) -> Iterator[tuple[str, Cell, Cell]]:
    yield from _by_row("requests", true.requests, read.requests)
    yield from _by_row("proactive", true.proactive, read.proactive)
    for name, printed in (true.disputes or {}).items():
        yield f"disputes {name}", printed, read.dispute(name)


def _by_row(
    table: str,
    true: Mapping[str, tuple[Cell, ...]] | None,
    read: Mapping[str, tuple[Cell, ...]] | None,
) -> Iterator[tuple[str, Cell, Cell]]:
    for row, printed in (true or {}).items():
        found = (read or {}).get(row, (UNKNOWN,) * len(printed))
        assert len(found) == len(printed), f"{table} {row}: {len(found)} cells"
        for number, (one, other) in enumerate(zip(printed, found, strict=True)):
            yield f"{table} {row}[{number}]", one, other


def _compare_units(true: Figures, read: Figures, wrong: list[str]) -> None:
    """A unit may stay unknown; a wrong one is a wrong figure, ten thousand times."""
    for row, unit in read.units.items():
        if unit is not None and unit != true.units.get(row):
            wrong.append(f"unit of {row}: printed {true.units.get(row)}, read {unit}")
