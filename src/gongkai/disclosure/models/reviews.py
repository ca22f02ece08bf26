"""Reviews, what must be there before them, and the clearance that only they can bring about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.disclosure.models.records import Record, Version
from gongkai.disclosure.steps import Path, Step, Verdict

# Who decides what a body cannot (`regulations#17`).
AUTHORITIES = [("supervising", "政府信息公开主管部门"), ("secrecy", "保密行政管理部门")]


class LegalityOpinion(models.Model):
    """合法性审核意见 of a normative document: a precondition, not a step."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="legality_opinions")
    number = models.CharField("意见号", max_length=60)
    given_on = models.DateField("意见日期")
    lawful = models.BooleanField("合法")
    opinion = models.CharField("意见", max_length=500)
    by = models.CharField("审核人标识", max_length=64)
    by_name = models.CharField("审核人", max_length=100)
    at = models.DateTimeField("登记时间")

    class Meta:
        """Kept as given."""

        verbose_name = "合法性审核意见"

    def __str__(self) -> str:
        return self.number


class Review(models.Model):
    """A verdict of one person at one step, bound to the hash it was given on.

    `back_to` says where a return goes: a step, or the drafter.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="reviews")
    content_hash = models.CharField("内容摘要", max_length=64)
    step = models.CharField("步骤", max_length=20, choices=Step)
    verdict = models.CharField("结论", max_length=10, choices=Verdict)
    back_to = models.CharField("退回到", max_length=20, blank=True)
    back_position = models.PositiveSmallIntegerField(default=9)
    position = models.PositiveSmallIntegerField()
    reviewer = models.CharField("审查人标识", max_length=64)
    reviewer_name = models.CharField("审查人", max_length=100)
    reason = models.CharField("意见", max_length=500, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        """Kept as given."""

        verbose_name = "公开前审查"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.PASS) | ~Q(reason=""),
                name="disclosure_review_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(step=Step.SECTION, position=1)
                | Q(step=Step.SECRECY, position=2)
                | Q(step=Step.DISCLOSURE, position=3)
                | Q(step=Step.FINAL, position=4),
                name="disclosure_review_position",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.RETURN, back_position__lt=4)
                & Q(back_position__lte=models.F("position"))
                | ~Q(verdict=Verdict.RETURN) & Q(back_to="", back_position=9),
                name="disclosure_return_goes_back",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["back_position", "version"], name="disclosure_review_back")
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.get_verdict_display()}"


class EmergencyOrder(models.Model):
    """Leave to publish after the secrecy review alone; the rest follows until `rest_due_on`."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="emergency_order")
    reason = models.CharField("理由", max_length=300)
    ordered_by = models.CharField("决定人标识", max_length=64)
    ordered_by_name = models.CharField("决定人", max_length=100)
    at = models.DateTimeField("时间")
    rest_due_on = models.DateField("补齐审查的期限")

    class Meta:
        """One for a version."""

        verbose_name = "应急缩短审查决定"

    def __str__(self) -> str:
        return f"{self.version_id} {self.rest_due_on}"


class Clearance(models.Model):
    """The fact that a version passed every review it needs. It is made, never set."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="clearances")
    version = models.OneToOneField(Version, models.PROTECT, related_name="clearance")
    content_hash = models.CharField("内容摘要", max_length=64)
    path = models.CharField("途径", max_length=12, choices=Path)
    at = models.DateTimeField("时间")

    class Meta:
        """One for a version."""

        verbose_name = "公开许可"

    def __str__(self) -> str:
        return f"{self.version_id} {self.get_path_display()}"


class ReviewRule(models.Model):
    """How an agency reviews: steps one person may take together, days each step may take.

    `merged` is a list of pairs of steps; secrecy and final are never a pair.
    """

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="review_rule")
    merged = models.JSONField("可由一人合并的步骤", default=list)
    days_each = models.PositiveSmallIntegerField("每步工作日", default=2)

    class Meta:
        """One for an agency."""

        verbose_name = "审查规则"

    def __str__(self) -> str:
        return f"{self.agency}"


class Referral(models.Model):
    """“Cannot determine”: put to the supervising office or the secrecy authority."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="referral")
    to = models.CharField("报送", max_length=20, choices=AUTHORITIES)
    question = models.CharField("问题", max_length=500)
    sent_at = models.DateTimeField("报送时间")
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by_name = models.CharField("登记人", max_length=100, blank=True)

    class Meta:
        """One for a verdict."""

        verbose_name = "报请确定"

    def __str__(self) -> str:
        return self.get_to_display()


class Coordination(models.Model):
    """Another body asked before publication (`regulations#11`)."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="coordinations")
    other = models.CharField("机关", max_length=200)
    question = models.CharField("事项", max_length=500)
    asked_at = models.DateTimeField("发出时间")
    answer = models.CharField("答复", max_length=500, blank=True)
    agreed = models.BooleanField("同意", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        """Several for a version."""

        verbose_name = "协商"

    def __str__(self) -> str:
        return self.other
