"""What keeps records current: changes of law, tasks that follow, reminders, pages found right.

The day of the next evaluation itself is a cached column of the record (reappraisals.py).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.disclosure.models.records import Record
from gongkai.disclosure.models.reviews import Clearance


class LawChange(models.Model):
    """A provision changed: what is not public because of it is looked at again.

    `place` is its citation; without an agency the records of all bodies are meant.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="law_changes")
    place = models.CharField("条款", max_length=80)
    on = models.DateField("变更自")
    due_on = models.DateField("应评估日期")
    reason = models.CharField("理由", max_length=300)
    by = models.CharField("登记人标识", max_length=64)
    by_name = models.CharField("登记人", max_length=100)
    at = models.DateTimeField("登记时间")

    class Meta:
        """With its reason."""

        verbose_name = "依据变更"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="disclosure_change_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.on}"


class LawChangeTask(models.Model):
    """A record that rests on what changed; settled by the next decision on the record."""

    change = models.ForeignKey(LawChange, models.PROTECT, related_name="tasks")
    record = models.ForeignKey(Record, models.PROTECT, related_name="law_change_tasks")

    class Meta:
        """Each record once."""

        verbose_name = "依据变更评估任务"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["change", "record"], name="disclosure_change_task_once")
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.record_id}"


class ReappraisalReminder(models.Model):
    """An evaluation called to mind: once before its day, once after it has passed."""

    class Stage(models.TextChoices):
        """Which of the two."""

        AHEAD = "ahead", "将到评估日期"
        LATE = "late", "已过评估日期"

    record = models.ForeignKey(Record, models.PROTECT, related_name="reappraisal_reminders")
    due_on = models.DateField("应评估日期")
    stage = models.CharField("提醒种类", max_length=10, choices=Stage)
    at = models.DateTimeField("提醒时间")

    class Meta:
        """Once a stage for each day an evaluation falls due."""

        verbose_name = "评估提醒"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["record", "due_on", "stage"], name="disclosure_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.get_stage_display()} {self.due_on}"


class PageConfirmation(models.Model):
    """Somebody went through a public page and found it right; the page itself did not change."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="page_confirmations")
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="page_confirmations")
    by = models.CharField("核对人标识", max_length=64)
    by_name = models.CharField("核对人", max_length=100)
    at = models.DateTimeField("核对时间")

    class Meta:
        """Any number of times."""

        verbose_name = "页面核对"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.at:%Y-%m-%d}"
