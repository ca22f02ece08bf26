"""The worked cases as a whole: enough, each with a name, each on a provision that exists."""

from __future__ import annotations

import pytest

from statute.citations import cite
from statute.texts.anchors import anchor
from tests.statute.worked_cases import CASES, WorkedCase, worked_cases

ALL = [case for folder in sorted(CASES.iterdir()) for case in worked_cases(folder.name)]


def test_there_are_more_than_a_hundred_worked_cases_under_different_names() -> None:
    assert len(ALL) >= 100
    assert len({case.name for case in ALL}) == len(ALL)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_worked_case_exercises_a_provision_that_exists(case: WorkedCase) -> None:
    assert anchor(cite(case.provision)).text
    assert len(case.name) >= 6
