"""Outbox rows, the periodic schedule and the processes at work; no business verb, no result store.

A row is waiting, leased, done or failed. Nothing else can become of it: that is a constraint of
the table, and so is that a failed row says why.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """What has become of a row."""

    WAITING = "waiting", "待执行"
    LEASED = "leased", "执行中"
    DONE = "done", "已完成"
    FAILED = "failed", "已停止"


class RowQuerySet(models.QuerySet["OutboxRow"]):
    """Rows by what can be done with them."""

    def due(self, at: datetime) -> RowQuerySet:
        """What a worker may take: waiting and due, or leased by a worker that fell silent."""
        waiting = Q(state=State.WAITING, run_after__lte=at)
        abandoned = Q(state=State.LEASED, lease_until__lt=at)
        return self.filter(waiting | abandoned)


class OutboxRow(models.Model):
    """One order for background work, written in the transaction that gave rise to it."""

    name = models.CharField("任务", max_length=100)
    arguments = models.JSONField("参数", default=dict)
    unique_key = models.CharField("去重键", max_length=200, blank=True, default="")
    periodic = models.CharField("周期任务", max_length=100, blank=True, default="")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    enqueued_at = models.DateTimeField("登记时间")
    run_after = models.DateTimeField("最早执行时间")
    attempts = models.PositiveIntegerField("已执行次数", default=0)
    max_attempts = models.PositiveIntegerField("最多执行次数")
    lease_token = models.CharField("租约", max_length=32, blank=True, default="")
    lease_until = models.DateTimeField("租约到期", null=True, blank=True)
    worker = models.CharField("执行进程", max_length=100, blank=True, default="")
    dispatched_at = models.DateTimeField("派发时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    reason = models.CharField("原因", max_length=500, blank=True, default="")
    retried_by = models.CharField("重试人", max_length=200, blank=True, default="")

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = "后台任务"
        indexes = (
            models.Index(fields=["state", "run_after"], name="jobs_row_due"),
            models.Index(fields=["state", "lease_until"], name="jobs_row_lease"),
            models.Index(fields=["name", "state"], name="jobs_row_name"),
        )
        constraints = (
            # Only an order that nobody has taken absorbs a second one of the same key: a handler
            # that is already running may have read what the second one is about.
            models.UniqueConstraint(
                fields=["name", "unique_key"],
                condition=Q(state=State.WAITING, attempts=0) & ~Q(unique_key=""),
                name="jobs_row_one_waiting_per_key",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="jobs_row_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED) | ~Q(reason=""), name="jobs_row_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=State.LEASED, lease_until__isnull=False) & ~Q(lease_token="")
                | ~Q(state=State.LEASED) & Q(lease_until__isnull=True, lease_token=""),
                name="jobs_row_leased_has_a_lease",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class PeriodicState(models.Model):
    """Where the schedule stands with one periodic job; its row is the lock of the schedulers."""

    name = models.CharField("周期任务", max_length=100, unique=True)
    last_slot = models.DateTimeField("最近一次应执行时间", null=True, blank=True)
    last_success_at = models.DateTimeField("最近一次成功", null=True, blank=True)
    last_failure_at = models.DateTimeField("最近一次停止", null=True, blank=True)
    last_reason = models.CharField("最近一次停止的原因", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "周期任务"

    def __str__(self) -> str:
        return self.name


class Process(models.Model):
    """A worker, scheduler or dispatcher, and when it was last seen alive."""

    name = models.CharField("进程", max_length=100, unique=True)
    kind = models.CharField("种类", max_length=20)
    started_at = models.DateTimeField("启动时间")
    seen_at = models.DateTimeField("最近出现")
    stopped_at = models.DateTimeField("正常停止", null=True, blank=True)

    class Meta:
        verbose_name = "后台进程"

    def __str__(self) -> str:
        return self.name
