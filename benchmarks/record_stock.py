"""A county's records in bulk, past the verbs: for benchmarks of lists, and for nothing else."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency
    from gongkai.disclosure.models import Clearance, Record, Review, Version

BATCH = 2_000
FIRST = date(2019, 1, 2)
DAYS = 2_800
KINDS = ("document", "document", "normative", "procurement", "penalty", "budget")
WORDS = ("农村供水", "义务教育招生", "处罚裁量", "部门预算", "政府采购", "人事任免", "防汛应急")
ENDS = ("管理办法", "实施方案", "结果公告", "情况通报", "的通知")
BODY = "<p>" + "为了管好农村供水工程，制定本办法。" * 60 + "</p>"
# Of a hundred records so many are drafts, under review, cleared and waiting, withheld.
SHARES = {"draft": 2, "review": 2, "cleared": 1, "withheld": 3, "public": 92}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a record is to be."""

    number: int
    state: str
    body: Agency

    @property
    def formed(self) -> date:
        """Spread over some years."""
        return FIRST + timedelta(days=self.number * 31 % DAYS)

    @property
    def moment(self) -> datetime:
        """When everything happened to it."""
        return datetime.combine(self.formed, datetime.min.time(), tzinfo=UTC)

    @property
    def passes(self) -> int:
        """How many of the four steps it has behind it."""
        return {"draft": 0, "review": self.number % 4}.get(self.state, 4)


def fill(count: int, bodies: Sequence[Agency], author: str) -> None:
    """So many records with their versions, authors, reviews and clearances."""
    plans = planned(count, bodies)
    while some := list(islice(plans, BATCH)):
        write(some, author)


def planned(count: int, bodies: Sequence[Agency]) -> Iterator[Plan]:
    """The same records for the same number, whatever the machine."""
    lots = random.Random(2026)
    states = [name for name, share in SHARES.items() for _ in range(share)]
    return (
        Plan(number, lots.choice(states), lots.choice(bodies)) for number in range(1, count + 1)
    )


def write(plans: Sequence[Plan], author: str) -> None:
    """One batch."""
    from gongkai.disclosure.models import Authorship, Clearance, Record, Review, Version

    records = Record.objects.bulk_create([record_of(plan) for plan in plans])
    pairs = list(zip(plans, records, strict=True))
    Authorship.objects.bulk_create(
        [
            Authorship(record=one, person=author, name="何拟", since=plan.moment)
            for plan, one in pairs
        ]
    )
    versions = Version.objects.bulk_create([version_of(plan, one) for plan, one in pairs])
    both = list(zip(plans, versions, strict=True))
    Review.objects.bulk_create([one for pair in both for one in reviews_of(*pair)])
    cleared = Clearance.objects.bulk_create(
        [clearance_of(plan, one) for plan, one in both if plan.passes == 4]
    )
    of_version = {one.version_id: one for one in cleared}
    public = [
        live(plan, record, of_version[version.pk])
        for (plan, record), version in zip(pairs, versions, strict=True)
        if plan.state == "public"
    ]
    Record.objects.bulk_update(public, ["live", "published_at"])


def record_of(plan: Plan) -> Record:
    """The record, not public yet."""
    from gongkai.disclosure.models import Record

    numbered = plan.passes == 4
    return Record(
        public_id=uuid.UUID(int=plan.number),
        agency=plan.body,
        kind=KINDS[plan.number % len(KINDS)],
        index_no=f"11330824/{plan.formed.year}-{plan.number:06}" if numbered else "",
        created_at=plan.moment,
        created_by="1",
    )


def version_of(plan: Plan, record: Record) -> Version:
    """Its only version, with a text of a thousand characters."""
    from gongkai.disclosure.models import Version

    number = plan.number
    draft = plan.state == "draft"
    return Version(
        record=record,
        number=1,
        title=f"云溪县{WORDS[number % 7]}{ENDS[number % 5]}（第{number}号）",
        body=BODY,
        category="p20_15",
        doc_no=f"云政办发〔{plan.formed.year}〕{number % 400}号" if number % 2 else "",
        formed_on=plan.formed,
        attribute="withheld" if plan.state == "withheld" else "proactive",
        drafted_at=plan.moment,
        drafted_by="1",
        drafted_by_name="何拟",
        submitted_at=None if draft else plan.moment,
        content_hash="" if draft else "x",
    )


def reviews_of(plan: Plan, version: Version) -> list[Review]:
    """Passes for the steps behind it."""
    from gongkai.disclosure.models import Review
    from gongkai.disclosure.steps import POSITIONS, STEPS, Verdict

    return [
        Review(
            version=version,
            content_hash="x",
            step=step,
            position=POSITIONS[step],
            verdict=Verdict.PASS,
            reviewer=str(POSITIONS[step]),
            reviewer_name="审",
            at=plan.moment,
        )
        for step in STEPS[: plan.passes]
    ]


def clearance_of(plan: Plan, version: Version) -> Clearance:
    """What four passes lead to."""
    from gongkai.disclosure.models import Clearance

    return Clearance(
        record=version.record, version=version, content_hash="x", path="standard", at=plan.moment
    )


def live(plan: Plan, record: Record, clearance: Clearance) -> Record:
    """The record as everybody reads it."""
    record.live, record.published_at = clearance, plan.moment
    return record
