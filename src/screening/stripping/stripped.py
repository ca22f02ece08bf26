"""What stripping gives: the new file, and what is no longer in it."""

from __future__ import annotations

from dataclasses import dataclass

from screening.passages import Carrier, Layer


@dataclass(frozen=True, slots=True)
class Removal:
    """What was taken out: how many, and what in Chinese (作者、最后保存者; 批注; 隐藏列 C、D)."""

    layer: Layer
    count: int
    what: str


@dataclass(frozen=True, slots=True)
class Stripped:
    """The file as it may go out, by carrier, with the report of what was removed."""

    carrier: Carrier
    data: bytes
    removed: tuple[Removal, ...]
