"""The demonstration county writes nothing itself: everything in it is the work of a verb.

That each row of a filled county has its trace in the trail is asked where it is filled
(tests/gongkai/site/test_demonstration.py).
"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.test_office_models_are_written_in_services import writes_in

DEMONSTRATION = Path(__file__).parents[2] / "src" / "gongkai" / "site" / "demonstration"
# Emptying an installation is no act of an office: the database goes as a whole.
LISTED = {("resetting.py", "cursor"), ("resetting.py", "execute")}
BESIDE_THE_ORM = {"cursor", "execute", "executemany", "raw", "_raw_delete", "save_base"}


def ways_around_services(text: str) -> set[str]:
    """Calls by which a module would change rows, through the models or beside them."""
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    return writes_in(text) | (calls & BESIDE_THE_ORM)


def test_the_demonstration_writes_through_services_alone() -> None:
    found = {
        (path.name, name)
        for path in DEMONSTRATION.rglob("*.py")
        for name in ways_around_services(path.read_text(encoding="utf-8"))
    }
    assert found == LISTED


def test_a_write_of_its_own_would_be_found() -> None:
    planted = (
        "record.save(update_fields=['live'])",
        "Record.objects.filter(pk=1).update(kind='news')",
        "Review.objects.create(step='final')",
        "connection.cursor().execute('UPDATE disclosure_record SET live_id = 1')",
    )
    for line in planted:
        assert ways_around_services(line), line
    assert not ways_around_services("publishing.publish(version, by=by, at=at)")
