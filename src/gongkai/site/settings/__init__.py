"""Settings in four modules: base, development, production, testing."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def settings_of(module: ModuleType) -> dict[str, Any]:
    """The settings a module defines, to be taken over by name: `globals().update(...)`. Said
    rather than starred, so that a name used and not defined is found by lint."""
    return {name: value for name, value in vars(module).items() if name.isupper()}
