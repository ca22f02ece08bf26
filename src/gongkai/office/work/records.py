"""Work on single records: drafts, reviews, publications."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.accounts.standing import Standing
from gongkai.claims.queries import claims_of
from gongkai.disclosure import policies
from gongkai.disclosure.claiming import PUBLISH, matter_of
from gongkai.disclosure.desk import Waiting, awaiting_publication, under_review
from gongkai.disclosure.interpretations import calendars_on
from gongkai.disclosure.models import Authorship, Record
from gongkai.disclosure.registers import Line, lines_of
from gongkai.disclosure.stages import Stage, newest
from gongkai.office.work.items import Item, Limit, counted
from gongkai.web.panels import Link
from statute.deadlines import working_days_between


def record_items(who: Standing, at: datetime) -> list[Item]:
    """Everything on records in the bodies that this person serves: what is his, and what waits for
    others there. The number of queries does not depend on how many there are."""
    waiting = [
        *(_reviewed(one) for one in under_review(who, at)),
        *(_cleared(one) for one in awaiting_publication(who, at)),
    ]
    claims = claims_of([item.matter for _, item in waiting if item.matter is not None])
    today = localdate(at)
    calendar_of = calendars_on(today)
    found = []
    for one, item in waiting:
        calendar = calendar_of(one.record.agency)
        limit = None if one.due is None else counted(one.due, today, calendar)
        claim = None if item.matter is None else claims.get(item.matter.key)
        mine = claim is not None and claim.person == str(who.user_id)
        waited = working_days_between(one.since, today, calendar) if one.since < today else 0
        found.append(replace(item, limit=limit, claim=claim, claimed_by_me=mine, waited=waited))
    return [*found, *_drafts(who, at)]


def _reviewed(one: Waiting) -> tuple[Waiting, Item]:
    record, version = one.record, one.version
    label = "" if one.step is None else one.step.label
    detail = f"{record.get_kind_display()}　第{version.number}稿　{label}　{one.since}起"
    if one.order is not None:
        detail = f"{detail}　应急公开，须补齐审查"
    others, act = "", Link("审查", reverse("office:review", args=[record.public_id]))
    if one.referral is not None:
        detail = f"{detail}　已报{one.referral.get_to_display()}确定"
        act = Link("登记答复", act.url)
        others = "" if one.mine else one.referral.get_to_display()
    elif not one.mine:
        others, act = label, Link("看审查", act.url)
    matter = None
    if one.mine and one.step is not None and one.referral is None:
        matter = matter_of(version, one.step.value)
    url = reverse("office:record", args=[record.public_id])
    item = Item("审查", version.title, url, act, detail, others=others, matter=matter)
    return one, item


def _cleared(one: Waiting) -> tuple[Waiting, Item]:
    record, version = one.record, one.version
    detail = f"{record.get_kind_display()}　{one.since}通过审查"
    url = reverse("office:record", args=[record.public_id])
    act = Link("发布", reverse("office:record_publish", args=[record.public_id]))
    others, matter = "", matter_of(version, PUBLISH) if one.mine else None
    if one.planned is not None:
        others, matter, act = "定时发布", None, Link("看文稿", url)
    elif not one.mine:
        others, act = "公开工作机构", Link("看文稿", url)
    item = Item("发布", version.title, url, act, detail, others=others, matter=matter)
    return one, item


def _drafts(who: Standing, at: datetime) -> Iterator[Item]:
    """The person's own drafts, and those that came back to him."""
    if who.user_id is None or not policies.DRAFT.allowed.test(who, None):
        return
    today = localdate(at)
    written = Authorship.objects.filter(person=str(who.user_id)).values("record_id")
    open_ones = newest().filter(record_id__in=written, clearance__isnull=True)
    records = Record.objects.filter(pk__in=open_ones.values("record_id"))
    records = records.filter(agency_id__in=who.agency_ids).select_related("agency")
    for line in lines_of(records, today).values():
        if line.stage in {Stage.DRAFT, Stage.RETURNED}:
            given = line.limit
            limit = None if given is None else counted(given.deadline, today, given.calendar)
            yield _draft(line, limit)


def _draft(line: Line, limit: Limit | None) -> Item:
    record, version = line.record, line.version
    page = reverse("office:record", args=[record.public_id])
    act = Link("接着写", reverse("office:record_edit", args=[record.public_id]))
    if line.stage is Stage.RETURNED:
        act = Link("看退回意见", page)
    detail = f"{record.get_kind_display()}　第{version.number}稿　{line.stage.label}"
    return Item("起草", version.title or "（还没有标题）", page, act, detail, limit)
