"""Shows after the run how much of each layout of the generator could not be told."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a layout, from what the round-trip tests recorded."""
    shares = sorted(
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for key, value in getattr(report, "user_properties", ())
        if key == "share of unknown" and report.when == "call"
    )
    if shares:
        terminalreporter.section("share of unknown cells by layout")
        for line in shares:
            terminalreporter.write_line(line)
