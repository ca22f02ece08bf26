"""`gongkai api-token` in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gongkai.accounts.roles import Role
from gongkai.api.models import Token
from gongkai.api.secret import read_secret
from tests.gongkai.api.oa import RECORDS, Oa
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import Chain, person, staffed


@pytest.fixture
def chain(committed_database: CommittedDatabase) -> Chain:
    """The body and its administrator, committed."""
    chain = staffed()
    person("keeper", "钱管理", Role.AGENCY_ADMINISTRATOR, chain.agency)
    return chain


def run(database: CommittedDatabase, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai.site.cli", "api-token", *arguments],
        env=dict(database.variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_token_is_made_listed_used_and_taken_back(
    chain: Chain, committed_database: CommittedDatabase
) -> None:
    names = ("--agency", chain.agency.code, "--user", "drafter", "--label", "协同办公系统")
    made = run(committed_database, "create", *names, "--as", "keeper")
    assert (made.returncode, made.stderr) == (0, "")
    shown, *rest = made.stdout.splitlines()
    assert "只显示这一次" in rest[-1]
    token = Token.objects.get()
    listed = run(committed_database, "list", "--format", "json")
    (row,) = json.loads(listed.stdout)
    assert (row["prefix"], row["user"], row["state"]) == (token.prefix, "何拟", "有效")
    assert shown not in listed.stdout
    secret = read_secret(shown)
    assert secret is not None
    oa = Oa(token, secret)
    assert oa.get(RECORDS).status == 200
    gone = run(
        committed_database, "revoke", "--prefix", token.prefix, "--reason", "换了", "--as", "keeper"
    )
    assert gone.returncode == 0
    assert oa.get(RECORDS).status == 401
    assert "已收回" in run(committed_database, "list", "--agency", chain.agency.code).stdout


def test_what_is_missing_or_not_allowed_is_said(
    chain: Chain, committed_database: CommittedDatabase
) -> None:
    agency = ("--agency", chain.agency.code)
    for arguments, sentence in {
        ("create", *agency): "缺少：--user、--label、--as",
        ("revoke",): "缺少：--prefix、--reason、--as",
        ("create", *agency, "--user", "drafter", "--label", "甲", "--as", "drafter"): "无权办理",
        ("create", *agency, "--user", "officer", "--label", "甲", "--as", "keeper"): "不是",
        ("create", "--agency", "0", "--user", "drafter", "--label", "甲", "--as", "keeper"): (
            "没有代码为“0”的机关"
        ),
        ("revoke", "--prefix", "0", "--reason", "甲", "--as", "keeper"): "没有编号为“0”的令牌",
    }.items():
        refused = run(committed_database, *arguments)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert sentence in refused.stderr
    assert Token.objects.count() == 0
    assert "没有令牌" in run(committed_database, "list").stdout
