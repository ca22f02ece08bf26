"""The folder with a master key in which records have files, and that of the static files."""

from __future__ import annotations

from tests.gongkai.disclosure.conftest import home
from tests.gongkai.office.conftest import _static_folder

__all__ = ["_static_folder", "home"]
