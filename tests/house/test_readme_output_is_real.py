"""What the READMEs show is what the commands print today.

A shown output may leave out its end: a line of “…” stands for whatever follows.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gongkai.site.cli.main import main

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"```\n\$ \.venv/bin/gongkai ([^\n]+)\n(.*?)\n```", re.DOTALL)


def shown_commands() -> list[tuple[str, str, str]]:
    return [
        (readme, command, output)
        for readme in READMES
        for command, output in BLOCK.findall((ROOT / readme).read_text(encoding="utf-8"))
    ]


def agrees(shown: str, printed: str) -> bool:
    """Whether what is shown is what was printed, up to a line of “…”."""
    head, cut, rest = shown.partition("\n…")
    if cut:
        return rest == "" and printed.startswith(head + "\n")
    return printed.rstrip("\n") == shown


@pytest.mark.parametrize(("readme", "command", "output"), shown_commands())
def test_a_shown_output_is_what_the_command_prints(
    readme: str,
    command: str,
    output: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    main(shlex.split(command))
    assert agrees(output, capsys.readouterr().out), readme


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [command for name, command, _ in shown_commands() if name == readme] for readme in READMES
    )
    assert english == chinese
    assert len(english) >= 2


def test_a_wrong_or_shortened_output_would_be_found() -> None:
    assert agrees("a\nb", "a\nb\n")
    assert agrees("a\n…", "a\nb\n")
    assert not agrees("a", "a\nb\n")
    assert not agrees("a\nc", "a\nb\n")
    assert not agrees("x\n…", "a\nb\n")
