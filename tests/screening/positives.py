"""2,000 personal numbers in fourteen ways of writing; each knows in which passages it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from screening.findings.finding import Kind
from screening.passages import Carrier, Extraction, Passage, Place
from tests.screening import numbers

PEOPLE = ("张某某", "李某", "王小某", "赵某")


@dataclass(frozen=True, slots=True)
class Positive:
    """A small file with one personal number in it; the passages where it stands."""

    kind: Kind
    way: str
    extraction: Extraction
    passages: tuple[int, ...]


MAKERS: dict[Kind, Callable[[Random], str]] = {
    Kind.RESIDENT_ID: numbers.resident_id,
    Kind.MOBILE: numbers.mobile,
    Kind.BANK_CARD: numbers.card,
    Kind.OLD_RESIDENT_ID: numbers.old_resident_id,
    Kind.PASSPORT: numbers.passport,
    Kind.HOME_ADDRESS: numbers.address,
}
_NAMES = {
    Kind.RESIDENT_ID: "身份证号码",
    Kind.MOBILE: "手机",
    Kind.BANK_CARD: "银行卡号",
    Kind.OLD_RESIDENT_ID: "身份证号",
    Kind.PASSPORT: "护照号码",
    Kind.HOME_ADDRESS: "家庭住址",
}
_GROUPS = {
    Kind.RESIDENT_ID: (6, 8, 4),
    Kind.MOBILE: (3, 4, 4),
    Kind.BANK_CARD: (4, 4, 4, 4, 4),
}


def grouped(kind: Kind, value: str, sign: str) -> str:
    """The value in its usual groups with a sign between them."""
    parts, done = [], 0
    for size in _GROUPS[kind]:
        parts.append(value[done : done + size])
        done += size
    return sign.join(part for part in parts if part)


def wide(value: str) -> str:
    """In full-width characters."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in value)


def sprinkled(value: str, sign: str, chance: Random) -> str:
    """With an invisible sign at three places."""
    places = sorted(chance.sample(range(1, len(value)), 3))
    first, second, third = places
    return sign.join((value[:first], value[first:second], value[second:third], value[third:]))


def mathematical(value: str) -> str:
    """Digits of another alphabet that look alike."""
    return "".join(chr(0x1D7CE + int(sign)) if sign.isdigit() else sign for sign in value)


def chinese(value: str) -> str:
    """In Chinese numerals."""
    return "".join("〇一二三四五六七八九"[int(sign)] for sign in value)


def _written(text: str, *, page: int = 1) -> tuple[Extraction, tuple[int, ...]]:
    lines = text.split("\f")
    passages = tuple(Passage(line, Place(page=page)) for line in lines)
    return Extraction(Carrier.PDF, passages), tuple(range(len(lines)))


def _celled(*rows: tuple[str, ...], value: tuple[int, int]) -> tuple[Extraction, tuple[int, ...]]:
    passages: list[Passage] = []
    wanted = 0
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if (row, column) == value:
                wanted = len(passages)
            passages.append(Passage(cell, Place(table=1, row=row, column=column)))
    return Extraction(Carrier.DOCX, tuple(passages)), (wanted,)


def _boxed(name: str, value: str) -> tuple[Extraction, tuple[int, ...]]:
    cells = (name, *value)
    passages = tuple(
        Passage(cell, Place(table=1, row=1, column=column))
        for column, cell in enumerate(cells, start=1)
    )
    return Extraction(Carrier.DOCX, passages), (1,)


Written = tuple[Extraction, tuple[int, ...]]
Way = Callable[[Kind, str, Random], Written]


def _sentence(kind: Kind, value: str, chance: Random) -> str:
    person = chance.choice(PEOPLE)
    return chance.choice(
        (
            f"申请人{person}，{_NAMES[kind]}：{value}，要求公开有关信息。",
            f"经查，{person}（{_NAMES[kind]}{value}）符合条件。",
            f"{person}，{_NAMES[kind]} {value}",
            f"1.{person}，男，{_NAMES[kind]}为{value}；",
        )
    )


