"""The trail: rows chained per agency, and heads over all chains; never changed, never deleted.

Actors, subjects and agencies are kept as values: no foreign key can cascade, rename or vanish.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from gongkai.trail import events
from gongkai.trail.actors import Actor, ActorKind, Subject


class Chain(models.Model):
    """Where the chain of one agency ends; its row is the lock of whoever records.

    An empty code stands for the installation as a whole.
    """

    agency_code = models.CharField("机关代码", max_length=50, unique=True, blank=True)
    length = models.PositiveBigIntegerField("条数", default=0)
    head = models.CharField("末条摘要", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "留痕链"

    def __str__(self) -> str:
        return f"{self.agency_code or '—'} {self.length}"


class RowQuerySet(models.QuerySet["Row"]):
    """Rows by who, to what, where and when."""

    def of_agencies(self, codes: Iterable[str]) -> RowQuerySet:
        """Rows in the chains of these agencies."""
        return self.filter(agency_code__in=list(codes))

    def by_person(self, person: str) -> RowQuerySet:
        """What this person did, and what was done to this person as a user."""
        return self.filter(Q(actor_id=person) | Q(subject_kind="user", subject_id=person))

    def about(self, kind: str, thing: str = "") -> RowQuerySet:
        """What was done to things of this kind, or to one of them."""
        rows = self.filter(subject_kind=kind)
        return rows.filter(subject_id=thing) if thing else rows

    def between(self, since: datetime | None, until: datetime | None) -> RowQuerySet:
        """Rows from `since` (included) to `until` (excluded)."""
        rows = self.all() if since is None else self.filter(at__gte=since)
        return rows if until is None else rows.filter(at__lt=until)


class Row(models.Model):
    """Who did what to what, when. `facts` are plain and hold no personal data; `sealed` is
    ciphertext made by the vault, in base64."""

    agency_code = models.CharField("机关代码", max_length=50, blank=True)
    sequence = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    event = models.CharField("事件", max_length=100)
    actor_kind = models.CharField("行为人类别", max_length=10)
    actor_id = models.CharField("行为人", max_length=100)
    actor_name = models.CharField("姓名", max_length=200)
    actor_agency_code = models.CharField("所在机关代码", max_length=50, blank=True)
    actor_agency_name = models.CharField("所在机关", max_length=200, blank=True)
    subject_kind = models.CharField("对象类别", max_length=50)
    subject_id = models.CharField("对象", max_length=100)
    subject_label = models.CharField("对象名称", max_length=300)
    facts = models.JSONField("事实", default=dict)
    sealed = models.JSONField("加密的事实", default=dict)
    algorithm = models.CharField("摘要算法", max_length=10)
    previous = models.CharField("前一条摘要", max_length=64, blank=True)
    hash = models.CharField("摘要", max_length=64)

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = "留痕"
        constraints = (
            models.UniqueConstraint(
                fields=["agency_code", "sequence"], name="trail_row_one_per_number"
            ),
        )
        indexes = (
            models.Index(fields=["actor_id", "-id"], name="trail_row_actor"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="trail_row_subject"),
            models.Index(fields=["at"], name="trail_row_at"),
            models.Index(fields=["event", "-id"], name="trail_row_event"),
        )

    def __str__(self) -> str:
        return self.sentence

    @property
    def actor(self) -> Actor:
        """Who acted, as known at the time."""
        return Actor(
            kind=ActorKind(self.actor_kind),
            id=self.actor_id,
            name=self.actor_name,
            agency_code=self.actor_agency_code,
            agency_name=self.actor_agency_name,
        )

    @property
    def subject(self) -> Subject:
        """What it was done to, as known at the time."""
        return Subject(self.subject_kind, self.subject_id, self.subject_label)

    @property
    def sentence(self) -> str:
        """The row as a Chinese sentence."""
        return events.read(
            self.event,
            actor=self.actor_agency_name + self.actor_name,
            subject=self.subject_label,
            facts=self.facts,
            sealed=frozenset(self.sealed),
        )

    def content(self) -> dict[str, Any]:
        """What is hashed and exported; with `hash` it is a line of the bundle."""
        return line_of(tuple(getattr(self, column) for column in COLUMNS))


# In the order of `line_of`; a million rows are read as tuples, not as objects.
COLUMNS = (
    *("agency_code", "sequence", "at", "event"),
    *("actor_kind", "actor_id", "actor_name", "actor_agency_code", "actor_agency_name"),
    *("subject_kind", "subject_id", "subject_label"),
    *("facts", "sealed", "algorithm", "previous"),
)


def line_of(values: Sequence[Any]) -> dict[str, Any]:
    """The line of a row, from the values of its COLUMNS."""
    return {
        "agency": values[0],
        "sequence": values[1],
        "at": spelled(values[2]),
        "event": values[3],
        "actor": {
            "kind": values[4],
            "id": values[5],
            "name": values[6],
            "agency_code": values[7],
            "agency_name": values[8],
        },
        "subject": {"kind": values[9], "id": values[10], "label": values[11]},
        "facts": values[12],
        "sealed": values[13],
        "algorithm": values[14],
        "previous": values[15],
    }


class DailyHead(models.Model):
    """The ends of all chains at one moment under one digest: what is printed and kept outside."""

    number = models.PositiveIntegerField("编号", unique=True)
    day = models.DateField("日期")
    taken_at = models.DateTimeField("时间")
    chains = models.JSONField("各链条数和末条摘要")
    algorithm = models.CharField("摘要算法", max_length=10)
    previous = models.CharField("前一号摘要", max_length=64, blank=True)
    hash = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "总摘要"

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    def content(self) -> dict[str, Any]:
        """What is hashed and exported; with `hash` it is a line of the bundle."""
        return {
            "number": self.number,
            "day": self.day.isoformat(),
            "taken_at": spelled(self.taken_at),
            "chains": self.chains,
            "algorithm": self.algorithm,
            "previous": self.previous,
        }


def spelled(at: datetime) -> str:
    """A moment as it is hashed: UTC with six decimals, whatever zone it came in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def encoded(sealed: bytes) -> str:
    """Ciphertext as it stands in a row."""
    return b64encode(sealed).decode("ascii")


def head_of(day: date) -> models.QuerySet[DailyHead]:
    """The heads of a day, the latest first."""
    return DailyHead.objects.filter(day=day).order_by("-number")
