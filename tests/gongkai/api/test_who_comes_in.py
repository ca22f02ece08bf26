"""Which token opens which route, written by hand; how tokens come and go."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts import services as accounts
from gongkai.accounts.errors import NotEntitledError
from gongkai.accounts.models import RoleGrant
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import directory
from gongkai.api.errors import TokenRefusedError
from gongkai.api.models import Token
from gongkai.api.routes import api
from gongkai.api.services.tokens import issue, revoke
from gongkai.disclosure.models import Record
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.api.oa import DRAFT, RECORDS, Oa, Reply, connected
from tests.gongkai.disclosure.chain import AT, Chain, person
from tests.gongkai.disclosure.documents import body
from tests.gongkai.files.cases import told

Who = Callable[[Oa, Chain], Oa]


def own(oa: Oa, _chain: Chain) -> Oa:
    return oa


def another_body(_oa: Oa, chain: Chain) -> Oa:
    return connected(body(chain, elsewhere().code))


def elsewhere() -> Agency:
    (code,) = (one["code"] for one in directory() if one["name"] == "云溪县农业农村局")
    return Agency.objects.get(code=code)


def nobody(oa: Oa, _chain: Chain) -> Oa:
    return Oa(oa.token, type(oa.secret)(oa.secret.prefix, "x" * 43))


def revoked(_oa: Oa, chain: Chain) -> Oa:
    other = connected(chain)
    revoke(other.token, reason="换了系统", by=SYSTEM, at=timezone.now())
    return other


def expired(_oa: Oa, chain: Chain) -> Oa:
    at = timezone.now() - timedelta(days=31)
    user = person("before", "前任", Role.DRAFTER, chain.agency, at)
    token, secret = issue(chain.agency, user, label="旧系统", days=30, by=SYSTEM, at=at)
    return Oa(token, secret)


def without_duty(_oa: Oa, chain: Chain) -> Oa:
    user = person("leaver", "调离", Role.DRAFTER, chain.agency)
    token, secret = issue(chain.agency, user, label="系统", days=9, by=SYSTEM, at=timezone.now())
    accounts.revoke_role(RoleGrant.objects.get(user=user), by=SYSTEM, at=timezone.now())
    return Oa(token, secret)


def disabled(_oa: Oa, chain: Chain) -> Oa:
    user = person("retired", "退休", Role.DRAFTER, chain.agency)
    token, secret = issue(chain.agency, user, label="系统", days=9, by=SYSTEM, at=timezone.now())
    accounts.disable_user(user, reason="退休", by=SYSTEM, at=timezone.now())
    return Oa(token, secret)


def replies(oa: Oa, address: str) -> dict[str, Reply]:
    """Every operation once, on one record, in an order in which each finds what it needs."""
    file = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        + "供水工程名单".encode()
        + b"\r\n--b--\r\n"
    )
    kind = "multipart/form-data; boundary=b"
    done = {
        "create_record": oa.post(RECORDS, DRAFT),
        "list_records": oa.get(RECORDS),
        "read_record": oa.get(address),
        "change_record": oa.ask("PATCH", address, {"title": "改"}, If_Match="1"),
        "attach_file": oa.post(f"{address}/files", raw=file, kind=kind),
        "submit_record": oa.post(f"{address}/submission", If_Match="3"),
    }
    return done | {"draft_again": oa.post(f"{address}/versions")}


ALL = ("list_records", "create_record", "read_record", "change_record", "attach_file",
       "submit_record", "draft_again")  # fmt: skip
# Token → status of each operation, in the order of ALL.
TABLE: list[tuple[str, Who, tuple[int, ...]]] = [
    ("本机关", own, (200, 201, 200, 200, 201, 200, 409)),
    ("别的机关", another_body, (200, 201, 404, 404, 404, 404, 404)),
    ("没有令牌", nobody, (401,) * 7),
    ("已收回", revoked, (401,) * 7),
    ("已过期", expired, (401,) * 7),
    ("责任人不再拟稿", without_duty, (403,) * 7),
    ("责任人停用", disabled, (403,) * 7),
]


@pytest.mark.parametrize(("who", "expected"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE])
def test_each_token_on_each_route(
    who: Who, expected: tuple[int, ...], oa: Oa, chain: Chain
) -> None:
    address = oa.draft()
    before = Record.objects.count()
    found = replies(who(oa, chain), address)
    assert {name: reply.status for name, reply in found.items()} == dict(
        zip(ALL, expected, strict=True)
    )
    assert Record.objects.count() - before == (1 if expected[1] == 201 else 0)
    if who is another_body:
        assert found["list_records"].body["total"] == 1  # its own
        assert DRAFT["title"] not in str(found["read_record"].body)


def test_the_table_has_every_route() -> None:
    operations = {
        operation.operation_id
        for bound in api._get_bound_routers()
        for path in bound.path_operations.values()
        for operation in path.operations
        if operation.auth_callbacks
    }
    assert operations == set(ALL)


def test_the_supervising_office_has_no_token_for_the_records_of_others(
    oa: Oa, chain: Chain
) -> None:
    assert chain.agency.supervising
    other = another_body(oa, chain)
    address = other.draft()
    assert other.get(address).status == 200
    assert oa.get(address).status == 404


def test_an_agency_administrator_issues_for_the_own_body_only(chain: Chain) -> None:
    keeper = actor_for(person("keeper", "钱管理", Role.AGENCY_ADMINISTRATOR, chain.agency))
    now = timezone.now()
    token, secret = issue(
        chain.agency, chain.drafter, label=" 协同 办公 ", days=30, by=keeper, at=now
    )
    assert token.label == "协同 办公"
    assert secret.rest not in str(Token.objects.values().get())
    (sentence,) = told("api.token_issued")
    assert "钱管理为“协同 办公”发出接口令牌" in sentence
    assert secret.rest not in str(list(Row.objects.values()))
    there = body(chain, elsewhere().code)
    with pytest.raises(NotEntitledError):
        issue(there.agency, chain.drafter, label="系统", days=30, by=keeper, at=now)
    drafter = chain.actor("drafter")
    with pytest.raises(NotEntitledError):
        issue(chain.agency, chain.drafter, label="系统", days=30, by=drafter, at=now)


@pytest.mark.parametrize(
    ("label", "days", "name", "sentence"),
    [
        (" ", 30, "drafter", "请写明系统名称"),
        ("系统", 0, "drafter", "有效期为1至400天"),
        ("系统", 401, "drafter", "有效期为1至400天"),
        ("系统", 30, "officer", "张公开不是云溪县人民政府办公室的拟稿人"),
    ],
)
def test_a_token_that_is_not_issued(
    label: str, days: int, name: str, sentence: str, chain: Chain
) -> None:
    user = getattr(chain, name)
    with pytest.raises(TokenRefusedError, match=sentence):
        issue(chain.agency, user, label=label, days=days, by=SYSTEM, at=AT)
    issue(chain.agency, chain.drafter, label="系统", days=400, by=SYSTEM, at=AT)


def test_a_revocation_stands_and_a_token_does_not_change_hands(oa: Oa, chain: Chain) -> None:
    keeper = person("keeper", "钱管理", Role.AGENCY_ADMINISTRATOR, chain.agency)
    revoke(oa.token, reason="换了系统", by=actor_for(keeper), at=timezone.now())
    with pytest.raises(TokenRefusedError, match="已经收回"):
        revoke(oa.token, reason="再收", by=actor_for(keeper), at=timezone.now())
    assert "理由：换了系统" in told("api.token_revoked")[0]
    for attack in (
        "UPDATE api_token SET revoked_at = NULL",
        "UPDATE api_token SET user_id = user_id + 1",
        "UPDATE api_token SET expires_at = '2099-01-01'",
        "DELETE FROM api_token",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)
    with transaction.atomic(), connection.cursor() as cursor:  # the control
        cursor.execute("UPDATE api_token SET last_used_at = '2026-03-12'")


def test_no_log_and_no_trail_row_has_the_token(
    oa: Oa, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    settings.DEBUG = True  # where the framework itself is most talkative
    with caplog.at_level(logging.DEBUG):
        oa.get(oa.draft())
        for wrong in ("Basic ", "bearer x", "", "Bearer gongkai_"):
            shown = f"{wrong}{oa.secret.shown}"
            assert oa.get(RECORDS, Authorization=shown).status == 401
    assert caplog.records
    assert oa.secret.rest not in caplog.text
    assert oa.secret.rest not in str(list(Row.objects.values()))


def test_the_last_use_is_noted(oa: Oa) -> None:
    oa.get(RECORDS)
    used = Token.objects.get().last_used_at
    assert used is not None
    assert timezone.now() - used < timedelta(minutes=1)


def test_too_many_requests_wait_for_the_next_minute(
    oa: Oa, chain: Chain, settings: Settings
) -> None:
    settings.GONGKAI_API_PER_MINUTE = 3
    statuses = [oa.get(RECORDS).status for _ in range(8)]
    # A minute may begin in between: then it is three, and three again.
    assert statuses[:3] == [200] * 3
    assert 429 in statuses
    refused = next(one for one in (oa.get(RECORDS) for _ in range(8)) if one.status == 429)
    assert refused.body["code"] == "too_many"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert connected(chain, label="另一个系统").get(RECORDS).status == 200
