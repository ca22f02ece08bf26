"""A holiday notice entered by one person, confirmed by another, withdrawn with a reason.

Only a confirmed one counts; a date already computed is moved by the apps that keep it, in the
jobs they named (gongkai.calendars.changes).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.calendars.changes import told
from gongkai.calendars.errors import CalendarError
from gongkai.calendars.models import HolidayDay, HolidayNotice
from gongkai.jobs.services import enqueue
from gongkai.trail.actors import Actor, ActorKind, Subject
from gongkai.trail.services import record
from statute.calendars import Notice, national_calendar, notices_from_toml

_REGION = re.compile(r"[1-9][0-9]{5}(?:[0-9]{3}(?:[0-9]{3})?)?", re.ASCII)
_FIRST_YEAR = 2007
_LONGEST_NUMBER, _LONGEST_REMARK, _LONGEST_NAME, _LONGEST_REASON = 60, 200, 40, 200


@transaction.atomic
def enter_notice(
    notice: Notice, *, by: Actor, at: datetime, supersedes: HolidayNotice | None = None
) -> HolidayNotice:
    """Stores a notice as entered; it counts once somebody else has confirmed it.

    `supersedes`: the entry in force that this one corrects. CalendarError where something is
    missing, the notice is there already, or there is nothing to correct.
    """
    _check(notice, at)
    corrected = _corrected(notice, supersedes)
    entry = HolidayNotice.objects.create(
        year=notice.year,
        number=notice.number.strip(),
        issued_on=notice.issued_on,
        region=notice.region,
        remark=notice.remark,
        digest=digest_of(notice),
        supersedes=corrected,
        entered_at=at,
        entered_by=by.id,
        entered_by_name=by.name,
    )
    HolidayDay.objects.bulk_create(
        HolidayDay(notice=entry, date=day.date, working=day.working, name=day.name)
        for day in notice.days
    )
    record(
        "calendars.entered",
        by=by,
        at=at,
        subject=_subject(entry),
        facts={
            "year": str(entry.year),
            "issued_on": entry.issued_on.isoformat(),
            "scope": f"地方 {entry.region}" if entry.region else "全国",
            "days": _days_text(notice),
            "digest": entry.digest,
        },
    )
    return entry


@transaction.atomic
def confirm_notice(entry: HolidayNotice, *, by: Actor, at: datetime) -> HolidayNotice:
    """Puts a notice in force: a second person compared it with the original.

    Never the one who entered it, nor the system. What it corrects goes out of force at the same
    moment. CalendarError otherwise.
    """
    entry = HolidayNotice.objects.select_for_update().get(pk=entry.pk)
    if entry.confirmed_at is not None or entry.withdrawn_at is not None:
        raise CalendarError(f"“{entry.number}”不在待复核状态（{entry.state}）")
    if by.kind is not ActorKind.USER:
        raise CalendarError("放假通知须由工作人员复核")
    if by.id == entry.entered_by:
        raise CalendarError("录入人不能复核自己录入的通知，请由第二人复核")
    if digest_of(entry.as_notice()) != entry.digest:
        raise CalendarError(f"“{entry.number}”录入后内容有变动，不能复核，请撤回后重新录入")
    _supersede(entry, by=by, at=at)
    entry.confirmed_at = at
    entry.confirmed_by, entry.confirmed_by_name = by.id, by.name
    entry.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_by_name"])
    record(
        "calendars.confirmed",
        by=by,
        at=at,
        subject=_subject(entry),
        facts={"entered_by": entry.entered_by_name, "digest": entry.digest},
    )
    _tell(entry, at)
    return entry


@transaction.atomic
def withdraw_notice(entry: HolidayNotice, *, by: Actor, at: datetime, reason: str) -> HolidayNotice:
    """Takes a notice back, entered or in force; it stays on file with the reason.

    Dates then are as they were without it. CalendarError without a reason, or when it is out of
    force already.
    """
    entry = HolidayNotice.objects.select_for_update().get(pk=entry.pk)
    if entry.withdrawn_at is not None or entry.superseded_at is not None:
        raise CalendarError(f"“{entry.number}”{entry.state}，不能再撤回")
    if not reason.strip():
        raise CalendarError("请写明撤回原因", field="reason")
    state = entry.state
    entry.withdrawn_at = at
    entry.withdrawn_by, entry.withdrawn_by_name = by.id, by.name
    entry.withdrawal_reason = reason.strip()[:_LONGEST_REASON]
    entry.save(
        update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_by_name", "withdrawal_reason"]
    )
    record(
        "calendars.withdrawn",
        by=by,
        at=at,
        subject=_subject(entry),
        facts={"state": state, "reason": entry.withdrawal_reason},
    )
    if entry.confirmed_at is not None:
        _tell(entry, at)
    return entry


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one notice of a file; `entry` is None where the release has the same."""

    notice: Notice
    entry: HolidayNotice | None
    new: bool

    @property
    def text(self) -> str:
        """The outcome in one line of Chinese."""
        if self.entry is None:
            return f"{self.notice.name}：随软件发布的日历已有，内容相同，不再录入"
        if not self.new:
            return f"{self.notice.name}：已经录入（{self.entry.state}），内容相同"
        return f"{self.notice.name}：已录入，待第二人复核（第{self.entry.pk}号录入）"


