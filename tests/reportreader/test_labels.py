"""Row labels as they are printed, misprinted and cut; and words that are no labels."""

from __future__ import annotations

import pytest

from reportreader.labels import FORMS, NUMERAL, REQUEST_ROWS, edit_distance, nearest, row_of_cell


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("一、本年新收政府信息公开申请数量", "a1", id="as the form prints it"),
        pytest.param("本年新收政府信息公开申请数量", "a1", id="without its numeral"),
        pytest.param("（一）予以公开", "r_grant", id="full-width brackets"),
        pytest.param("(一) 予以 公开", "r_grant", id="half-width brackets and spaces"),
        pytest.param("（二）部分公开", "r_partial", id="without its bracketed remark"),
        pytest.param("5.要求行政机关确认或重新出\n具已获取信息", "r_ignore_5", id="two lines"),
        pytest.param("3、其他", "r_other_3", id="another mark behind the numeral"),
        pytest.param("（六）其他", "r_other", id="other treatment, abbreviated"),
        pytest.param("（七）总 计", "r_sum", id="total with a space"),
        pytest.param("2.其他法律行政止公开", "r_deny_2", id="three characters lost"),
        pytest.param("属于四类过程性性信息", "r_deny_6", id="one character too many"),
        pytest.param("（三）不予公开1.属于国家秘密", "r_deny_1", id="heading in the same cell"),
        pytest.param("规范性文件", "norm_docs", id="document row of 2019"),
        pytest.param("行政规范性文件", "norm_docs", id="document row of 2021"),
        pytest.param("⾏政许可", "license", id="a Kangxi radical"),
    ],
)
def test_a_label_is_known_by_its_characters(text: str, row: str) -> None:
    assert row_of_cell(text) == row


@pytest.mark.parametrize(
    "text",
    [
        "（三）不予公开", "（四）无法提供", "三、本年度办理结果", "信息内容", "行政复议",
        "行政诉讼", "结果维持", "其他结果", "申请人情况", "第二十条第（一）项", "12", "",
        "本年度作出行政许可三件",
    ],
)  # fmt: skip
def test_headings_and_sentences_are_no_row_labels(text: str) -> None:
    assert row_of_cell(text) is None


def test_a_misprint_as_near_to_two_rows_is_neither() -> None:
    # One character from 行政处罚 and one from nothing else, against one equally far from both.
    assert nearest("行政处罔") == "penalty"
    assert nearest("行政某某") is None


def test_a_misprint_is_sought_among_the_given_rows_only() -> None:
    assert nearest("属于行政执法案巻", ("r_deny_8",)) is None
    assert nearest("属于行政执法案巻", ("r_deny_7", "r_deny_8")) == "r_deny_7"


def test_every_row_of_both_forms_has_characters_of_its_own() -> None:
    assert len(set(FORMS.values())) == len(FORMS)
    assert NUMERAL["r_deny_8"] == "8"
    assert REQUEST_ROWS[-2:] == ("r_sum", "a4")


@pytest.mark.parametrize(
    ("left", "right", "limit", "distance"),
    [
        ("公开", "公开", 1, 0),
        ("公开", "公布", 1, 1),
        ("公开", "公", 1, 1),
        ("公开", "处罚", 1, None),
    ],
)
def test_edit_distance_stops_at_its_limit(
    left: str, right: str, limit: int, distance: int | None
) -> None:
    assert edit_distance(left, right, limit) == distance
