"""A guide and an organisation page as an office would fill them in, and how one becomes public."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.agencies.contacts import Contact
from gongkai.agencies.services.offices import set_disclosure_office
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.services.pages import draft_page, renew_page, write_page
from gongkai.trail.actors import SYSTEM
from tests.gongkai.disclosure.chain import Chain
from tests.gongkai.disclosure.documents import morning, published

CONTACT = Contact(
    classification="按法定主动公开内容分为十五类",
    arrangement="索引号、名称、内容概述、生成日期",
    access="政府网站查阅，或者向本机关申请",
    name="云溪县人民政府办公室政务公开科",
    address="云溪县溪畔路 1 号 208 室",
    hours="工作日 8:30—12:00，14:00—17:30",
    phone="0570-3012345",
    fax="0570-3012346",
    online="https://www.example.gov.cn/yunxi/gk",
    postcode="324000",
)
IN_PERSON = {"channel": "in_person", "text": "到溪畔路 1 号 208 室提交"}
POST = {"channel": "post", "text": "寄至溪畔路 1 号，信封注明“政府信息公开申请”"}
WEB = {"channel": "web", "text": "https://www.example.gov.cn/yunxi/ysq 填写并提交"}
EMAIL = {"channel": "email", "text": "发送至 gk@example.gov.cn"}
FAX = {"channel": "fax", "text": "0570-3012346，标题注明“政府信息公开申请”"}
GUIDE: dict[str, Any] = {
    "classification": CONTACT.classification,
    "arrangement": CONTACT.arrangement,
    "access": CONTACT.access,
    "name": CONTACT.name,
    "address": CONTACT.address,
    "hours": CONTACT.hours,
    "phone": CONTACT.phone,
    "fax": CONTACT.fax,
    "online": CONTACT.online,
    "postcode": CONTACT.postcode,
    "channels": [IN_PERSON, POST],
    "fees": "依申请提供政府信息不收取费用。",
    "remedies": "可以向县人民政府办公室投诉、举报，也可以申请行政复议或者提起行政诉讼。",
}
ORGANISATION: dict[str, Any] = {
    "functions": "负责县人民政府文件的审核和政务公开。\n承办县人民政府交办的事项。",
    "units": [{"name": "政务公开科", "duties": "政府信息公开"}, {"name": "秘书科"}],
    "address": "云溪县溪畔路 1 号",
    "hours": "工作日 8:30—17:30",
    "contact": "0570-3012345",
    "leaders": [{"name": "程某", "office": "主任", "duties": "主持全面工作"}],
}


def register_office(chain: Chain, on: date) -> None:
    """What a guide's first draft is made from."""
    set_disclosure_office(chain.agency, by=SYSTEM, at=morning(on), contact=CONTACT)


def page(chain: Chain, kind: str, on: date, **changes: Any) -> Version:
    """A draft of a body's page with these elements: the first, or the next of the one it has."""
    by, at = chain.actor("drafter"), morning(on)
    known = Record.objects.filter(agency=chain.agency, kind=kind).first()
    version = (
        draft_page(chain.agency, kind, by=by, at=at)
        if known is None
        else renew_page(known, by=by, at=at)
    )
    details = {**(GUIDE if kind == "guide" else ORGANISATION), **changes}
    revision = Record.objects.get(pk=version.record_id).revision
    return write_page(version, details, revision=revision, by=by, at=at)


def public_page(chain: Chain, kind: str, on: date, **changes: Any) -> Record:
    """The same, reviewed by all four and public by ten o'clock of the day."""
    return published(chain, page(chain, kind, on, **changes), on)
