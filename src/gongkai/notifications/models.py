"""Messages, what became of them outside the office, and what each person chose.

Subjects are kept as values, as in the trail. Addresses are ciphertext with a mask beside it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.accounts.models import User


class Way(models.TextChoices):
    """How a message leaves the office; inside it everybody is told always."""

    MAIL = "mail", "邮件"
    WEBHOOK = "webhook", "手机消息"


class What(models.TextChoices):
    """What a way needs to know of a person."""

    MAIL = "mail", "邮箱"
    PHONE = "phone", "手机号"


NEEDS: dict[Way, What] = {Way.MAIL: What.MAIL, Way.WEBHOOK: What.PHONE}


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by whom they are for and which body they come from."""

    def to(self, person: User) -> MessageQuerySet:
        """What one person was told."""
        return self.filter(person=person)

    def unread(self) -> MessageQuerySet:
        """Not yet seen by their person."""
        return self.filter(read_at__isnull=True)

    def of_agencies(self, codes: Iterable[str]) -> MessageQuerySet:
        """What was told about matters of these bodies."""
        return self.filter(agency_code__in=list(codes))


class Message(models.Model):
    """One thing told to one person. `key` is the occasion: told once, however often it is said."""

    id = models.UUIDField("标识", primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="messages", verbose_name="收件人")
    kind = models.CharField("种类", max_length=40)
    agency_code = models.CharField("机关代码", max_length=50, blank=True)
    subject_kind = models.CharField("对象类别", max_length=50)
    subject_id = models.CharField("对象", max_length=100)
    subject_name = models.CharField("对象名称", max_length=300)
    sentence = models.CharField("内容", max_length=500)
    link = models.CharField("地址", max_length=200)
    key = models.CharField("去重键", max_length=120)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        """Once for each person and occasion."""

        verbose_name = "消息"
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "key"], name="notifications_told_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "read_at"], name="notifications_unread"),
            models.Index(fields=["person", "-at"], name="notifications_of_person"),
            models.Index(fields=["agency_code", "-at"], name="notifications_of_agency"),
        ]

    def __str__(self) -> str:
        return self.sentence


class State(models.TextChoices):
    """What became of a message on its way out."""

    WAITING = "waiting", "等待发出"
    SENT = "sent", "已发出"
    SKIPPED = "skipped", "没有再发"
    STOPPED = "stopped", "没有发成"


class Delivery(models.Model):
    """A message on one way out. Its id is the Message-ID or the idempotency key of every attempt.

    `begun` counts attempts that were begun and whose end nobody wrote down: the process was killed
    between sending and writing.
    """

    id = models.UUIDField("标识", primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    way = models.CharField("途径", max_length=10, choices=Way)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField("最早发出时间")
    attempts = models.PositiveSmallIntegerField("未成次数", default=0)
    begun = models.PositiveSmallIntegerField("没有结果的次数", default=0)
    reason = models.CharField("原因", max_length=200, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        """Once for each way; what did not go out says why."""

        verbose_name = "发送"
        ordering: ClassVar[list[str]] = ["way"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "way"], name="notifications_once_a_way"),
            models.CheckConstraint(
                condition=Q(state=State.WAITING, ended_at__isnull=True)
                | Q(state__in=[State.SENT, State.SKIPPED, State.STOPPED], ended_at__isnull=False),
                name="notifications_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SKIPPED, State.STOPPED]) | ~Q(reason=""),
                name="notifications_not_sent_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.get_state_display()}"


class Address(models.Model):
    """A person's mail address or phone number: ciphertext under a key of its own, and its mask."""

    id = models.UUIDField("标识", primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="addresses")
    what = models.CharField("种类", max_length=10, choices=What)
    sealed = models.BinaryField("密文")
    mask = models.CharField("掩码", max_length=100)
    set_at = models.DateTimeField("登记时间")

    class Meta:
        """One of each for a person."""

        verbose_name = "接收地址"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "what"], name="notifications_one_address"),
        ]

    def __str__(self) -> str:
        return self.mask


class Preference(models.Model):
    """What a person chose: `off` holds "way:kind" that is not wanted; quiet hours may span
    midnight, and are none where both ends are the same."""

    person = models.OneToOneField(User, models.PROTECT, related_name="message_preference")
    off = models.JSONField("不要的", default=list)
    quiet_from = models.TimeField("安静时段起")
    quiet_until = models.TimeField("安静时段止")
    working_days = models.BooleanField("只在工作日")

    class Meta:
        """One for a person."""

        verbose_name = "接收方式"

    def __str__(self) -> str:
        return f"{self.quiet_from:%H:%M}–{self.quiet_until:%H:%M}"
