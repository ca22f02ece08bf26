"""Records brought in from elsewhere: a batch, reviewed as a whole, with exceptions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.disclosure.models.records import Version
from gongkai.disclosure.steps import Step


class ImportBatch(models.Model):
    """Rows read from a sheet and a folder; sealed before it is reviewed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="import_batches")
    label = models.CharField("名称", max_length=100)
    source = models.CharField("来源", max_length=200)
    digest = models.CharField("清单摘要", max_length=64, blank=True)
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.CharField("导入人标识", max_length=64)
    imported_by_name = models.CharField("导入人", max_length=100)
    sealed_at = models.DateTimeField("送审时间", null=True)

    class Meta:
        """Kept."""

        verbose_name = "导入批次"

    def __str__(self) -> str:
        return self.label


class BatchItem(models.Model):
    """One version of a batch; `excepted` takes it out, with a reason, before the review."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="items")
    version = models.OneToOneField(Version, models.PROTECT, related_name="batch_item")
    row = models.PositiveIntegerField("行号")
    content_hash = models.CharField("内容摘要", max_length=64)
    first_published_on = models.DateField("首次公开日期", null=True)
    excepted = models.BooleanField("除外", default=False)
    exception_reason = models.CharField("除外的理由", max_length=200, blank=True)

    class Meta:
        """Each row once."""

        verbose_name = "导入的一行"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "row"], name="disclosure_batch_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.row}"


class BatchReview(models.Model):
    """A pass on a sealed batch as a whole: secrecy and final, by two persons."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="reviews")
    digest = models.CharField("清单摘要", max_length=64)
    step = models.CharField("步骤", max_length=20, choices=Step)
    reviewer = models.CharField("审查人标识", max_length=64)
    reviewer_name = models.CharField("审查人", max_length=100)
    reason = models.CharField("意见", max_length=500, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        """Each step once."""

        verbose_name = "批次审查"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "step"], name="disclosure_batch_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.get_step_display()}"
