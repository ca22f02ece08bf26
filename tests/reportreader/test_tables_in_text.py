"""Tables out of running text: each kind of damage by itself, in the fewest lines that show it."""

from __future__ import annotations

import pytest

from reportreader.document import Place
from reportreader.read import read_bytes
from reportreader.reading import How, Reading
from statute.reporting.cells import BLANK, UNKNOWN, Cell, Table

ZEROS = (0,) * 7
LOST = (UNKNOWN,) * 7
HEAD = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n申请人情况\n"
END = "\n四、政府信息公开行政复议、行政诉讼情况\n"


def read(text: str) -> Reading:
    return read_bytes(text.encode(), "报告.txt")


def requests(text: str) -> dict[str, tuple[Cell, ...]]:
    return dict(read(HEAD + text).figures.requests or {})


def test_values_behind_their_label_cell_by_cell() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量\n95\n0\n0\n0\n0\n0\n95\n"
        "二、上年结转政府信息公开申请数量\n0\n0\n0\n0\n0\n0\n0" + END
    )
    assert rows == {"a1": (95, 0, 0, 0, 0, 0, 95), "a2": ZEROS}


def test_a_value_row_above_inside_and_beside_its_label() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5\n"
        "（二）部分公开（区分处理的，只计这一\n2 0 0 0 0 0 2\n情形，不计其他情形）\n"
        "1 0 0 0 0 0 1\n1.属于国家秘密\n"
        "2.其他法律行政法规禁止公开 0 0 0 0 0 0 0\n"
        "四、结转下年度继续办理 2 0 0 0 0 0 2" + END
    )
    assert rows == {
        "a1": (5, 0, 0, 0, 0, 0, 5),
        "r_partial": (2, 0, 0, 0, 0, 0, 2),
        "r_deny_1": (1, 0, 0, 0, 0, 0, 1),
        "r_deny_2": ZEROS,
        "a4": (2, 0, 0, 0, 0, 0, 2),
    }


def test_lines_and_labels_that_are_not_as_many_stay_unpaired() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5\n"
        "1 0 0 0 0 0 1\n1.属于国家秘密\n2.其他法律行政法规禁止公开\n"
        "3.危及“三安全一稳定” 0 0 0 0 0 0 0\n四、结转下年度继续办理 0 0 0 0 0 0 0" + END
    )
    assert rows["r_deny_1"] == rows["r_deny_2"] == LOST
    assert rows["r_deny_3"] == ZEROS


def test_all_values_below_all_labels_are_dealt_out_in_order() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量\n二、上年结转政府信息公开申请数量\n（一）予以公开\n"
        "3 0 0 0 0 0 3\n1 0 0 0 0 0 1\n4 0 0 0 0 0 4" + END
    )
    assert [rows[name][0] for name in ("a1", "a2", "r_grant")] == [3, 1, 4]


def test_a_label_broken_by_a_page_number_and_a_vertical_heading() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量\n1\n0\n0\n0\n0\n0\n1\n三、\n本\n年\n度\n办\n理\n结\n果\n"
        "（五）不\n5.要求行政机关确认或重新出\n- 4 -\n具已获取信息\n1\n0\n0\n0\n0\n0\n1" + END
    )
    assert rows["r_ignore_5"] == (1, 0, 0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("numeral", "row"),
    [
        pytest.param("2.", (0, 0, 0, 0, 0, 0, 0), id="with its dot"),
        pytest.param("2", (0, 0, 0, 0, 0, 0, 0), id="with its dot lost"),
    ],
)
def test_the_numeral_of_a_label_is_not_the_last_digit_of_a_value(
    numeral: str, row: tuple[int, ...]
) -> None:
    rows = requests(
        f"一、本年新收政府信息公开申请数量5000005（一）予以公开5000005"
        f"1.属于国家秘密0000000{numeral}其他法律行政法规禁止公开0000000" + END
    )
    assert rows["r_deny_1"] == row
    assert rows["r_grant"] == (5, 0, 0, 0, 0, 0, 5)


def test_the_last_digit_of_a_value_is_not_the_numeral_of_a_label() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量5000005（一）予以公开5000005"
        "属于国家秘密2000002其他法律行政法规禁止公开0000000" + END
    )
    assert rows["r_deny_1"] == (2, 0, 0, 0, 0, 0, 2)


def test_bars_keep_blanks_and_bars_of_spans_are_no_cells() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量 ||| 3 |  |  |  |  |  | 3 |\n"
        "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |||||\n"
        "三、本年度办理结果 | （一）予以公开 || 3 |  |  |  |  |  | 3 |" + END
    )
    assert rows["a1"] == rows["r_grant"] == (3, BLANK, BLANK, BLANK, BLANK, BLANK, 3)
    assert rows["a2"] == ZEROS


