"""Tokens of other systems, what came in by them, and the answers kept for repeated requests."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Record


class Token(models.Model):
    """What an OA system shows to be let in: of one body, and of one drafter of it.

    That person answers for what the system sends and is its author, so that he reviews none of it.
    Of the secret only its SHA-256 is here; a secret of 256 random bits cannot be guessed back.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="api_tokens", verbose_name="机关"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens", verbose_name="拟稿人")
    label = models.CharField("系统名称", max_length=60)
    prefix = models.CharField("编号", max_length=12, unique=True)
    digest = models.CharField("密钥摘要", max_length=64)
    created_at = models.DateTimeField("发出时间")
    created_by = models.CharField("发出人标识", max_length=64)
    created_by_name = models.CharField("发出人", max_length=100)
    expires_at = models.DateTimeField("有效期至")
    revoked_at = models.DateTimeField("收回时间", null=True)
    revoked_by_name = models.CharField("收回人", max_length=100, blank=True)
    last_used_at = models.DateTimeField("最近使用", null=True)

    class Meta:
        """Each ends some day."""

        verbose_name = "接口令牌"
        ordering: ClassVar[list[str]] = ["agency_id", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="api_token_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.prefix}"


class Inbound(models.Model):
    """A record that came in through the API, with the number it bears in the other system."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="inbound")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="inbound_records")
    token = models.ForeignKey(Token, models.PROTECT, related_name="inbound_records")
    external_no = models.CharField("对方编号", max_length=64, blank=True)
    received_at = models.DateTimeField("收到时间")

    class Meta:
        """One number of the other system, one record of the body."""

        verbose_name = "接口来文"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agency", "external_no"],
                condition=~Q(external_no=""),
                name="api_external_no_once",
            ),
        ]

    def __str__(self) -> str:
        return self.external_no or str(self.record_id)


class Answer(models.Model):
    """What was answered to a request with this key: asked again, it is answered the same.

    `asked` is the digest of the request; no word of the request itself is kept.
    """

    token = models.ForeignKey(Token, models.PROTECT, related_name="answers")
    key = models.CharField("重复请求的键", max_length=100)
    asked = models.CharField("请求摘要", max_length=64)
    status = models.PositiveSmallIntegerField("状态码", default=0)
    body = models.JSONField("回答", default=dict)
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        """One answer to a key."""

        verbose_name = "已作的回答"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token", "key"], name="api_one_answer_to_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.status}"
