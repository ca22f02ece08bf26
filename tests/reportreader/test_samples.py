"""Every collected report against its expected values: decidable cells right, no cell wrong.

The reports are not part of the repository; where they are missing this is reported as not run, and
is a failure when GONGKAI_REQUIRE_ALL is set.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportreader.interface import dumps, to_json
from reportreader.read import read_file

SHARED = Path(__file__).parents[3] / "shared"
REPORTS = sorted(
    path for path in (SHARED / "reports").glob("*") if not path.name.endswith(".expected.json")
)
SOURCE = SHARED / "source" / "2020-annual-report.txt"
TABLES = ("requests", "disputes", "proactive")
UNKNOWN = "unknown"
# Neither title, period nor signature is in these excerpts, nor any other mention of the year.
SAYS_NO_YEAR = {"hongze-2024.d.md", "huaian-2024.d.md", "town-2023-excerpt.txt"}
# Blanks were lost in this one: a cell that is blank there may be unknown.
BLANKS_LOST = {"nanhu-2019-excerpt.txt"}


def present(path: Path) -> Path:
    if not path.exists():
        if os.environ.get("GONGKAI_REQUIRE_ALL"):
            pytest.fail(f"required but missing: {path}")
        pytest.skip(f"not run, no collected reports here: {path}")
    return path


def expected_for(path: Path) -> dict[str, Any]:
    stem = path.name.split(".", 1)[0]
    values: dict[str, Any] = json.loads(
        path.with_name(f"{stem}.expected.json").read_text(encoding="utf-8"), parse_float=Decimal
    )
    return values


def read(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(dumps(to_json(read_file(path))), parse_float=Decimal)
    return values


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_open(value: Any) -> bool:
    return value == UNKNOWN or isinstance(value, dict)


def fits(expected: Any, found: Any, *, blanks_lost: bool) -> bool:
    if isinstance(expected, dict):  # the text does not decide this cell
        return is_open(found) or ("true" in expected and found == expected["true"])
    if expected is None:
        return found is None or (blanks_lost and is_open(found))
    if isinstance(expected, str):  # money, as printed
        return isinstance(found, int | Decimal) and str(found) == expected
    return type(found) is int and found == expected


def wrong_cells(
    expected: Mapping[str, Any], found: Mapping[str, Any] | None, *, blanks_lost: bool
) -> list[str]:
    wrong = []
    for row, cells in expected.items():
        wanted = as_list(cells)
        given = as_list((found or {}).get(row, [UNKNOWN] * len(wanted)))
        assert len(given) == len(wanted), row
        wrong += [
            f"{row}[{column}]: expected {one!r}, read {other!r}"
            for column, (one, other) in enumerate(zip(wanted, given, strict=True))
            if not fits(one, other, blanks_lost=blanks_lost)
        ]
    return wrong


@pytest.mark.parametrize("path", REPORTS or [SHARED / "reports"], ids=lambda path: path.name)
def test_every_decidable_cell_is_read_and_none_is_wrong(path: Path) -> None:
    present(path)
    expected, found = expected_for(path), read(path)
    for table in TABLES:
        if expected[table] is None:
            assert found[table] is None
            continue
        blanks_lost = path.name in BLANKS_LOST
        assert wrong_cells(expected[table], found[table], blanks_lost=blanks_lost) == []
        invented = set(found[table]) - set(expected[table]) - set(expected.get("tolerated", ()))
        assert invented == set()
    assert found["edition"] == expected["edition"]
    for row, number in expected.get("requests_single", {}).items():
        assert found["requests_single"][row] == number


@pytest.mark.parametrize("path", REPORTS or [SHARED / "reports"], ids=lambda path: path.name)
def test_the_report_year_is_read_where_the_report_states_it(path: Path) -> None:
    present(path)
    expected = None if path.name in SAYS_NO_YEAR else expected_for(path)["year"]
    assert read(path)["year"] == expected


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("hongze-2024.txt", "淮安市洪泽区人民政府"),
        ("hongze-2024.pdf", "淮安市洪泽区人民政府"),
        ("huaian-2024.b.txt", "淮安市人民政府"),
        ("heshun-2023-tables-are-images.txt", "云冈区和顺街道"),
        ("pingtan-2022-glued.txt", "平潭综合实验区"),
        ("town-2023-excerpt.txt", None),
    ],
)
def test_the_agency_is_named_as_the_report_names_it(name: str, agency: str | None) -> None:
    assert read(present(SHARED / "reports" / name))["agency"] == agency


def test_a_row_cut_off_at_the_end_is_not_shifted() -> None:
    found = read(present(SHARED / "reports" / "longgang-2024-excerpt.txt"))
    assert found["requests"]["r_deny_7"][-1] == UNKNOWN


def test_missing_tables_are_said_to_be_missing() -> None:
    found = read(present(SHARED / "reports" / "heshun-2023-tables-are-images.txt"))
    assert [message["table"] for message in found["messages"]] == [
        "proactive", "requests", "disputes",
    ]  # fmt: skip


def test_the_source_report_keeps_every_number_that_survived() -> None:
    found = read(present(SOURCE))
    assert (found["agency"], found["year"], found["edition"]) == (
        "苍南县人民政府办公室", 2020, "2019",
    )  # fmt: skip
    assert found["requests_single"] == {
        "a1": 46, "a2": 4, "r_grant": 17, "r_partial": 1, "r_deny_2": 2, "r_deny_5": 1,
        "r_deny_6": 2, "r_unable_1": 18, "r_ignore_5": 1, "r_other": 2, "r_sum": 44, "a4": 6,
    }  # fmt: skip
    assert found["requests"]["a1"] == [UNKNOWN] * 6 + [46]
    assert found["requests"]["a2"] == [UNKNOWN] * 6 + [4]
    assert found["requests"]["r_sum"] == [UNKNOWN] * 7
    assert found["requests"]["r_deny_1"] == [None] * 7


def test_the_source_report_has_its_other_tables_whole() -> None:
    found = read(present(SOURCE))
    assert list(found["disputes"].values()) == [0, 0, 0, 0, 0, 1, 1, 0, 0, 2, 0, 0, 0, 0, 0]
    assert found["proactive"]["norm_docs"] == [28, 28, 226]
    assert found["proactive"]["central_purchase"] == [15, Decimal("271.53")]
    assert found["units"] == {"central_purchase": "万元"}
    assert found["proactive"]["admin_fee"] == [0, 0]


def test_the_source_report_states_its_figures_in_sentences_too() -> None:
    prose = {(one["what"], one["value"], one["own"]) for one in read(present(SOURCE))["prose"]}
    assert {
        ("requests_received", 46, True), ("norm_docs_made", 28, True), ("suits", 2, True),
    } <= prose  # fmt: skip
