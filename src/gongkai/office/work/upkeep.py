"""What the disclosure office keeps up: interpretations, evaluations, pages, validity, batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.accounts.standing import Standing
from gongkai.disclosure import policies
from gongkai.disclosure.imports.batches import OpenBatch, open_batches
from gongkai.disclosure.interpretations import calendars_on, owing
from gongkai.disclosure.intervals import REMIND_BEFORE
from gongkai.disclosure.normative import expiring
from gongkai.disclosure.pages import pages_to_look_at
from gongkai.disclosure.policies import RecordAffair
from gongkai.disclosure.reappraisals import tasks
from gongkai.disclosure.steps import Step
from gongkai.office.work.items import Item, by_day, counted
from gongkai.web.panels import Link


def upkeep_items(who: Standing, at: datetime) -> list[Item]:
    """What is due soon or late in the bodies whose disclosure this person keeps."""
    today = localdate(at)
    bodies = frozenset(pk for pk in who.agency_ids if policies.IMPORT.allowed.test(who, pk))
    found = list(_batches(who))
    if bodies:
        found += [
            *_interpretations(bodies, today),
            *_evaluations(bodies, today),
            *_pages(bodies, today),
            *_expiring(bodies, today),
        ]
    return found


def _interpretations(bodies: frozenset[int], today: date) -> Iterator[Item]:
    calendar_of = calendars_on(today)
    for one in owing(today, bodies):
        record, version = one.standing.record, one.standing.version
        limit = counted(one.due, today, calendar_of(record.agency))
        detail = f"{version.doc_no}　{one.published_on}公开"
        if one.drafts:
            detail = f"{detail}　解读已起草，还没有公开"
        url = reverse("office:record", args=[record.public_id])
        act = Link("起草解读", f"{reverse('office:interpretations')}?show=owed")
        yield Item("解读", version.title, url, act, detail, limit)


def _evaluations(bodies: frozenset[int], today: date) -> Iterator[Item]:
    for task in tasks(REMIND_BEFORE.after(today), bodies):
        url = reverse("office:reappraisal", args=[task.record.public_id])
        causes = "、".join(one.place for one in task.causes)
        why = f"因{causes}变更" if causes else "每年评估一次（条例第十八条）"
        limit = by_day(task.due_on, today, why)
        attribute = task.version.get_attribute_display()
        yield Item("评估", task.version.title, url, Link("评估", url), attribute, limit)


def _pages(bodies: frozenset[int], today: date) -> Iterator[Item]:
    for page in pages_to_look_at(today, bodies):
        record = page.record
        url = reverse("office:page", args=[record.agency.code, record.kind])
        differs = f"与登记的{'、'.join(page.differs)}不一致" if page.differs else ""
        detail = f"上次核对 {page.last_on}　{differs}"
        limit = by_day(page.due_on, today, "一年核对一次")
        yield Item(record.get_kind_display(), page.title, url, Link("核对", url), detail, limit)


def _expiring(bodies: frozenset[int], today: date) -> Iterator[Item]:
    for one in expiring(today, bodies):
        record, version = one.standing.record, one.standing.version
        url = reverse("office:normative_document", args=[record.public_id])
        detail = f"{version.doc_no}　有效期还有{one.days_left}天"
        limit = by_day(one.last_day, today, "到期以前决定继续有效、修改还是废止")
        yield Item("有效期", version.title, url, Link("看文件", url), detail, limit)


def _batches(who: Standing) -> Iterator[Item]:
    bodies = frozenset(pk for pk in who.agency_ids if policies.works_on_records.test(who, pk))
    for one in open_batches(bodies):
        url = reverse("office:import_batch", args=[one.batch.pk])
        label, mine = _next_act(who, one)
        detail = f"{one.batch.rows} 条　{one.batch.imported_by_name}导入"
        others = "" if mine else label
        act = Link(label if mine else "看批次", url)
        yield Item("导入", one.batch.label, url, act, detail, others=others)


def _next_act(who: Standing, one: OpenBatch) -> tuple[str, bool]:
    """The next act on a batch, and whether it is this person's."""
    body = one.batch.agency_id
    if one.step is None:
        act = "公开" if one.batch.sealed_at else "送审"
        policy = policies.PUBLISH if one.batch.sealed_at else policies.IMPORT
        return act, policy.allowed.test(who, body)
    affair = RecordAffair(body, authors=frozenset({one.batch.imported_by}), due=(one.step,))
    given = str(who.user_id) in one.reviewers
    may = policies.REVIEW[Step(one.step)].allowed.test(who, affair)
    return one.step.label, may and not given
