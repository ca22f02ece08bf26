"""Records brought in from elsewhere: a batch, reviewed as a whole, with exceptions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.disclosure.models.records import Version
from gongkai.disclosure.steps import Step


class ImportBatch(models.Model):
    """Rows read from a sheet and a folder; sealed before it is reviewed.

    `sheet_digest` is that of the file, by which a run that was cut short is taken up again, and
    `rows` how many it has. `digest` is over the items once the batch is sealed: what is passed.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="import_batches")
    label = models.CharField("名称", max_length=100)
    source = models.CharField("来源", max_length=200)
    sheet_digest = models.CharField("文件摘要", max_length=64, blank=True)
    rows = models.PositiveIntegerField("清单行数", default=0)
    digest = models.CharField("清单摘要", max_length=64, blank=True)
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.CharField("导入人标识", max_length=64)
    imported_by_name = models.CharField("导入人", max_length=100)
    sealed_at = models.DateTimeField("送审时间", null=True)

    class Meta:
        """A file once in a body; sealed with the digest of what was sealed."""

        verbose_name = "导入批次"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agency", "sheet_digest"],
                condition=~Q(sheet_digest=""),
                name="disclosure_sheet_once",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | ~Q(digest=""),
                name="disclosure_sealed_with_a_digest",
            ),
        ]

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
            models.UniqueConstraint(fields=["batch", "row"], name="disclosure_batch_row_once"),
            models.CheckConstraint(
                condition=Q(excepted=False, exception_reason="")
                | Q(excepted=True) & ~Q(exception_reason=""),
                name="disclosure_exception_has_a_reason",
            ),
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
