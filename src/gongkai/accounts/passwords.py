"""Two named password policies, one in force: dengbao3 (GB/T 22239, default) and asvs5 (OWASP).

They contradict each other (composition and rotation are demanded by one and forbidden by the
other), so the office chooses; docs/operations says what each gives up. Hashing is Django's.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from gongkai.accounts.models import PasswordRecord, User


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """Lengths in characters; `classes` of upper, lower, digit, sign that must be present;
    `rotation_days` None is no rotation; `history` former passwords that are not taken again."""

    name: str
    title: str
    min_length: int
    max_length: int
    classes: int
    rotation_days: int | None
    history: int

    def overdue(self, changed_at: datetime | None, at: datetime) -> bool:
        """Whether a password set then must be changed by now."""
        if self.rotation_days is None or changed_at is None:
            return False
        return at - changed_at >= timedelta(days=self.rotation_days)


POLICIES = {
    policy.name: policy
    for policy in (
        PasswordPolicy("dengbao3", "等保三级", 10, 128, 3, 90, 5),
        PasswordPolicy("asvs5", "OWASP ASVS 5.0", 12, 128, 0, None, 0),
    )
}

_CLASSES = (
    (re.compile(r"[A-Z]"), "大写字母"),
    (re.compile(r"[a-z]"), "小写字母"),
    (re.compile(r"[0-9]"), "数字"),
    (re.compile(r"[^A-Za-z0-9]"), "符号"),
)
# What belongs to this place and would be tried first (ASVS 6.2.11).
_CONTEXT_WORDS = ("gongkai", "zhengwu", "xinxigongkai", "政务公开", "信息公开")


def policy_in_force() -> PasswordPolicy:
    """The policy that GONGKAI_PASSWORD_POLICY names; KeyError otherwise (and a system check)."""
    name: str = getattr(settings, "GONGKAI_PASSWORD_POLICY", "dengbao3")
    return POLICIES[name]


class PolicyValidator:
    """Django's password validator: asks the policy in force, in Chinese, all faults at once."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError naming every fault."""
        policy, person = policy_in_force(), user if isinstance(user, User) else None
        faults = [*_shape(password, policy), *_guessable(password, person)]
        if person is not None and policy.history and _used_before(password, person, policy.history):
            faults.append(f"不能使用最近 {policy.history} 次用过的口令。")
        if faults:
            raise ValidationError(faults, code="password_refused")

    def get_help_text(self) -> str:
        """What a person is told beforehand."""
        policy = policy_in_force()
        parts = [f"口令长度 {policy.min_length}–{policy.max_length} 个字符"]
        if policy.classes:
            parts.append(f"须含大写字母、小写字母、数字、符号中的 {policy.classes} 类")
        if policy.rotation_days is not None:
            parts.append(f"每 {policy.rotation_days} 天更换一次")
        if policy.history:
            parts.append(f"不得与最近 {policy.history} 次相同")
        return "；".join([*parts, "不得为常见口令或与登录名、姓名相近。"])


def _shape(password: str, policy: PasswordPolicy) -> list[str]:
    faults = []
    if len(password) < policy.min_length:
        faults.append(f"口令至少 {policy.min_length} 个字符。")
    if len(password) > policy.max_length:
        faults.append(f"口令至多 {policy.max_length} 个字符。")
    present = [name for pattern, name in _CLASSES if pattern.search(password)]
    if len(present) < policy.classes:
        names = "、".join(name for _, name in _CLASSES)
        faults.append(f"口令须含{names}中的至少 {policy.classes} 类。")
    return faults


def _guessable(password: str, user: User | None) -> list[str]:
    lowered = password.lower()
    stripped = re.sub(r"[^a-z\u4e00-\u9fff]+", "", lowered)
    if lowered in _blocklist() or stripped in _CONTEXT_WORDS or len(set(password)) < 4:
        return ["该口令过于常见，容易被猜中。"]
    names = () if user is None else (user.username.lower(), user.display_name.lower())
    if any(_alike(lowered, name) for name in names if name):
        return ["口令与登录名或姓名过于相近。"]
    return []


def _alike(password: str, name: str) -> bool:
    if len(name) >= 3 and (name in password or name[::-1] in password):
        return True
    return SequenceMatcher(None, password, name).ratio() >= 0.7


def _used_before(password: str, user: User, count: int) -> bool:
    records = PasswordRecord.objects.filter(user_id=user.pk)
    former = list(records.values_list("password", flat=True)[: count - 1])
    return any(check_password(password, used) for used in [user.password, *former] if used)


@cache
def _blocklist() -> frozenset[str]:
    # The twenty thousand most common passwords as Django ships them.
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)
