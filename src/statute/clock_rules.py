"""The numbers the clock counts with, dated and cited; switches where the law is silent.

Nothing is computed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from statute.citations import Citation, Mark, cite
from statute.dated import Period, in_force_on


@dataclass(frozen=True, slots=True)
class ClockRules:
    """Working days unless said otherwise."""

    in_force: Period
    reply: int  # regulations#33.2
    extension_max: int  # regulations#33.2, over the whole application
    correction_notice: int  # regulations#30
    correction_period: int  # house_practice#补正期限: the law says only “合理期限”
    third_party: int  # regulations#32, from the third party's receipt
    joint_agency: int  # regulations#34, from the other body's receipt
    fee_payment: int  # processing_fee_2020#程序, from the day after receipt of the notice
    confirmation: int  # house_practice#收到确认: an unconfirmed receipt alarms after this
    fee_restarts: bool  # processing_fee_2020#重新计算: from memory
    reasons_suspend: bool  # house_practice#说明理由不停表: the law says nothing


RULES: tuple[ClockRules, ...] = (
    ClockRules(
        in_force=Period(date(2019, 5, 15)),
        reply=20,
        extension_max=20,
        correction_notice=7,
        correction_period=15,
        third_party=15,
        joint_agency=15,
        fee_payment=20,
        confirmation=1,
        fee_restarts=True,
        reasons_suspend=False,
    ),
)

# Which of the fields above the texts do not vouch for.
UNVERIFIED: dict[str, tuple[Mark, Citation]] = {
    "correction_period": (Mark.PRACTICE, cite("house_practice#补正期限")),
    "confirmation": (Mark.PRACTICE, cite("house_practice#收到确认")),
    "fee_restarts": (Mark.MEMORY, cite("processing_fee_2020#重新计算")),
    "reasons_suspend": (Mark.PRACTICE, cite("house_practice#说明理由不停表")),
}


def clock_rules(on: date) -> ClockRules:
    """The rules for an application that arrived on this day; NotInForceError before 2019-05-15."""
    return in_force_on(RULES, on, what="政府信息公开申请的答复期限")
