"""Numbers and addresses of persons: what statute.identity finds, weighed by the words around it.

A number whose check digit agrees, or which its own form or heading makes certain, must be dealt
with; what is only suspected is to be answered; what words around show to be a body's, or no
number of a person at all, is said or left alone. A name alone is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from screening.findings.contexts import words_for
from screening.findings.finding import Kind, Severity
from screening.findings.number_windows import NUMBER_CUES, Number, chinese_numbers, numbers
from screening.findings.scene import Hit, Scene
from screening.findings.split_cells import split_numbers
from statute.check_digits import compact, is_credit_code, is_resident_id
from statute.citations import Citation, cite
from statute.identity import Certainty
from statute.identity import Kind as NumberKind
from statute.masking import MaskStyle, mask_value, masks_on

CUES = NUMBER_CUES

_PRIVACY = cite("regulations#15")
_SENSITIVE = cite("personal_information_law#28")
# Worth a word even where they look like numbers of things: their form says more than a length.
_TELLING = frozenset({NumberKind.MOBILE, NumberKind.OLD_RESIDENT_ID})
_ACCOUNTS = frozenset({NumberKind.BANK_CARD})

# Words before a number by which it is the number of a thing.
_THINGS = words_for("things")
_AMOUNT_HEAD = re.compile(rf"(?:{'|'.join(words_for('amounts'))})(?:[（(][^（()）]*[）)])?：\Z")
_AMOUNT = re.compile(r"\s{0,2}(?:万|亿|元|㎡|平方|立方|吨|公里|千瓦|度|字节|人次|股|米|亩|户|件)")
_BODY_ACCOUNT = words_for("body_account")
_BODY_CARD = words_for("body_card")
_HOME_PHONE = words_for("home_phone")
_OFFICE_MAIL = words_for("office_mail")
_PRIVATE_MAIL = words_for("private_mail")
_HOLDER = re.compile(
    r"(?:户名|账户名称|帐户名称|开户名|收款人)(?:名称)?[:：\s\x00]{0,3}([^\s，,。；;：:\x00]{2,40})"
)
_BODY_ENDINGS = words_for("body_endings")
_BODY_DOMAIN = re.compile(r"(?:^|[@.])(?:gov|edu|org|mil|ac)\.cn$", re.IGNORECASE)
_YEARLY = re.compile(r"[A-Z]{1,2}20[0-4]\d")  # S20260113: a number of a year's series


def search(scene: Scene) -> Iterator[Hit]:
    """All numbers, in one look."""
    for number in numbers(scene):
        severity = _weighed(scene, number)
        if severity is not None:
            yield _hit(scene, number, severity)
    for start, end, kind, value in split_numbers(scene):
        yield _spread(scene, start, end, kind, value, "分写在相邻的格里")
    for start, end, value in chinese_numbers(scene):
        yield _spread(scene, start, end, NumberKind.MOBILE, value, "用中文数字写出")


def _weighed(scene: Scene, number: Number) -> Severity | None:
    """How grave; None: not a person's, or nothing to say."""
    kind = number.finding.kind
    if kind is NumberKind.RESIDENT_ID:
        return _weigh_id(scene, number)
    if kind is NumberKind.CREDIT_CODE:
        return None
    if kind is NumberKind.LANDLINE:
        near = scene.before(number.start, 14)
        return Severity.ANSWER if any(word in near for word in _HOME_PHONE) else None
    if kind is NumberKind.EMAIL:
        return _weigh_mail(scene, number)
    if kind in (NumberKind.PLATE, NumberKind.SOCIAL_ACCOUNT):
        return Severity.ANSWER
    return _weigh_other(scene, number)


def _weigh_id(scene: Scene, number: Number) -> Severity:
    value = compact(number.value)
    code = any(word in scene.before(number.start, 20) for word in ("信用代码", "机构代码"))
    if is_resident_id(value) and not (is_credit_code(value) and code):
        return Severity.ANSWER if is_credit_code(value) else Severity.MUST
    if is_credit_code(value) or code or _is_thing(scene, number):
        return Severity.HINT
    return Severity.ANSWER


def _weigh_mail(scene: Scene, number: Number) -> Severity | None:
    if _BODY_DOMAIN.search(compact(number.value).lower()):
        return None
    near = scene.before(number.start, 30)
    if any(word in near for word in _PRIVATE_MAIL):
        return Severity.ANSWER
    return Severity.HINT if any(word in near for word in _OFFICE_MAIL) else Severity.ANSWER


def _weigh_other(scene: Scene, number: Number) -> Severity | None:
    """Mobiles, cards, old IDs, documents."""
    finding = number.finding
    certain = finding.certainty is Certainty.CERTAIN and not number.broken
    digits = compact(number.value)
    head = scene.head(number.start)
    if _AMOUNT.match(scene.after(number.end, 6)) or _AMOUNT_HEAD.search(head):
        return None
    if finding.kind is NumberKind.BANK_CARD and _is_body_account(scene, number, digits):
        return Severity.HINT
    if _is_thing(scene, number) or (not certain and _YEARLY.match(digits)):
        return Severity.HINT if certain or finding.kind in _TELLING else None
    return Severity.MUST if certain else Severity.ANSWER


def _is_body_account(scene: Scene, number: Number, digits: str) -> bool:
    """Told by the holder's name where one is given. Else cards that begin with 62 are persons'
    unless words close by say otherwise."""
    near = scene.before(number.start, 80) + "，" + scene.after(number.end, 40)
    holder = _HOLDER.search(near)
    if holder is not None:
        return holder[1].endswith(_BODY_ENDINGS)
    words = _BODY_CARD if digits.startswith("62") else _BODY_ACCOUNT
    return any(word in near for word in words)


def _is_thing(scene: Scene, number: Number) -> bool:
    near = scene.before(number.start, 12)
    return any(word in near for word in _THINGS)


def _hit(scene: Scene, number: Number, severity: Severity) -> Hit:
    kind = number.finding.kind
    shown = mask_value(scene.joined.text[number.start : number.end], _style(kind, scene.today))
    if kind is NumberKind.RESIDENT_ID and not is_resident_id(compact(number.value)):
        says = "疑为居民身份证号码，校验码不符"
    elif severity is Severity.MUST:
        says = kind.label
    else:
        says = (
            f"疑为{kind.label}"
            if severity is Severity.ANSWER
            else f"{kind.label}，疑属单位或者物品"
        )
    return Hit(
        Kind(kind.value), severity, number.start, number.end, says=says,
        suggestion=f"改为“{_one_line(shown)}”，或者删去"
        if severity is not Severity.HINT else "确认不是个人的，可以保留",
        rule=_rule(kind), masked=shown,
    )  # fmt: skip


def _spread(scene: Scene, start: int, end: int, kind: NumberKind, value: str, how: str) -> Hit:
    text = scene.joined.text[start:end]
    shown = "".join("*" if letter not in "\0\n" else letter for letter in text)
    return Hit(
        Kind(kind.value), Severity.MUST, start, end, says=f"{kind.label}，{how}",
        suggestion=f"改为“{mask_value(value, _style(kind, scene.today))}”，或者删去",
        rule=_rule(kind), masked=shown,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _style(kind: NumberKind, day: date) -> MaskStyle:
    return masks_on(day)[kind]


def _rule(kind: NumberKind) -> Citation:
    return _SENSITIVE if kind in _ACCOUNTS else _PRIVACY


def _one_line(text: str) -> str:
    return "".join(text.split("\n"))
