"""Which form a report is made on: by identifier or by report year."""

from __future__ import annotations

from statute.errors import NotInForceError
from statute.reporting.edition_2019 import EDITION_2019
from statute.reporting.edition_2021 import EDITION_2021
from statute.reporting.forms import Edition

EDITIONS: tuple[Edition, ...] = (EDITION_2019, EDITION_2021)


def edition(edition_id: str) -> Edition:
    """The edition called "2019" or "2021"; KeyError otherwise."""
    return {known.id: known for known in EDITIONS}[edition_id]


def edition_for_year(year: int) -> Edition:
    """The form that reports for this year must be made on; NotInForceError before 2019."""
    for known in EDITIONS:
        if known.serves(year):
            return known
    raise NotInForceError(f"{year} 年度报告没有本系统收录的格式（2019 年度起）")
