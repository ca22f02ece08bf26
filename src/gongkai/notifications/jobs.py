"""Handing over one delivery, in the background.

The handing over runs before the transaction that completes the job (gongkai.jobs.registry), so it
may run twice: what is guaranteed then stands in services.delivering and in decision 14.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.jobs.registry import JobError, job
from gongkai.notifications import channels, configuration, kinds
from gongkai.notifications.channels import Letter, PermanentError, TemporaryError, mail, webhook
from gongkai.notifications.models import NEEDS, Address, Delivery, State, Way
from gongkai.notifications.services import delivering
from gongkai.notifications.services.choosing import OWNER
from gongkai.notifications.services.telling import SEND_JOB
from gongkai.vault.data_keys import open_value
from gongkai.vault.errors import DamagedValueError, MasterKeyError, VaultRefusedError

SEEN = "本人已经在系统里看过"
WITHDRAWN = "本人已经撤掉地址"


def prepare(arguments: Mapping[str, str]) -> Mapping[str, str]:
    """Hands the letter over; returns how it ended, or raises JobError to be tried again."""
    number = uuid.UUID(arguments["delivery"])
    delivery = delivering.begin(number, at=timezone.now())
    if delivery is None:
        return {"state": "", "reason": ""}
    if reason := needless(delivery):
        return {"state": State.SKIPPED.value, "reason": reason}
    try:
        _hand_over(delivery)
    except TemporaryError as error:
        if delivering.failed_for_now(number, str(error), at=timezone.now()):
            raise JobError(str(error)) from None
        return {"state": "", "reason": ""}
    except PermanentError as error:
        return {"state": State.STOPPED.value, "reason": str(error)}
    return {"state": State.SENT.value, "reason": ""}


def send(arguments: Mapping[str, str], *, at: datetime) -> None:
    """Writes down how it ended, with the completion of the job."""
    if arguments["state"]:
        state = State(arguments["state"])
        delivering.end(uuid.UUID(arguments["delivery"]), state, arguments["reason"], at=at)


def needless(delivery: Delivery) -> str:
    """Why it need not go out any more, or ""; asked at the last moment, after quiet hours."""
    message = delivery.message
    if message.read_at is not None:
        return SEEN
    if not message.person.is_active:
        return "账户已经停用"
    if Way(delivery.way) not in channels.ways():
        return "这条途径现在没有开通"
    if _address(delivery) is None:
        return WITHDRAWN
    return ""


def _address(delivery: Delivery) -> Address | None:
    what = NEEDS[Way(delivery.way)]
    return Address.objects.filter(person=delivery.message.person, what=what).first()


def _hand_over(delivery: Delivery) -> None:
    address = _address(delivery)
    if address is None:
        raise PermanentError(WITHDRAWN)
    try:
        target = open_value(OWNER, address.pk.hex, address.what, bytes(address.sealed))
    except VaultRefusedError:
        raise PermanentError(WITHDRAWN) from None
    except (MasterKeyError, DamagedValueError):
        raise TemporaryError("打不开收件地址，请系统管理员检查主密钥") from None
    letter = _letter(delivery, target)
    server, gateway = configuration.mail_server(), configuration.gateway()
    if delivery.way == Way.MAIL and server is not None:
        mail.send(server, letter)
    elif delivery.way == Way.WEBHOOK and gateway is not None:
        webhook.send(gateway, letter)


def _letter(delivery: Delivery, target: str) -> Letter:
    kind = kinds.find(delivery.message.kind)
    link = f"{configuration.origin()}{delivery.message.link}"
    name = configuration.site_name()
    text = f"{kind.outside}请登录{name}查看：{link}"
    return Letter(delivery.pk.hex, target, f"{kind.label}　{name}", text)


def register_jobs() -> None:
    """Adds the job to the one list. Attempts are counted by the delivery itself: the job's own
    limit only has to be wider, kills between attempts included."""
    most = delivering.MOST_ATTEMPTS * (delivering.MOST_WITHOUT_END + 1)
    job(SEND_JOB, prepare=prepare, attempts=most, first_pause=timedelta(minutes=1))(send)
