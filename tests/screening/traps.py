"""A register of hiding places: the file that hides there, and the layer it must be found in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from screening.passages import Layer

SHOWN = "这一行人人看得见。"

Build = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Traps:
    """Builders by name, each with its layer, written by hand beside it."""

    builders: dict[str, Build] = field(default_factory=dict)
    expected: dict[str, Layer] = field(default_factory=dict)

    def trap(self, name: str, layer: Layer) -> Callable[[Build], Build]:
        """Enters the builder that follows."""

        def enter(build: Build) -> Build:
            assert name not in self.builders
            self.builders[name], self.expected[name] = build, layer
            return build

        return enter
