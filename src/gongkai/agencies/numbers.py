"""The number series for other apps: draw, set up, void; how they are kept is in services.series."""

from __future__ import annotations

from gongkai.agencies.services.series import draw, open_series, void_number
from gongkai.agencies.templates import SERIES_KINDS, SeriesKind, label_of

__all__ = ["SERIES_KINDS", "SeriesKind", "draw", "label_of", "open_series", "void_number"]
