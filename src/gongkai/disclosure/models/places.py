"""Reading places, and lists of records handed over to archives and libraries (`regulations#25`)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.disclosure.models.publication import PublicAct
from gongkai.disclosure.models.records import Record
from gongkai.disclosure.models.reviews import Clearance


class PlaceKind(models.TextChoices):
    """The three the law demands, and whatever else there is: reading rooms, notice boards."""

    ARCHIVE = "archive", "国家档案馆"
    LIBRARY = "library", "公共图书馆"
    SERVICE_HALL = "service_hall", "政务服务场所"
    OTHER = "other", "其他"


# Only these are owed the published records themselves.
RECEIVING = (PlaceKind.ARCHIVE.value, PlaceKind.LIBRARY.value)


class ReadingPlaceQuerySet(models.QuerySet["ReadingPlace"]):
    """Places by day."""

    def open_on(self, day: date) -> ReadingPlaceQuerySet:
        """Where one can read on a day."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day
        ).order_by("name", "pk")


class ReadingPlace(models.Model):
    """查阅场所: where everybody may read what is public; kept by the body that registered it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reading_places")
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20, choices=PlaceKind)
    address = models.CharField("地址", max_length=200)
    hours = models.CharField("开放时间", max_length=200)
    phone = models.CharField("联系电话", max_length=100)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)

    objects = ReadingPlaceQuerySet.as_manager()

    class Meta:
        """One open place of a name."""

        verbose_name = "查阅场所"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=Q(valid_to__isnull=True),
                name="disclosure_open_place_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="disclosure_place_period",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PlaceKind.values), name="disclosure_place_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HandOver(models.Model):
    """移交清单: what a body published in a period, for one archive or library.

    The next list of the same body and place starts on the day after `until`. Without `since` the
    first list reaches back to the beginning.
    """

    place = models.ForeignKey(ReadingPlace, models.PROTECT, related_name="hand_overs")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="hand_overs")
    number = models.PositiveIntegerField("期数")
    since = models.DateField("自", null=True)
    until = models.DateField("至")
    size = models.PositiveIntegerField("条数")
    by = models.CharField("移交人标识", max_length=64)
    by_name = models.CharField("移交人", max_length=100)
    at = models.DateTimeField("移交时间")

    class Meta:
        """Numbered for each place and body."""

        verbose_name = "移交清单"
        ordering: ClassVar[list[str]] = ["place", "agency", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["place", "agency", "number"], name="disclosure_hand_over_number"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=F("until")),
                name="disclosure_hand_over_period",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=False) | Q(number=1),
                name="disclosure_hand_over_follows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} 第{self.number}期"


class HandOverItem(models.Model):
    """One record on a list: new there, changed since, or withdrawn since, by which public act."""

    class Change(models.TextChoices):
        """What the place has to do with its copy."""

        NEW = "new", "新增"
        UPDATED = "updated", "更新"
        WITHDRAWN = "withdrawn", "撤回"

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="items")
    place = models.ForeignKey(ReadingPlace, models.PROTECT, related_name="items")
    record = models.ForeignKey(Record, models.PROTECT, related_name="hand_over_items")
    act = models.ForeignKey(PublicAct, models.PROTECT, related_name="hand_over_items")
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="hand_over_items")
    change = models.CharField("变动", max_length=10, choices=Change)
    position = models.PositiveIntegerField("序号")

    class Meta:
        """No act twice, no record new twice, for one place."""

        verbose_name = "移交的一条"
        ordering: ClassVar[list[str]] = ["hand_over", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["hand_over", "position"], name="disclosure_hand_over_position"
            ),
            models.UniqueConstraint(
                fields=["hand_over", "record"], name="disclosure_hand_over_record"
            ),
            models.UniqueConstraint(fields=["place", "act"], name="disclosure_handed_over_once"),
            models.UniqueConstraint(
                fields=["place", "record"],
                condition=Q(change="new"),
                name="disclosure_new_to_a_place_once",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1), name="disclosure_hand_over_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.get_change_display()}"
