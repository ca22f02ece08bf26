"""Numbers drawn for a record inside the transaction of the act that needs them: without gaps,
since where the act is undone so is the draw.
"""

from __future__ import annotations

from datetime import date, datetime

from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import DrawnNumber
from gongkai.agencies.numbers import draw, void_number
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Record
from gongkai.disclosure.numbering import INDEX_SERIES, REG_SERIES
from gongkai.trail.actors import Actor

# An office that numbers by groups sets them in its template; what is kept here has none.
_GROUP = "0"


def give_index_no(
    record: Record, formed_on: date, category: str, *, by: Actor, at: datetime
) -> str:
    """索引号 of a locked record, drawn once; one brought along from elsewhere stays."""
    record.refresh_from_db(fields=["index_no"])
    if not record.index_no:
        record.index_no = _free(record, INDEX_SERIES, formed_on, category, by=by, at=at)
        record.save(update_fields=["index_no"])
    return record.index_no


def give_reg_no(record: Record, formed_on: date, *, by: Actor, at: datetime) -> str:
    """统一编号 of a locked normative document, drawn once; a document signed again keeps it."""
    if not record.reg_no:
        record.reg_no = _free(record, REG_SERIES, formed_on, "", by=by, at=at)
        record.save(update_fields=["reg_no"])
    return record.reg_no


def _free(
    record: Record, series: str, formed_on: date, category: str, *, by: Actor, at: datetime
) -> str:
    """The next number that no record brought along from elsewhere has; those are declared void."""
    field = f"{series}_no"
    while True:
        number = _drawn(record, series, formed_on, category, by=by, at=at)
        if not Record.objects.filter(**{field: number.text}).exists():
            return number.text
        void_number(number, by=by, at=at, reason="以前的系统已用此号，信息随原号导入")


def _drawn(
    record: Record, series: str, formed_on: date, category: str, *, by: Actor, at: datetime
) -> DrawnNumber:
    try:
        return draw(
            series,
            agency=record.agency,
            year=formed_on.year,
            formed_on=formed_on,
            category=category.replace("_", ""),
            group=_GROUP,
            purpose=f"record {record.public_id}",
            by=by,
            at=at,
        )
    except AgencyError as error:
        raise DisclosureError(f"不能编号：{error}") from error
