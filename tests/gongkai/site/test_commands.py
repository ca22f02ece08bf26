"""The office's commands as an administrator uses them, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from gongkai.site.commands.serve import port_fault
from gongkai.site.environment import environment
from tests.gongkai.databases import elsewhere, server

GONGKAI = (sys.executable, "-m", "gongkai.site.cli")
# Of the past, so that it may be entered whatever the day is.
A_NOTICE = """\
year = 2025
[[notice]]
number = "云政办发〔2025〕1号"
issued_on = 2025-03-01
region = "513400"
holidays = [{ name = "火把节", days = [{ first = 2025-07-18, last = 2025-07-18 }] }]
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables of an installation that does not exist yet, on either database."""
    with an_installation(tmp_path / "home") as variables:
        yield variables


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The variables of one that is set up, shared by the tests that do not change it."""
    with an_installation(tmp_path_factory.mktemp("prepared") / "home") as variables:
        assert run(variables, "setup").returncode == 0
        yield variables


@contextmanager
def an_installation(home: Path) -> Iterator[dict[str, str]]:
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")
    }
    variables |= {
        "GONGKAI_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings.production",
    }
    url = environment().database_url
    if not url:
        yield variables
        return
    name = f"test_gongkai_installation_{uuid.uuid4().hex[:8]}"
    with server() as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    try:
        yield variables | {"GONGKAI_DATABASE_URL": elsewhere(url, name)}
    finally:
        with server() as connection:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def run(variables: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GONGKAI, *arguments], env=dict(variables), capture_output=True, text=True, check=False
    )


def a_free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_setup_twice_then_every_other_command(installation: dict[str, str]) -> None:
    first = run(installation, "setup", "--demonstration")
    assert (first.returncode, first.stderr) == (0, "")
    assert len(re.findall(r"口令 \S{12,}", first.stdout)) == 2
    home = Path(installation["GONGKAI_HOME"])
    key = (home / "secret.key").read_bytes()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "secret.key").stat().st_mode) == 0o600

    second = run(installation, "setup", "--demonstration")
    assert (second.returncode, second.stderr) == (0, "")
    assert "口令" not in second.stdout
    assert (home / "secret.key").read_bytes() == key

    listed = run(installation, "agencies", "--format", "json")
    agencies = json.loads(listed.stdout)
    assert [set(one) for one in agencies] == [
        {"code", "name", "kind", "parent", "supervising"}
    ] * len(agencies)
    (supervising,) = [one for one in agencies if one["supervising"]]
    assert supervising["kind"] == "government_office"
    assert "主管部门" in run(installation, "agencies").stdout

    verified = run(installation, "trail", "verify", "--format", "json")
    assert (verified.returncode, json.loads(verified.stdout)["sound"]) == (0, True)


def test_the_trail_is_verified_and_a_tampering_is_found(
    installation: dict[str, str], tmp_path: Path
) -> None:
    run(installation, "setup")
    bundle = tmp_path / "trail.zip"
    exported = run(installation, "trail", "export", str(bundle))
    assert (exported.returncode, bundle.exists()) == (0, True)
    tamper(installation)
    verified = run(installation, "trail", "verify")
    assert verified.returncode == 1
    assert "触发器 trail_row_no_update" in verified.stdout
    assert len(verified.stdout.splitlines()) > 2


def tamper(installation: Mapping[str, str]) -> None:
    """Changes a name in the trail as somebody who owns the database could."""
    change = "UPDATE trail_row SET actor_name = '别人'"
    url = installation.get("GONGKAI_DATABASE_URL")
    if url:
        with psycopg.connect(url) as owner:
            owner.execute("ALTER TABLE trail_row DISABLE TRIGGER USER")
            owner.execute(change)
        return
    import sqlite3

    with closing(sqlite3.connect(Path(installation["GONGKAI_HOME"]) / "gongkai.sqlite3")) as file:
        file.execute("DROP TRIGGER trail_row_no_update")
        file.execute(change)
        file.commit()


def test_a_notice_is_imported_once_and_waits_for_a_second_person(
    installation: dict[str, str], tmp_path: Path
) -> None:
    notice = tmp_path / "2027.toml"
    notice.write_text(A_NOTICE, encoding="utf-8")
    run(installation, "setup")
    first = run(installation, "calendar", "import", str(notice))
    assert (first.returncode, first.stderr) == (0, "")
    assert "待第二人复核" in first.stdout
    again = run(installation, "calendar", "import", str(notice))
    assert "已经录入" in again.stdout
    nobody = run(installation, "calendar", "import", str(notice), "--as", "nobody")
    assert nobody.returncode == 2
    assert "没有可用的账号" in nobody.stderr


