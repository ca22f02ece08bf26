"""The written parts of a report are told apart by their headings, however those are printed."""

from __future__ import annotations

import pytest

from reportreader.document import Block, Document, Grid, GridCell, Line, Picture, Place
from reportreader.parts import Parts, parts_of

NOWHERE = Place()


def parts(*blocks: str | Block) -> Parts:
    """The parts of a text, a line each."""
    lines = [Line(one, NOWHERE) if isinstance(one, str) else one for one in blocks]
    return parts_of(Document("text", tuple(lines)))


def test_a_part_is_what_stands_between_two_headings() -> None:
    found = parts(
        "一、总体情况",
        "甲。",
        "五、存在的主要问题及改进情况",
        "乙。",
        "六、其他需要报告的事项",
        "丙。",
    )
    assert found.texts == {1: "甲。", 5: "乙。", 6: "丙。"}
    assert found.narrative == "甲。\n乙。\n丙。"


@pytest.mark.parametrize(
    "heading",
    [
        "五、存在的主要问题及改进情况",
        "## 五、存在的主要问题和改进措施",
        "五、政府信息公开工作存在问题及改进情况",
        "五．存在的主要问题",
        "　五、存在的主要问题及改进情况",
    ],
    ids=["as on the form", "marked up", "with the subject", "a full-width dot", "indented"],
)
def test_a_heading_is_known_in_its_spellings(heading: str) -> None:
    assert parts(heading, "乙。").texts == {5: "乙。"}


def test_a_heading_glued_to_the_sentence_before_is_found() -> None:
    assert parts("甲。五、存在的主要问题及改进情况乙。").texts == {5: "乙。"}


def test_rows_of_table_three_are_no_headings() -> None:
    rows = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")
    assert parts(*rows, "三、本年度办理结果", "四、结转下年度继续办理").texts is None


def test_a_table_of_contents_does_not_empty_a_part() -> None:
    contents = ("五、存在的主要问题及改进情况", "六、其他需要报告的事项")
    found = parts(
        *contents, "五、存在的主要问题及改进情况", "乙乙乙。", "六、其他需要报告的事项", "丙。"
    )
    assert found.texts == {5: "乙乙乙。", 6: "丙。"}


def test_an_empty_part_is_there_and_empty() -> None:
    found = parts("五、存在的主要问题及改进情况", "六、其他需要报告的事项", "丙。")
    assert found.texts == {5: "", 6: "丙。"}


@pytest.mark.parametrize(
    "stands_for_it", [Picture(NOWHERE), "〔...〕", "……"], ids=["a picture", "a mark", "dots"]
)
def test_a_part_that_is_not_shown_is_not_called_empty(stands_for_it: str | Block) -> None:
    found = parts("五、存在的主要问题及改进情况", stands_for_it, "六、其他需要报告的事项", "丙。")
    assert found.texts == {6: "丙。"}


def test_sentences_in_a_grid_of_one_cell_a_row_are_read() -> None:
    grid = Grid(
        (GridCell("五、存在的主要问题及改进情况", 0, 0), GridCell("乙。", 1, 0)), 2, 1, NOWHERE
    )
    assert parts(grid).texts == {5: "乙。"}
