"""Two workers under kill -9, on the database and through Redis; and with the guard removed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from gongkai.site.environment import environment

pytestmark = pytest.mark.heavy

KILLS = 60


def killed(backend: str, control: str = "") -> dict[str, Any]:
    """Runs the harness in processes of its own; its figures."""
    address = environment().owner_database_url if environment().database_url else ""
    command = [sys.executable, "-m", "benchmarks.kill_jobs", "--json", "--backend", backend]
    command += ["--kills", str(KILLS), "--control", control]
    ended = subprocess.run(
        command,
        env={**os.environ, "GONGKAI_DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.stdout, ended.stderr
    figures: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    print({name: value for name, value in figures.items() if name != "exits"})
    return figures


def faults(figures: dict[str, Any]) -> int:
    kinds = ("repeated", "vanished", "from_aborted", "unfinished")
    return sum(int(figures[kind]) for kind in kinds)


@pytest.mark.parametrize(
    "backend", ["database", pytest.param("redis", marks=pytest.mark.needs("redis"))]
)
def test_every_effect_happens_exactly_once_under_kill_9(backend: str) -> None:
    figures = killed(backend)
    assert figures["kills"] == KILLS
    assert figures["interrupted"] > 0
    assert figures["effects"] == 2 * figures["orders"] > 0
    assert faults(figures) == 0
    assert set(figures["exits"]) == {0}, "SIGTERM ends a worker after the row at hand"


@pytest.mark.parametrize(
    ("control", "fault"), [("effect-then-mark", "repeated"), ("mark-then-effect", "vanished")]
)
def test_without_the_guard_the_same_harness_finds_the_fault(control: str, fault: str) -> None:
    assert killed("database", control)[fault] > 0
