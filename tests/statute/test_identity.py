"""Finding numbers in texts; every number is made up or a standard's own example."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from statute.identity import Certainty, Finding, Kind, find

ID = "330399199001011234"
CODE = "91350100M000100Y43"
CARD = "6228480000123452"

CERTAIN, SUSPECTED = Certainty.CERTAIN, Certainty.SUSPECTED


def found(text: str) -> list[tuple[Kind, str, Certainty]]:
    return [(item.kind, text[item.start : item.end], item.certainty) for item in find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value", "certainty"),
    [
        (f"身份证号{ID}。", Kind.RESIDENT_ID, ID, CERTAIN),
        (f"ID{ID}abc", Kind.RESIDENT_ID, ID, CERTAIN),
        ("号码11010519491231002x，", Kind.RESIDENT_ID, "11010519491231002x", CERTAIN),
        ("号码330399199001011230，", Kind.RESIDENT_ID, "330399199001011230", SUSPECTED),
        ("号码330399199002301232，", Kind.RESIDENT_ID, "330399199002301232", SUSPECTED),
        ("代码113303192001010239", Kind.RESIDENT_ID, "113303192001010239", SUSPECTED),
        ("代码113303192001010011", Kind.RESIDENT_ID, "113303192001010011", SUSPECTED),
        (f"代码：{CODE}，", Kind.CREDIT_CODE, CODE, CERTAIN),
        ("代码91350100M000100Y44", Kind.CREDIT_CODE, "91350100M000100Y44", SUSPECTED),
        ("113417020032563511/202504-00057", Kind.CREDIT_CODE, "113417020032563511", CERTAIN),
        ("编号330399720101123", Kind.OLD_RESIDENT_ID, "330399720101123", SUSPECTED),
        ("身份证：330399720101123", Kind.OLD_RESIDENT_ID, "330399720101123", CERTAIN),
        ("电话13800138000", Kind.MOBILE, "13800138000", CERTAIN),
        ("tel8613800138000;", Kind.MOBILE, "13800138000", CERTAIN),
        ("13800138000,张", Kind.MOBILE, "13800138000", CERTAIN),
        ("金额13800138000.50元", Kind.MOBILE, "13800138000", SUSPECTED),
        ("比例0.13800138000", Kind.MOBILE, "13800138000", SUSPECTED),
        ("0577-00001234", Kind.LANDLINE, "0577-00001234", CERTAIN),
        ("（0577）00001234", Kind.LANDLINE, "（0577）00001234", CERTAIN),
        ("0577—00001234", Kind.LANDLINE, "0577—00001234", CERTAIN),
        ("057700001234", Kind.LANDLINE, "057700001234", SUSPECTED),
        (f"卡{CARD}", Kind.BANK_CARD, CARD, CERTAIN),
        ("尾号4111111111111111", Kind.BANK_CARD, "4111111111111111", SUSPECTED),
        ("银行卡4111111111111111", Kind.BANK_CARD, "4111111111111111", CERTAIN),
        ("账号：6228480000123453", Kind.BANK_CARD, "6228480000123453", SUSPECTED),
        ("护照号E12345678", Kind.PASSPORT, "E12345678", CERTAIN),
        ("持EA1234567入境", Kind.PASSPORT, "EA1234567", SUSPECTED),
        ("回乡证H1234567801", Kind.HONG_KONG_MACAU_PERMIT, "H1234567801", CERTAIN),
        ("证号M12345678", Kind.HONG_KONG_MACAU_PERMIT, "M12345678", SUSPECTED),
        ("通行证T12345678", Kind.TAIWAN_PERMIT, "T12345678", CERTAIN),
        ("台胞证12345678", Kind.TAIWAN_PERMIT, "12345678", CERTAIN),
        ("军官证：南字第1234567号", Kind.MILITARY_ID, "南字第1234567号", CERTAIN),
        ("车牌浙C12345", Kind.PLATE, "浙C12345", CERTAIN),
        ("车牌浙C·D12345，", Kind.PLATE, "浙C·D12345", CERTAIN),
        ("浙C1234警", Kind.PLATE, "浙C1234警", CERTAIN),
        ("信箱some.one@mail.example.cn。", Kind.EMAIL, "some.one@mail.example.cn", CERTAIN),
        ("13800138000@example.com", Kind.EMAIL, "13800138000@example.com", CERTAIN),
        ("QQ：100000000", Kind.SOCIAL_ACCOUNT, "100000000", CERTAIN),
        ("微信号: some_one88，", Kind.SOCIAL_ACCOUNT, "some_one88", CERTAIN),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_text_yields_one_finding(text: str, kind: Kind, value: str, certainty: Certainty) -> None:
    assert found(text) == [(kind, value, certainty)]


@pytest.mark.parametrize(
    ("text", "kind", "certainty"),
    [
        ("３３０３９９１９９００１０１１２３４", Kind.RESIDENT_ID, CERTAIN),
        ("3303 9919 9001 0112 34", Kind.RESIDENT_ID, CERTAIN),
        ("330399 19900101 1234", Kind.RESIDENT_ID, CERTAIN),
        ("330399\u200b19900101\u200b1234", Kind.RESIDENT_ID, CERTAIN),
        ("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", Kind.RESIDENT_ID, CERTAIN),
        ("330399 19900101 1230", Kind.RESIDENT_ID, SUSPECTED),
        ("330399199001\n011234", Kind.RESIDENT_ID, SUSPECTED),
        ("330399199001\r\n011234", Kind.RESIDENT_ID, SUSPECTED),
        ("138 0013 8000", Kind.MOBILE, CERTAIN),
        ("138-0013-8000", Kind.MOBILE, CERTAIN),
        ("138　００１３　８０００", Kind.MOBILE, CERTAIN),
        ("1380013 8000", Kind.MOBILE, SUSPECTED),
        ("6228 4800 0012 3452", Kind.BANK_CARD, CERTAIN),
        ("4111 1111 1111 1111", Kind.BANK_CARD, SUSPECTED),
        ("6217 0000 1234 5678 907", Kind.BANK_CARD, CERTAIN),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else None,
)
def test_width_and_spacing_do_not_hide_a_number(
    text: str, kind: Kind, certainty: Certainty
) -> None:
    assert find(text) == (Finding(kind, 0, len(text), certainty),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021年1月29日共办结46件",
        "国办发〔2019〕54号",
        "000014349/2017-00110",
        "005275134/2017-00180",
        "02165835-001/2023-80815",
        "HCSD01-2023-0006",
        "12345678901234567890123",
        "138001380005",
        "46 46 4 4 17 17 1 1 0 0",
        "138 0013\n8000",
        "4111 1111 1111 1112",
        "990327720101123",
        "温房权证字第123456号",
        "日期20200115",
        "@示例 a@ @b.cn a@b",
        "微信公众号：苍南发布",
        "浙江省ABCDE",
        "AB350100M000100Y44",
    ],
    ids=lambda text: text or "nothing",
)
def test_ordinary_official_text_yields_nothing(text: str) -> None:
    assert find(text) == ()


def test_a_number_in_a_row_of_numbers_is_only_suspected() -> None:
    assert found(f"12 330399 19900101 1234 46，{CARD} 5") == [
        (Kind.RESIDENT_ID, "330399 19900101 1234", SUSPECTED),
        (Kind.BANK_CARD, CARD, CERTAIN),
    ]


def test_findings_come_in_order_and_do_not_overlap() -> None:
    text = f"姓名,{ID},13800138000,{CARD},a@b.cn,{CODE},0577-00001234,浙C12345"
    assert [kind for kind, _, _ in found(text)] == [
        Kind.RESIDENT_ID,
        Kind.MOBILE,
        Kind.BANK_CARD,
        Kind.EMAIL,
        Kind.CREDIT_CODE,
        Kind.LANDLINE,
        Kind.PLATE,
    ]
    findings = find(text)
    assert all(before.end <= after.start for before, after in pairwise(findings))


def test_only_a_credit_code_is_not_personal() -> None:
    assert [kind for kind in Kind if not kind.personal] == [Kind.CREDIT_CODE]
    assert Kind.CREDIT_CODE.label == "统一社会信用代码"


@settings(max_examples=60, deadline=None)
@given(
    place=st.sampled_from(["110105", "330327", "440811", "659001"]),
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2025, 12, 31)),
    order=st.integers(0, 999),
)
def test_every_valid_id_is_found(place: str, day: date, order: int) -> None:
    body = f"{place}{day:%Y%m%d}{order:03d}"
    number = body + ric.calc_check_digit(body + "0")
    assert [(kind, value) for kind, value, _ in found(f"号{number}，")] == [
        (Kind.RESIDENT_ID, number)
    ]


@settings(max_examples=60, deadline=None)
@given(
    registrar=st.sampled_from(["11", "12", "52", "91", "92", "93"]),
    unit=st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8),
)
def test_every_valid_credit_code_is_told_from_an_id(registrar: str, unit: str) -> None:
    body = f"{registrar}330327M{unit}"
    code = body + uscc.calc_check_digit(body)
    assert found(f"代码{code}。") == [(Kind.CREDIT_CODE, code, CERTAIN)]


@settings(max_examples=60, deadline=None)
@given(body=st.text("0123456789", min_size=13, max_size=16))
def test_every_card_that_checks_is_found(body: str) -> None:
    number = "62" + body
    number += luhn.calc_check_digit(number)
    text = f"卡号{number}"
    assert any(text[item.start : item.end] == number for item in find(text))


@settings(max_examples=100, deadline=None)
@given(text=st.text("1398 06-X@a.浙C\n\u200b１", max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    findings = find(text)
    assert all(0 <= item.start < item.end <= len(text) for item in findings)


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "a", "a@", "@", "a.", "a@a.", "0577-", "330399 ", "62 ", "X ", "浙A", "QQ", "\n1"],
    ids=repr,
)
def test_a_hundred_thousand_hostile_characters_are_searched_to_the_end(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + f" 号码{ID}。"
    last = find(text)[-1]
    assert text[last.start : last.end] == ID
