"""Compares what is public with the reviews, the words and the trail: what guards cannot prove.

Guards refuse what comes through them; whoever has the database's owner, or forges rows with other
names, is found here, because hashes and the trail do not agree any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gongkai.disclosure.content import digest_of
from gongkai.disclosure.file_verification import file_faults
from gongkai.disclosure.models import Clearance, Record, Review, Version
from gongkai.disclosure.queries import position_of
from gongkai.disclosure.steps import POSITIONS, TO_DRAFTER, Path, Step, Verdict
from gongkai.trail.models import Row
from statute.attributes import Attribute

_EVENTS = {
    Verdict.PASS: "disclosure.passed",
    Verdict.RETURN: "disclosure.returned",
    Verdict.REFER: "disclosure.referred",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not agree: the record by its public id, and the sentence."""

    record: str
    sentence: str


def faults(records: QuerySet[Record] | None = None) -> list[Fault]:
    """All disagreements of these records (of all where none are named)."""
    found: list[Fault] = []
    for record in Record.objects.all() if records is None else records:
        sentences = [*_words(record), *_clearances(record), *_live(record), *_traces(record)]
        sentences += file_faults(record)
        found += [Fault(str(record.public_id), one) for one in sentences]
    return found


def _words(record: Record) -> Iterator[str]:
    for version in record.versions.filter(submitted_at__isnull=False):
        if digest_of(version.content()) != version.content_hash:
            yield f"第{version.number}稿的内容与送审时的摘要不符"


def _clearances(record: Record) -> Iterator[str]:
    authors = dict(record.authors.values_list("person", "since"))
    for clearance in record.clearances.select_related("version"):
        version = clearance.version
        if clearance.content_hash != version.content_hash:
            yield f"第{version.number}稿的公开许可与内容摘要不符"
        if clearance.path != Path.IMPORT:
            yield from _reviews(clearance, version, authors)


def _reviews(clearance: Clearance, version: Version, authors: dict[str, datetime]) -> Iterator[str]:
    passes = {Step(one.step): one for one in position_of(version).passed}
    # Whoever wrote in a later version only was no author yet when he passed this one.
    if any(authors.get(one.reviewer, one.at) < one.at for one in passes.values()):
        yield f"第{version.number}稿由起草人审查"
    if clearance.path == Path.STANDARD and len(passes) < len(Step):
        yield f"第{version.number}稿没有通过全部审查就取得公开许可"
    secrecy, final = passes.get(Step.SECRECY), passes.get(Step.FINAL)
    if secrecy is None and not _returned_afterwards(clearance, version):
        yield f"第{version.number}稿没有通过保密审查就取得公开许可"
    if secrecy and final and secrecy.reviewer == final.reviewer:
        yield f"第{version.number}稿的保密审查和终审是同一人"


def _returned_afterwards(clearance: Clearance, version: Version) -> bool:
    """An emergency version whose later steps sent it back: then it must not be public any more."""
    back = version.reviews.filter(back_position=POSITIONS[TO_DRAFTER]).exists()
    return clearance.path == Path.EMERGENCY and back


def _live(record: Record) -> Iterator[str]:
    if record.live is None:
        return
    version = record.live.version
    if version.record_id != record.pk:
        yield "公开的是别的信息的文稿"
    if version.attribute != Attribute.PROACTIVE.value:
        yield "公开的文稿不是主动公开"
    if position_of(version).ended:
        yield "公开的文稿已被退回"
    if record.published_at is None or record.published_at < record.clearances.earliest("at").at:
        yield "发布日期早于公开许可"
    acts = list(record.public_acts.order_by("pk"))
    if not acts or acts[-1].clearance_id != record.live_id:
        yield "公开的文稿没有对应的公开行为"
    if [one.act for one in acts].count("publish") > 1:
        yield "首次发布记了不止一次"


def _traces(record: Record) -> Iterator[str]:
    """Each verdict stands in the trail under the name of who gave it."""
    rows = Row.objects.about("record", str(record.public_id))
    said: dict[tuple[str, str], int] = {}
    for event, person in rows.values_list("event", "actor_id"):
        said[event, person] = said.get((event, person), 0) + 1
    given: dict[tuple[str, str], int] = {}
    for review in Review.objects.filter(version__record=record):
        key = (_EVENTS[Verdict(review.verdict)], review.reviewer)
        given[key] = given.get(key, 0) + 1
    for (event, person), number in given.items():
        if said.get((event, person), 0) != number:
            yield f"审查（{event}，{person}）在留痕里对不上"
