"""Every setting, every numbered check and every command of the office is described; no other is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.site.cli.main import COMMANDS, OFFICE_COMMANDS, main

ROOT = Path(__file__).parents[2]
OPERATIONS = ROOT / "docs" / "operations"
VARIABLE = re.compile(r"\bGONGKAI_[A-Z_]+\b")
CHECK = re.compile(r"\bgongkai\.(?:\w+\.)?[EW]\d{3}\b")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_variable_is_described_and_every_described_one_is_read() -> None:
    read = set(re.findall(r'"(GONGKAI_[A-Z_]+)"', text(ROOT / "src/gongkai/site/environment.py")))
    described = set(
        re.findall(r"^\| `(GONGKAI_[A-Z_]+)` \|", text(OPERATIONS / "settings.md"), re.MULTILINE)
    )
    assert described == read


def test_every_numbered_check_is_described() -> None:
    code = {
        number
        for path in (ROOT / "src" / "gongkai").rglob("*.py")
        for number in CHECK.findall(text(path))
    }
    assert code
    assert set(CHECK.findall(text(OPERATIONS / "settings.md"))) == code


@pytest.mark.parametrize("command", OFFICE_COMMANDS)
def test_every_command_is_described_and_has_help_in_chinese(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"gongkai {command}" in text(OPERATIONS / "commands.md")
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "用法：" in capsys.readouterr().out


def test_no_command_is_both_of_the_law_and_of_the_office() -> None:
    assert not set(COMMANDS) & set(OFFICE_COMMANDS)
