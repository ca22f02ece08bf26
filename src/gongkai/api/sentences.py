"""What pydantic finds wrong, in Chinese sentences; which field it is, as the sender wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.api.errors import Fault

_SENTENCES = {
    "missing": "请填写",
    "extra_forbidden": "没有这一项，不能写",
    "string_type": "须为文字",
    "string_too_short": "不能是空的",
    "string_too_long": "不超过{max_length}字",
    "string_pattern_mismatch": "写法不对，或者有不能使用的字符",
    "string_unicode": "有不能使用的字符",
    "bool_type": "须为 true 或者 false",
    "int_type": "须为整数",
    "int_parsing": "须为整数",
    "int_from_float": "须为整数",
    "greater_than_equal": "不小于{ge}",
    "less_than_equal": "不大于{le}",
    "list_type": "须为列表",
    "too_long": "不超过{max_length}项",
    "dict_type": "须为对象",
    "model_type": "须为对象",
    "model_attributes_type": "须为对象",
    "literal_error": "须为{expected}之一",
}
_OWN = {"day", "ground", "personal", "unfit", "word"}
_MISSING_HEADERS = {
    "If-Match": "请写明修订号：If-Match 是您读到的 revision，这样不会盖掉别人的修改",
    "Idempotency-Key": "请写明 Idempotency-Key：重复发送时用同一个，就不会生成两件",
}
_LONGEST_NAME = 80


def faults_of(errors: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """The faults one by one, as they were found."""
    return [_fault(error) for error in errors]


def _fault(error: Mapping[str, Any]) -> Fault:
    where, *path = [str(part) for part in error["loc"]]
    if where == "body":
        path = path[1:]  # the name of our parameter, of which the sender knows nothing
    field = ".".join(path)[:_LONGEST_NAME]
    if error["type"] == "missing" and field in _MISSING_HEADERS:
        return Fault(_MISSING_HEADERS[field], field, where)
    return Fault(f"{field}：{_sentence(error)}" if field else _sentence(error), field, where)


def _sentence(error: Mapping[str, Any]) -> str:
    if error["type"] in _OWN:
        return str(error["msg"])
    return _SENTENCES.get(error["type"], "写法不对").format_map(error.get("ctx", {}))
