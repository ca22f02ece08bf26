"""`gongkai demo` as somebody who tries the system runs it, each time a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gongkai.site.test_commands import an_installation, run


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables of a demonstration that does not exist yet, on either database."""
    with an_installation(tmp_path / "home") as variables:
        yield variables | {"GONGKAI_DEMONSTRATION": "1", "GONGKAI_SECOND_FACTOR": "0"}


def passwords(printed: str) -> set[str]:
    return set(re.findall(r"Yunxi-\w{4}-\w{4}", printed))


@pytest.mark.heavy
def test_reset_makes_a_new_county_and_a_second_run_only_lists_it(
    demonstration: dict[str, str],
) -> None:
    assert run(demonstration, "setup", "--demonstration").returncode == 0
    mark_the_database(demonstration)

    renewed = run(demonstration, "demo", "--reset")
    assert (renewed.returncode, renewed.stderr) == (0, "")
    assert "已清空" in renewed.stdout
    assert "办理 250/" in renewed.stdout
    assert len(passwords(renewed.stdout)) == 1
    assert not is_marked(demonstration)

    again = run(demonstration, "demo")
    assert (again.returncode, again.stderr) == (0, "")
    assert "没有改动" in again.stdout
    assert passwords(again.stdout) == passwords(renewed.stdout)
    assert "/office/" in again.stdout
    assert run(demonstration, "trail", "verify").returncode == 0


MARK = (
    "from gongkai.agencies.models import Agency; from gongkai.agencies.services import *\n"
    "from gongkai.trail.actors import SYSTEM; from django.utils import timezone\n"
)


def in_django(variables: dict[str, str], program: str) -> str:
    done = subprocess.run(
        (sys.executable, "-m", "django", "shell", "-v", "0", "-c", MARK + program),
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def mark_the_database(variables: dict[str, str], *, fictional: bool = True) -> None:
    """A body that only this database has."""
    in_django(
        variables,
        "create_agency(by=SYSTEM, at=timezone.now(), code='mark', name='记号局',"
        f" kind='department', charter=Charter(demonstration={fictional}))",
    )


def is_marked(variables: dict[str, str]) -> bool:
    return in_django(variables, "print(Agency.objects.filter(code='mark').exists())") == "True"


@pytest.mark.parametrize("arguments", [("demo",), ("demo", "--reset")], ids=["fill", "reset"])
def test_a_real_installation_is_left_alone(
    demonstration: dict[str, str], arguments: tuple[str, ...]
) -> None:
    """By the setting where it is not set; by its bodies where it is."""
    real = {name: value for name, value in demonstration.items() if name[:12] != "GONGKAI_DEMO"}
    run(real, "setup")
    for variables, why in ((real, "GONGKAI_DEMONSTRATION"), (demonstration, "真实的机关")):
        refused = run(variables, *arguments)
        assert refused.returncode == 2
        assert why in refused.stderr
        assert "什么也没有改" in refused.stderr
    assert "云溪县人民政府" in run(real, "agencies").stdout


def test_one_real_body_among_fictional_ones_is_enough_to_refuse(
    demonstration: dict[str, str],
) -> None:
    run(demonstration, "setup", "--demonstration")
    mark_the_database(demonstration, fictional=False)
    refused = run(demonstration, "demo", "--reset")
    assert refused.returncode == 2
    assert is_marked(demonstration)


def test_before_setup_it_says_what_to_do(demonstration: dict[str, str]) -> None:
    refused = run(demonstration, "demo")
    assert refused.returncode == 2
    assert "gongkai setup" in refused.stderr
    assert "Traceback" not in refused.stderr
