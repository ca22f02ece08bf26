"""The guide as a structure: nine elements, channels, fees, remedies; and the other page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.contacts import REQUIRED_FIELDS, label_of
from gongkai.disclosure.details import DetailsError
from gongkai.disclosure.guide import (
    GuideChannel,
    first_guide,
    guide_body,
    guide_faults,
    guide_of,
)
from gongkai.disclosure.organisation import (
    Leader,
    first_organisation,
    organisation_body,
    organisation_faults,
    organisation_of,
)
from statute.docket import Channel, WebConfirmation
from statute.proactive import required_list
from tests.gongkai.disclosure.chain import staffed
from tests.gongkai.disclosure.documents import body, office
from tests.gongkai.disclosure.structured import (
    CONTACT,
    EMAIL,
    FAX,
    GUIDE,
    IN_PERSON,
    ORGANISATION,
    POST,
    WEB,
    register_office,
)

DAY = date(2026, 3, 12)


def test_the_guide_has_the_nine_elements_of_the_law_under_their_names() -> None:
    assert tuple(map(label_of, REQUIRED_FIELDS)) == required_list("guide").elements
    shown = guide_body(GUIDE)
    assert [name for name in required_list("guide").elements if f"{name}：" not in shown] == []


@pytest.mark.parametrize("name", REQUIRED_FIELDS)
def test_a_missing_element_of_the_law_is_named(name: str) -> None:
    assert guide_faults(GUIDE) == ()
    sentence = f"请填写{label_of(name)}（《政府信息公开条例》第十二条）"
    for nothing in ({**GUIDE, name: " "}, {one: GUIDE[one] for one in GUIDE if one != name}):
        faults = dict(guide_faults(nothing))
        assert list(faults) == [name]
        assert faults[name] in {sentence, f"{label_of(name)}不能是空白"}


def test_an_empty_guide_names_everything_at_once() -> None:
    assert [name for name, _ in guide_faults({})] == [
        *REQUIRED_FIELDS,
        "channels",
        "fees",
        "remedies",
    ]


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"fees": ""}, "fees", "请填写收费标准"),
        ({"remedies": None}, "remedies", "请填写监督和救济渠道"),
        ({"channels": []}, "channels", "请填写申请渠道"),
        ({"channels": [IN_PERSON]}, "channels", "指南须写明邮政寄送，任何理由不得拒收"),
        ({"channels": [POST]}, "channels", "指南须写明当面提交，任何理由不得拒收"),
        ({"channels": [IN_PERSON, POST, POST]}, "channels", "邮政寄送写了两次"),
        (
            {"channels": [IN_PERSON, {"channel": "post", "text": ""}]},
            "channels",
            "申请渠道第2行：请填写怎样提交",
        ),
        (
            {"channels": [IN_PERSON, POST, {"channel": "oral", "text": "来电"}]},
            "channels",
            "申请渠道第3行：渠道须为当面提交、邮政寄送、互联网渠道、电子邮件、传真之一",
        ),
        (
            {"channels": [IN_PERSON, POST, {**WEB, "text": "见网站"}], "confirmation": "system"},
            "channels",
            "互联网渠道须写明网址（http…）",
        ),
        (
            {"channels": [IN_PERSON, POST, {**EMAIL, "text": "公开邮箱"}]},
            "channels",
            "电子邮件须写明电子邮箱地址",
        ),
        (
            {"channels": [IN_PERSON, POST, {**FAX, "text": "传真室"}]},
            "channels",
            "传真须写明传真号码",
        ),
        ({"channels": [IN_PERSON, POST, WEB]}, "confirmation", "请写明确认规则"),
        ({"confirmation": "officer"}, "confirmation", "没有开通互联网渠道，不填写确认规则"),
        ({"phone": "请来电"}, "phone", "联系电话应写区号和号码"),
        ({"notes": "联系人证件号 11010519491231002X"}, "notes", "中有居民身份证号码，不能填写"),
        ({"slogan": "便民"}, "slogan", "没有“slogan”这一要素，不能填写"),
    ],
)
def test_what_is_wrong_with_a_guide_is_said(
    changes: dict[str, Any], name: str, sentence: str
) -> None:
    faults = guide_faults({**GUIDE, **changes})
    assert [one for one, _ in faults] == [name]
    assert sentence in faults[0][1]
    with pytest.raises(DetailsError):
        guide_of({**GUIDE, **changes})


def test_a_guide_is_read_as_values() -> None:
    given = {**GUIDE, "channels": [IN_PERSON, POST, WEB], "confirmation": "officer"}
    guide = guide_of(given)
    assert guide.contact == CONTACT
    assert [one.channel for one in guide.channels] == [
        GuideChannel.IN_PERSON,
        GuideChannel.POST,
        GuideChannel.WEB,
    ]
    assert guide.confirmation is WebConfirmation.OFFICER
    assert GuideChannel.POST.channels == (Channel.POST_SIGNED, Channel.POST_PLAIN)


def test_the_page_says_what_the_elements_say_and_no_markup_gets_in() -> None:
    shown = guide_body(
        {
            **GUIDE,
            "fees": "<script>x</script>",
            "channels": [IN_PERSON, POST, WEB],
            "confirmation": "officer",
        }
    )
    assert "<li>当面提交：到溪畔路 1 号 208 室提交</li>" in shown
    assert "网上提交的，由工作机构与申请人确认，双方确认之日为收到申请之日。" in shown
    assert "<p>&lt;script&gt;x&lt;/script&gt;</p>" in shown
    assert "本指南每年至少更新一次。" in shown


@pytest.mark.django_db
def test_the_first_draft_holds_what_is_registered_and_what_the_law_gives() -> None:
    chain = office()
    register_office(chain, DAY)
    first = first_guide(chain.agency, DAY)
    assert guide_faults(first) == ()
    assert guide_of(first).contact == CONTACT
    assert [one["channel"] for one in first["channels"]] == ["in_person", "post"]
    assert "不收费" in first["fees"]
    assert "政府信息公开主管部门：云溪县人民政府办公室" in first["remedies"]
    assert "行政复议机关：云溪县人民政府；人民法院：云溪县人民法院" in first["remedies"]


@pytest.mark.django_db
def test_without_a_registered_office_the_first_draft_says_what_is_missing() -> None:
    faults = guide_faults(first_guide(staffed().agency, DAY))
    assert [name for name, _ in faults] == list(REQUIRED_FIELDS)


# --- functions and offices --------------------------------------------------------------------


def test_the_organisation_page_has_the_six_elements_of_the_law() -> None:
    page = organisation_of(ORGANISATION)
    assert page.leaders == (Leader("程某", "主任", "主持全面工作"),)
    assert [one.name for one in page.units] == ["政务公开科", "秘书科"]
    shown = organisation_body(ORGANISATION)
    assert "<li>程某，主任，主持全面工作</li>" in shown
    assert "<p>承办县人民政府交办的事项。</p>" in shown
    assert organisation_faults({}) == (
        ("functions", "请填写机关职能"),
        ("units", "请填写机构设置"),
        ("address", "请填写办公地址"),
        ("hours", "请填写办公时间"),
        ("contact", "请填写联系方式"),
        ("leaders", "请填写负责人姓名"),
    )
    with pytest.raises(DetailsError, match="请填写机关职能"):
        organisation_of({**ORGANISATION, "functions": ""})


@pytest.mark.parametrize(
    "leader",
    [
        {"name": "程某"},
        {"name": "程某13805701234", "office": "主任"},
        {"name": "程某", "office": "主任", "birthday": "1970-01-01"},
    ],
    ids=["没有职务", "带手机号码", "带出生日期"],
)
def test_of_a_leader_it_holds_name_and_office_and_no_more(leader: dict[str, str]) -> None:
    faults = organisation_faults({**ORGANISATION, "leaders": [leader]})
    assert [name for name, _ in faults] == ["leaders"]


@pytest.mark.django_db
def test_the_first_organisation_page_names_the_bodies_below_and_leaves_the_rest_to_people() -> None:
    chain = office()
    government = body(chain, "gov")
    names = [one["name"] for one in first_organisation(government.agency, DAY)["units"]]
    assert "云溪县人民政府办公室" in names
    assert "云溪县农业农村局" in names
    register_office(chain, DAY)
    own = first_organisation(chain.agency, DAY)
    assert own["units"] == [{"name": CONTACT.name, "duties": "政府信息公开工作机构"}]
    assert [name for name, _ in organisation_faults(own)] == ["functions", "leaders"]
