"""A reason that the trail keeps in clear for ever: long enough, and without personal data."""

from __future__ import annotations

from gongkai.files.errors import FileRefusedError
from statute.identity import find

_SHORTEST, _LONGEST = 4, 200


def checked_reason(reason: str) -> str:
    """The reason in one line. FileRefusedError: too short, too long, a number of a person in it."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if len(plain) < _SHORTEST:
        raise FileRefusedError(f"须写明理由（至少{_SHORTEST}个字）")
    if len(plain) > _LONGEST:
        raise FileRefusedError(f"理由至多{_LONGEST}个字")
    if find(plain):
        raise FileRefusedError("理由中不得写入证件号码、电话等个人信息")
    return plain


def recordable(reason: str) -> str:
    """A machine's reason as the trail may keep it: words of the file that look personal are not."""
    plain = "".join(c if c.isprintable() else " " for c in reason)[:_LONGEST].strip()
    return "内容不合要求" if not plain or find(plain) else plain
