"""Every citation written in the sources resolves to a place in statute/texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from statute.citations import cite
from statute.errors import StatuteError
from statute.texts.anchors import anchor, instruments

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src"
EXPLAINS_THE_FORM = SOURCES / "statute" / "citations.py"  # its citations are examples of the form

KNOWN = "|".join(sorted((home.id for home in instruments()), key=len, reverse=True))
CITATION = re.compile(
    rf"(?<![A-Za-z0-9_])(?:{KNOWN})#"
    r"(?:[^\s.()#\"'`，。；：、（）《》“”\[\]{},;:|]+(?:\.\d+)?(?:\(\d+\))?)?"
)
# Something that looks like a citation of an instrument nobody has recorded.
LOOKS_CITED = re.compile(r"cite\(\s*f?[\"']([^\"'{]*)")


def sources() -> list[Path]:
    """All files of the packages that may carry a citation."""
    found = [file for suffix in ("*.py", "*.toml") for file in SOURCES.rglob(suffix)]
    return sorted(file for file in found if file != EXPLAINS_THE_FORM)


def citations_in(text: str) -> list[str]:
    """Short forms as they stand in a text, and the bare `id#` of one put together at run time."""
    return CITATION.findall(text) + LOOKS_CITED.findall(text)


def unresolved(shorts: list[str]) -> list[str]:
    """What cannot be read or found, in order and once each."""
    bad = []
    for short in dict.fromkeys(shorts):
        try:
            anchor(cite(short))
        except (StatuteError, ValueError):
            bad.append(short)
    return bad


def test_every_citation_in_the_sources_resolves() -> None:
    bad = {
        file.relative_to(ROOT).as_posix(): missing
        for file in sources()
        if (missing := unresolved(citations_in(file.read_text(encoding="utf-8"))))
    }
    assert bad == {}


def test_the_sources_cite_the_law_at_all() -> None:
    cited = [short for file in sources() for short in citations_in(file.read_text("utf-8"))]
    assert len(set(cited)) > 50
    assert "regulations#36(7)" in cited


@pytest.mark.parametrize(
    "line",
    [
        'source = cite("regulations#57")',
        'source = cite("regulations#36(8)")',
        'source = cite("regulations#33.4")',
        'source = "review_law_2023#23.1(6)"',
        'source = "report_form_2021#附录"',
        'source = cite("no_such_law#1")',
        'source = cite("regulations")',
        'source = cite(f"regulations#{number}")',
        "# see regulations#99 for the reason",
    ],
    ids=[
        "an article beyond the last",
        "an item beyond the last",
        "a paragraph beyond the last",
        "an item of a paragraph beyond the last",
        "a section that a document does not have",
        "an instrument nobody recorded",
        "an instrument without a place",
        "a citation put together at run time",
        "a citation in a comment",
    ],
)
def test_a_made_up_citation_is_found(line: str) -> None:
    assert len(unresolved(citations_in(line))) == 1


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ('cite("regulations#33.2"),', "regulations#33.2"),
        ("# 逾期视为同意：regulations#34。", "regulations#34"),
        ("basis = 'report_form_2021#附件'", "report_form_2021#附件"),
        ('x = "review_law_2023#23.1(4)"', "review_law_2023#23.1(4)"),
    ],
    ids=["in code", "before a full stop", "a section of a document", "with paragraph and item"],
)
def test_a_citation_is_read_whole(line: str, short: str) -> None:
    assert set(citations_in(line)) == {short}
    assert unresolved([short]) == []
