"""Number formats of a sheet: which show nothing, and dates as they are shown.

Other numbers are given as they are stored; a long number stored as a figure has lost its last
digits in the file itself.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_DAY, _YEAR_MONTH = 'm"月"d"日"', 'yyyy"年"m"月"'
BUILT_IN = {
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _YEAR_MONTH,
    28: _DAY, 29: _DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 36: _YEAR_MONTH, 50: _YEAR_MONTH, 51: _DAY, 52: _YEAR_MONTH,
    53: _DAY, 54: _DAY, 57: _YEAR_MONTH, 58: _DAY,
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<said>[^"]*)"?|\\(?P<one>.)|[_*].|(?P<bracket>\[[^\]]*\])|(?P<part>[yY]+|[mM]+|[dD]+'
    r"|[hH]+|[sS]+|[eE](?![+-]))|(?P<half>AM/PM|A/P|上午/下午)|(?P<rest>.)"
)
_LOCALE = re.compile(
    r"\[\$-?[^\]]*\]|\[(?:DBNum\d|红色|蓝色|黑色|Red|Blue|Black|Color\d+)\]", re.IGNORECASE
)
_LAST_SERIAL = 2_958_466  # 9999-12-31
_DAYS_1904 = 1_462


def hides(code: str, value: str, *, number: bool) -> bool:
    """Whether a format shows nothing of a value: `;;;` of all, `0;;` of what is not positive."""
    if ";" not in code:
        return False
    sections = _sections(code)
    if not number:
        return len(sections) >= 4 and not sections[3].strip()
    if len(sections) == 1:
        return False
    at = _section(value, len(sections))
    return not sections[at].strip()


def shown(code: str, value: str, *, since_1904: bool = False) -> str:
    """A date or time as it is shown; every other number as it is stored."""
    if not is_date(code):
        return value
    try:
        serial = float(value) + (_DAYS_1904 if since_1904 else 0)
    except ValueError:
        return value
    if not 0 <= serial < _LAST_SERIAL:
        return value
    days = serial if serial >= 61 else serial + 1  # the 29 February 1900 that never was
    seconds = round(days * 86_400)
    moment = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(seconds=seconds)
    return _write(_sections(code)[0], moment)


@lru_cache(maxsize=4096)
def is_date(code: str) -> bool:
    """Whether a format has places for days, months, years or hours."""
    return any(match["part"] for match in _TOKEN.finditer(_LOCALE.sub("", code.partition(";")[0])))


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[str, ...]:
    found = [""]
    for match in re.finditer(r'"[^"]*"?|\\.|.', code, re.DOTALL):
        if match[0] == ";":
            found.append("")
        else:
            found[-1] += match[0]
    return tuple(found)


def _section(value: str, count: int) -> int:
    try:
        number = float(value)
    except ValueError:
        return 0
    if number < 0:
        return 1
    return 2 if number == 0 and count > 2 else 0


def _write(section: str, moment: datetime) -> str:
    tokens = list(_TOKEN.finditer(_LOCALE.sub("", section)))
    pieces: list[str] = []
    hours = False
    for at, token in enumerate(tokens):
        part = (token["part"] or "").lower()
        if part[:1] == "m" and (hours or _seconds_follow(tokens, at)):
            part = part.replace("m", "i")
        hours = hours if not part else part[0] in "hi"
        if part:
            pieces.append(_value(part, moment))
        elif token["said"] is not None:
            pieces.append(token["said"])
        elif token["half"]:
            pieces.append("上午" if moment.hour < 12 else "下午")
        else:
            pieces.append(token["one"] or token["rest"] or "")
    return "".join(pieces).replace("@", "").strip()


def _seconds_follow(tokens: list[re.Match[str]], at: int) -> bool:
    following = next((token["part"] for token in tokens[at + 1 :] if token["part"]), "")
    return following[:1] in ("s", "S")


def _value(part: str, moment: datetime) -> str:
    value, width = {
        "y": (moment.year, 4), "e": (moment.year, 4), "m": (moment.month, len(part)),
        "d": (moment.day, len(part)), "h": (moment.hour, len(part)),
        "i": (moment.minute, len(part)), "s": (moment.second, len(part)),
    }[part[0]]  # fmt: skip
    if part[0] == "y" and len(part) <= 2:
        return f"{value % 100:02}"
    return f"{value:0{min(width, 2 if part[0] != 'y' else 4)}}"
