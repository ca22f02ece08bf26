"""A line of the register as it is drawn and as it is written into files; it judges nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse

from gongkai.disclosure.publication_days import first_public_on
from gongkai.disclosure.registers import Limit, Line
from gongkai.disclosure.stages import Stage
from gongkai.web.day_strip import DayStrip, day_strip, limit_in_words
from gongkai.web.panels import Badge, Tone
from gongkai.web.wording import moment
from statute.attributes import Attribute
from statute.proactive import category
from statute.units import TimeUnit

# So many days beyond the limit still tell something as cells; more are told in words alone.
MOST_BEYOND = timedelta(days=14)

_TONES = {
    Stage.DRAFT: Tone.NEUTRAL,
    Stage.REFERRED: Tone.WARN,
    Stage.RETURNED: Tone.WARN,
    Stage.PUBLIC: Tone.GOOD,
    Stage.WITHDRAWN: Tone.NEUTRAL,
    Stage.SETTLED: Tone.NEUTRAL,
}


@dataclass(frozen=True, slots=True)
class Due:
    """Until when a record must be public: in words, and as a strip where it is in working days.
    `level` is overdue, today or running."""

    headline: str
    detail: str
    level: str
    strip: DayStrip | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line ready to draw. `note` says what the stage alone would hide."""

    line: Line
    url: str
    title: str
    numbers: str
    badge: Badge
    note: str
    attribute: str
    due: Due | None


def row_of(line: Line, today: date) -> Row:
    """The line as it is drawn on a day."""
    record, version = line.record, line.version
    return Row(
        line,
        reverse("office:record", args=[record.public_id]),
        version.title or "（还没有标题）",
        "　".join(one for one in (version.doc_no, record.index_no) if one),
        Badge(line.stage.label, _TONES.get(line.stage, Tone.ACTIVE)),
        _note(line),
        Attribute(version.attribute).label,
        None if line.limit is None else due_of(line.limit, today),
    )


def _note(line: Line) -> str:
    if line.stage is Stage.PUBLIC:
        return ""
    if line.record.is_public:
        return "前一稿公开着"
    withdrawn = line.record.published_at is not None and line.stage is not Stage.WITHDRAWN
    return "前一稿已撤回" if withdrawn else ""


def due_of(limit: Limit, today: date) -> Due:
    """The limit of something that is not public yet."""
    deadline = limit.deadline
    headline, detail = limit_in_words(deadline, today, limit.calendar)
    if today == deadline.due:
        detail = "今天公开就不逾期"
    elif today < deadline.due:
        detail = f"最迟{detail}"
    if deadline.provisional:
        detail += "（暂定，节假日安排未公布）"
    level = "overdue" if today > deadline.due else "today" if today == deadline.due else "running"
    strip = None
    if deadline.unit is TimeUnit.WORKDAY and today - deadline.due <= MOST_BEYOND:
        drawn = day_strip(deadline, today, limit.calendar)
        strip = replace(drawn, headline=headline, detail=detail)
    return Due(headline, detail, level, strip)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _published(line: Line) -> str:
    at = line.record.published_at
    return "" if at is None else moment(at)


def _late(line: Line, today: date) -> str:
    return "是" if line.late_on(today) else ""


# The columns of the files, which have more room than the screen.
EXPORTED: tuple[tuple[str, Callable[[Line, date], str]], ...] = (
    ("标题", lambda line, _: line.version.title),
    ("种类", lambda line, _: line.record.get_kind_display()),
    ("机关", lambda line, _: line.record.agency.name),
    ("发文字号", lambda line, _: line.version.doc_no),
    ("索引号", lambda line, _: line.record.index_no),
    ("统一编号", lambda line, _: line.record.reg_no),
    ("法定类目", lambda line, _: category(line.version.category).label),
    ("公开属性", lambda line, _: Attribute(line.version.attribute).label),
    ("走到哪一步", lambda line, _: line.stage.label),
    ("现在公开", lambda line, _: "是" if line.record.is_public else ""),
    ("成文日期", lambda line, _: _day(line.version.formed_on)),
    ("最迟公开日期", lambda line, _: _day(line.limit.due if line.limit else None)),
    ("逾期", _late),
    ("首次公开日期", lambda line, _: _day(first_public_on(line.record))),
    ("发布日期", lambda line, _: _published(line)),
    ("起草人", lambda line, _: line.version.drafted_by_name),
)
