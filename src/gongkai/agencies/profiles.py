"""What a body carries besides name and place: codes for its numbers, and who reviews it.

Only values and their checks; services write them.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields

from gongkai.agencies.models import AgencyKind
from gongkai.agencies.models.bodies import REMEDY_KINDS
from statute.remedies import BodyKind

_LETTER_CODE = re.compile(r"[\u4e00-\u9fa5]{1,12}")
_INDEX_CODE = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_REGION = re.compile(r"[1-9][0-9]{5}(?:[0-9]{3}(?:[0-9]{3})?)?")
_DEPARTMENT = re.compile(r"[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Profile:
    """Codes for number series, and the bodies and courts that its letters name; all optional.

    What is empty is taken from the bodies above (gongkai.agencies.queries.as_body).
    """

    letter_code: str = ""
    index_code: str = ""
    region: str = ""
    department_code: str = ""
    remedy_kind: str = ""
    review_government: str = ""
    higher_department: str = ""
    basic_court: str = ""
    intermediate_court: str = ""

    def values(self) -> dict[str, str]:
        """Field by field, without blanks around."""
        return {name: value.strip() for name, value in asdict(self).items()}


PROFILE_FIELDS = tuple(field.name for field in fields(Profile))


def profile_faults(profile: Profile, kind: AgencyKind) -> dict[str, str]:
    """What is written wrongly, in Chinese, by field; empty when nothing is."""
    values = profile.values()
    shapes = (
        ("letter_code", _LETTER_CODE, "机关代字只用汉字，1 至 12 个"),
        ("index_code", _INDEX_CODE, "索引号机关代码只用字母、数字，可用连字符分段"),
        ("region", _REGION, "行政区划代码为 6、9 或 12 位数字"),
        ("department_code", _DEPARTMENT, "统一编号部门代码为两位数字"),
    )
    faults = {
        name: message
        for name, shape, message in shapes
        if values[name] and shape.fullmatch(values[name]) is None
    }
    remedy = values["remedy_kind"]
    allowed = REMEDY_KINDS[kind]
    if remedy and (remedy not in list(BodyKind) or BodyKind(remedy) not in allowed):
        faults["remedy_kind"] = f"{kind.label}不能选这一救济类别"
    return faults
