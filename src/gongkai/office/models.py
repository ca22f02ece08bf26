"""What the office itself keeps: lists that somebody set up once and comes back to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency


class SavedView(models.Model):
    """A list of records under a name: its filters as they stand in the address.

    With `agency` everybody who works on records there has it too. `opens_first`: the list that its
    owner sees before anything is chosen.
    """

    owner = models.ForeignKey(User, models.PROTECT, related_name="saved_views")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="saved_views", null=True, blank=True
    )
    name = models.CharField("名称", max_length=30)
    query = models.CharField("条件", max_length=1000)
    opens_first = models.BooleanField("打开就看", default=False)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        """A name once for its owner; one list at most opens first."""

        verbose_name = "常用清单"
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="office_view_name_once"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(opens_first=True), name="office_one_view_opens_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name
