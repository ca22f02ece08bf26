"""Claims: who took a matter at which occasion, since when, until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims by where they stand."""

    def standing(self) -> ClaimQuerySet:
        """Taken and not given back."""
        return self.filter(ended_at__isnull=True)


class Claim(models.Model):
    """A person's word that he does it. It keeps nobody else from the act itself: who may act is
    judged by duties, and an office must not stand still because somebody is ill."""

    matter_kind = models.CharField("事项种类", max_length=30)
    matter_id = models.CharField("事项标识", max_length=64)
    label = models.CharField("事项", max_length=200)
    agency_code = models.CharField("机关代码", max_length=32)
    occasion = models.CharField("环节标识", max_length=40)
    occasion_label = models.CharField("环节", max_length=40)
    person = models.CharField("认领人标识", max_length=64)
    person_name = models.CharField("认领人", max_length=100)
    taken_at = models.DateTimeField("认领时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_by = models.CharField("结束人标识", max_length=64, blank=True)
    ended_by_name = models.CharField("结束人", max_length=100, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        """One standing claim for a matter and occasion."""

        verbose_name = "认领"
        ordering: ClassVar[list[str]] = ["-taken_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["matter_kind", "matter_id", "occasion"],
                condition=Q(ended_at__isnull=True),
                name="claims_one_standing",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "ended_at"], name="claims_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.occasion_label} {self.person_name}"
