"""Masks against the samples of official circulars; every person and number is made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statute.citations import Mark
from statute.dated import Period
from statute.identity import Kind, find
from statute.masking import (
    MASK_STYLES,
    MUST_BE_NAMED,
    MaskStyle,
    NameStyle,
    SensitiveHeading,
    mask_address,
    mask_name,
    mask_style,
    mask_text,
    mask_value,
    masks_on,
    sensitive_headings,
)

ON = date(2026, 3, 2)
ID = "330399199001011234"
CODE = "91350100M000100Y43"


@pytest.mark.parametrize(
    ("style", "value", "masked"),
    [
        ("resident_id_2_3", "350499199001010123", "35*************123"),
        ("resident_id_6_4", "350499199001010123", "350499********0123"),
        ("resident_id_birthday", "350499199001010123", "3504991990****0123"),
        ("resident_id_2_3", "3504 9919 9001 0101 23", "35** **** **** ***1 23"),
        ("old_resident_id_2_3", "350499900101012", "35**********012"),
        ("mobile_3_4", "13800138000", "138****8000"),
        ("mobile_3_4", "138-0013-8000", "138-****-8000"),
        ("landline_last_4", "0577-00001234", "0577-0000****"),
        ("bank_card_last_4", "6228480000123452", "************3452"),
        ("passport_2_2", "E12345678", "E1*****78"),
        ("plate_2_2", "浙C12345", "浙C***45"),
        ("email_1", "abcdef@x.cn", "a***@x.cn"),
        ("email_1", "a@x.cn", "a***@x.cn"),
        ("email_1", "no address", "n* *******"),
        ("mobile_3_4", "1381234", "*******"),
    ],
    ids=lambda value: value,
)
def test_a_value_is_masked_like_its_sample(style: str, value: str, masked: str) -> None:
    assert mask_value(value, mask_style(style)) == masked


def test_the_samples_seen_in_circulars_are_marked_as_seen() -> None:
    seen = {style.id for style in MASK_STYLES if style.mark is Mark.VERIFIED}
    assert seen == {"resident_id_2_3", "mobile_3_4"}


def test_every_personal_kind_has_a_usual_mask_and_a_credit_code_has_none() -> None:
    usual = masks_on(ON)
    assert set(usual) == {kind for kind in Kind if kind.personal}
    assert usual[Kind.RESIDENT_ID].id == "resident_id_2_3"


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(KeyError):
        mask_style("resident_id_0_18")


def test_a_style_out_of_force_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    old = MaskStyle("old", Kind.MOBILE, 7, 0, in_force=Period(None, date(2018, 12, 31)))
    new = MaskStyle("new", Kind.MOBILE, 3, 4, in_force=Period(date(2019, 1, 1), None))
    monkeypatch.setattr("statute.masking.MASK_STYLES", (old, new))
    assert masks_on(date(2018, 5, 1)) == {Kind.MOBILE: old}
    assert masks_on(ON) == {Kind.MOBILE: new}


def test_a_text_is_masked_where_it_points_to_a_person() -> None:
    text = f"甲（{ID}，１３８００１３８０００）系某店（{CODE}）负责人，邮箱abc@x.cn。"
    assert mask_text(text, find(text), masks_on(ON)) == (
        f"甲（33*************234，１３８****８０００）系某店（{CODE}）负责人，邮箱a***@x.cn。"
    )


def test_only_the_chosen_findings_are_masked() -> None:
    text = f"{ID}，0577-00001234"
    chosen = [item for item in find(text) if item.kind is Kind.RESIDENT_ID]
    assert mask_text(text, chosen, masks_on(ON)) == "33*************234，0577-00001234"
    assert mask_text(text, (), masks_on(ON)) == text


@settings(max_examples=100, deadline=None)
@given(text=st.text("0123456789 X-@a.浙C，", max_size=120))
def test_masking_keeps_the_rest_and_leaves_no_such_number(text: str) -> None:
    masks = masks_on(ON)
    del masks[Kind.EMAIL]  # three stars whatever the length
    findings = [item for item in find(text) if item.kind in masks]
    masked = mask_text(text, findings, masks)
    assert len(masked) == len(text)
    hidden = {place for item in findings for place in range(item.start, item.end)}
    assert all(
        after == before or (after == "*" and place in hidden)
        for place, (before, after) in enumerate(zip(text, masked, strict=True))
    )
    assert all("*" in masked[item.start : item.end] for item in findings)


@pytest.mark.parametrize(
    ("name", "style", "masked"),
    [
        ("张三", NameStyle.STAR, "张*"),
        ("张三", NameStyle.MOU, "张某"),
        ("张三丰", NameStyle.STAR, "张*"),
        ("欧阳某某", NameStyle.MOU, "欧阳某"),
        ("欧阳", NameStyle.STAR, "欧*"),
        (" 李 四", NameStyle.STAR, "李*"),
    ],
    ids=[
        "a star",
        "the word 某",
        "three characters like two",
        "a compound surname",
        "a surname 欧 and a name 阳",
        "spaced out",
    ],
)
def test_a_name_keeps_its_surname(name: str, style: NameStyle, masked: str) -> None:
    assert mask_name(name, style) == masked


@pytest.mark.parametrize(
    ("address", "cut"),
    [
        ("浙江省温州市苍南县灵溪镇人民大道1号", "浙江省温州市苍南县灵溪镇"),
        ("苍南县桥墩镇某村12号", "苍南县桥墩镇"),
        ("乐清市柳市镇某路3号", "乐清市柳市镇"),
        ("江西省景德镇市珠山区新村街道朝阳路8号", "江西省景德镇市珠山区新村街道"),
        ("新乡市红旗区东街街道办事处2号", "新乡市红旗区东街街道办事处"),
        ("苍南县 岱岭畲族乡 某村", "苍南县岱岭畲族乡"),
        ("内蒙古自治区锡林郭勒盟某旗某苏木某嘎查", "内蒙古自治区锡林郭勒盟某旗某苏木"),
        ("苍南县镇海路3号", "苍南县"),
        ("温州市某路3号", "温州市"),
        ("某路3号", "***"),
        ("", "***"),
    ],
    ids=lambda text: text or "nothing",
)
def test_an_address_ends_at_the_township_or_street(address: str, cut: str) -> None:
    assert mask_address(address) == cut


def test_columns_about_private_matters_are_pointed_out() -> None:
    headings = ["序号", "姓名", "残疾 类别", "家庭财产", "出生年月", "补助金额"]
    assert sensitive_headings(headings) == (
        SensitiveHeading(2, "残疾类别"),
        SensitiveHeading(3, "财产"),
        SensitiveHeading(4, "出生日期"),
    )
    assert sensitive_headings(["序号", "项目", "金额"]) == ()


def test_what_the_law_wants_named_is_listed() -> None:
    assert MUST_BE_NAMED == ("行政处罚中的法人信息", "信用惩戒", "任前公示", "中标人")
