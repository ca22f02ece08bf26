"""docs/law says what statute/texts and the sources say now."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "law_docs.py"


@pytest.fixture(scope="module")
def law_docs() -> ModuleType:
    """The generator, loaded from its file: scripts are no package."""
    spec = importlib.util.spec_from_file_location("law_docs", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["law_docs"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_pages_of_the_law_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("damage", ["changed", "missing", "left over"])
def test_a_page_that_differs_is_named(law_docs: ModuleType, tmp_path: Path, damage: str) -> None:
    wanted = {"README.md": "甲\n", "regulations.md": "乙\n"}
    law_docs.write(wanted, tmp_path)
    assert law_docs.differences(wanted, tmp_path) == set()
    page = tmp_path / ("old.md" if damage == "left over" else "regulations.md")
    if damage == "missing":
        page.unlink()
    else:
        page.write_text("丙\n", encoding="utf-8")
    assert law_docs.differences(wanted, tmp_path) == {page.name}
    law_docs.write(wanted, tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["README.md", "regulations.md"]


def test_a_place_in_code_is_named_by_function_class_constant_or_table(
    law_docs: ModuleType, tmp_path: Path
) -> None:
    folder = tmp_path / "src" / "statute"
    folder.mkdir(parents=True)
    (folder / "clock.py").write_text(
        '"""Not regulations#30."""\n'
        'DUE = cite("regulations#33.2")\n'
        "class Clock:\n"
        '    """Not regulations#34."""\n'
        "    def due(self):\n"
        '        return cite("regulations#35")\n',
        encoding="utf-8",
    )
    (folder / "fees.toml").write_text(
        'source = "regulations#42"\n[[bands]]\nid = "first"\nsource = "regulations#42.1"\n',
        encoding="utf-8",
    )
    found = [
        (citation.short, place.file, place.name)
        for citation, place in law_docs.citation_places(tmp_path)
    ]
    assert found == [
        ("regulations#33.2", "src/statute/clock.py", "DUE"),
        ("regulations#35", "src/statute/clock.py", "Clock.due"),
        ("regulations#42", "src/statute/fees.toml", ""),
        ("regulations#42.1", "src/statute/fees.toml", "bands[first]"),
    ]


def test_the_index_lists_what_is_open_for_a_lawyer(law_docs: ModuleType) -> None:
    index = law_docs.pages({})["README.md"]
    assert "## 仍待律师核对" in index
    assert "- [`review_law_2017#12`](review_law_2017.md)：" in index
    assert "- [`house_practice#补正期限`](house_practice.md)：" in index
    assert "- [report_form_2021](report_form_2021.md)：题名" in index
