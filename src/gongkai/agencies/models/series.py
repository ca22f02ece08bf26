"""Number series and every number drawn from them; how a number is written is statute's business."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models.bodies import Agency


class NumberSeries(models.Model):
    """The numbers of one kind that an agency gives in one year.

    `key` is a kind of gongkai.agencies.templates, or a kind and a word ("letter.答复").
    `paper_ended_at` is the last number given on paper before this installation took over.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="number_series")
    key = models.CharField("编号种类", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    template = models.CharField("编号样式", max_length=100)
    last_number = models.PositiveIntegerField("已取到", default=0)
    paper_ended_at = models.PositiveIntegerField("纸质编号止于", default=0)
    reason = models.CharField("接续说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "编号序列"
        ordering: ClassVar[list[str]] = ["agency", "key", "year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agency", "key", "year"], name="agencies_one_series_a_year"
            ),
            models.CheckConstraint(
                condition=Q(last_number__gte=F("paper_ended_at")), name="agencies_series_forward"
            ),
            models.CheckConstraint(
                condition=Q(paper_ended_at=0) | ~Q(reason=""),
                name="agencies_series_continued_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.key} {self.year}"


class DrawnNumber(models.Model):
    """A number once drawn: never changed, never deleted; at most marked void, with the reason.

    This table is the register of numbers (编号登记簿): who drew when is kept as values.
    """

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="numbers")
    key = models.CharField("编号种类", max_length=40)
    number = models.PositiveIntegerField("序号")
    text = models.CharField("编号", max_length=100)
    purpose = models.CharField("用途", max_length=100, blank=True)
    drawn_at = models.DateTimeField("取号时间")
    drawn_by = models.CharField("取号人标识", max_length=64)
    drawn_by_name = models.CharField("取号人", max_length=100)
    voided_at = models.DateTimeField("作废时间", null=True)
    voided_by = models.CharField("作废人标识", max_length=64, blank=True)
    voided_by_name = models.CharField("作废人", max_length=100, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "已取编号"
        ordering: ClassVar[list[str]] = ["series", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "number"], name="agencies_number_once"),
            # Two agencies with the same 机关代字 would issue the same number.
            models.UniqueConstraint(fields=["key", "text"], name="agencies_number_text_once"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="") & ~Q(voided_by="")),
                name="agencies_void_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def void(self) -> bool:
        """Whether the number was declared void; it is not given again."""
        return self.voided_at is not None
