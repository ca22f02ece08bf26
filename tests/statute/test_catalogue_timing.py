"""Time-limit cells as they are printed in catalogues, and what they must mean."""

from __future__ import annotations

import pytest

from statute.catalogue_timing import Base, Timing, parse_timing
from statute.units import TimeUnit

WORKDAY, DAY = TimeUnit.WORKDAY, TimeUnit.DAY


@pytest.mark.parametrize(
    ("text", "n", "unit", "bases"),
    [
        ("信息形成或者变更之日起20个工作日内", 20, WORKDAY, (Base.FORMED, Base.CHANGED)),
        (
            "自信息形成或变更之日起 ２０ 个工作日内予以公开",
            20,
            WORKDAY,
            (Base.FORMED, Base.CHANGED),
        ),
        ("信息形成之日起20个工作日内", 20, WORKDAY, (Base.FORMED,)),
        ("制定或获取信息之日起10个工作日内", 10, WORKDAY, (Base.MADE, Base.OBTAINED)),
        ("自制作或获取之日起20个工作日内", 20, WORKDAY, (Base.MADE, Base.OBTAINED)),
        ("信息变更之日起3个工作日之内", 3, WORKDAY, (Base.CHANGED,)),
        ("文件制定之日起二十个工作日内", 20, WORKDAY, (Base.MADE,)),
        ("信息获取之日起十五日以内", 15, DAY, (Base.OBTAINED,)),
        ("批准后20日内", 20, DAY, (Base.APPROVED,)),
        ("批复后20日内（自然日）", 20, DAY, (Base.REPLIED,)),
        ("合同签订之日起2个工作日内", 2, WORKDAY, (Base.SIGNED,)),
        ("作出决定之日起7个工作日内", 7, WORKDAY, (Base.DECIDED,)),
        ("供应商确定之日起两个工作日内", 2, WORKDAY, (Base.DETERMINED,)),
        ("5个工作日内", 5, WORKDAY, ()),
        ("一百二十日内", 120, DAY, ()),
        ("实时公开", 0, None, ()),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_limit_gives_number_unit_and_event(
    text: str, n: int, unit: TimeUnit | None, bases: tuple[Base, ...]
) -> None:
    assert parse_timing(text) == Timing(text, text, n, unit, bases)
    assert parse_timing(text).understood


@pytest.mark.parametrize(
    "text",
    ["及时公开", "及时", "按进展情况及时公开，法律法规另有规定的从其规定"],
    ids=["promptly", "just promptly", "as things progress"],
)
def test_promptly_is_soft(text: str) -> None:
    assert parse_timing(text) == Timing(text, text, soft=True)
    assert parse_timing(text).understood


@pytest.mark.parametrize("text", ["永久公开", "长期公开"], ids=["for ever", "long-term"])
def test_what_is_public_for_good_is_standing(text: str) -> None:
    assert parse_timing(text) == Timing(text, text, standing=True)
    assert parse_timing(text).understood


@pytest.mark.parametrize(
    ("text", "least", "unit"),
    [
        ("公示期不少于7个工作日", 7, WORKDAY),
        ("公示7个工作日", 7, WORKDAY),
        ("公告不少于30日", 30, DAY),
        ("公告期限一般不得少于三十日", 30, DAY),
    ],
    ids=["a period of notice", "a bare notice", "an announcement", "in words"],
)
def test_a_notice_has_a_least_time_on_show(text: str, least: int, unit: TimeUnit) -> None:
    assert parse_timing(text) == Timing(text, text, display_min=least, display_unit=unit)
    assert parse_timing(text).understood


def test_a_cell_may_give_a_limit_and_a_time_on_show() -> None:
    text = "信息形成之日起20个工作日内；公示期不少于7个工作日"
    assert parse_timing(text) == Timing(
        text, text, 20, WORKDAY, (Base.FORMED,), display_min=7, display_unit=WORKDAY
    )
    text = "信息形成之日起3个工作日内，长期公开"
    assert parse_timing(text) == Timing(text, text, 3, WORKDAY, (Base.FORMED,), standing=True)


def test_a_quarter_of_every_year_is_a_date_not_a_count() -> None:
    text = "每年第一季度"
    assert parse_timing(text) == Timing(text, text, quarter=1)
    assert parse_timing(text).understood


def test_same_as_above_takes_the_row_above_and_keeps_what_is_written() -> None:
    above = parse_timing("制定或获取信息之日起10个工作日内")
    below = parse_timing("同上", above)
    assert below == Timing(
        "同上",
        "制定或获取信息之日起10个工作日内",
        10,
        WORKDAY,
        (Base.MADE, Base.OBTAINED),
    )
    assert parse_timing(" 同 上。", below).n == 10


def test_same_as_above_in_the_first_row_is_not_understood() -> None:
    assert parse_timing("同上") == Timing("同上", "同上", soft=True)
    assert not parse_timing("同上").understood


@pytest.mark.parametrize(
    "text",
    ["", "按有关规定执行", "每年", "20日"],
    ids=["empty", "by the rules", "yearly", "a bare number"],
)
def test_what_is_not_understood_stays_as_written_without_a_number(text: str) -> None:
    assert parse_timing(text) == Timing(text, text, soft=True)
    assert not parse_timing(text).understood
