"""Holiday notices as entered in the office; what they make of a day is statute's business.

The notices that a release ships are not in here (statute.calendars.national).
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from statute.calendars import Notice, SpecialDay


class NoticeQuerySet(models.QuerySet["HolidayNotice"]):
    """Notices by where they stand."""

    def pending(self) -> NoticeQuerySet:
        """Entered, not yet confirmed by a second person, not withdrawn."""
        return self.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)

    def in_force(self) -> NoticeQuerySet:
        """Confirmed, neither withdrawn nor replaced by a corrected entry."""
        return self.filter(
            confirmed_at__isnull=False, withdrawn_at__isnull=True, superseded_at__isnull=True
        )

    def in_force_at(self, at: datetime) -> NoticeQuerySet:
        """What was in force at a moment: for explaining a date computed then."""
        return self.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at),
            confirmed_at__lte=at,
        )


class HolidayNotice(models.Model):
    """One entry of a holiday notice: what it says, who entered it, who found it right.

    `region` is empty for the whole country, else a division code. `supersedes` is the entry that
    this one corrects; a notice that changes an earlier *notice* supersedes nothing, the later one
    has the word for each day it names. `digest` is over what the notice says.
    """

    year = models.PositiveSmallIntegerField("年度")
    number = models.CharField("文号", max_length=60)
    issued_on = models.DateField("成文日期")
    region = models.CharField("行政区划代码", max_length=12, blank=True)
    remark = models.CharField("说明", max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.CharField("录入人标识", max_length=64)
    entered_by_name = models.CharField("录入人", max_length=100)
    confirmed_at = models.DateTimeField("复核时间", null=True)
    confirmed_by = models.CharField("复核人标识", max_length=64, blank=True)
    confirmed_by_name = models.CharField("复核人", max_length=100, blank=True)
    superseded_at = models.DateTimeField("被更正时间", null=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.CharField("撤回人标识", max_length=64, blank=True)
    withdrawn_by_name = models.CharField("撤回人", max_length=100, blank=True)
    withdrawal_reason = models.CharField("撤回原因", max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        """Two persons, and no two live entries of one notice."""

        verbose_name = "放假通知"
        ordering: ClassVar[list[str]] = ["-year", "-issued_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | (
                    Q(confirmed_at__isnull=False)
                    & ~Q(confirmed_by="")
                    & ~Q(confirmed_by=F("entered_by"))
                ),
                name="calendars_confirmed_by_a_second_person",
                violation_error_message="录入人不能复核自己录入的通知",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="calendars_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="calendars_superseded_was_in_force",
            ),
            models.UniqueConstraint(
                fields=["number", "region", "year"],
                condition=Q(
                    confirmed_at__isnull=False,
                    withdrawn_at__isnull=True,
                    superseded_at__isnull=True,
                ),
                name="calendars_notice_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["number", "region", "year"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="calendars_notice_pending_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> str:
        """Where the entry stands: 待复核, 有效, 已更正, 已撤回."""
        if self.withdrawn_at is not None:
            return "已撤回"
        if self.superseded_at is not None:
            return "已更正"
        return "待复核" if self.confirmed_at is None else "有效"

    def as_notice(self) -> Notice:
        """The notice as statute's value; reads the days."""
        return Notice(
            year=self.year,
            number=self.number,
            issued_on=self.issued_on,
            days=tuple(
                SpecialDay(day.date, working=day.working, name=day.name) for day in self.days.all()
            ),
            region=self.region,
            remark=self.remark,
        )


class HolidayDay(models.Model):
    """A day that a notice makes a day off, or a weekend day worked."""

    notice = models.ForeignKey(HolidayNotice, models.PROTECT, related_name="days")
    date = models.DateField("日期")
    working = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40)

    class Meta:
        """One word per day and notice."""

        verbose_name = "放假或上班日"
        ordering: ClassVar[list[str]] = ["date"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notice", "date"], name="calendars_one_word_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
