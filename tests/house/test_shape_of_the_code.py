"""Functions under 40 lines, modules under 400, no drawer for homeless functions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path
    for path in (ROOT / "src").rglob("*.py")
    if path.parent.name != "migrations" or path.name == "__init__.py"  # the others Django writes
)
DRAWERS = {"utils", "helpers", "helper", "common", "misc"}


def long_functions(text: str) -> list[str]:
    """Names of functions of 40 lines or more, counted from `def`, without docstring lines."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = ast.get_docstring(node) is not None
            docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            length = (node.end_lineno or 0) - node.lineno + 1 - docstring
            if length >= 40:
                found.append(node.name)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_so_are_its_functions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    assert long_functions(text) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_every_public_name_is_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    public = [node for node in tree.body if isinstance(node, kinds) and node.name[0] != "_"]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_there_is_no_drawer_for_homeless_functions() -> None:
    names = {part for path in MODULES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & DRAWERS


def test_a_long_function_would_be_found() -> None:
    body = "\n".join("    x = 1" for _ in range(40))
    assert long_functions(f"def f() -> None:\n{body}\n") == ["f"]
    assert long_functions('def f() -> None:\n    """' + "\n" * 50 + '    """\n') == []
