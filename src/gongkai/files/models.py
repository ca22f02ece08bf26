"""Files by their place and hashes, what was found in them, and what went out.

No content and no words stand here: content lies sealed in a folder (storage), names and excerpts
as ciphertext under the key of the owner, so that all of it ends with that key.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.files.registry import Owner
from screening.passages import Carrier


class State(models.TextChoices):
    """Where a file stands; triggers hold which follows which."""

    QUARANTINED = "quarantined", "隔离待查毒"
    INFECTED = "infected", "有恶意代码，已隔离"
    READY = "ready", "可用"
    SEALED = "sealed", "已封存"


class Role(models.TextChoices):
    """What a file is to the one it was made from."""

    ORIGINAL = "original", "原件"
    CONVERTED = "converted", "转换件"
    STRIPPED = "stripped", "清理件"
    REDACTED = "redacted", "遮盖件"


OUTGOING = frozenset({Role.STRIPPED, Role.REDACTED})
USABLE = frozenset({State.READY, State.SEALED})


class Channel(models.TextChoices):
    """By which way files leave."""

    WEB = "web", "网上公开"
    MAIL = "mail", "邮寄或者电子邮件"
    PRINT = "print", "打印"


class Verdict(models.TextChoices):
    """What was decided about a finding."""

    FIXED = "fixed", "已修改"
    JUSTIFIED = "justified", "保留"


class FileQuerySet(models.QuerySet["StoredFile"]):
    """Files by owner and state."""

    def of(self, owner: Owner) -> FileQuerySet:
        """The files of one owner."""
        return self.filter(owner_kind=owner.kind, owner_id=owner.id)

    def originals(self) -> FileQuerySet:
        """As they were taken in."""
        return self.filter(role=Role.ORIGINAL)

    def outgoing(self) -> FileQuerySet:
        """Made to leave the house."""
        return self.filter(role__in=OUTGOING)


class StoredFile(models.Model):
    """One file: an original, or one made from another. Only its state ever changes.

    `sha256` is of the content, `stored_as` of the ciphertext on disk, which is also its name there:
    a backup can be checked without a key. `number` counts the owner's originals; what is made from
    one bears its number. `original` is the one at the beginning, `parent` the step before. `report`
    says what was taken out, by layer and count, without words of the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_kind = models.CharField("归属种类", max_length=40)
    owner_id = models.CharField("归属编号", max_length=64)
    agency_code = models.CharField("机关代码", max_length=32)
    number = models.PositiveIntegerField("序号")
    role = models.CharField("性质", max_length=12, choices=Role.choices)
    state = models.CharField("状态", max_length=12, choices=State.choices)
    remark = models.CharField("说明", max_length=200, blank=True)
    carrier = models.CharField("格式", max_length=8, choices=[(c.value, c.label) for c in Carrier])
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("摘要", max_length=64)
    stored_as = models.CharField("存放名", max_length=64, unique=True)
    name = models.BinaryField("文件名密文")
    report = models.JSONField("清理报告", default=dict, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="made_from_it"
    )
    original = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="derivatives"
    )
    taken_at = models.DateTimeField("收存时间")
    taken_by = models.CharField("收存人标识", max_length=64)
    taken_by_name = models.CharField("收存人", max_length=100)

    objects = FileQuerySet.as_manager()

    class Meta:
        """An original is made from nothing; of one owner the same content is kept once."""

        verbose_name = "文件"
        ordering: ClassVar[list[str]] = ["number", "taken_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(role=Role.ORIGINAL, parent__isnull=True, original__isnull=True)
                | (~Q(role=Role.ORIGINAL) & Q(parent__isnull=False, original__isnull=False)),
                name="files_original_is_made_from_nothing",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="files_role_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="files_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(sha256=F("stored_as")), name="files_are_kept_as_ciphertext"
            ),
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "sha256"],
                condition=Q(role=Role.ORIGINAL),
                name="files_one_original_of_a_content",
            ),
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "number"],
                condition=Q(role=Role.ORIGINAL),
                name="files_one_original_of_a_number",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_kind", "owner_id"], name="files_of_owner"),
            models.Index(fields=["state"], name="files_by_state"),
        ]

    def __str__(self) -> str:
        return f"附件{self.number}（{self.get_role_display()}）"

    @property
    def owner(self) -> Owner:
        """To whom it belongs."""
        return Owner(self.owner_kind, self.owner_id)

    @property
    def beginning(self) -> uuid.UUID:
        """The id of the original; of an original its own."""
        return self.original_id or self.id

    @property
    def is_outgoing(self) -> bool:
        """Whether it was made to leave the house."""
        return self.role in OUTGOING


