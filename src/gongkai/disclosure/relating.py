"""Which relations between records can be: what a later document may do to an earlier one.

It reads and refuses; the relation itself is written by services.publishing.relate.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.queries import successors_of
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Record, Relation
from gongkai.disclosure.normative import (
    EFFECTS,
    WITH_VALIDITY,
    Standing,
    has_ended,
    standing_of,
)
from gongkai.disclosure.queries import latest
from statute.interpretation import InterpretationForm
from statute.validity import Change, ValidityError, check_change


def check_effect(later: Record, earlier: Record, kind: str, on: date | None) -> date:
    """Refuses a change of validity that cannot be, DisclosureError; the day it takes effect, which
    is that of the later document unless another is given."""
    text = latest(later)
    day = on or text.effective_on or text.formed_on
    if day is None:
        raise DisclosureError("请填写生效日期", field="on")
    standing = _standing(earlier)
    label = Relation.Kind(kind).label
    if not may_change(later.agency, earlier.agency, day):
        # 谁制定、谁清理 (zhejiang_normative#清理); a body above may undo what one below made.
        raise DisclosureError(f"只有制定机关或者其上级机关可以{label}该文件", field="earlier")
    formed = standing.version.formed_on
    if text.formed_on is not None and formed is not None and text.formed_on < formed:
        raise DisclosureError(f"成文在前的文件不能{label}成文在后的文件", field="earlier")
    own = standing_of(later, pending=True)
    if own is not None and has_ended(own, day):
        raise DisclosureError(f"本文件在 {day} 已{own.on(day).label}，不能再{label}别的文件")
    try:
        check_change(standing.as_document(), Change(EFFECTS[kind], day))
    except ValidityError as error:
        raise DisclosureError(str(error), field="on") from error
    return day


def _standing(earlier: Record) -> Standing:
    if earlier.kind not in WITH_VALIDITY:
        raise DisclosureError(f"{earlier.get_kind_display()}没有效力状态", field="earlier")
    standing = standing_of(earlier, pending=True)
    if standing is None:
        raise DisclosureError("该文件没有公开过，或者没有成文日期", field="earlier")
    return standing


def may_change(changing: Agency, made: Agency, day: date) -> bool:
    """Whether a body may change what another made: itself, whoever took over from it, a body
    above it, and the government's office what the government made."""
    makers = {made.pk} | {one.pk for one in successors_of(made, day)}
    above = made.parent
    while above is not None and above.pk not in makers:
        makers.add(above.pk)
        above = above.parent
    if changing.kind == AgencyKind.GOVERNMENT_OFFICE and changing.parent_id in makers:
        return True
    return changing.pk in makers


def may_still_relate(later: Record, kind: str) -> bool:
    """Whether its drafter says what a record does to others: what changes validity only until the
    record goes to review, since from then on it would pass by the reviewers."""
    if kind not in EFFECTS:
        return True
    return later.published_at is None and latest(later).submitted_at is None


def check_interpretation(later: Record, earlier: Record, forms: Sequence[str]) -> None:
    """An interpretation interprets something else than interpretations, and has its forms."""
    if later.kind != RecordKind.INTERPRETATION or earlier.kind == RecordKind.INTERPRETATION:
        raise DisclosureError("只有政策解读可以登记为其他文件的解读", field="earlier")
    unknown = [one for one in forms if one not in list(InterpretationForm)]
    if not forms or unknown or len(set(forms)) != len(forms):
        labels = "、".join(one.label for one in InterpretationForm)
        raise DisclosureError(f"请选择解读形式：{labels}", field="forms")
