"""Figures by name: a number, its list, its screen; a list of another length is found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.figures import registry
from gongkai.figures.registry import Figure, Scope, UnknownFigureError


def figure(name: str, value: int, *, rows: int | None = None, counts: bool = True) -> Figure:
    """A figure that says a value and lists so many rows."""
    listed = range(value if rows is None else rows)
    return Figure(
        name, "示例", "件", lambda _s: value, lambda _s: listed, lambda _s: "/list/", counts
    )


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test registers for itself alone."""
    monkeypatch.setattr(registry, "_REGISTRY", {})


def test_a_figure_is_read_with_the_address_of_its_list() -> None:
    registry.register(figure("cases.received", 1204))
    reading = registry.read("cases.received", Scope())
    assert (str(reading), reading.url) == ("1,204 件", "/list/")
    assert registry.value("cases.received", Scope()) == 1204


def test_registering_twice_the_same_is_registering_once() -> None:
    one = figure("cases.received", 1)
    registry.register(one, one)
    assert registry.registered() == (one,)


def test_two_figures_of_one_name_are_refused() -> None:
    registry.register(figure("cases.received", 1))
    with pytest.raises(ValueError, match="指标重名"):
        registry.register(figure("cases.received", 2))


@pytest.mark.parametrize("name", ["received", "Cases.received", "cases.", "案件.数"])
def test_a_name_is_app_and_name(name: str) -> None:
    with pytest.raises(ValueError, match="指标名"):
        registry.register(figure(name, 1))


def test_an_unknown_figure_is_an_error_not_a_zero() -> None:
    with pytest.raises(UnknownFigureError):
        registry.value("cases.unknown", Scope())


def test_a_list_of_another_length_is_found_and_sums_are_left_alone() -> None:
    money = Figure(
        "fees.total",
        "收费",
        "元",
        lambda _s: Decimal("12.50"),
        lambda _s: [1],
        lambda _s: "/",
        False,
    )
    registry.register(figure("cases.received", 3), money)
    sound = registry.disagreements(Scope())
    registry.register(figure("cases.closed", 3, rows=2))
    broken = registry.disagreements(Scope())
    print(f"figures: {len(sound)} disagree, with a planted one {len(broken)}")
    assert sound == []
    assert [(one.name, one.value, one.listed) for one in broken] == [("cases.closed", 3, 2)]
