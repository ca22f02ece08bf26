"""The public shape "report/1": its keys, its values, and money to the last printed digit."""

from __future__ import annotations

import json
from decimal import Decimal

from reportreader.document import Place
from reportreader.interface import dumps, to_json
from reportreader.reading import Found, How, ProseFigure, Reading, Remark
from statute.reporting.cells import BLANK, UNKNOWN, Candidates, Figures, Table

READING = Reading(
    figures=Figures(
        edition="2021",
        year=2024,
        agency="样例县人民政府",
        requests={"a1": (3, BLANK, UNKNOWN, Candidates((1, 11)), 0, 0, 3)},
        requests_single={"a2": 4},
        proactive={"rules": (0, 0, BLANK), "admin_fee": (Decimal("0.50"),)},
        units={"admin_fee": "万元"},
    ),
    found={(Table.PROACTIVE, "admin_fee"): (Found(Place(page=2, box=(1, 2, 3, 4)), How.CELL),)},
    prose=(ProseFigure("suits", 2, "件", "涉及诉讼2件", Place(line=9), "我办", own=True),),
    remarks=(Remark("未见表四", Table.DISPUTES),),
    format="pdf",
)


def test_the_shape_has_every_promised_key() -> None:
    plain = to_json(READING)
    assert {
        "schema", "agency", "year", "edition", "requests", "requests_single", "disputes",
        "proactive", "units", "places", "prose",
    } <= set(plain)  # fmt: skip
    assert plain["schema"] == "report/1"


def test_values_are_numbers_null_unknown_or_candidates() -> None:
    plain = to_json(READING)
    assert plain["requests"] == {"a1": [3, None, "unknown", {"candidates": [1, 11]}, 0, 0, 3]}
    assert plain["requests_single"] == {"a2": 4}
    assert plain["disputes"] is None


def test_a_row_of_one_column_is_a_value_and_not_a_list() -> None:
    assert to_json(READING)["proactive"] == {"rules": [0, 0, None], "admin_fee": Decimal("0.50")}


def test_money_is_a_json_number_with_the_digits_that_were_printed() -> None:
    text = dumps(to_json(READING), indent=None)
    assert '"admin_fee": 0.50' in text
    assert json.loads(text, parse_float=str)["proactive"]["admin_fee"] == "0.50"


def test_places_leave_out_what_the_format_lacks() -> None:
    assert to_json(READING)["places"] == {
        "proactive": {"admin_fee": [{"page": 2, "box": [1, 2, 3, 4], "how": "cell"}]}
    }


def test_sentences_and_messages_are_plain_values() -> None:
    plain = json.loads(dumps(to_json(READING)))
    assert plain["prose"] == [
        {
            "what": "suits", "value": 2, "unit": "件", "text": "涉及诉讼2件", "place": {"line": 9},
            "speaks_of": "我办", "own": True,
        }
    ]  # fmt: skip
    assert plain["messages"] == [{"text": "未见表四", "table": "disputes", "row": None}]
