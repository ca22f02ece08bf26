"""What another system is told of a record: where it stands and what is missing, not its words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from pydantic import BaseModel, Field

from gongkai.api.addresses import address_of
from gongkai.api.models import Inbound
from gongkai.disclosure.attachments import attachments_of
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.queries import latest, position_of
from gongkai.disclosure.services.drafting import submission_faults
from gongkai.disclosure.stages import Stage, newest, stage_of_newest
from gongkai.disclosure.steps import Step, Verdict


class Word(BaseModel):
    """A code for programs with its words for people."""

    code: str
    words: str


class Missing(BaseModel):
    """What is to be mended before the draft may be submitted."""

    field: str = Field(description="哪一项，如 details.supplier；空为整件")
    message: str


class Returned(BaseModel):
    """A reviewer's return of this version."""

    step: Word = Field(description="在哪一步退回")
    back_to: str = Field(description="退回到哪一步；drafter 为起草人")
    reason: str
    at: datetime


class File(BaseModel):
    """A file of the newest version."""

    id: UUID
    name: str
    size: int
    ready: bool = Field(description="可以送审；不可以的，missing 里写明原因和做法")


class Row(BaseModel):
    """A record in a list."""

    id: UUID = Field(description="标识，一直不变")
    external_no: str = Field(description="贵系统的编号，没有则空")
    kind: Word
    state: Word = Field(description="最新一稿走到哪一步")
    revision: int = Field(description="修订号，修改时写进 If-Match")
    public: bool = Field(description="现在是否公开")
    published_at: datetime | None = Field(description="首次发布的时间，由本系统记录")
    address: str | None = Field(description="公开的地址，公开以前没有")


class Status(Row):
    """Where a record stands."""

    version: int = Field(description="第几稿")
    awaits: Word | None = Field(description="等待哪一步审查；应急先公开的，公开以后仍可能有")
    returns: list[Returned] = Field(description="这一稿的退回和理由")
    missing: list[Missing] = Field(description="送审以前还缺什么；不是草稿时为空")
    files: list[File]
    index_no: str = Field(description="索引号")
    reg_no: str = Field(description="统一编号")
    planned_at: datetime | None = Field(description="定时发布的时间")


class Page(BaseModel):
    """A page of a list."""

    items: list[Row]
    page: int
    pages: int
    total: int


def rows_of(page: Sequence[Inbound]) -> list[Row]:
    """Records in a list; the database is asked once for all of them."""
    ids = [one.record_id for one in page]
    stages = newest().filter(record__in=ids).annotate(stage=stage_of_newest())
    known = dict(stages.values_list("record_id", "stage"))
    return [_row(one, Stage(known[one.record_id])) for one in page]


def status_of(inbound: Inbound) -> Status:
    """Where a record stands now, read fresh."""
    record = Record.objects.get(pk=inbound.record_id)
    inbound.record = record
    version = latest(record)
    (row,) = rows_of([inbound])
    plan = record.schedules.filter(done_at__isnull=True).first()
    return Status(
        **row.model_dump(),
        version=version.number,
        awaits=_awaited(version),
        returns=_returns(version),
        missing=_missing(version),
        files=[
            File(id=one.original.pk, name=one.name, size=one.size, ready=one.ready)
            for one in attachments_of(version)
        ],
        index_no=record.index_no,
        reg_no=record.reg_no,
        planned_at=None if plan is None else _local(plan.at),
    )


def _row(inbound: Inbound, stage: Stage) -> Row:
    record = inbound.record
    return Row(
        id=record.public_id,
        external_no=inbound.external_no,
        kind=Word(code=record.kind, words=record.get_kind_display()),
        state=Word(code=stage.value, words=str(stage.label)),
        revision=record.revision,
        public=record.is_public,
        published_at=_local(record.published_at),
        address=address_of(record),
    )


def _awaited(version: Version) -> Word | None:
    step = None if version.submitted_at is None else position_of(version).next
    return None if step is None else _step(step)


def _step(step: Step | str) -> Word:
    known = Step(step)
    return Word(code=known.value, words=str(known.label))


def _returns(version: Version) -> list[Returned]:
    return [
        Returned(step=_step(one.step), back_to=one.back_to, reason=one.reason, at=localtime(one.at))
        for one in version.reviews.filter(verdict=Verdict.RETURN).order_by("pk")
    ]


def _missing(version: Version) -> list[Missing]:
    if version.submitted_at is not None:
        return []
    return [Missing(field=field, message=fault) for field, fault in submission_faults(version)]


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else localtime(moment)
