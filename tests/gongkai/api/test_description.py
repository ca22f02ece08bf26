"""What is written for whoever connects a system is what the API does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.test import Client

from gongkai.api import problems
from gongkai.api.description import description
from gongkai.disclosure.stages import Stage

ROOT = Path(__file__).parents[3]
HOW_TO = (ROOT / "docs" / "how-to" / "connect-an-oa-system.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| `([A-Z]+) ([^`]+)` \| (.+) \|$", re.MULTILINE)


def operations() -> dict[str, tuple[str, str, str]]:
    """Operation → method, address, summary, as described to programs."""
    return {
        one["operationId"]: (method.upper(), path, one["summary"])
        for path, methods in description()["paths"].items()
        for method, one in methods.items()
    }


def test_the_how_to_lists_every_operation_and_no_other() -> None:
    written = {name: (method, path, summary) for name, method, path, summary in ROW.findall(HOW_TO)}
    print(f"operations: {len(written)}")
    assert written == operations()


def test_the_how_to_names_every_field_state_and_code() -> None:
    fields = set(description()["components"]["schemas"]["NewRecord"]["properties"])
    section = HOW_TO.split("### Fields of a new document")[1].split("###")[0]
    rows = "".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", rows)) == fields
    named = HOW_TO.split("`state.code`")[1].split("`returns`")[0]
    assert set(re.findall(r"`(\w+)`", named)) == set(Stage.values)


def test_every_code_in_the_source_is_in_the_table_of_errors() -> None:
    table = HOW_TO.split("## Errors")[1]
    folder = Path(problems.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    used = set(re.findall(r'\b(4\d\d|500),\s*"([a-z_]+)"', source))
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", table, re.MULTILINE)
    written = {(status, code) for status, cell in rows for code in re.findall(r"`(\w+)`", cell)}
    # A refusal of a verb is 409 or 422, chosen where it is answered.
    assert used == written - {("409", "refused"), ("422", "refused")}


def test_the_description_is_open_needs_a_token_and_loads_nothing_from_elsewhere() -> None:
    got = Client().get("/api/v1/openapi.json")
    served: dict[str, Any] = got.json()
    assert (got.status_code, served["openapi"]) == (200, "3.1.0")
    assert served == json.loads(json.dumps(description()))
    for methods in served["paths"].values():
        for one in methods.values():
            assert one["security"] == [{"TokenBearer": []}]
            assert {"400", "401", "403", "404", "422", "429", "500"} <= set(one["responses"])
    assert "http" not in str(served["servers"])
    assert "ninja" not in django_settings.INSTALLED_APPS  # its pages would load from elsewhere