def _in_sentence(change: Callable[[Kind, str, Random], str]) -> Way:
    def way(kind: Kind, value: str, chance: Random) -> Written:
        return _written(_sentence(kind, change(kind, value, chance), chance))

    return way


def _broken(sign: str) -> Way:
    def way(kind: Kind, value: str, chance: Random) -> Written:
        place = chance.randint(3, len(value) - 3)
        return _written(f"申请人{_NAMES[kind]}{value[:place]}{sign}{value[place:]}，要求公开信息。")

    return way


def _bare(kind: Kind, value: str, chance: Random) -> Written:
    return _written(f"{chance.choice(PEOPLE)}\t{value}")


def _under_head(kind: Kind, value: str, chance: Random) -> Written:
    return _celled(
        ("序号", "姓名", _NAMES[kind], "备注"),
        ("1", chance.choice(PEOPLE), value, "同意"),
        value=(2, 3),
    )


def _without_head(kind: Kind, value: str, chance: Random) -> Written:
    return _celled(("1", chance.choice(PEOPLE), value, "300"), value=(1, 3))


def _in_form(kind: Kind, value: str, chance: Random) -> Written:
    return _celled(
        ("姓名", chance.choice(PEOPLE), "性别", "男"), (_NAMES[kind], value, "邮编", "325800"),
        value=(2, 2),
    )  # fmt: skip


ALL = frozenset(MAKERS)
CHECKED = frozenset({Kind.RESIDENT_ID, Kind.MOBILE, Kind.BANK_CARD})
NUMBERS = CHECKED | {Kind.OLD_RESIDENT_ID}
# Each way of writing, and the kinds for which it is claimed.
WAYS: dict[str, tuple[Way, frozenset[Kind]]] = {
    "句子中": (_in_sentence(lambda _, value, __: value), ALL),
    "单独一行": (_bare, CHECKED),
    "空格分组": (_in_sentence(lambda kind, value, _: grouped(kind, value, " ")), CHECKED),
    "全角空格": (_in_sentence(lambda kind, value, _: grouped(kind, value, "\u3000")), CHECKED),
    "短横分组": (_in_sentence(lambda kind, value, _: grouped(kind, value, "-")), CHECKED),
    "点号分组": (
        _in_sentence(lambda kind, value, _: grouped(kind, value, ".")),
        frozenset({Kind.RESIDENT_ID, Kind.MOBILE}),
    ),
    "全角数字": (_in_sentence(lambda _, value, __: wide(value)), NUMBERS),
    "零宽字符": (
        _in_sentence(lambda _, value, chance: sprinkled(value, "\u200b", chance)), NUMBERS
    ),
    "方向控制符": (
        _in_sentence(lambda _, value, chance: sprinkled(value, "\u202d", chance)), NUMBERS
    ),
    "别种数字": (_in_sentence(lambda _, value, __: mathematical(value)), NUMBERS),
    "段内断行": (_broken("\n"), CHECKED),
    "跨行": (_broken("\f"), CHECKED),
    "表格有表头": (_under_head, ALL),
    "表格无表头": (_without_head, CHECKED),
    "表单": (_in_form, ALL),
    "一格一字": (lambda kind, value, _: _boxed(_NAMES[kind], value), CHECKED),
    "中文数字": (
        _in_sentence(lambda _, value, __: chinese(value)), frozenset({Kind.MOBILE})
    ),
}  # fmt: skip


def positives(count: int, seed: int) -> Iterator[Positive]:
    """As many as asked for, every claimed pair of kind and way in turn."""
    chance = Random(seed)
    pairs = [(kind, way) for way, (_, kinds) in WAYS.items() for kind in sorted(kinds)]
    for number in range(count):
        kind, way = pairs[number % len(pairs)]
        extraction, passages = WAYS[way][0](kind, MAKERS[kind](chance), chance)
        yield Positive(kind, way, extraction, passages)
