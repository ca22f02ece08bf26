"""Addresses are sealed, masked, one's own business, and gone with their key when taken away."""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai.accounts.errors import NotEntitledError
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.notifications.errors import NotificationRefusedError
from gongkai.notifications.models import Address, What
from gongkai.notifications.services import remove_address, set_address
from gongkai.notifications.services.choosing import OWNER
from gongkai.trail.models import Row
from gongkai.vault.data_keys import open_value
from gongkai.vault.errors import KeyDestroyedError
from tests.gongkai.notifications.people import AT, MAIL, PHONE, person, with_mail, with_phone


def clear(address: Address) -> str:
    return open_value(OWNER, address.pk.hex, address.what, bytes(address.sealed))


def test_an_address_is_sealed_and_shown_masked(clerk: User) -> None:
    with_phone(with_mail(clerk))
    found = {one.what: one for one in Address.objects.all()}
    assert (found["mail"].mask, clear(found["mail"])) == ("h***@example.gov.cn", MAIL)
    assert (found["phone"].mask, clear(found["phone"])) == ("138****1234", PHONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notifications_address")
        stored = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row]
                       for row in cursor.fetchall()])  # fmt: skip
    assert MAIL not in stored
    assert PHONE not in stored


def test_the_trail_tells_that_and_not_which(clerk: User) -> None:
    with_mail(clerk)
    remove_address(clerk, What.MAIL, by=actor_for(clerk), at=AT)
    told = [row.sentence for row in Row.objects.filter(event__startswith="notifications.")]
    assert sorted(told) == sorted(["何拟登记了本人接收消息的邮箱", "何拟撤掉了本人接收消息的邮箱"])
    assert not any(MAIL in str(row.facts) for row in Row.objects.all())


def test_a_new_address_destroys_the_old_one(clerk: User) -> None:
    with_mail(clerk)
    old = Address.objects.get()
    with_mail(clerk, "other@example.gov.cn")
    assert clear(Address.objects.get()) == "other@example.gov.cn"
    with pytest.raises(KeyDestroyedError):
        clear(old)


def test_an_address_taken_away_cannot_be_read_from_a_copy(clerk: User) -> None:
    with_mail(clerk)
    copy = Address.objects.get()
    assert clear(copy) == MAIL
    remove_address(clerk, What.MAIL, by=actor_for(clerk), at=AT)
    assert not Address.objects.exists()
    with pytest.raises(KeyDestroyedError):
        clear(copy)
    with pytest.raises(NotificationRefusedError, match="没有登记过邮箱"):
        remove_address(clerk, What.MAIL, by=actor_for(clerk), at=AT)


def test_nobody_chooses_for_another(clerk: User) -> None:
    mate = person("mate", "吕初审")
    with pytest.raises(NotEntitledError):
        set_address(clerk, What.MAIL, MAIL, by=actor_for(mate), at=AT)
    assert set_address(clerk, What.MAIL, MAIL, by=actor_for(clerk), at=AT).mask


@pytest.mark.parametrize(
    ("what", "value"),
    [
        (What.MAIL, "nobody"),
        (What.MAIL, ""),
        (What.MAIL, "a@b.cn\r\nBcc: c@d.cn"),
        (What.MAIL, "何拟@example.gov.cn"),
        (What.MAIL, "a@b.cn, c@d.cn"),
        (What.PHONE, "1380013123"),
        (What.PHONE, "138001312345"),
        (What.PHONE, "11010519491231002X"),
        (What.PHONE, "05711234567"),
        (What.PHONE, "13800131234,13800131235"),
    ],
)
def test_what_is_no_address_is_refused(clerk: User, what: What, value: str) -> None:
    with pytest.raises(NotificationRefusedError):
        set_address(clerk, what, value, by=actor_for(clerk), at=AT)
    assert not Address.objects.exists()


@pytest.mark.parametrize("value", ["13800131234", "138-0013-1234", " 138 0013 1234 "])
def test_a_phone_number_may_be_written_in_groups(clerk: User, value: str) -> None:
    made = set_address(clerk, What.PHONE, value, by=actor_for(clerk), at=AT)
    assert clear(made) == PHONE
