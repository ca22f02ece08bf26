"""A county for tests: who acts, when, and a government with its office."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongkai.agencies.contacts import Contact
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.profiles import Profile
from gongkai.agencies.services import Charter, County, CountyNames, create_agency, found_county
from gongkai.trail.actors import Actor, ActorKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLERK = Actor(ActorKind.USER, "11", "管理员甲")
AT = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
TODAY = date(2026, 3, 2)

# Every element of regulations art. 12, as an office would write them.
CONTACT = Contact(
    classification="按法定主动公开内容分为十五类",
    arrangement="索引号、名称、内容概述、生成日期",
    access="政府网站查阅，或者向本机关申请",
    name="云溪县农业农村局办公室",
    address="云溪县溪畔路 8 号 302 室",
    hours="工作日 8:30—12:00，14:00—17:30",
    phone="0570-3012345",
    fax="无",
    online="https://www.example.gov.cn/yunxi/nyj",
)


def found(*, demonstration: bool = False) -> County:
    """A county whose bodies exist since the day of AT."""
    return found_county(by=CLERK, at=AT, names=CountyNames(), demonstration=demonstration)


def body(  # what a test does not name does not matter to it
    code: str,
    name: str,
    *,
    parent: Agency | None = None,
    kind: AgencyKind = AgencyKind.DEPARTMENT,
    since: date = date(2020, 1, 1),
    profile: Profile | None = None,
) -> Agency:
    """A body that exists since a day."""
    return create_agency(
        by=CLERK,
        at=AT,
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        valid_from=since,
        charter=Charter(profile=profile or Profile()),
    )