@transaction.atomic
def import_notices(text: str, *, source: str, by: Actor, at: datetime) -> tuple[Imported, ...]:
    """Enters every notice of a TOML file (docs/how-to/enter-a-holiday-notice.md), all or none.

    One that is there already with the same days is left alone; one in force with other days is
    entered as its correction. NoticeError for the file, CalendarError for a notice.
    """
    return tuple(_import(n, by=by, at=at) for n in notices_from_toml(text, source=source))


def digest_of(notice: Notice) -> str:
    """SHA-256 over what a notice says, the same for the same content."""
    content = {
        "year": notice.year,
        "number": notice.number.strip(),
        "issued_on": notice.issued_on.isoformat(),
        "region": notice.region,
        "remark": notice.remark,
        "days": sorted([d.date.isoformat(), d.working, d.name] for d in notice.days),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _import(notice: Notice, *, by: Actor, at: datetime) -> Imported:
    shipped = [n for n in national_calendar().notices if n.number == notice.number]
    if any((n.days, n.region) == (notice.days, notice.region) for n in shipped):
        return Imported(notice, None, new=False)
    live = _live(notice)
    if live is not None and live.digest == digest_of(notice):
        return Imported(notice, live, new=False)
    replaced = live if live is not None and live.confirmed_at is not None else None
    return Imported(notice, enter_notice(notice, by=by, at=at, supersedes=replaced), new=True)


def _check(notice: Notice, at: datetime) -> None:
    today = timezone.localdate(at)
    if not notice.number.strip():
        raise CalendarError("请填写通知的文号", field="number")
    if not notice.days:
        raise CalendarError("没有写任何放假日或上班日", field="days")
    if not _FIRST_YEAR <= notice.year <= today.year + 2:
        raise CalendarError(f"年度应在 {_FIRST_YEAR} 至 {today.year + 2} 之间", field="year")
    if notice.issued_on > today:
        raise CalendarError("成文日期不能晚于今天", field="issued_on")
    if len(notice.number.strip()) > _LONGEST_NUMBER or len(notice.remark) > _LONGEST_REMARK:
        raise CalendarError(f"文号不超过 {_LONGEST_NUMBER} 字，说明不超过 {_LONGEST_REMARK} 字")
    if any(len(day.name) > _LONGEST_NAME for day in notice.days):
        raise CalendarError(f"假期名称不超过 {_LONGEST_NAME} 字", field="days")
    if notice.region and _REGION.fullmatch(notice.region) is None:
        raise CalendarError("行政区划代码为 6、9 或 12 位数字", field="region")


def _live(notice: Notice) -> HolidayNotice | None:
    """The entry of the same notice that waits or is in force: the waiting one first."""
    same = HolidayNotice.objects.filter(
        number=notice.number.strip(), region=notice.region, year=notice.year
    )
    return same.pending().first() or same.in_force().first()


def _corrected(notice: Notice, supersedes: HolidayNotice | None) -> HolidayNotice | None:
    live = _live(notice)
    if live is not None and live.confirmed_at is None:
        raise CalendarError(f"“{live.number}”已由{live.entered_by_name}录入，请复核或者先撤回")
    if supersedes is None:
        if live is not None:
            raise CalendarError(f"“{live.number}”已经生效；内容有误的，请录入更正", field="number")
        return None
    old = HolidayNotice.objects.select_for_update().in_force().filter(pk=supersedes.pk).first()
    if old is None or (old.year, old.region) != (notice.year, notice.region):
        raise CalendarError("只能更正同一年度、同一区域的有效通知", field="supersedes")
    if live is not None and live.pk != old.pk:
        raise CalendarError(f"“{live.number}”已经生效，不能再录入同号的通知", field="number")
    return old


def _supersede(entry: HolidayNotice, *, by: Actor, at: datetime) -> None:
    if entry.supersedes_id is None:
        return
    old = HolidayNotice.objects.select_for_update().get(pk=entry.supersedes_id)
    if old.withdrawn_at is not None or old.superseded_at is not None:
        raise CalendarError(f"要更正的“{old.number}”{old.state}，请撤回本次录入")
    old.superseded_at = at
    old.save(update_fields=["superseded_at"])
    record(
        "calendars.superseded",
        by=by,
        at=at,
        subject=_subject(old),
        facts={"by_entry": str(entry.pk)},
    )


def _tell(entry: HolidayNotice, at: datetime) -> None:
    for job in told():
        enqueue(job, arguments={"notice": str(entry.pk)}, at=at)


def _subject(entry: HolidayNotice) -> Subject:
    return Subject("notice", str(entry.pk), entry.number)


def _days_text(notice: Notice) -> str:
    off = "、".join(_runs([(d.date, d.name) for d in notice.days if not d.working]))
    worked = "、".join(f"{d.date:%m-%d}" for d in notice.days if d.working)
    return f"放假 {off or '无'}；上班 {worked or '无'}"


def _runs(days: list[tuple[date, str]]) -> Iterator[str]:
    """Days in a row of one holiday as 02-05至02-11春节, so that the sentence can be read."""
    ordered = sorted(days)
    while ordered:
        first, name = ordered[0]
        last = first
        while ordered and ordered[0] in {(first, name), (last + timedelta(days=1), name)}:
            last, _ = ordered.pop(0)
        yield f"{first:%m-%d}{name}" if first == last else f"{first:%m-%d}至{last:%m-%d}{name}"
