"""The elements of a kind as form fields, and back again into the plain values of Version.details.

Which elements a kind has, and what is wrong with them, is told by gongkai.disclosure.details.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from gongkai.disclosure.detail_elements import LARGEST_FEN, Element, Rows, Word, day, flag, money
from gongkai.disclosure.detail_elements import year as year_of
from gongkai.disclosure.details import FORMS
from gongkai.office.forms.fields import DateField

PREFIX = "details_"
SPARE_ROWS = 3  # empty lines below those filled in; saving gives as many again


class MoneyField(forms.CharField):
    """An amount typed in 元 or 万元, kept in whole fen."""

    def __init__(self, *, label: str, required: bool) -> None:
        super().__init__(
            label=label,
            required=required,
            max_length=30,
            help_text="写成 1,234.56 或者 12.3万元，不写单位的是元。",
        )

    def prepare_value(self, value: Any) -> Any:
        """Fen as 1,234.56; what was typed stays as it was typed."""
        if isinstance(value, int):
            return f"{value // 100:,}.{value % 100:02}"
        return value

    def clean(self, value: Any) -> int | None:
        """The amount in fen; None for an empty field."""
        plain = "".join(super().clean(value).split()).replace(",", "").replace("，", "")
        if not plain:
            return None
        factor = 10_000 if plain.endswith(("万", "万元")) else 1
        try:
            fen = Decimal(plain.rstrip("万元")) * factor * 100
        except InvalidOperation:
            raise forms.ValidationError("金额写成 1,234.56 或者 12.3万元。") from None
        if not fen.is_finite() or fen != fen.to_integral_value() or not 0 < fen <= LARGEST_FEN:
            raise forms.ValidationError("金额须大于零，精确到分。")
        return int(fen)


def detail_fields(kind: str, details: Mapping[str, Any]) -> dict[str, forms.Field]:
    """The fields of a kind by name, with what is kept as their initial values."""
    fields: dict[str, forms.Field] = {}
    for element in _elements(kind):
        if isinstance(element.read, Rows):
            fields |= _row_fields(element, element.read, details.get(element.name))
        else:
            made = field_of(element)
            made.initial = details.get(element.name)
            fields[f"{PREFIX}{element.name}"] = made
    return fields


def field_of(element: Element) -> forms.Field:
    """One element as a field. A draft may lack it; what is missing is told before submission."""
    label = element.label.removesuffix("（分）")
    read = element.read
    if isinstance(read, Word):
        return forms.ChoiceField(
            label=label, required=False, choices=[("", "请选择"), *read.labels.items()]
        )
    if read is day:
        return DateField(label=label, required=False)
    if read is flag:
        return forms.BooleanField(label=label, required=False)
    if read is money:
        return MoneyField(label=label, required=False)
    if read is year_of:
        return forms.IntegerField(label=label, required=False, min_value=1949, max_value=2099)
    return forms.CharField(label=label, required=False, max_length=300)


def row_groups(kind: str) -> list[tuple[str, str, Rows]]:
    """Elements that are lists: name, label, how a row reads."""
    return [
        (one.name, one.label, one.read) for one in _elements(kind) if isinstance(one.read, Rows)
    ]


def raw_details(kind: str, cleaned: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values to keep. Where a field has a fault (it is not in `cleaned`) the value kept
    before stays."""
    raw: dict[str, Any] = {}
    for element in _elements(kind):
        if isinstance(element.read, Rows):
            value: Any = list(_rows(element, element.read, cleaned))
        else:
            name = f"{PREFIX}{element.name}"
            value = plain(cleaned[name]) if name in cleaned else kept.get(element.name)
        if value not in (None, "", [], False):
            raw[element.name] = value
    return raw


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _elements(kind: str) -> tuple[Element, ...]:
    form = FORMS.get(kind)
    return () if form is None else form.elements


def _row_fields(element: Element, read: Rows, kept: object) -> dict[str, forms.Field]:
    rows = kept if isinstance(kept, list) else []
    fields: dict[str, forms.Field] = {}
    for number in range(len(rows) + SPARE_ROWS):
        row = rows[number] if number < len(rows) and isinstance(rows[number], dict) else {}
        for cell in read.elements:
            made = field_of(cell)
            made.label = f"{element.label}第{number + 1}行{cell.label}"
            made.initial = row.get(cell.name)
            fields[f"{PREFIX}{element.name}_{number}_{cell.name}"] = made
    return fields


def _rows(element: Element, read: Rows, cleaned: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    stem = f"{PREFIX}{element.name}_"
    numbers = sorted(
        {int(name.removeprefix(stem).split("_")[0]) for name in cleaned if name.startswith(stem)}
    )
    for number in numbers:
        cells = {
            cell.name: plain(cleaned.get(f"{stem}{number}_{cell.name}")) for cell in read.elements
        }
        if any(value not in (None, "", False) for value in cells.values()):
            yield {name: value for name, value in cells.items() if value not in (None, "")}
