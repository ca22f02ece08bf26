"""What was decided about findings in the words of a record. The findings themselves are not kept:
they are searched anew whenever they are asked for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.disclosure.models.records import Version
from gongkai.files.models import Verdict
from screening.findings.finding import Kind, Severity

KINDS = [(one.value, one.label) for one in Kind]
SEVERITIES = [(one.value, one.label) for one in Severity]


class TextDecision(models.Model):
    """What somebody decided about one finding, with the reason; a later one stands before it.

    `key` is a keyed digest of the words and their surroundings: nothing to read, the same as long
    as the words are, in every version of the record.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="text_decisions")
    field = models.CharField("位置", max_length=20)
    key = models.CharField("发现", max_length=128)
    kind = models.CharField("种类", max_length=30, choices=KINDS)
    severity = models.CharField("程度", max_length=10, choices=SEVERITIES)
    verdict = models.CharField("处理", max_length=12, choices=Verdict.choices)
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField("时间")
    by = models.CharField("处理人标识", max_length=64)
    by_name = models.CharField("处理人", max_length=100)

    class Meta:
        """In the order of their making; none without a reason."""

        verbose_name = "对文字中发现的处理"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values) & ~Q(reason="") & ~Q(key=""),
                name="disclosure_finding_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}：{self.reason}"
