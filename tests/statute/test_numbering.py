"""Document numbers, issue numbers and dates as GB/T 9704 writes them; no series is drawn."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statute.numbering import (
    DocNumber,
    IssueNumber,
    NumberFault,
    NumberingError,
    date_faults,
    date_text,
    doc_number_faults,
    letter_number,
    parse_date_text,
    parse_doc_number,
    parse_issue_number,
    text_faults,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国办发〔2019〕54号", DocNumber("国办发", 2019, 54)),
        ("常政办发〔2023〕47号", DocNumber("常政办发", 2023, 47)),
        ("国办公开办函〔2021〕30号", DocNumber("国办公开办函", 2021, 30)),
    ],
    ids=["of the State Council's office", "of a county", "a letter"],
)
def test_a_document_number_is_read_and_written_back(text: str, number: DocNumber) -> None:
    assert parse_doc_number(text) == number
    assert str(number) == text
    assert doc_number_faults(text) == ()


BRACKETS = "年份应使用六角括号〔〕"
SPACES = "发文字号中不留空格，数字用半角阿拉伯数字"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("国办发[2021]5号", [BRACKETS]),
        ("国办发(2021)5号", [BRACKETS]),
        ("国办发（2021）5号", [BRACKETS]),
        ("国办发【2021】5号", [BRACKETS]),
        ("国办发〔2021]5号", [BRACKETS]),
        ("国办发2021年5号", [BRACKETS, "年份后不加“年”字"]),
        ("国办发〔2021〕第5号", ["序号前不加“第”字"]),
        ("国办发〔2021〕05号", ["序号不编虚位"]),
        ("国办发[2021]第005号", [BRACKETS, "序号前不加“第”字", "序号不编虚位"]),
        ("国办发〔2021〕5", ["序号后应有“号”字"]),
        ("国办发 〔2021〕 5号", [SPACES]),
        ("国办发〔２０２１〕５号", [SPACES]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_document_number_is_corrected(text: str, messages: list[str]) -> None:
    faults = doc_number_faults(text)
    assert [fault.message for fault in faults] == messages
    assert {fault.suggestion for fault in faults} == {"国办发〔2021〕5号"}
    with pytest.raises(NumberingError, match=messages[0]):
        parse_doc_number(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("国办发〔21〕5号", "年份或者序号不对"),
        ("国办发〔2021〕0号", "年份或者序号不对"),
        ("国〔2021〕5号", "机关代字应为 2 至 20 个汉字"),
        ("ABC〔2021〕5号", "机关代字应为 2 至 20 个汉字"),
        ("第五号令", "发文字号应写作"),
        ("", "发文字号应写作"),
    ],
    ids=["a short year", "number nought", "one character", "Latin letters", "words", "nothing"],
)
def test_what_cannot_be_corrected_is_only_told(text: str, said: str) -> None:
    faults = doc_number_faults(text)
    assert all(fault.suggestion is None for fault in faults)
    assert said in faults[-1].message


def test_a_letter_is_numbered_in_its_own_series() -> None:
    assert str(letter_number("苍政", 2026, 7)) == "苍政公开〔2026〕7号"
    assert str(letter_number("苍政", 2026, 12, series="公复")) == "苍政公复〔2026〕12号"
    with pytest.raises(NumberingError, match="第 0 号"):
        letter_number("苍政", 2026, 0)


def test_a_rectification_notice_is_numbered_by_issue() -> None:
    notice = IssueNumber("政务公开整改通知书", 2020, 4)
    assert str(notice) == "政务公开整改通知书〔2020〕第4期"
    assert parse_issue_number("政务公开整改通知书〔2020〕第4期") == notice
    with pytest.raises(NumberingError, match="第N期"):
        parse_issue_number("政务公开整改通知书[2020]第04期")


def test_a_date_has_no_noughts_in_front() -> None:
    assert date_text(date(2021, 1, 29)) == "2021年1月29日"
    assert parse_date_text("2021年1月29日") == date(2021, 1, 29)
    assert date_faults("2021年12月31日") == ()


@settings(max_examples=60, deadline=None)
@given(day=st.dates(min_value=date(1949, 10, 1), max_value=date(2099, 12, 31)))
def test_every_date_is_read_back(day: date) -> None:
    assert parse_date_text(date_text(day)) == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021年01月29日", "不编虚位"),
        ("2021年1月09日", "不编虚位"),
        ("2021-01-29", "不编虚位"),
        ("2021.1.29", "写全年、月、日"),
        ("２０２１年1月29日", "写全年、月、日"),
    ],
    ids=lambda value: value,
)
def test_a_wrongly_written_date_is_corrected(text: str, said: str) -> None:
    right = "2021年1月9日" if "09" in text else "2021年1月29日"
    (fault,) = date_faults(text)
    assert said in fault.message
    assert fault.suggestion == right
    with pytest.raises(NumberingError, match=said):
        parse_date_text(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("二〇二一年一月二十九日", "应用阿拉伯数字"),
        ("2021年2月30日", "没有这一天"),
        ("2021年1月", "应用阿拉伯数字"),
    ],
    ids=["Chinese numerals", "no such day", "half a date"],
)
def test_a_date_that_is_none_has_no_correction(text: str, said: str) -> None:
    (fault,) = date_faults(text)
    assert said in fault.message
    assert fault.suggestion is None
    with pytest.raises(NumberingError, match=said):
        parse_date_text(text)


def test_running_text_is_searched_for_wrong_numbers_and_dates() -> None:
    text = "根据国办发[2019]54号和苍政发〔2020〕第08号，自2021年01月29日起施行。"
    assert [(text[f.start : f.end], f.suggestion) for f in text_faults(text)] == [
        ("[2019]54号", "〔2019〕54号"),
        ("〔2020〕第08号", "〔2020〕8号"),
        ("2021年01月29日", "2021年1月29日"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "国办发〔2019〕54号，2021年1月29日",
        "（2020）浙03行终123号",
        "政务公开整改通知书〔2020〕第4期",
        "[2019]54号",
        "",
    ],
    ids=["all right", "a court's case number", "an issue number", "no body before it", "nothing"],
)
def test_what_is_right_or_something_else_is_left_alone(text: str) -> None:
    assert text_faults(text) == ()


def test_a_fault_is_a_message_and_a_correction() -> None:
    assert doc_number_faults("国办发[2021]5号") == (NumberFault(BRACKETS, "国办发〔2021〕5号"),)
