"""Whose report and which year: title, signature, metadata, period; silence stays None."""

from __future__ import annotations

import pytest

from reportreader.flat import flat_text
from reportreader.identity import identify


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        pytest.param(
            ["样例县人民政府", "2024 年政府信息公开工作年度报告"], "样例县人民政府", 2024,
            id="title in two lines",
        ),
        pytest.param(
            ["样例县样例镇2023年政府信息公开年度报告"], "样例县样例镇", 2023, id="title in one line"
        ),
        pytest.param(
            ["标题: 样例区2019年度政府信息公开工作年度报告"], "样例区", 2019, id="field of a page"
        ),
        pytest.param(
            ["统计期限自2021年1月1日起", "无。", "样例县财政局", "2022年1月20日"],
            "样例县财政局", 2021, id="signature and period",
        ),
        pytest.param(
            ["发布机构: 样例县水利局", "现将我局2022年度政府信息公开情况报告如下"],
            "样例县水利局", 2022, id="publisher and year in a sentence",
        ),
        pytest.param(
            ["本报告由样例市人民政府办公室根据条例编制"], "样例市人民政府办公室", None,
            id="who compiled it",
        ),
        pytest.param(["2021年做了，2022年再做"], None, None, id="two years as often"),
        pytest.param(["一、总体情况"], None, None, id="nothing said"),
    ],
)  # fmt: skip
def test_identity_is_taken_from_what_the_report_says(
    lines: list[str], agency: str | None, year: int | None
) -> None:
    found = identify(flat_text(lines), {})
    assert (found.agency, found.year) == (agency, year)


def test_the_title_in_the_metadata_serves_where_the_page_has_none() -> None:
    found = identify(flat_text(["一、总体情况"]), {"title": "样例市2025年政府信息公开工作年度报告"})
    assert (found.agency, found.year) == ("样例市", 2025)
    assert found.title == "样例市2025年政府信息公开工作年度报告"


def test_the_source_of_a_page_is_the_last_resort() -> None:
    assert identify(flat_text(["无"]), {"source": "样例镇"}).agency == "样例镇"
