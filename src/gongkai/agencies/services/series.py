"""Numbers drawn one after the other under a lock, in the transaction of what they number.

A number belongs to the act that drew it: where that act is undone, so is the draw, and the next
one gets the number. So a series has no gaps; a number that is on paper and not used is declared
void with the reason, and is not given again.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.agencies import templates
from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, DrawnNumber, NumberSeries
from gongkai.agencies.services.changing import require_existing
from gongkai.trail.actors import Actor, Subject
from gongkai.trail.services import record

_LONGEST_REASON = 200


@transaction.atomic
def draw(
    series_key: str,
    *,
    agency: Agency,
    year: int,
    by: Actor,
    at: datetime,
    formed_on: date | None = None,
    category: str = "",
    group: str = "",
    purpose: str = "",
) -> DrawnNumber:
    """The next number of a series; `.text` is how it is written.

    Call it within the transaction of the act that needs the number. `formed_on` (unless given,
    today or the day of that year nearest to it) fills date variables; `purpose` is a short word
    for the register, such as the kind and id of what is numbered, no personal data. The first
    draw of a year opens the series with last year's template. The register is the record of the
    draw; the trail row is the calling act's, with the number among its facts. AgencyError where
    the number cannot be written.
    """
    if formed_on is not None and formed_on.year != year:
        raise AgencyError(f"成文日期 {formed_on} 不属于 {year} 年", field="formed_on")
    today = timezone.localdate(at)
    require_existing(agency, today)
    day = formed_on or min(max(today, date(year, 1, 1)), date(year, 12, 31))
    series = _locked(series_key, agency, year)
    number = series.last_number + 1
    filling = templates.Filling(number, day, category, group)
    text = templates.write(series_key, series.template, agency=agency, filling=filling)
    if DrawnNumber.objects.filter(key=series_key, text=text).exists():
        raise AgencyError(f"编号“{text}”已被使用：两个机关的代字或代码相同，请先改正")
    series.last_number = number
    series.save(update_fields=["last_number"])
    return DrawnNumber.objects.create(
        series=series,
        key=series_key,
        number=number,
        text=text,
        purpose=purpose,
        drawn_at=at,
        drawn_by=by.id,
        drawn_by_name=by.name,
    )


@transaction.atomic
def open_series(
    series_key: str,
    *,
    agency: Agency,
    year: int,
    by: Actor,
    at: datetime,
    template: str = "",
    paper_ended_at: int = 0,
    reason: str = "",
) -> NumberSeries:
    """Sets up a series before its first draw: another template, or where the paper ended.

    `paper_ended_at` is the last number given on paper in that year; numbers go on after it, and
    `reason` says where that was seen. AgencyError once a number has been drawn.
    """
    require_existing(agency, timezone.localdate(at))
    if paper_ended_at < 0:
        raise AgencyError("纸质编号止于的序号不能为负", field="paper_ended_at")
    if paper_ended_at and not reason.strip():
        raise AgencyError("从纸质编号接续的，请写明依据（如编号登记簿）", field="reason")
    series = _locked(series_key, agency, year)
    if series.numbers.exists():
        raise AgencyError(f"{year} 年已经取过号，不能再改样式或者起始号")
    chosen = template.strip() or series.template
    templates.check_template(series_key, chosen, agency=agency, year=year)
    series.template, series.reason = chosen, reason.strip()[:_LONGEST_REASON]
    series.paper_ended_at = series.last_number = paper_ended_at
    series.save()
    _record_opened(series, by=by, at=at)
    return series


def _record_opened(series: NumberSeries, *, by: Actor, at: datetime) -> None:
    agency = series.agency
    label = f"{agency.name}{series.year}年{templates.label_of(series.key)}"
    record(
        "agencies.series_opened",
        by=by,
        at=at,
        subject=Subject("number_series", str(series.pk), label),
        agency_code=agency.code,
        facts={
            "template": series.template,
            "first": str(series.paper_ended_at + 1),
            "reason": series.reason or "按默认启用",
        },
    )


@transaction.atomic
def void_number(number: DrawnNumber, *, by: Actor, at: datetime, reason: str) -> DrawnNumber:
    """Declares a drawn number void, for good; it keeps its place in the series and its reason.

    AgencyError without a reason, or where it is void already.
    """
    number = DrawnNumber.objects.select_for_update().get(pk=number.pk)
    if number.void:
        raise AgencyError(f"编号“{number.text}”已经作废")
    if not reason.strip():
        raise AgencyError("请写明作废原因", field="reason")
    number.voided_at = at
    number.voided_by, number.voided_by_name = by.id, by.name
    number.void_reason = reason.strip()[:_LONGEST_REASON]
    number.save(update_fields=["voided_at", "voided_by", "voided_by_name", "void_reason"])
    record(
        "agencies.number_voided",
        by=by,
        at=at,
        subject=Subject("number", str(number.pk), number.text),
        agency_code=number.series.agency.code,
        facts={"reason": number.void_reason},
    )
    return number


def _locked(key: str, agency: Agency, year: int) -> NumberSeries:
    """The series' row, locked until the transaction ends; made where the year has none yet."""
    found = _of(key, agency, year).select_for_update()
    if (series := found.first()) is not None:
        return series
    template = _default_template(key, agency, year)
    try:
        with transaction.atomic():
            NumberSeries.objects.create(agency=agency, key=key, year=year, template=template)
    except IntegrityError:
        # Another transaction made it in the meantime; then its row is there to be locked.
        pass
    return found.get()


def _of(key: str, agency: Agency, year: int) -> QuerySet[NumberSeries]:
    return NumberSeries.objects.filter(agency=agency, key=key, year=year)


def _default_template(key: str, agency: Agency, year: int) -> str:
    """That of the year before, or of the last year there was one, else the kind's own."""
    default = templates.series_kind(key).default
    earlier = NumberSeries.objects.filter(agency=agency, key=key, year__lt=year)
    last = earlier.order_by("-year").first()
    return last.template if last else default
