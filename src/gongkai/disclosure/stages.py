"""Where each record stands, told in SQL so that lists can be filtered by it and counted.

The stage of a record is that of its newest version. It repeats in SQL what queries.position_of
reads from the reviews; a test holds the two equal. It decides nothing: verbs ask for themselves.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from gongkai.disclosure.models import (
    BatchItem,
    Clearance,
    PublicAct,
    Record,
    Review,
    Schedule,
    Version,
)
from gongkai.disclosure.steps import POSITIONS, STEPS, TO_DRAFTER, Step, Verdict
from statute.attributes import Attribute


class Stage(models.TextChoices):
    """Where the newest version of a record stands; the four steps carry the names of steps.Step."""

    DRAFT = "draft", "起草中"
    SECTION = Step.SECTION.value, "等科室初审"
    SECRECY = Step.SECRECY.value, "等保密审查"
    DISCLOSURE = Step.DISCLOSURE.value, "等公开机构审核"
    FINAL = Step.FINAL.value, "等终审"
    REFERRED = "referred", "报请确定中"
    BATCH = "batch", "等批次审查"
    RETURNED = "returned", "退回起草人"
    CLEARED = "cleared", "已通过，等发布"
    SCHEDULED = "scheduled", "已定时发布"
    PUBLIC = "public", "已公开"
    WITHDRAWN = "withdrawn", "已撤回"
    SETTLED = "settled", "已审定，不主动公开"


def newest() -> QuerySet[Version]:
    """The newest version of every record."""
    newer = Version.objects.filter(record=OuterRef("record_id"), number__gt=OuterRef("number"))
    return Version.objects.filter(~Exists(newer))


def stage_of_newest() -> Case:
    """The stage of a newest version, one of Stage: to annotate versions with."""
    proactive = Q(attribute=Attribute.PROACTIVE.value)
    plans = Schedule.objects.filter(clearance__version=OuterRef("pk"), done_at__isnull=True)
    acts = PublicAct.objects.filter(clearance__version=OuterRef("pk"))
    items = BatchItem.objects.filter(version=OuterRef("pk"), excepted=False)
    stages = (
        (Q(submitted_at__isnull=True), Stage.DRAFT),
        (Q(record__live__version=F("pk")), Stage.PUBLIC),
        (Q(_returned()), Stage.RETURNED),
        (_cleared() & ~proactive, Stage.SETTLED),
        (_cleared() & Exists(plans), Stage.SCHEDULED),
        (_cleared() & Exists(acts), Stage.WITHDRAWN),
        (Q(_cleared()), Stage.CLEARED),
        (Q(Exists(items)), Stage.BATCH),
        (_referred(), Stage.REFERRED),
        *((~_passed(POSITIONS[step]), Stage(step.value)) for step in STEPS),
    )
    return Case(
        *(When(condition, then=Value(stage.value)) for condition, stage in stages),
        default=Value(Stage.FINAL.value),
        output_field=CharField(),
    )


def at_stage(stage: Stage) -> QuerySet[Record]:
    """Records whose newest version stands there. What the stage implies comes first, by an index,
    so that the whole question is put to few rows."""
    if stage is Stage.PUBLIC:
        newer = Version.objects.filter(record=OuterRef("pk"), pk__gt=OuterRef("live__version_id"))
        return Record.objects.filter(~Exists(newer), live__isnull=False)
    likely = newest().filter(_implied().get(stage, _under_review()))
    there = likely.annotate(stage=stage_of_newest()).filter(stage=stage.value)
    return Record.objects.filter(pk__in=there.values("record_id"))


def _implied() -> dict[Stage, Q]:
    ended = Review.objects.filter(back_position=POSITIONS[TO_DRAFTER])
    plans = Schedule.objects.filter(done_at__isnull=True)
    return {
        Stage.DRAFT: Q(submitted_at__isnull=True),
        Stage.RETURNED: Q(pk__in=ended.values("version_id")),
        Stage.SCHEDULED: Q(pk__in=plans.values("clearance__version_id")),
        Stage.SETTLED: ~Q(attribute=Attribute.PROACTIVE.value),
        Stage.CLEARED: _never_public() | _not_the_first(),
        Stage.WITHDRAWN: Q(record_id__in=_taken_down().values("pk")),
    }


def _under_review() -> Q:
    """A version that is not cleared is the newest of a record that never was public, or not its
    first."""
    return (_never_public() | _not_the_first()) & Q(submitted_at__isnull=False)


def _never_public() -> Q:
    never = Record.objects.filter(published_at__isnull=True)
    return Q(record_id__in=never.order_by().values("pk"))


def _taken_down() -> QuerySet[Record]:
    return Record.objects.filter(published_at__isnull=False, live__isnull=True).order_by()


def _not_the_first() -> Q:
    return Q(pk__in=Version.objects.filter(number__gt=1).order_by().values("pk"))


def _cleared() -> Exists:
    return Exists(Clearance.objects.filter(version=OuterRef("pk")))


def _returned() -> Exists:
    ended = Review.objects.filter(version=OuterRef("pk"), back_position=POSITIONS[TO_DRAFTER])
    return Exists(ended)


def _referred() -> Exists:
    """The last verdict is “cannot determine”, and nobody has answered yet."""
    later = Review.objects.filter(version=OuterRef("version_id"), pk__gt=OuterRef("pk"))
    asked = Review.objects.filter(version=OuterRef("pk"), verdict=Verdict.REFER)
    return Exists(asked.filter(~Exists(later), referral__answered_at__isnull=True))


def _passed(position: int) -> Exists:
    """A pass at a position that no later return has voided."""
    voided = Review.objects.filter(
        version=OuterRef("version_id"), pk__gt=OuterRef("pk"), back_position__lte=position
    )
    passes = Review.objects.filter(version=OuterRef("pk"), verdict=Verdict.PASS, position=position)
    return Exists(passes.filter(~Exists(voided)))
