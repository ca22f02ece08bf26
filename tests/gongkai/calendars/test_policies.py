"""Who keeps the calendar: two of the supervising office's staff or of system administrators."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gongkai.accounts.policies import Policy
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.accounts.standing import HeldRole, Standing
from gongkai.calendars.policies import CONFIRM, ENTER, SEE, WITHDRAW, NoticeAffair

AT = datetime(2026, 12, 3, tzinfo=UTC)
OFFICE, OTHER = 1, 2


def someone(
    role: Role | None = None,
    agency: int = OFFICE,
    *,
    administrator: AdministratorRole | None = None,
) -> Standing:
    held = () if role is None else (HeldRole(agency, f"a{agency}", role),)
    return Standing(11, AT, held, administrator)


def may(policy: Policy, who: Standing, *, entered_by: str = "12") -> bool:
    return bool(policy.allowed.test(who, NoticeAffair(OFFICE, entered_by)))


@pytest.mark.parametrize(
    ("who", "keeps"),
    [
        (someone(Role.DISCLOSURE_OFFICER), True),
        (someone(Role.AGENCY_ADMINISTRATOR), True),
        (someone(administrator=AdministratorRole.SYSTEM), True),
        (someone(Role.DISCLOSURE_OFFICER, OTHER), False),
        (someone(Role.AGENCY_ADMINISTRATOR, OTHER), False),
        (someone(Role.DRAFTER), False),
        (someone(administrator=AdministratorRole.SECURITY), False),
        (someone(administrator=AdministratorRole.AUDIT), False),
        (someone(), False),
        (Standing(None, AT), False),
    ],
    ids=[
        "主管部门公开审核人",
        "主管部门管理员",
        "系统管理员",
        "外单位公开审核人",
        "外单位管理员",
        "主管部门拟稿人",
        "安全管理员",
        "审计管理员",
        "无角色",
        "未登录",
    ],
)
def test_the_calendar_is_kept_by(who: Standing, *, keeps: bool) -> None:
    assert [may(policy, who) for policy in (ENTER, CONFIRM, WITHDRAW)] == [keeps] * 3
    assert may(SEE, who) is (who.user_id is not None)


def test_nobody_is_offered_to_confirm_what_he_entered() -> None:
    keeper = someone(Role.DISCLOSURE_OFFICER)
    assert not may(CONFIRM, keeper, entered_by="11")
    assert may(WITHDRAW, keeper, entered_by="11")


def test_without_a_supervising_office_only_the_system_administrator_keeps_it() -> None:
    nobody = NoticeAffair(None)
    assert not ENTER.allowed.test(someone(Role.DISCLOSURE_OFFICER), nobody)
    assert ENTER.allowed.test(someone(administrator=AdministratorRole.SYSTEM), nobody)
