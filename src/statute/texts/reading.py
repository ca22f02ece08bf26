"""Reads and validates one file of texts; a file that is not well formed stops the program.

Not for citations made elsewhere: whether those resolve is asked of statute.texts.anchors.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from statute.citations import Mark
from statute.dated import Period
from statute.texts.places import Anchor, Instrument, InstrumentKind

_LABEL = re.compile(r"[^.()#\s]+")  # what statute.citations.cite accepts as an article
_HEAD_REQUIRED = frozenset({"id", "kind", "title", "short", "number", "mark"})
_HEAD_OPTIONAL = frozenset({"version", "in_force", "until", "memory", "note"})
_MAY_BE_UNSEEN = frozenset({"title", "number", "in_force"})
_PLACE_REQUIRED = frozenset({"text", "mark"})
_PLACE_OPTIONAL = frozenset({"paragraphs", "items", "label", "source", "title", "number"})


def read_instrument(instrument_id: str, toml: str) -> Instrument:
    """An instrument from the text of its file; ValueError naming the file and the place."""
    data = tomllib.loads(toml)
    _check_keys(instrument_id, data, frozenset({"instrument", "articles"}), frozenset())
    head = data["instrument"]
    _check_keys(instrument_id, head, _HEAD_REQUIRED, _HEAD_OPTIONAL)
    if head["id"] != instrument_id:
        raise ValueError(f"{instrument_id}：文件名与编号不一致：{head['id']}")
    memory = tuple(head.get("memory", ()))
    if not _MAY_BE_UNSEEN.issuperset(memory):
        raise ValueError(f"{instrument_id}：memory 只能列 title、number、in_force")
    return Instrument(
        id=instrument_id,
        kind=InstrumentKind(head["kind"]),
        title=_text(instrument_id, head, "title"),
        short=_text(instrument_id, head, "short"),
        number=head["number"],
        version=head.get("version", ""),
        in_force=Period(_day(head, "in_force"), _day(head, "until")),
        mark=Mark(head["mark"]),
        memory=memory,
        note=head.get("note", ""),
        anchors=_read_places(instrument_id, data["articles"]),
    )


def _read_places(instrument_id: str, articles: Mapping[str, Any]) -> tuple[Anchor, ...]:
    return tuple(_read_place(instrument_id, key, value) for key, value in articles.items())


def _read_place(instrument_id: str, key: str, value: Mapping[str, Any]) -> Anchor:
    where = f"{instrument_id}#{key}"
    _check_keys(where, value, _PLACE_REQUIRED, _PLACE_OPTIONAL)
    if not _LABEL.fullmatch(key):
        raise ValueError(f"{where}：名称里不能有点、括号、井号和空白")
    paragraphs = value.get("paragraphs")
    return Anchor(
        instrument=instrument_id,
        article=key,
        text=_text(where, value, "text"),
        mark=Mark(value["mark"]),
        paragraphs=paragraphs,
        items=_items(where, value.get("items", {}), paragraphs),
        label=value.get("label", ""),
        source=value.get("source", ""),
        title=value.get("title", ""),
        number=value.get("number", ""),
    )


def _items(where: str, value: Mapping[str, int], paragraphs: int | None) -> Mapping[int, int]:
    items = {int(paragraph): count for paragraph, count in value.items()}
    if any(not 1 <= paragraph <= (paragraphs or 1) for paragraph in items):
        raise ValueError(f"{where}：项所在的款不存在")
    return MappingProxyType(items)


def _check_keys(
    where: str, value: Mapping[str, Any], required: frozenset[str], optional: frozenset[str]
) -> None:
    missing = required - value.keys()
    unknown = value.keys() - required - optional
    if missing or unknown:
        raise ValueError(f"{where}：缺少 {sorted(missing)}，多出 {sorted(unknown)}")


def _text(where: str, value: Mapping[str, Any], key: str) -> str:
    text = value[key]
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{where}：{key} 不能为空")
    return text


def _day(value: Mapping[str, Any], key: str) -> date | None:
    day = value.get(key)
    if day is not None and type(day) is not date:
        raise ValueError(f"{key} 应为日期，不是 {day!r}")
    return day
