"""Every verb of this app: take in, look through, decide, strip, blacken, open, release, sweep."""

from __future__ import annotations

from gongkai.files.services.derivatives import convert, redact, save_draft, seal_original, strip
from gongkai.files.services.examination import decide, examine, keep, screen
from gongkai.files.services.intake import scan, settle, take_in
from gongkai.files.services.opening import name_it_came_with, open_original
from gongkai.files.services.releasing import ReleasedFile, release
from gongkai.files.services.upkeep import sweep

__all__ = [
    "ReleasedFile",
    "convert",
    "decide",
    "examine",
    "keep",
    "name_it_came_with",
    "open_original",
    "redact",
    "release",
    "save_draft",
    "scan",
    "screen",
    "seal_original",
    "settle",
    "strip",
    "sweep",
    "take_in",
]