def test_bars_run_together_behind_lost_blanks_place_nothing() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量 |\n3 |\n3 |\n|||||||\n"
        "二、上年结转政府信息公开申请数量 |\n0 |\n0 |\n|||||||" + END
    )
    assert rows["a1"] == (*LOST[:6], 3)


def test_tabs_are_borders() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量\t3\t\t\t\t\t\t3\n"
        "二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0" + END
    )
    assert rows["a1"] == (3, BLANK, BLANK, BLANK, BLANK, BLANK, 3)


def test_a_row_without_values_is_blank_where_blanks_are_lost_and_unknown_where_they_are_not() -> (
    None
):
    lost = requests(
        "一、本年新收政府信息公开申请数量 46 46\n1.属于国家秘密\n2.其他法律行政法规禁止公开\n2"
        + END
    )
    assert lost["r_deny_1"] == (BLANK,) * 7
    printed = requests(
        "一、本年新收政府信息公开申请数量 4 0 0 0 0 0 4\n1.属于国家秘密\n"
        "2.其他法律行政法规禁止公开 2 0 0 0 0 0 2" + END
    )
    assert printed["r_deny_1"] == LOST


@pytest.mark.parametrize("cut", ["| 16 | 1 | 0 | 0 | 0 | 0 |", "| 16 | 1 | 0 | 0 | 0 | 0 | 1"])
def test_a_row_in_which_the_text_ends_is_never_shifted(cut: str) -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量 | 58 | 7 | 0 | 0 | 1 | 0 | 66 |\n"
        f"二、上年结转政府信息公开申请数量 {cut}"
    )
    assert rows["a2"][:5] == (16, 1, 0, 0, 0)
    assert rows["a2"][6] is UNKNOWN


def test_other_treatment_in_one_row_or_three_whatever_the_form() -> None:
    one = requests(
        "一、本年新收政府信息公开申请数量 2 0 0 0 0 0 2\n（六）其他处理 2 0 0 0 0 0 2" + END
    )
    assert one["r_other"] == (2, 0, 0, 0, 0, 0, 2)
    three = requests(
        "一、本年新收政府信息公开申请数量 2 0 0 0 0 0 2\n（六）其他处理\n"
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 0 0 0 0 0 0 0\n"
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 0 0 0 0 0 0 0\n"
        "3.其他 2 0 0 0 0 0 2\n（七）总计 2 0 0 0 0 0 2" + END
    )
    assert "r_other" not in three
    assert three["r_other_3"] == three["r_sum"] == (2, 0, 0, 0, 0, 0, 2)


def test_sentences_that_name_rows_are_no_table() -> None:
    figures = read(
        "2020年政府信息公开工作年度报告\n本年新收政府信息公开申请3件，上年结转政府信息公开申请0件，"
        "予以公开2件，部分公开1件。作出行政许可5件、行政处罚0件、行政强制0件。\n"
        "收到行政复议0件，行政诉讼0件。"
    ).figures
    assert (figures.requests, figures.proactive, figures.disputes) == (None, None, None)
    assert figures.edition == "2019"


TWO = (
    "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 / / /\n"
    "行政规范性文件 {documents}\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 5\n"
    "第二十条第（八）项\n信息内容 本年收费金额（单位：万元）\n行政事业性收费 {fee}\n"
    "三、收到和处理政府信息公开申请情况\n"
)


def test_table_two_is_read_with_blanks_money_and_unit() -> None:
    figures = read(TWO.format(documents="5 12 8", fee="96171.6")).figures
    assert figures.edition == "2021"
    assert figures.proactive is not None
    assert figures.proactive["rules"] == (BLANK,) * 3
    assert figures.proactive["norm_docs"] == (5, 12, 8)
    assert str(figures.proactive["admin_fee"][0]) == "96171.6"
    assert figures.units == {"admin_fee": "万元"}


def test_a_unit_in_the_cell_is_stronger_than_the_heading() -> None:
    assert read(TWO.format(documents="5 12 8", fee="400元")).figures.units == {"admin_fee": "元"}


