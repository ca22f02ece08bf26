"""Rows are written by verbs alone: in services and migrations, nowhere else in the office.

Told by the shape of the call: `.save()`, `.create(…)`, `.update(field=…)`, `.delete()` and their
kin. What merely looks like one, and the few writers that are no verbs, stand on a list.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
OFFICE = ROOT / "src" / "gongkai"

ALWAYS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# These mean a model only without positional arguments: a dict, a hash, a folder of files has some.
WITHOUT_POSITIONAL = {"save", "update", "delete"}

# (file, call) → why it is no write to a model outside a verb.
LISTED: dict[tuple[str, str], str] = {}


def writes_in(text: str) -> set[str]:
    """Names of the calls in a module that write to a model."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr.removeprefix("a")
        name = name if name in ALWAYS | WITHOUT_POSITIONAL else node.func.attr
        if name in ALWAYS or (name in WITHOUT_POSITIONAL and not node.args):
            found.add(name)
    return found


def is_for_verbs(path: Path) -> bool:
    parts = path.relative_to(OFFICE).parts
    return path.name == "services.py" or bool({"services", "migrations"} & set(parts))


def test_models_are_written_in_services_and_migrations_alone() -> None:
    modules = sorted(OFFICE.rglob("*.py"))
    found = {
        (str(path.relative_to(OFFICE)), name)
        for path in modules
        if not is_for_verbs(path)
        for name in writes_in(path.read_text(encoding="utf-8"))
    }
    verbs = [path for path in modules if path.name == "services.py" or "services" in path.parts]
    inside = [path for path in verbs if writes_in(path.read_text(encoding="utf-8"))]
    print(f"modules that write: {len(inside)} of services; others unlisted: {len(found)}")
    assert found == set(LISTED)
    # The control: the same eye sees the writes where they belong.
    assert inside


def test_every_way_to_write_would_be_found() -> None:
    planted = {
        "thing.save()": "save",
        "thing.save(update_fields=['a'])": "save",
        "Thing.objects.create(a=1)": "create",
        "await Thing.objects.acreate(a=1)": "create",
        "Thing.objects.filter(a=1).update(a=2)": "update",
        "things.delete()": "delete",
        "Thing.objects.bulk_create(things)": "bulk_create",
        "Thing.objects.update_or_create(a=1)": "update_or_create",
    }
    for line, name in planted.items():
        assert writes_in(f"async def f():\n    {line}\n") == {name}
    for line in ("a_dict.update(other)", "sha.update(b'')", "storage.delete(name)"):
        assert writes_in(line) == set()
