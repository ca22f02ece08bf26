"""Values of this package as bytes and back, for the way between a process and its confined child.

JSON, not pickle: what comes from the child was made beside a hostile file, and unpickling runs
code. A value is built only of the types that the declared type names; bytes travel as they are.
"""

from __future__ import annotations

import json
import struct
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

_HEAD = struct.Struct(">QQ")  # bytes of JSON, number of byte strings behind it
_LENGTH = struct.Struct(">Q")

_Builder = Callable[[Any], Any]

type_hints = cache(typing.get_type_hints)


class WireError(ValueError):
    """What came is not a value of the declared type."""


def dump(value: object) -> bytes:
    """A value of frozen records, enumerations, tuples, texts, numbers, dates and bytes."""
    blobs: list[bytes] = []

    def plain(part: object) -> object:
        if isinstance(part, bytes):
            blobs.append(part)
            return len(blobs) - 1
        if isinstance(part, date):
            return part.isoformat()
        if is_dataclass(part):
            return [getattr(part, each.name) for each in fields(part)]
        if isinstance(part, (frozenset, Mapping)):
            return list(part.items()) if isinstance(part, Mapping) else list(part)
        raise TypeError(type(part).__name__)

    text = json.dumps(value, default=plain, ensure_ascii=False).encode("utf-8", "surrogatepass")
    pieces = [_HEAD.pack(len(text), len(blobs)), text]
    for blob in blobs:
        pieces += [_LENGTH.pack(len(blob)), blob]
    return b"".join(pieces)


def load(kind: Any, data: bytes) -> Any:
    """The value of the declared type. WireError when the bytes do not hold one."""
    try:
        size, count = _HEAD.unpack_from(data)
        plain = json.loads(data[_HEAD.size : _HEAD.size + size].decode("utf-8", "surrogatepass"))
        blobs: list[bytes] = []
        position = _HEAD.size + size
        for _ in range(count):
            (length,) = _LENGTH.unpack_from(data, position)
            position += _LENGTH.size
            blobs.append(data[position : position + length])
            position += length
        return _Reader(blobs).builder(kind)(plain)
    except (struct.error, TypeError, ValueError, IndexError, KeyError, RecursionError):
        raise WireError("not the declared value") from None


class _Reader:
    """Builds values of declared types; `blobs` are the byte strings that travelled beside.

    How a type is built is worked out once: a large file comes as half a million passages.
    """

    def __init__(self, blobs: list[bytes]) -> None:
        self._blobs = blobs
        self._builders: dict[Any, _Builder] = {
            str: _exactly(str),
            int: _exactly(int),
            bool: _exactly(bool),
            float: lambda plain: float(_exactly(int, float)(plain)),
            bytes: self._blob,
            date: lambda plain: date.fromisoformat(_exactly(str)(plain)),
            types.NoneType: _exactly(types.NoneType),
        }

    def builder(self, kind: Any) -> _Builder:
        """The function that makes a value of this type of what JSON holds."""
        built = self._builders.get(kind)
        if built is None:
            built = self._builders[kind] = self._new_builder(kind)
        return built

    def _new_builder(self, kind: Any) -> _Builder:
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin in (types.UnionType, typing.Union):
            return self._union(arguments)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(*arguments)
        if origin is tuple and (len(arguments) != 2 or arguments[1] is not Ellipsis):
            return self._row(arguments)
        if origin is not None:
            gather = frozenset if origin is frozenset else tuple
            part = self.builder(arguments[0])
            is_list = _exactly(list)
            return lambda plain: gather(map(part, is_list(plain)))
        return self._record(kind, fields(kind)) if is_dataclass(kind) else _member(kind)

    def _record(self, kind: Any, declared: tuple[Field[Any], ...]) -> _Builder:
        hints = type_hints(kind)
        row = self._row(tuple(hints[each.name] for each in declared))
        return lambda plain: kind(*row(plain))

    def _blob(self, plain: Any) -> bytes:
        return self._blobs[_exactly(int)(plain)]

    def _row(self, kinds: tuple[Any, ...]) -> _Builder:
        builders = tuple(map(self.builder, kinds))
        is_list = _exactly(list)

        def build(plain: Any) -> Any:
            pairs = zip(builders, is_list(plain), strict=True)
            return tuple([one(part) for one, part in pairs])

        return build

    def _mapping(self, key: Any, held: Any) -> _Builder:
        key, held = self.builder(key), self.builder(held)

        def build(plain: Any) -> Any:
            rows = plain.items() if isinstance(plain, dict) else _exactly(list)(plain)
            return {key(one): held(other) for one, other in rows}

        return build

    def _union(self, kinds: tuple[Any, ...]) -> _Builder:
        builders = tuple(map(self.builder, kinds))
        may_be_none = types.NoneType in kinds

        def build(plain: Any) -> Any:
            if plain is None and may_be_none:  # most often, and refusals of the others are slow
                return None
            for one in builders:
                try:
                    return one(plain)
                except (TypeError, ValueError):
                    continue
            raise TypeError("fits none of the declared types")

        return build


def _exactly(*kinds: type) -> _Builder:
    def build(plain: Any) -> Any:
        if type(plain) not in kinds:
            raise TypeError(f"{kinds} expected")
        return plain

    return build


def _member(kind: Any) -> _Builder:
    """An enumeration, which refuses what is none of its values; a table is faster than its call."""
    values = {member.value: member for member in kind}
    return lambda plain: values[plain]
