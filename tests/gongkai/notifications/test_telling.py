"""Told once for each person and occasion, without personal data, in the verb's own transaction."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.services import disable_user
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.services import NotInTransactionError
from gongkai.notifications import queries
from gongkai.notifications.models import Delivery, Message, State
from gongkai.notifications.services import mark_all_read, mark_read, set_choices, tell
from gongkai.trail.actors import SYSTEM, Subject
from gongkai.trail.services import PersonalFactError
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.notifications.mail_server import MailBox
from tests.gongkai.notifications.people import (
    AT,
    SUBJECT,
    delivery,
    person,
    told,
    undisturbed,
    with_mail,
)

ID = "11010519491231002X"


def test_a_message_is_there_at_once_and_nothing_leaves_where_nothing_is_set_up(clerk: User) -> None:
    (message,) = told(clerk)
    assert list(queries.own(clerk)) == [message]
    assert queries.unread_count(clerk.pk) == 1
    assert not OutboxRow.objects.exists()


def test_one_occasion_is_told_once_and_another_again(clerk: User) -> None:
    assert len(told(clerk, clerk)) == 1
    assert told(clerk) == []
    assert len(told(clerk, key="returned-2")) == 1
    assert Message.objects.count() == 2


def test_one_occasion_is_told_to_each_person(clerk: User) -> None:
    mate = person("mate", "吕初审")
    assert {one.person for one in told(clerk, mate)} == {clerk, mate}
    third = person("third", "施保密")
    assert [one.person for one in told(clerk, mate, third)] == [third]


def test_who_has_left_is_not_told(clerk: User) -> None:
    mate = person("mate", "吕初审")
    gone = disable_user(mate, by=SYSTEM, at=AT, reason="调离")
    assert [one.person for one in told(clerk, gone)] == [clerk]


@pytest.mark.parametrize("part", ["sentence", "subject"])
def test_an_identity_number_is_refused(clerk: User, part: str) -> None:
    words = {"sentence": "退回修改", "subject": "名单", part: f"赵某 {ID}"}
    with pytest.raises(PersonalFactError):
        tell(
            [clerk],
            kind="returned",
            subject=Subject("record", "a", words["subject"]),
            sentence=words["sentence"],
            link="/office/",
            key="k",
            at=AT,
        )
    assert not Message.objects.exists()
    # Control: a number that looks like one and is none.
    assert told(clerk, sentence="第110105194912310021号文件被退回修改")


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/office/../accounts/logout/\r\nSet-Cookie: a=b",
        "/accounts/logout/",
        "javascript:alert(1)",
        "/office/?next=//elsewhere.example",
    ],
)
def test_a_message_leads_to_the_office_and_nowhere_else(clerk: User, link: str) -> None:
    with pytest.raises(ValueError, match="办公端"):
        tell([clerk], kind="returned", subject=SUBJECT, sentence="请看", link=link, key="k", at=AT)


def test_a_kind_that_nobody_registered_is_refused(clerk: User) -> None:
    with pytest.raises(KeyError):
        told(clerk, kind="nowhere")


def test_outside_a_transaction_nobody_is_told(committed_database: CommittedDatabase) -> None:
    clerk = person()
    connection.close()
    with pytest.raises(NotInTransactionError):
        tell([clerk], kind="returned", subject=SUBJECT, sentence="请看", link="/office/", key="k",
             at=AT)  # fmt: skip
    with transaction.atomic():
        assert told(clerk)


def test_what_is_undone_was_told_to_nobody(clerk: User, box: MailBox) -> None:
    with_mail(clerk)
    with transaction.atomic():
        told(clerk)
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not OutboxRow.objects.filter(name="notifications.send").exists()


def test_with_an_address_a_delivery_is_ordered_and_its_arguments_are_ids(
    clerk: User, box: MailBox
) -> None:
    assert told(clerk, key="before")[0].deliveries.count() == 0  # no address yet
    told(with_mail(clerk))
    row = OutboxRow.objects.get(name="notifications.send")
    assert row.arguments == {"delivery": delivery().pk.hex}
    assert (delivery().state, delivery().due_at, row.run_after) == (State.WAITING, AT, AT)


def test_what_one_declined_is_told_in_the_office_alone(clerk: User, box: MailBox) -> None:
    with_mail(clerk)
    set_choices(
        clerk,
        off=["mail:returned"],
        quiet_from=time(20),
        quiet_until=time(8),
        working_days=True,
        by=actor_for(clerk),
        at=AT,
    )
    (message,) = told(clerk)
    assert message.deliveries.count() == 0
    (message,) = told(clerk, kind="cleared", key="cleared-1")
    assert message.deliveries.count() == 1


def test_quiet_hours_hold_back_what_leaves_and_not_what_stands_in_the_office(
    clerk: User, box: MailBox
) -> None:
    with_mail(clerk)
    undisturbed(clerk, time(8, 30), time(14))  # it is nine
    told(clerk)
    assert queries.unread_count(clerk.pk) == 1
    assert delivery().due_at == AT + timedelta(hours=5)
    assert OutboxRow.objects.get(name="notifications.send").run_after == AT + timedelta(hours=5)


def test_telling_many_asks_as_often_as_telling_one(clerk: User, box: MailBox) -> None:
    people = [clerk, *(person(f"p{n:02}", "某") for n in range(20))]
    counts = []
    for group in (people[:1], people):
        with CaptureQueriesContext(connection) as seen:
            told(*group, key=f"k{len(group)}")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_first_look_counts(clerk: User) -> None:
    (message,) = told(clerk)
    mark_read(message, at=AT + timedelta(hours=1))
    mark_read(message, at=AT + timedelta(hours=2))
    message.refresh_from_db()
    assert message.read_at == AT + timedelta(hours=1)


def test_all_at_once_leaves_out_what_arrives_later_and_what_is_others(clerk: User) -> None:
    mate = person("mate", "吕初审")
    told(clerk, mate)
    told(clerk, key="later", at=AT + timedelta(hours=2))
    assert mark_all_read(clerk, at=AT + timedelta(hours=1)) == 1
    assert queries.unread_count(clerk.pk) == 1
    assert queries.unread_count(mate.pk) == 1
    assert Delivery.objects.count() == 0
