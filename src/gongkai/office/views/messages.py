"""Messages: one's own, seen or not, and for those who answer for a body who was told what."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.accounts.models import User
from gongkai.accounts.policies import Affair
from gongkai.notifications import channels, kinds, policies, queries
from gongkai.notifications.models import NEEDS, Delivery, Message, State, Way
from gongkai.notifications.services import mark_all_read, mark_read
from gongkai.office.forms.messages import ToldFilter
from gongkai.office.verbs import now, person
from gongkai.web.panels import Badge, EmptyState, Link, Tone
from gongkai.web.tables import Column, Table, address, exported
from gongkai.web.wording import moment

PER_PAGE = 20
HERE = Link("消息", "/office/messages/")
NONE_UNREAD = EmptyState(
    "没有未读的消息",
    "轮到您办的事、退回的文稿，会出现在这里。",
    (Link("看已读的消息", "?show=all"), Link("去待办", "/office/")),
)
NONE_AT_ALL = EmptyState(
    "还没有消息", "轮到您办的事、退回的文稿，会出现在这里。", (Link("去待办", "/office/"),)
)
NOBODY_TOLD = EmptyState(
    "没有符合条件的消息", "换一段时间或者一个人，或者清除筛选。", (Link("清除筛选", "?"),)
)


def result(one: Delivery) -> str:
    """What became of a message on one way, in a sentence."""
    way = channels.ways().get(Way(one.way), one.get_way_display())
    if one.state == State.SENT:
        return f"{way}：{moment(one.ended_at)} 已发出" if one.ended_at else way
    if one.state != State.WAITING:
        return f"{way}：{State(one.state).label}，{one.reason}"
    if one.attempts:
        return f"{way}：{one.reason}，试过 {one.attempts} 次，稍后再试"
    return f"{way}：{moment(one.due_at)} 以后发"


def badge(message: Message) -> Badge:
    """The kind, on the tint of what is new."""
    tone = Tone.ACTIVE if message.read_at is None else Tone.NEUTRAL
    return Badge(kinds.label(message.kind), tone)


@require_safe
@requires(policies.OWN)
def own(request: HttpRequest) -> HttpResponse:
    """The unread ones, or all; the newest first."""
    who, everything = person(request), request.GET.get("show") == "all"
    rows = queries.own(who) if everything else queries.own(who).unread()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "lines": [(one, badge(one), [result(d) for d in one.deliveries.all()]) for one in page],
        "everything": everything,
        "unread": queries.unread_count(who.pk),
        "empty": NONE_AT_ALL if everything else NONE_UNREAD,
        "newer_url": _page(request, page.previous_page_number()) if page.has_previous() else "",
        "older_url": _page(request, page.next_page_number()) if page.has_next() else "",
        "ways": list(channels.ways().values()),
        "has_address": _reached(who),
        "chosen": queries.choices_of([who])[who.pk],
        "may_see_told": may(policies.SEE_REGISTER, standing(request)),
    }
    return render(request, "office/messages.html", context)


def _reached(who: User) -> list[str]:
    """The ways by which this person is reached besides."""
    known = queries.addresses_of(who)
    return [label for way, label in channels.ways().items() if NEEDS[way] in known]


def _page(request: HttpRequest, number: int) -> str:
    return address(request.GET, {"page": str(number)})


def _message(pk: uuid.UUID) -> Message:
    found = Message.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _for_whom(_request: HttpRequest, *, pk: uuid.UUID) -> Affair:
    """What the policy judges: whom the message in the address is for."""
    return Affair(person_id=_message(pk).person_id)


@require_POST
@requires(policies.OWN_MESSAGE, of=_for_whom)
def read(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Seen, without opening the matter."""
    mark_read(_message(pk), at=now())
    return redirect("office:messages")


@require_POST
@requires(policies.OWN_MESSAGE, of=_for_whom)
def follow(request: HttpRequest, *, pk: uuid.UUID) -> HttpResponse:
    """Seen, and on to the matter. A press, not a link: looking ahead must not mark anything."""
    message = _message(pk)
    mark_read(message, at=now())
    return redirect(message.link)


@require_POST
@requires(policies.OWN)
def read_all(request: HttpRequest) -> HttpResponse:
    """All that had arrived when the button was pressed."""
    count = mark_all_read(person(request), at=now())
    toasts.success(request, f"{count} 条消息已标为已读")
    return redirect("office:messages")


def _read_words(row: Message) -> str:
    return f"{moment(row.read_at)} 已读" if row.read_at else "未读"


COLUMNS: tuple[Column[Message], ...] = (
    Column("at", "时间", lambda row: moment(row.at), ("at",), template="office/message_when.html"),
    Column("person", "收件人", lambda row: row.person.display_name, ("person__display_name",)),
    Column(
        "kind",
        "种类",
        lambda row: kinds.label(row.kind),
        ("kind",),
        template="office/message_kind.html",
    ),
    Column("sentence", "内容", lambda row: row.sentence),
    Column("read", "在系统里", _read_words, ("read_at",)),
    Column("outside", "另外发出", lambda row: "；".join(map(result, row.deliveries.all())) or "—"),
)


@require_safe
@requires(policies.SEE_REGISTER)
def told(request: HttpRequest) -> HttpResponse:
    """Who was told what, when, by which way, with what result: of the bodies one answers for."""
    filters = ToldFilter(request.GET)
    rows = filters.narrow(queries.register_for(standing(request)))
    table = Table(COLUMNS, rows, request.GET, "谁在什么时候收到什么消息", "条")
    if (file := exported(request, table, "消息登记")) is not None:
        return file
    context = {
        "table": table,
        "filters": filters,
        "empty": NOBODY_TOLD,
        "crumbs": [HERE, Link("消息登记")],
    }
    return render(request, "office/messages_told.html", context)
