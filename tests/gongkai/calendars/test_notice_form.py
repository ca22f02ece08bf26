"""A notice typed on a screen becomes statute's value; a mistake is named with its line."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.calendars.forms import NoticeForm
from statute.calendars import SpecialDay

pytestmark = pytest.mark.django_db

TYPED = {
    "year": "2027",
    "number": " 国办发明电〔2026〕99号 ",
    "issued_on": "2026-12-01",
    "holidays": "元旦 2027-01-01\n\n春节 2027年2月5日 至 2027年2月7日\n清明节 2027/4/5 2027/4/5",
    "working": "2027-01-31、2027-02-14",
}


def test_a_typed_notice_is_read() -> None:
    form = NoticeForm(TYPED)
    assert form.is_valid(), form.errors
    notice = form.notice()
    assert (notice.year, notice.number, notice.region) == (2027, "国办发明电〔2026〕99号", "")
    assert notice.days == (
        SpecialDay(date(2027, 1, 1), working=False, name="元旦"),
        SpecialDay(date(2027, 1, 31), working=True, name="调休上班"),
        SpecialDay(date(2027, 2, 5), working=False, name="春节"),
        SpecialDay(date(2027, 2, 6), working=False, name="春节"),
        SpecialDay(date(2027, 2, 7), working=False, name="春节"),
        SpecialDay(date(2027, 2, 14), working=True, name="调休上班"),
        SpecialDay(date(2027, 4, 5), working=False, name="清明节"),
    )


@pytest.mark.parametrize(
    ("field", "typed", "where", "message"),
    [
        ("holidays", "元旦", "holidays", "第 1 行应写作“名称 首日 末日”：元旦"),
        ("holidays", "\n2027-01-01 2027-01-03", "holidays", "第 2 行应写作"),
        ("holidays", "元旦 2027-01-03 2027-01-01", "holidays", "第 1 行的起止日期不对"),
        ("holidays", "元旦 2027-01-01 2027-03-01", "holidays", "第 1 行的起止日期不对"),
        ("holidays", "元旦 2027-02-30", "holidays", "不是日期（应如 2026-10-01）：2027-02-30"),
        ("working", "周六", "working", "不是日期（应如 2026-10-01）：周六"),
        ("working", "2027-01-01", "__all__", "2027-01-01 既放假又上班"),
        ("working", "2030-01-05", "__all__", "不属于 2027 年前后"),
        ("number", "", "number", ""),
    ],
    ids=[
        "没有日期",
        "没有名称",
        "倒置",
        "过长",
        "没有这天",
        "不是日期",
        "矛盾",
        "别的年",
        "没有文号",
    ],
)
def test_a_mistake_is_named_at_its_place(field: str, typed: str, where: str, message: str) -> None:
    form = NoticeForm(TYPED | {field: typed})
    assert not form.is_valid()
    assert message in str(form.errors[where])


def test_a_notice_without_days_is_refused() -> None:
    form = NoticeForm(TYPED | {"holidays": " ", "working": ""})
    assert form.errors["holidays"] == ["没有写任何放假日或上班日"]
