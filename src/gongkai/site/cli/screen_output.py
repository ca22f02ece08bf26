"""What `gongkai screen` prints: findings by file for people, or JSON for programs.

It decides nothing; everything shown comes masked from screening.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from screening.findings.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Screened:
    """One file with its findings, or why it could not be read."""

    file: str
    carrier: str = ""
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    unread: str = ""

    @property
    def grave(self) -> bool:
        """Whether something must be dealt with or answered."""
        return any(finding.severity is not Severity.HINT for finding in self.findings)

    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}


def as_text(screened: Sequence[Screened]) -> str:
    """Each file with its findings, the gravest first; a sum when there are several."""
    parts = ["\n".join(_file_lines(one)) for one in screened if not one.unread]
    if len(screened) > 1:
        read = [one for one in screened if not one.unread]
        total = Counter[Severity]()
        for one in read:
            total.update(one.counts())
        unread = len(screened) - len(read)
        more = f"，{unread} 份打不开" if unread else ""
        parts.append(f"共 {len(screened)} 份{more}：{_told(total)}")
    return "\n\n".join(parts)


def _file_lines(one: Screened) -> list[str]:
    lines = [f"{one.file}（{one.carrier}）：{_told(one.counts())}"]
    for number, finding in enumerate(one.findings, start=1):
        lines += [
            f"{number:>3} {finding.severity.label}  {finding.place.wording()}  {finding.says}",
            *([f"      {finding.excerpt}"] if finding.excerpt else []),
            f"      {finding.suggestion}〔{finding.rule_brief}〕",
        ]
    return lines + [f"    注：{remark}" for remark in one.remarks]


def _told(counts: Counter[Severity] | dict[Severity, int]) -> str:
    told = [f"{severity.label} {counts[severity]} 处" for severity in Severity if counts[severity]]
    return "，".join(told) or "没有查到问题"


def as_json(screened: Sequence[Screened]) -> str:
    """An object for one file, an array for several."""
    files = [
        {
            "file": one.file,
            "carrier": one.carrier,
            "unread": one.unread or None,
            "counts": {severity.value: count for severity, count in one.counts().items()},
            "findings": [_plain(finding) for finding in one.findings],
            "remarks": list(one.remarks),
        }
        for one in screened
    ]
    return json.dumps(files[0] if len(files) == 1 else files, ensure_ascii=False, indent=2)


def _plain(finding: Finding) -> dict[str, str]:
    return {
        "kind": finding.kind.value,
        "label": finding.kind.label,
        "severity": finding.severity.value,
        "layer": finding.place.layer.value,
        "place": finding.place.wording(),
        "excerpt": finding.excerpt,
        "says": finding.says,
        "suggestion": finding.suggestion,
        "rule": finding.rule_wording,
    }