class Screening(models.Model):
    """One look through a file by one state of the word lists; never changed, the last one counts.

    `findings` is ciphertext of what was found, excerpts masked, and of what could not be searched.
    `failure` says in Chinese why there is no result; then it counts for nothing.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="screenings")
    sha256 = models.CharField("摘要", max_length=64)
    lists_version = models.CharField("词表版本", max_length=64)
    findings = models.BinaryField("发现密文")
    must = models.PositiveIntegerField("必须处理")
    answer = models.PositiveIntegerField("要答复")
    hint = models.PositiveIntegerField("建议")
    not_covered = models.PositiveIntegerField("没有检查到的部分")
    failure = models.CharField("没有结果的原因", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    by = models.CharField("检查人标识", max_length=64)
    by_name = models.CharField("检查人", max_length=100)

    class Meta:
        """The latest last."""

        verbose_name = "检查"
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.file}：{self.must}、{self.answer}、{self.hint}"


class FindingDecision(models.Model):
    """What somebody decided about a finding, with the reason; a later one stands before it.

    `key` is a keyed digest of the words and their surroundings: nothing to read, the same as long
    as the text is. It counts for the original and for all that is made from it.
    """

    original = models.ForeignKey(StoredFile, models.PROTECT, related_name="decisions")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="decided_on_it")
    key = models.CharField("发现", max_length=128)
    verdict = models.CharField("处理", max_length=12, choices=Verdict.choices)
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField("时间")
    by = models.CharField("处理人标识", max_length=64)
    by_name = models.CharField("处理人", max_length=100)

    class Meta:
        """In the order of their making."""

        verbose_name = "对发现的处理"
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values) & ~Q(reason=""),
                name="files_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}：{self.reason}"


class RedactionDraft(models.Model):
    """The boxes of a redaction while somebody works on it: places and grounds, no words."""

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="draft")
    version = models.PositiveIntegerField("版本")
    instructions = models.JSONField("遮盖方案")
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.CharField("保存人标识", max_length=64)
    saved_by_name = models.CharField("保存人", max_length=100)

    class Meta:
        verbose_name = "遮盖方案"

    def __str__(self) -> str:
        return f"{self.file} 第 {self.version} 版遮盖方案"


class Release(models.Model):
    """That a set of files went out: by which way, for what, by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField("途径", max_length=8, choices=Channel.choices)
    subject_kind = models.CharField("归属种类", max_length=40)
    subject_id = models.CharField("归属编号", max_length=64)
    agency_code = models.CharField("机关代码", max_length=32)
    at = models.DateTimeField("时间")
    by = models.CharField("发出人标识", max_length=64)
    by_name = models.CharField("发出人", max_length=100)

    class Meta:
        """The latest first."""

        verbose_name = "发出"
        ordering: ClassVar[list[str]] = ["-at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_kind", "subject_id"], name="files_released_for"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.at:%Y-%m-%d %H:%M}"


class ReleasedItem(models.Model):
    """One file of a release, with the hash that its content had and the name it bore."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="items")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="released")
    sha256 = models.CharField("摘要", max_length=64)
    original_sha256 = models.CharField("原件摘要", max_length=64)
    name = models.CharField("发出的文件名", max_length=255)

    class Meta:
        """A file is in a set once."""

        verbose_name = "发出的文件"
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "file"], name="files_once_in_a_release"),
        ]

    def __str__(self) -> str:
        return self.name
