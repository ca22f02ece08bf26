"""What was decided about findings, and which are open still: a decision holds for the words it saw.

A finding that was justified stays so in every later look until its words or those around them
change, for its key changes with them. One said to be fixed is open again if it is still found. A
grave mark of secrecy cannot be justified here at all; who else may justify what is the office's
matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from screening.findings.finding import Finding, Kind, Severity


class Verdict(StrEnum):
    """What was decided."""

    FIXED = "fixed"
    JUSTIFIED = "justified"

    @property
    def label(self) -> str:
        """The verdict in Chinese."""
        return {"fixed": "已修改", "justified": "有理由保留"}[self.value]


@dataclass(frozen=True, slots=True)
class Decision:
    """About one finding, by its key: what, why, by whom, when. ValueError without key or name, or
    for a justification without a reason."""

    finding_key: str
    verdict: Verdict
    reason: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.finding_key:
            raise ValueError("决定没有写明是哪一处")
        if not self.by.strip():
            raise ValueError("决定没有写明是谁作出的")
        if self.verdict is Verdict.JUSTIFIED and not self.reason.strip():
            raise ValueError("保留的，应当写明理由")


def may_be_justified(finding: Finding) -> bool:
    """Whether a reason can ever answer it: not a grave mark of secrecy, which goes to review."""
    return not (finding.kind is Kind.SECRECY_MARK and finding.severity is Severity.MUST)


def open_findings(
    findings: Iterable[Finding], decisions: Iterable[Decision]
) -> tuple[Finding, ...]:
    """The findings nobody has answered for. Of several decisions on one the last stands."""
    last = {
        decision.finding_key: decision.verdict
        for decision in sorted(decisions, key=lambda decision: decision.at)
    }
    return tuple(
        finding
        for finding in findings
        if last.get(finding.key) is not Verdict.JUSTIFIED or not may_be_justified(finding)
    )
