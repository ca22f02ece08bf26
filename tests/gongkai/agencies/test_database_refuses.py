"""What the database refuses about bodies and numbers, by SQL written by hand.

Each attack is tried twice: with the guards, where it must fail, and without triggers and their
check constraints, where it must succeed; otherwise the attack itself would prove nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.agencies.models import Agency
from gongkai.agencies.numbers import draw, void_number
from gongkai.agencies.profiles import Profile
from gongkai.agencies.services import close_agency, merge_agencies, rename_agency
from gongkai.guards.triggers import registered
from tests.gongkai.agencies.county import AT, CLERK, TODAY, body, found
from tests.gongkai.databases import as_owner

pytestmark = pytest.mark.django_db

ATTACKS = {
    "删除机关": "DELETE FROM agencies_agency WHERE code = 'lone'",
    "改机关代码": "UPDATE agencies_agency SET code = 'other' WHERE code = 'a'",
    "取消主管部门": "UPDATE agencies_agency SET supervising = FALSE WHERE supervising",
    "改成立日期": "UPDATE agencies_agency SET valid_from = '2019-01-01' WHERE code = 'a'",
    "恢复已撤销的机关": "UPDATE agencies_agency SET valid_to = NULL WHERE code = 'ended'",
    "上下级成环": """UPDATE agencies_agency
        SET parent_id = (SELECT id FROM agencies_agency WHERE code = 'a-1-1') WHERE code = 'a'""",
    "改旧名称": "UPDATE agencies_designation SET name = '别的局' WHERE name = '旧名局'",
    "删沿革": "DELETE FROM agencies_designation WHERE name = '旧名局'",
    "改承继关系": "UPDATE agencies_succession SET basis = '别的文件'",
    "删承继关系": "DELETE FROM agencies_succession",
    "编号退回": "UPDATE agencies_numberseries SET last_number = 1",
    "编号跳号": "UPDATE agencies_numberseries SET last_number = last_number + 2",
    "改编号样式": "UPDATE agencies_numberseries SET template = '改'",
    "改年份": "UPDATE agencies_numberseries SET year = 2025",
    "改已取编号": "UPDATE agencies_drawnnumber SET text = '云农公开〔2026〕9号' WHERE number = 1",
    "删已取编号": "DELETE FROM agencies_drawnnumber WHERE number = 2",
    "撤销作废": """UPDATE agencies_drawnnumber
        SET voided_at = NULL, void_reason = '', voided_by = '' WHERE number = 2""",
    "改作废原因": "UPDATE agencies_drawnnumber SET void_reason = '另一原因' WHERE number = 2",
    "插入跳号": """INSERT INTO agencies_drawnnumber
        (series_id, key, number, text, purpose, drawn_at, drawn_by, drawn_by_name, voided_by,
         voided_by_name, void_reason)
        SELECT id, 'letter', 9, 'x', '', '2026-03-02', '1', '甲', '', '', ''
        FROM agencies_numberseries""",
}


@pytest.fixture(autouse=True)
def _filled() -> None:
    """Bodies, history and numbers for the attacks to find."""
    found()
    body("lone", "独局")
    top = body("a", "甲局")
    body("a-1-1", "丙局", parent=body("a-1", "乙局", parent=top))
    rename_agency(
        body("n", "旧名局"), by=CLERK, at=AT, on=date(2026, 2, 1), name="新名局", basis="云编1号"
    )
    ended = body("ended", "撤销局")
    close_agency(ended, by=CLERK, at=AT, on=TODAY - timedelta(days=9), basis="云编1号")
    merge_agencies([body("m", "并入局")], by=CLERK, at=AT, on=TODAY, into=top, basis="云编1号")
    agency = body("nyj", "农业农村局", profile=Profile(letter_code="云农"))
    numbers = [draw("letter", agency=agency, year=2026, by=CLERK, at=AT) for _ in range(3)]
    void_number(numbers[1], by=CLERK, at=AT, reason="打印错误")


def attack(sql: str) -> bool:
    """Whether the statements went through; undone in any case."""
    passed = False
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql)
                passed = bool(cursor.rowcount > 0)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return passed


def without_triggers() -> None:
    with as_owner(connection), connection.cursor() as cursor:
        for one in registered():
            if one.table.startswith("agencies_"):
                on = f' ON "{one.table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{one.name}"{on}')


def test_every_attack_is_refused_and_would_succeed_without_the_guards(
    capsys: pytest.CaptureFixture[str],
) -> None:
    through = [name for name, sql in ATTACKS.items() if attack(sql)]
    without_triggers()
    unguarded = [name for name, sql in ATTACKS.items() if attack(sql)]
    with capsys.disabled():
        print(
            f"\nagencies, {connection.vendor}: {len(ATTACKS)} attacks by SQL, "
            f"{len(through)} went through; without triggers {len(unguarded)}"
        )
    assert through == []
    assert unguarded == list(ATTACKS)


def test_what_services_do_passes_the_guards() -> None:
    assert Agency.objects.get(code="n").name == "新名局"
    assert not attack("UPDATE agencies_agency SET code = 'a' WHERE code = 'lone'")
    assert attack("UPDATE agencies_agency SET short_name = '独' WHERE code = 'lone'")