def test_a_misprinted_row_of_table_two_is_found_between_its_neighbours() -> None:
    text = TWO.format(documents="5 12 8", fee="1").replace("行政事业性收费", "行政事业性收废")
    assert (read(text).figures.proactive or {})["admin_fee"] == (1,)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("1 1 0 0 2 1 0 0 0 1 2 0 1 0 3", id="spaced"),
        pytest.param("1\n1\n0\n0\n2\n1\n0\n0\n0\n1\n2\n0\n1\n0\n3", id="cell by cell"),
        pytest.param("110021000120103", id="glued"),
        pytest.param("| 1 | 1 | 0 | 0 | 2 | 1 | 0 | 0 | 0 | 1 | 2 | 0 | 1 | 0 | 3 |", id="barred"),
    ],
)
def test_table_four_is_fifteen_cells_behind_its_headings(row: str) -> None:
    heading = "结果维持 结果纠正 其他结果 尚未审结 总计"
    figures = read(
        f"2024年收到行政复议3件。{END}行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n"
        f"{heading} {heading} {heading}\n{row}\n五、存在的主要问题及改进情况\n不足3处。"
    ).figures
    assert figures.disputes is not None
    assert list(figures.disputes.values()) == [1, 1, 0, 0, 2, 1, 0, 0, 0, 1, 2, 0, 1, 0, 3]


def test_every_cell_says_where_it_stood_and_how_it_was_read() -> None:
    reading = read(
        HEAD + "一、本年新收政府信息公开申请数量\n95\n0\n0\n0\n0\n0\n95\n"
        "二、上年结转政府信息公开申请数量\n0\n0\n0\n0\n0\n0\n0" + END
    )
    found = reading.found[Table.REQUESTS, "a1"]
    assert [cell.place.line for cell in found] == [4, 5, 6, 7, 8, 9, 10]
    assert {cell.how for cell in found} == {How.POSITION}
    assert found[0].place == Place(line=4)


def test_three_runs_of_five_results_are_the_three_groups_in_order() -> None:
    head = "结果维持 结果纠正 其他结果 尚未审结 总计"
    figures = read(
        f"{END}行政复议\n{head}\n1 1 0 0 2\n未经复议直接起诉\n{head}\n1 0 0 0 1\n"
        f"复议后起诉\n{head}\n2 0 1 0 3\n五、存在的主要问题及改进情况\n"
    ).figures
    assert list((figures.disputes or {}).values()) == [1, 1, 0, 0, 2, 1, 0, 0, 0, 1, 2, 0, 1, 0, 3]


def test_a_table_four_that_fits_nowhere_is_unknown_and_said_to_be() -> None:
    head = "结果维持 结果纠正 其他结果 尚未审结 总计"
    reading = read(
        f"{END}未经复议直接起诉 复议后起诉\n{head} {head} {head}\n1 1 2\n五、存在的主要问题\n"
    )
    assert set((reading.figures.disputes or {}).values()) == {UNKNOWN}
    assert any("分成三组" in remark.text for remark in reading.remarks)


def test_figures_of_table_two_below_all_its_labels_are_not_dealt_out() -> None:
    rows = read(
        "第二十条第（一）项\n规章\n行政规范性文件\n第二十条第（五）项\n行政许可\n"
        "0 0 0 5 12 8 9\n三、收到和处理政府信息公开申请情况\n本年制发件数\n"
    ).figures.proactive
    assert rows is not None
    assert {cell for cells in rows.values() for cell in cells} == {UNKNOWN}


def test_a_misprinted_row_of_table_three_is_found_between_its_neighbours() -> None:
    rows = requests(
        "1.属于国家秘密 0 0 0 0 0 0 0\n2.其它法津行故规紧止公干 2 0 0 0 0 0 2\n"
        "3.危及“三安全一稳定” 0 0 0 0 0 0 0\n4.保护弟三方合去权溢 1 0 0 0 0 0 1\n"
        "5.属于三类内部事务信息 0 0 0 0 0 0 0" + END
    )
    assert rows["r_deny_1"] == rows["r_deny_3"] == ZEROS
    assert rows["r_deny_4"] == (1, 0, 0, 0, 0, 0, 1)


def test_a_total_is_doubted_where_blanks_are_lost_and_the_next_label_with_them() -> None:
    rows = requests(
        "一、本年新收政府信息公开申请数量\n46\n46\n4.保护第三方合法权益\n0\n0\n97\n97\n"
        "6.属于四类过程性信息\n0\n0\n四、结转下年度继续办理\n1\n1" + END
    )
    assert rows["r_deny_4"] == LOST
    assert rows["r_deny_6"] == (*LOST[:6], 0)


def test_a_number_of_table_two_in_which_the_text_breaks_off_is_unknown() -> None:
    whole = "第二十条第（一）项\n本年制发件数\n规章 0 0 0\n行政规范性文件 5 12 22"
    assert (read(whole).figures.proactive or {})["norm_docs"] == (5, 12, UNKNOWN)
    assert (read(whole + "\n").figures.proactive or {})["norm_docs"] == (5, 12, 22)