def test_the_master_key_is_changed_and_the_first_one_kept(installation: dict[str, str]) -> None:
    """What was sealed under the first is guarded by the second, and the trail stays sound."""
    run(installation, "setup")
    seal = (
        "from gongkai.vault.services import seal; from django.db import transaction\n"
        "with transaction.atomic(): print(seal('test', '1', 'name', '甲').hex())"
    )
    sealed = subprocess.run(
        (sys.executable, "-m", "django", "shell", "-v", "0", "-c", seal),
        env=dict(installation),
        capture_output=True,
        text=True,
        check=True,
    )
    assert sealed.stdout.strip()
    assert "第 1 版  使用中  保护 1 个" in run(installation, "vault", "status").stdout
    changed = run(installation, "vault", "rotate")
    assert (changed.returncode, changed.stderr) == (0, "")
    assert changed.stdout.strip() == "现由主密钥第 2 版保护；换了 1 个数据密钥的包装"
    after = run(installation, "vault", "status").stdout.splitlines()
    assert after == [
        "主密钥第 1 版  已停用  保护 0 个数据密钥",
        "主密钥第 2 版  使用中  保护 1 个数据密钥",
    ]
    assert len(list(Path(installation["GONGKAI_HOME"], "keys").glob("*"))) == 2
    assert run(installation, "trail", "verify").returncode == 0


def test_nothing_starts_before_setup(installation: dict[str, str]) -> None:
    for command in ("agencies", "worker", "schedule"):
        refused = run(installation, command)
        assert refused.returncode == 2
        assert "gongkai setup" in refused.stderr
        assert "Traceback" not in refused.stderr


def test_serve_says_why_it_does_not_start(installation: dict[str, str]) -> None:
    refused = run(installation, "serve", "--port", str(a_free_port()))
    assert refused.returncode == 2
    assert "gongkai setup" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_server_with_wrong_settings_does_not_start(installation: dict[str, str]) -> None:
    wrong = installation | {
        "GONGKAI_SECRET_KEY": "short",
        "GONGKAI_ORIGIN": "http://xxgk.example.gov.cn",
    }
    refused = run(wrong, "worker")
    assert refused.returncode == 2
    assert {"gongkai.E003", "gongkai.E013"} <= set(re.findall(r"gongkai\.E\d{3}", refused.stderr))


def test_a_port_in_use_is_named() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"端口 {port} 不能用" in port_fault(port)
    assert port_fault(port) == ""
    assert "没有这个端口" in port_fault(0)


# --- serving ----------------------------------------------------------------------------------


def command_of(pid: int) -> bytes:
    """How a process was called; nothing where it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def children_of(pid: int) -> set[int]:
    """All descendants of a process, by the system's own table."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(folder.name)] = int(fields[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def answer(url: str) -> tuple[int, str]:
    address = urlsplit(url)
    with closing(HTTPConnection(str(address.hostname), address.port, timeout=10)) as client:
        client.request("GET", address.path)
        response = client.getresponse()
        return response.status, response.read().decode()


def wait_for(condition: object, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if callable(condition) and condition():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_serve_answers_and_leaves_nobody_behind(
    prepared: dict[str, str], number: signal.Signals
) -> None:
    port = a_free_port()
    started = time.monotonic()
    server_process = subprocess.Popen(
        [*GONGKAI, "serve", "--port", str(port)],
        env=prepared,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(lambda: answer(f"http://127.0.0.1:{port}/healthz")[0] == 200)
        print(f"serve answered after {time.monotonic() - started:.1f} s")
        status, page = answer(f"http://127.0.0.1:{port}/")
        assert (status, "政府信息公开平台" in page) == (200, True)
        # web server with its one worker, worker, schedule
        wait_for(lambda: len(children_of(server_process.pid)) == 4)
        family = children_of(server_process.pid)
        server_process.send_signal(number)
        out, err = server_process.communicate(timeout=60)
    finally:
        server_process.kill()
    wait_for(lambda: not alive(family), seconds=30)
    if number is not signal.SIGKILL:
        assert server_process.returncode == 0
        assert "Traceback" not in err
    assert f"http://127.0.0.1:{port}" in out


def test_a_worker_that_dies_is_started_again(prepared: dict[str, str]) -> None:
    port = a_free_port()
    server_process = subprocess.Popen(
        [*GONGKAI, "serve", "--port", str(port)],
        env=prepared,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

    def workers() -> list[int]:
        return [
            pid
            for pid in children_of(server_process.pid)
            if command_of(pid).endswith(b"\0worker\0")
        ]

    try:
        wait_for(lambda: len(workers()) == 1)
        (victim,) = workers()
        os.kill(victim, signal.SIGKILL)
        wait_for(lambda: workers() not in ([], [victim]))
    finally:
        server_process.terminate()
        _, err = server_process.communicate(timeout=60)
    assert "将重新启动" in err


@pytest.mark.parametrize(
    "arguments",
    [
        "deadline 2026-02-10 --days 20",
        "clock examples/case.yaml",
        "fee --pieces 45",
        "outcome",
        "--help",
    ],
)
def test_the_law_is_asked_without_django(arguments: str) -> None:
    program = (
        "import sys; from gongkai.site.cli.main import main; main(sys.argv[1:]);"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] == 'django'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments.split()],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_the_extra_the_office_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['django'] = None;"
        "from gongkai.site.cli.main import main; sys.exit(main(['agencies']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "gongkai[office]" in done.stderr
