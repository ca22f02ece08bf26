"""The nine elements that a body's guide states (`regulations#12`), as a value, and their checks.

It writes nothing; services do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from gongkai.agencies.models import DisclosureOffice
from statute.citations import cite

SOURCE = cite("regulations#12")

_NUMBER = re.compile(
    r"(?:\+?86-?)?(?:0[0-9]{2,3}[-—－ ]?[2-9][0-9]{6,7}|1[3-9][0-9]{9}|[2-9][0-9]{6,7}|1[0-9]{4})"
    r"(?:(?:转|-)[0-9]{1,6})?"
)
_SEPARATORS = re.compile(r"[、，,；;/]\s*")
_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NONE = "无"


@dataclass(frozen=True, slots=True)
class Contact:
    """What the guide says: three elements on the information, six to reach the office.

    `fax` is 无 where there is none (practice: the law lists the element, offices give the machine
    up). Several numbers or addresses are set apart by 、. `postcode` is not one of the nine.
    """

    classification: str = ""
    arrangement: str = ""
    access: str = ""
    name: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    online: str = ""
    postcode: str = ""


CONTACT_FIELDS = tuple(field.name for field in fields(Contact))
REQUIRED_FIELDS = tuple(name for name in CONTACT_FIELDS if name != "postcode")


def label_of(field: str) -> str:
    """The element's name in the words of the law."""
    return str(getattr(DisclosureOffice, field).field.verbose_name)


def contact_faults(contact: Contact) -> Mapping[str, str]:
    """What is missing or wrong, in Chinese, by field; empty when the guide may be published."""
    values = {name: value.strip() for name, value in asdict(contact).items()}
    faults = {
        name: f"请填写{label_of(name)}（《政府信息公开条例》第十二条）"
        for name in REQUIRED_FIELDS
        if not values[name]
    }
    shapes = (
        ("phone", _are_numbers(values["phone"]), "联系电话应写区号和号码，如 0570-3012345"),
        (
            "fax",
            values["fax"] == _NONE or _are_numbers(values["fax"]),
            "传真号码应写区号和号码，没有传真的写“无”",
        ),
        ("online", _are_online(values["online"]), "互联网联系方式应为网址（http…）或电子邮箱"),
        ("postcode", _is_postcode(values["postcode"]), "邮政编码为六位数字"),
    )
    lengths = {
        name: f"{label_of(name)}不超过{limit}字"
        for name in CONTACT_FIELDS
        if (limit := _limit(name)) and len(values[name]) > limit
    }
    wrong = {name: message for name, right, message in shapes if values[name] and not right}
    return {**lengths, **wrong, **faults}


def _limit(name: str) -> int | None:
    limit: int | None = getattr(DisclosureOffice, name).field.max_length
    return limit


def _are_numbers(text: str) -> bool:
    return all(_NUMBER.fullmatch(part) for part in _SEPARATORS.split(text))


def _are_online(text: str) -> bool:
    parts = re.split(r"[、，,；;]\s*", text)
    return all(_WEB.fullmatch(part) or _MAIL.fullmatch(part) for part in parts)


def _is_postcode(text: str) -> bool:
    return re.fullmatch(r"[0-9]{6}", text, re.ASCII) is not None
