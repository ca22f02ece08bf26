"""Reads CASE.yaml, a docket written by hand, keys and words in English or Chinese.

Every mistake is named with its line. What the docket means is the law's business.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import yaml

from statute.docket import (
    CHANNEL_LABELS,
    EVENT_LABELS,
    Channel,
    Docket,
    Entry,
    Event,
    Service,
    WebConfirmation,
)

_KEYS = {
    "事件": "event",
    "日期": "on",
    "渠道": "channel",
    "网上确认": "web",
    "确认日期": "confirmed_on",
    "对方收到日期": "received_on",
    "期限至": "until",
    "天数": "days",
    "同意日期": "approved_on",
    "送达方式": "service",
    "办理结果": "outcome",
    "对象": "ref",
    "更正第几条": "replaces",
}
_SERVICES = {"直接送达": "direct", "代送": "entrusted", "邮寄": "post", "电子": "electronic"}
_CONFIRMATIONS = {"系统回执": "system", "工作人员": "officer"}


class CaseFileError(Exception):
    """The file is not a docket; one line naming file, line and reason."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a case file says: a docket, and the subject line if it has one."""

    subject: str
    docket: Docket


class _Loader(yaml.SafeLoader):
    """YAML in which `on` is a word, not a truth value (as in YAML 1.2)."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_case(text: str, name: str) -> CaseFile:
    """Reads the text of a case file; CaseFileError naming the line of the first mistake."""
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark is not None else ""
        raise CaseFileError(f"{name}：{line}不是有效的 YAML") from error
    if not isinstance(root, yaml.MappingNode):
        raise CaseFileError(f"{name}：应有“entries:”（或“案卷:”）及其下的逐条记录")
    parts = {key.value: value for key, value in root.value}
    entries = parts.get("entries") or parts.get("案卷")
    if not isinstance(entries, yaml.SequenceNode) or not entries.value:
        raise CaseFileError(f"{name}：应有“entries:”（或“案卷:”）及其下的逐条记录")
    subject = parts.get("subject") or parts.get("事由")
    docket = tuple(_entry(node, loader, name) for node in entries.value)
    return CaseFile(subject.value if isinstance(subject, yaml.ScalarNode) else "", docket)


def _entry(node: yaml.Node, loader: _Loader, name: str) -> Entry:
    if not isinstance(node, yaml.MappingNode):
        raise _mistake(node, name, "每条记录应写成“键: 值”")
    facts: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _KEYS.get(key_node.value, key_node.value)
        if key not in _READERS:
            raise _mistake(key_node, name, _unknown("键", key_node.value, [*_KEYS, *_READERS]))
        try:
            facts[key] = _READERS[key](loader.construct_object(value_node))
        except ValueError as error:
            raise _mistake(value_node, name, f"{key_node.value}：{error}") from error
    if "event" not in facts or "on" not in facts:
        raise _mistake(node, name, "每条记录至少要有 event（事件）和 on（日期）")
    return Entry(**facts)


def _mistake(node: yaml.Node, name: str, reason: str) -> CaseFileError:
    return CaseFileError(f"{name}：第 {node.start_mark.line + 1} 行：{reason}")


def _unknown(what: str, value: str, known: list[str]) -> str:
    near = difflib.get_close_matches(value, known, n=1)
    hint = f"，是不是“{near[0]}”" if near else f"，可写：{'、'.join(known)}"
    return f"没有这样的{what}“{value}”{hint}"


def _word(kind: type[StrEnum], what: str, labels: Mapping[str, str]) -> Callable[[object], StrEnum]:
    """Reads one of an enumeration's values, or its Chinese label."""

    def read(value: object) -> StrEnum:
        text = str(value)
        try:
            return kind(labels.get(text, text))
        except ValueError:
            known = [*labels, *(member.value for member in kind)]
            raise ValueError(_unknown(what, text, known)) from None

    return read


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"应为日期（如 2026-03-02），读到“{value}”")
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise ValueError(f"应为整数，读到“{value}”")
    return value


_READERS: dict[str, Callable[[object], object]] = {
    "event": _word(Event, "事件", {label: event for event, label in EVENT_LABELS.items()}),
    "on": _day,
    "channel": _word(Channel, "渠道", {label: kind for kind, label in CHANNEL_LABELS.items()}),
    "web": _word(WebConfirmation, "确认方式", _CONFIRMATIONS),
    "confirmed_on": _day,
    "received_on": _day,
    "until": _day,
    "days": _number,
    "approved_on": _day,
    "service": _word(Service, "送达方式", _SERVICES),
    "outcome": str,
    "ref": str,
    "replaces": _number,
}
