"""What was decided about normative documents beside their text: clean-ups, relations taken back.

No text is kept here: a document that no longer holds keeps its words and its address.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.disclosure.models.publication import Relation
from gongkai.disclosure.models.records import Record
from statute.validity import CleanupResult

RESULTS = [(one.value, one.label) for one in CleanupResult]
# What takes a document out of force: it takes effect by a published announcement alone.
ENDING = (CleanupResult.REPEAL.value, CleanupResult.EXPIRE.value)


class Cleanup(models.Model):
    """清理: every normative document made up to a day is looked at again."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cleanups")
    label = models.CharField("名称", max_length=100)
    until = models.DateField("截止日期")
    basis = models.CharField("依据", max_length=200, blank=True)
    opened_by = models.CharField("发起人标识", max_length=64)
    opened_by_name = models.CharField("发起人", max_length=100)
    opened_at = models.DateTimeField("发起时间")

    class Meta:
        """Kept."""

        verbose_name = "规范性文件清理"
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.label


class CleanupDecision(models.Model):
    """继续有效、修改、废止、失效. A row once written stays; of several the last one stands.

    What ends a document names the day and the record that announces it.
    """

    cleanup = models.ForeignKey(Cleanup, models.PROTECT, related_name="decisions")
    record = models.ForeignKey(Record, models.PROTECT, related_name="cleanup_decisions")
    result = models.CharField("结论", max_length=10, choices=RESULTS)
    reason = models.CharField("理由", max_length=300, blank=True)
    on = models.DateField("自", null=True)
    announcement = models.ForeignKey(
        Record, models.PROTECT, null=True, related_name="announced_decisions"
    )
    by = models.CharField("决定人标识", max_length=64)
    by_name = models.CharField("决定人", max_length=100)
    at = models.DateTimeField("时间")

    class Meta:
        """An end has its day, its announcement and its reason; nothing else has a day."""

        verbose_name = "清理结论"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(result__in=ENDING, on__isnull=False, announcement__isnull=False)
                & ~Q(reason="")
                | ~Q(result__in=ENDING) & Q(on__isnull=True, announcement__isnull=True),
                name="disclosure_cleanup_end_is_announced",
            ),
            models.CheckConstraint(
                condition=Q(announcement__isnull=True) | ~Q(announcement=models.F("record")),
                name="disclosure_cleanup_not_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.get_result_display()}"


class VoidedRelation(models.Model):
    """A relation registered by mistake: it stays on file, and counts no more."""

    relation = models.OneToOneField(Relation, models.PROTECT, related_name="voided")
    reason = models.CharField("原因", max_length=300)
    by = models.CharField("撤销人标识", max_length=64)
    by_name = models.CharField("撤销人", max_length=100)
    at = models.DateTimeField("时间")

    class Meta:
        """Once for a relation."""

        verbose_name = "撤销的关联"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="disclosure_voided_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.relation_id}"
