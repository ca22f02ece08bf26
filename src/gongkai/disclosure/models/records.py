"""Records and their versions. What is public is a foreign key to a clearance, or nothing."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.disclosure.kinds import RecordKind
from statute.attributes import Attribute

ATTRIBUTES = [(one.value, one.label) for one in Attribute]


class RecordQuerySet(models.QuerySet["Record"]):
    """Records by who may see them and where they stand."""

    def public(self) -> RecordQuerySet:
        """What everybody may read now."""
        return self.filter(live__isnull=False)

    def ever_public(self) -> RecordQuerySet:
        """What has an address: live, or withdrawn with a notice in its place."""
        return self.filter(published_at__isnull=False)

    def of_agencies(self, ids: frozenset[int] | None) -> RecordQuerySet:
        """Records of these bodies; None: of all."""
        return self.all() if ids is None else self.filter(agency_id__in=ids)


class Record(models.Model):
    """Something made or obtained and kept (政府信息); its words are in versions.

    `public_id` is its address for good. `first_published_on` is for records that were public
    before they came here, with its source; counts use it, pages show both.
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="records")
    kind = models.CharField("种类", max_length=30, choices=RecordKind)
    index_no = models.CharField("索引号", max_length=60, blank=True)
    reg_no = models.CharField("统一编号", max_length=30, blank=True)
    created_at = models.DateTimeField("立项时间")
    created_by = models.CharField("立项人标识", max_length=64)
    revision = models.PositiveIntegerField("修订号", default=1)
    live = models.ForeignKey(
        "disclosure.Clearance", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("发布日期", null=True)
    first_published_on = models.DateField("首次公开日期", null=True)
    first_published_source = models.CharField("首次公开的来源", max_length=200, blank=True)
    next_review_on = models.DateField("下次评估日期", null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        """One number, one record."""

        verbose_name = "政府信息"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["index_no"], condition=~Q(index_no=""), name="disclosure_index_no_once"
            ),
            models.UniqueConstraint(
                fields=["reg_no"], condition=~Q(reg_no=""), name="disclosure_reg_no_once"
            ),
            models.CheckConstraint(
                condition=Q(live__isnull=True) | Q(published_at__isnull=False),
                name="disclosure_live_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(first_published_on__isnull=True) | ~Q(first_published_source=""),
                name="disclosure_first_published_has_a_source",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agency", "-id"], name="disclosure_record_agency"),
            models.Index(fields=["kind", "-published_at"], name="disclosure_record_kind"),
            models.Index(fields=["-published_at"], name="disclosure_record_published"),
            models.Index(
                fields=["agency"],
                condition=Q(published_at__isnull=True),
                name="disclosure_never_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it now."""
        return self.live_id is not None


class Version(models.Model):
    """The words of a record at one time; frozen once submitted.

    `formed_on` is 成文日期, from which the time to publish runs, or `changed_on` where something
    already public was changed. `details` holds what a kind has besides (amounts in fen, names of
    bodies); `grounds` the citations of articles for anything but 主动公开.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("第几稿")
    title = models.CharField("标题", max_length=300)
    summary = models.CharField("内容概述", max_length=500, blank=True)
    body = models.TextField("正文", blank=True)
    category = models.CharField("法定类目", max_length=40)
    theme = models.CharField("主题分类", max_length=60, blank=True)
    genre = models.CharField("体裁", max_length=30, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    issuers = models.CharField("联合发文机关", max_length=300, blank=True)
    doc_no = models.CharField("发文字号", max_length=60, blank=True)
    formed_on = models.DateField("成文日期", null=True)
    changed_on = models.DateField("变更日期", null=True)
    effective_on = models.DateField("施行日期", null=True)
    expires_on = models.DateField("有效期至", null=True)
    attribute = models.CharField(
        "公开属性", max_length=20, choices=ATTRIBUTES, default=Attribute.PROACTIVE.value
    )
    attribute_reason = models.CharField("属性的理由", max_length=300, blank=True)
    grounds = models.JSONField("依据", default=list)
    details = models.JSONField("种类要素", default=dict)
    files = models.JSONField("附件", default=list)
    drafted_at = models.DateTimeField("起草时间")
    drafted_by = models.CharField("起草人标识", max_length=64)
    drafted_by_name = models.CharField("起草人", max_length=100)
    submitted_at = models.DateTimeField("送审时间", null=True)
    content_hash = models.CharField("内容摘要", max_length=64, blank=True)

    class Meta:
        """Numbered within the record; a submitted one has its hash."""

        verbose_name = "文稿"
        ordering: ClassVar[list[str]] = ["record_id", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "number"], name="disclosure_version_number"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, content_hash="")
                | (Q(submitted_at__isnull=False) & ~Q(content_hash="")),
                name="disclosure_submitted_has_a_hash",
            ),
        ]
        # Lists ask without opening the text: these hold all that they need.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["title", "doc_no", "record", "number"], name="disclosure_version_words"
            ),
            models.Index(
                fields=["formed_on", "category", "attribute", "record", "number"],
                name="disclosure_version_formed",
            ),
            models.Index(fields=["number"], name="disclosure_version_later"),
            models.Index(
                fields=["record"],
                condition=Q(submitted_at__isnull=True),
                name="disclosure_version_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}稿"

    def content(self) -> dict[str, Any]:
        """Everything that a reviewer passes, as plain values: what the hash is over."""
        dates = {
            name: value.isoformat() if (value := getattr(self, name)) else ""
            for name in ("formed_on", "changed_on", "effective_on", "expires_on")
        }
        words = {name: getattr(self, name) for name in CONTENT_WORDS}
        return {"kind": self.record.kind, **words, **dates}


CONTENT_WORDS = (
    *("title", "summary", "body", "category", "theme", "genre", "keywords", "issuers", "doc_no"),
    *("attribute", "attribute_reason", "grounds", "details", "files"),
)


class Authorship(models.Model):
    """Who ever wrote a word of a record: none of them reviews any version of it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="authors")
    person = models.CharField("标识", max_length=64)
    name = models.CharField("姓名", max_length=100)
    since = models.DateTimeField("起")

    class Meta:
        """Once for each person."""

        verbose_name = "起草人"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "person"], name="disclosure_author_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "record"], name="disclosure_author_person")
        ]

    def __str__(self) -> str:
        return self.name
