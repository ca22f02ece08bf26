"""Data keys, wrapped; fingerprints of master keys; keyed digests of identifiers.

No personal value stands here: ciphertext lies in the tables of those it belongs to.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class MasterKeyVersion(models.Model):
    """Which master keys there were, by fingerprint: a wrong file is noticed before it is used."""

    version = models.PositiveIntegerField("版本", unique=True)
    fingerprint = models.CharField("指纹", max_length=64)
    created_at = models.DateTimeField("启用时间")
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        """Oldest first."""

        verbose_name = "主密钥版本"
        ordering: ClassVar[list[str]] = ["version"]

    def __str__(self) -> str:
        return f"第 {self.version} 版"


class DataKey(models.Model):
    """The key of one thing (kind, id), wrapped by a master key; destroyed = nothing to unwrap."""

    kind = models.CharField("种类", max_length=40)
    owner_id = models.CharField("编号", max_length=64)
    wrapped = models.BinaryField("密钥密文", null=True)
    algorithm = models.CharField("算法", max_length=20)
    master_version = models.PositiveIntegerField("主密钥版本")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)

    class Meta:
        """One per thing; destroyed exactly when there is nothing left of it."""

        verbose_name = "数据密钥"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "owner_id"], name="one_key_per_thing"),
            models.CheckConstraint(
                condition=Q(wrapped__isnull=True, destroyed_at__isnull=False)
                | Q(wrapped__isnull=False, destroyed_at__isnull=True),
                name="destroyed_means_gone",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["master_version", "id"], name="keys_to_rewrap"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner_id}"


class Identifier(models.Model):
    """A keyed digest of an identifier, for "same applicant" within one agency; nothing to read."""

    kind = models.CharField("种类", max_length=40)
    owner_id = models.CharField("编号", max_length=64)
    field = models.CharField("字段", max_length=40)
    agency_code = models.CharField("机关代码", max_length=32)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        """One per field and agency, found by digest."""

        verbose_name = "标识摘要"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "owner_id", "field", "agency_code"], name="one_digest_per_field"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agency_code", "digest"], name="same_identifier"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner_id} {self.field}"
