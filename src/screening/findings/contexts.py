"""Words around a number or an address by which it is a person's, a body's or a thing's.

A practice, kept as data; how far around they count is each search's own matter.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def words_for(context: str) -> tuple[str, ...]:
    """The words of a context, by its name in contexts.toml; KeyError when there is none."""
    return tuple(_contexts()[context])


@cache
def _contexts() -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("contexts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
