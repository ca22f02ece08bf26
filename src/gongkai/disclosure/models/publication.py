"""What happened to a record in public: published, replaced, withdrawn, restored; and the plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.disclosure.models.records import Record
from gongkai.disclosure.models.reviews import Clearance


class Act(models.TextChoices):
    """A public act on a record."""

    PUBLISH = "publish", "发布"
    REPLACE = "replace", "更新"
    WITHDRAW = "withdraw", "撤回"
    RESTORE = "restore", "恢复"


class PublicAct(models.Model):
    """One act, kept for good: the page of a withdrawn record is made from it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="public_acts")
    clearance = models.ForeignKey(Clearance, models.PROTECT, null=True, related_name="public_acts")
    act = models.CharField("行为", max_length=10, choices=Act)
    reason = models.CharField("原因", max_length=300, blank=True)
    by = models.CharField("操作人标识", max_length=64)
    by_name = models.CharField("操作人", max_length=100)
    at = models.DateTimeField("时间")

    class Meta:
        """A withdrawal has a reason that the public reads."""

        verbose_name = "公开行为"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(act=Act.WITHDRAW) | ~Q(reason=""),
                name="disclosure_withdrawal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(act=Act.WITHDRAW, clearance__isnull=True)
                | (~Q(act=Act.WITHDRAW) & Q(clearance__isnull=False)),
                name="disclosure_act_names_its_clearance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d %H:%M}"


class Schedule(models.Model):
    """A publication planned for a moment; the job looks again before it publishes."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="schedules")
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="schedules")
    at = models.DateTimeField("定时发布")
    planned_by = models.CharField("计划人标识", max_length=64)
    planned_by_name = models.CharField("计划人", max_length=100)
    done_at = models.DateTimeField("执行时间", null=True)
    outcome = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        """One open plan for a record."""

        verbose_name = "定时发布"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(done_at__isnull=True), name="disclosure_one_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.at:%Y-%m-%d %H:%M}"


class Relation(models.Model):
    """What a record does to another: amends, repeals, supersedes, interprets, corrects, joins."""

    class Kind(models.TextChoices):
        """The relation, read from the later record to the earlier one."""

        AMENDS = "amends", "修改"
        PARTLY_REPEALS = "partly_repeals", "部分废止"
        REPEALS = "repeals", "废止"
        SUPERSEDES = "supersedes", "替代"
        INTERPRETS = "interprets", "解读"
        CORRECTS = "corrects", "更正"

    later = models.ForeignKey(Record, models.PROTECT, related_name="relations")
    earlier = models.ForeignKey(Record, models.PROTECT, related_name="related_by")
    kind = models.CharField("关系", max_length=20, choices=Kind)
    on = models.DateField("生效日期", null=True)
    forms = models.JSONField("解读形式", default=list)
    by_name = models.CharField("登记人", max_length=100)
    at = models.DateTimeField("登记时间")

    class Meta:
        """Never of itself; each once as long as it is not taken back (normative_triggers)."""

        verbose_name = "关联"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(later=models.F("earlier")), name="disclosure_relation_of_two"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Reappraisal(models.Model):
    """A decision on a record that is not public: stays so, or becomes public (`regulations#18`)."""

    class Decision(models.TextChoices):
        """What was found."""

        KEEP = "keep", "维持原属性"
        DISCLOSE = "disclose", "转为主动公开"
        ON_REQUEST = "on_request", "转为依申请公开"

    record = models.ForeignKey(Record, models.PROTECT, related_name="reappraisals")
    due_on = models.DateField("应评估日期")
    decision = models.CharField("结论", max_length=12, choices=Decision)
    reason = models.CharField("理由", max_length=300)
    next_review_on = models.DateField("下次评估日期", null=True)
    by = models.CharField("评估人标识", max_length=64)
    by_name = models.CharField("评估人", max_length=100)
    at = models.DateTimeField("时间")

    class Meta:
        """Kept as decided."""

        verbose_name = "动态调整"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {self.due_on}"
