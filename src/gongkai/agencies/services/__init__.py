"""Every verb that changes a body, its disclosure office or a number series; it decides no case."""

from __future__ import annotations

from gongkai.agencies.services.changing import (
    amend_agency,
    close_agency,
    move_agency,
    rename_agency,
)
from gongkai.agencies.services.founding import (
    Charter,
    County,
    CountyNames,
    create_agency,
    found_county,
)
from gongkai.agencies.services.offices import confirm_disclosure_office, set_disclosure_office
from gongkai.agencies.services.series import draw, open_series, void_number
from gongkai.agencies.services.succession import merge_agencies, split_agency

__all__ = [
    "Charter",
    "County",
    "CountyNames",
    "amend_agency",
    "close_agency",
    "confirm_disclosure_office",
    "create_agency",
    "draw",
    "found_county",
    "merge_agencies",
    "move_agency",
    "open_series",
    "rename_agency",
    "set_disclosure_office",
    "split_agency",
    "void_number",
]
