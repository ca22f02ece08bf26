"""What the database refuses about holiday notices, by SQL written by hand, with its control."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.calendars.services import withdraw_notice
from gongkai.guards.triggers import registered
from tests.gongkai.calendars.notices import AT, FIRST, TORCH, confirmed, entered
from tests.gongkai.databases import as_owner

pytestmark = pytest.mark.django_db

CONFIRM = """UPDATE calendars_holidaynotice
    SET confirmed_at = '2026-12-04', confirmed_by = '12', confirmed_by_name = '乙'
    WHERE year = 2026"""
NEW = """INSERT INTO calendars_holidaynotice
    (year, number, issued_on, region, remark, digest, entered_at, entered_by, entered_by_name,
     confirmed_at, confirmed_by, confirmed_by_name, withdrawn_by, withdrawn_by_name,
     withdrawal_reason)
    VALUES (2027, '一人号', '2026-12-01', '', '', '', '2026-12-03', '11', '甲',
            '2026-12-03', '12', '乙', '', '', '')"""

ATTACKS = {
    "改内容": "UPDATE calendars_holidaynotice SET issued_on = '2026-11-01' WHERE year = 2027",
    "改摘要": "UPDATE calendars_holidaynotice SET digest = '' WHERE year = 2027",
    "改录入人后自己复核": CONFIRM.replace("SET", "SET entered_by = '99',"),
    "直接插入已复核": NEW,
    "改复核人": "UPDATE calendars_holidaynotice SET confirmed_by = '77' WHERE year = 2027",
    "取消复核": """UPDATE calendars_holidaynotice SET confirmed_at = NULL, confirmed_by = ''
        WHERE year = 2027""",
    "撤回后复核": CONFIRM.replace("year = 2026", "year = 2025"),
    "取消撤回": """UPDATE calendars_holidaynotice SET withdrawn_at = NULL, withdrawal_reason = ''
        WHERE year = 2025""",
    "删通知": "DELETE FROM calendars_holidaynotice WHERE year = 2026",
    "改日子": "UPDATE calendars_holidayday SET working = NOT working",
    "删日子": "DELETE FROM calendars_holidayday",
    "复核后加日子": """INSERT INTO calendars_holidayday (notice_id, date, working, name)
        SELECT id, '2027-03-03', FALSE, '假' FROM calendars_holidaynotice WHERE year = 2027""",
}
# Held by check constraints, which stand without triggers too.
CONSTRAINED = {
    "自己复核": CONFIRM.replace("'12'", "'11'"),
    "无人复核": "UPDATE calendars_holidaynotice SET confirmed_at = '2026-12-04' WHERE year = 2026",
    "无因撤回": "UPDATE calendars_holidaynotice SET withdrawn_at = '2026-12-04' WHERE year = 2027",
}


@pytest.fixture(autouse=True)
def _filled() -> None:
    """One notice in force (2027), one waiting (2026), one withdrawn (2025)."""
    confirmed()
    entered(TORCH)
    old = replace(TORCH, year=2025, issued_on=date(2025, 5, 6))
    withdraw_notice(entered(old), by=FIRST, at=AT, reason="录错")


def attack(sql: str) -> bool:
    """Whether the statement went through; undone in any case."""
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
            if one.table.startswith("calendars_"):
                on = f' ON "{one.table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{one.name}"{on}')


def test_every_attack_is_refused_and_would_succeed_without_the_guards(
    capsys: pytest.CaptureFixture[str],
) -> None:
    everything = ATTACKS | CONSTRAINED
    through = [name for name, sql in everything.items() if attack(sql)]
    without_triggers()
    unguarded = [name for name, sql in everything.items() if attack(sql)]
    with capsys.disabled():
        print(
            f"\ncalendars, {connection.vendor}: {len(everything)} attacks by SQL, "
            f"{len(through)} went through; without triggers {len(unguarded)}"
        )
    assert through == []
    assert unguarded == list(ATTACKS)


def test_a_second_person_does_pass() -> None:
    assert attack(CONFIRM)
