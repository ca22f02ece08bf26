"""The 26 fields and the rows of a catalogue, against the lists of law.md; no real agency's rows."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from statute.catalogue_timing import parse_timing
from statute.catalogues import (
    CatalogueItem,
    ItemFault,
    Order,
    Values,
    catalogues,
    channel_called,
    channels_for,
    expanded,
    field_called,
    fields_in,
    item_faults,
    read_catalogues,
    sample_items,
)
from statute.citations import Mark, cite

NAMES = {
    "f01": "重大建设项目",
    "f02": "公共资源交易",
    "f03": "财政预决算",
    "f04": "安全生产",
    "f05": "税收管理",
    "f06": "农村集体土地征收",
    "f07": "国有土地上房屋征收与补偿",
    "f08": "保障性住房",
    "f09": "农村危房改造",
    "f10": "生态环境",
    "f11": "公共文化服务",
    "f12": "公共法律服务",
    "f13": "扶贫",
    "f14": "救灾",
    "f15": "食品药品监管",
    "f16": "城市综合执法",
    "f17": "就业",
    "f18": "社会保险",
    "f19": "社会救助",
    "f20": "养老服务",
    "f21": "户籍管理",
    "f22": "涉农补贴",
    "f23": "义务教育",
    "f24": "卫生健康",
    "f25": "城乡规划",
    "f26": "市政服务",
}

ITEM = CatalogueItem(
    seq="1",
    item1="批准服务信息",
    item2="办事指南",
    content="申报材料清单",
    basis="《中华人民共和国政府信息公开条例》",
    timing="实时公开",
    subject="相关审批部门",
    channels=("政府网站",),
    to_public=True,
    proactive=True,
    lv_county=True,
)


def test_there_are_26_fields_under_the_names_of_the_ministries() -> None:
    assert {key: field.name for key, field in catalogues().fields.items()} == NAMES


def test_the_pilot_order_begins_with_planning_and_ends_with_municipal_services() -> None:
    ids = [field.id for field in fields_in(Order.PILOT)]
    assert ids == ["f25", *[f"f{number:02d}" for number in range(1, 25)], "f26"]


def test_the_ministry_order_is_seen_as_far_as_social_insurance() -> None:
    names = [field.name for field in fields_in(Order.MINISTRY)]
    seen = names[: catalogues().ministry_seen]
    assert seen == [
        "重大建设项目",
        "公共资源交易",
        "义务教育",
        "户籍管理",
        "社会救助",
        "养老服务",
        "公共法律服务",
        "财政预决算",
        "就业",
        "社会保险",
    ]
    assert names[10] == "农村集体土地征收"
    assert names[-1] == "扶贫"


@pytest.mark.parametrize(
    ("name", "field_id"),
    [
        ("征地补偿", "f06"),
        ("环境保护", "f10"),
        ("乡村振兴", "f13"),
        ("医疗卫生", "f24"),
        ("国土空间规划", "f25"),
        (" 救灾 ", "f14"),
    ],
    ids=lambda value: value.strip(),
)
def test_a_field_answers_to_its_other_names(name: str, field_id: str) -> None:
    field = field_called(name)
    assert field is not None
    assert field.id == field_id


def test_a_local_field_is_none_of_the_26() -> None:
    assert field_called("旅游") is None
    assert "旅游" in catalogues().local_fields


@pytest.mark.parametrize(
    ("field_id", "number", "mark"),
    [
        ("f01", "发改办投资〔2019〕621号", Mark.VERIFIED),
        ("f03", "财办发〔2019〕77号", Mark.MEMORY),
        ("f04", "应急厅函〔2019〕390号", Mark.VERIFIED),
        ("f06", "自然资办函〔2019〕1105号", Mark.MEMORY),
        ("f16", "建办厅〔2019〕71号", Mark.VERIFIED),
        ("f20", "民办函〔2019〕52号", Mark.VERIFIED),
        ("f22", None, Mark.MEMORY),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("f") else "",
)
def test_a_document_number_keeps_its_mark(field_id: str, number: str | None, mark: Mark) -> None:
    field = catalogues().fields[field_id]
    assert (field.number, field.number_mark) == (number, mark)


def test_five_fields_share_one_document_of_the_housing_ministry() -> None:
    shared = [
        field.id
        for field in catalogues().fields.values()
        if field.number == "建办厅〔2019〕71号" and field.lead == ("住房城乡建设部",)
    ]
    assert shared == ["f07", "f08", "f09", "f16", "f26"]


def test_a_field_knows_who_leads_when_it_was_issued_and_where_it_is_cited() -> None:
    field = catalogues().fields["f11"]
    assert field.lead == ("文化和旅游部", "国家文物局")
    assert field.issued_on == date(2019, 10, 30)
    assert field.source == cite("catalogue_fields#f11")


def test_the_columns_stand_as_printed() -> None:
    usual = [(column.group, column.label) for column in catalogues().columns if column.usual]
    assert usual == [
        (None, "序号"),
        ("公开事项", "一级事项"),
        ("公开事项", "二级事项"),
        (None, "公开内容（要素）"),
        (None, "公开依据"),
        (None, "公开时限"),
        (None, "公开主体"),
        (None, "公开渠道和载体"),
        ("公开对象", "全社会"),
        ("公开对象", "特定群体"),
        ("公开方式", "主动"),
        ("公开方式", "依申请"),
        ("公开层级", "县级"),
        ("公开层级", "乡级"),
    ]


def test_some_fields_have_three_columns_more() -> None:
    unusual = {column.id: column.values for column in catalogues().columns if not column.usual}
    assert unusual == {
        "item3": Values.TEXT,
        "lv_village": Values.TICK,
        "required": Values.REQUIRED,
    }


def test_the_common_channels_are_thirteen() -> None:
    assert [channel.name for channel in catalogues().channels] == [
        "政府网站",
        "政府公报",
        "两微一端",
        "发布会/听证会",
        "广播电视",
        "纸质媒体",
        "公开查阅点",
        "政务服务中心",
        "便民服务站",
        "入户/现场",
        "社区/企事业单位/村公示栏（电子屏）",
        "精准推送",
        "其他",
    ]


def test_a_field_adds_its_own_channels_before_others() -> None:
    names = [channel.name for channel in channels_for("f01")]
    assert names[-3:] == ["投资项目在线审批监管平台", "信用中国网站", "其他"]
    assert "法律服务网" not in names
    assert len(channels_for("旅游")) == 14


@pytest.mark.parametrize(
    ("name", "field_id", "meant"),
    [
        ("行政服务中心", "f01", "政务服务中心"),
        ("村公示栏(电子屏)", "f12", "社区/企事业单位/村公示栏（电子屏）"),
        ("其他：管理部门网站", "f02", "其他"),
        ("法律服务网", "f12", "法律服务网"),
        ("法律服务网", "f01", None),
    ],
    ids=["an older name", "half-width brackets", "another", "its own field", "a foreign field"],
)
def test_a_printed_channel_is_recognised(name: str, field_id: str, meant: str | None) -> None:
    channel = channel_called(name, field_id)
    assert (channel.name if channel else None) == meant


def test_a_complete_row_has_no_fault() -> None:
    assert item_faults(ITEM, "f01") == ()
    coded = replace(ITEM, seq="0505", to_public=False, to_specific="项目单位", lv_village=True)
    assert item_faults(coded, "f24") == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"to_public": False}, ItemFault("to_public", "“公开对象”至少选择一项")),
        ({"proactive": False}, ItemFault("proactive", "“公开方式”至少选择一项")),
        ({"lv_county": False}, ItemFault("lv_county", "“公开层级”至少选择一项")),
        ({"channels": ()}, ItemFault("channels", "“公开渠道和载体”至少选择一项")),
        (
            {"to_specific": "  "},
            ItemFault("to_specific", "选择了“特定群体”，须写明是哪些人"),
        ),
        ({"basis": ""}, ItemFault("basis", "“公开依据”没有填写")),
        ({"seq": "1a"}, ItemFault("seq", "“序号”须为数字，或者“0505”式的编码")),
        (
            {"channels": ("政府网站", "电梯")},
            ItemFault("channels", "渠道清单中没有“电梯”，可写作“其他：电梯”"),
        ),
        (
            {"channels": ("其他____",)},
            ItemFault("channels", "选择了“其他”渠道，须写明是什么渠道"),
        ),
    ],
    ids=[
        "nobody to see it",
        "no mode",
        "no level",
        "no channel",
        "a group without a name",
        "no basis",
        "a number that is none",
        "an unlisted channel",
        "another channel left blank",
    ],
)
def test_an_incomplete_row_is_told_what_it_lacks(change: dict[str, Any], fault: ItemFault) -> None:
    assert item_faults(replace(ITEM, **change), "f01") == (fault,)


def test_same_as_above_is_written_out_row_after_row() -> None:
    rows = [
        ITEM,
        replace(ITEM, seq="2", basis="同上", timing=" 同上"),
        replace(ITEM, seq="3", basis="同上", subject="同上"),
    ]
    assert [row.basis for row in expanded(rows)] == [ITEM.basis] * 3
    assert expanded(rows)[1].timing == "实时公开"
    assert expanded([replace(ITEM, basis="同上")])[0].basis == "同上"


def test_the_rows_to_start_from_are_nine_complete_and_marked() -> None:
    samples = sample_items()
    assert [sample.field for sample in samples] == [
        "f01",
        "f01",
        "f02",
        "f06",
        "f19",
        "f22",
        "f12",
        "f24",
        "f03",
    ]
    invented = [sample.item.seq for sample in samples if sample.mark is Mark.PRACTICE]
    assert invented == ["4", "5", "9"]
    for sample in samples:
        assert item_faults(sample.item, sample.field) == ()
        assert parse_timing(sample.item.timing).understood
    assert samples[1].item.basis == samples[0].item.basis


def raw() -> dict[str, Any]:
    text = files("statute").joinpath("catalogues.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_data_with_a_field_missing_or_twice_are_refused() -> None:
    short = raw()
    del short["fields"][3]
    with pytest.raises(ValueError, match="f01 至 f26"):
        read_catalogues(short)
    twice = raw()
    twice["fields"].append(deepcopy(twice["fields"][0]))
    with pytest.raises(ValueError, match="f01 至 f26"):
        read_catalogues(twice)


def test_data_with_a_field_left_out_of_an_order_are_refused() -> None:
    wrong = raw()
    wrong["orders"]["ministry"][0] = "f02"
    with pytest.raises(ValueError, match="ministry"):
        read_catalogues(wrong)
