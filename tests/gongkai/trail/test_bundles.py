"""The bundle verifies itself elsewhere; the sheet of a head is what a printer needs."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gongkai.trail import bundles, verifier
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import DailyHead, Row
from gongkai.trail.oversight import export, print_head
from gongkai.trail.services import take_head
from tests.gongkai.trail.recording import AT, CLERK, OTHER, decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> DailyHead:
    for number in range(5):
        decide(number)
        decide(number, by=OTHER, code="YX002")
    taken = take_head(by=SYSTEM, at=AT)
    decide(9)
    return taken


def run_elsewhere(bundle: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Takes the verifier out of the bundle and runs it with nothing but the interpreter."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extract("verify.py", bundle.parent)
    command = [
        sys.executable,
        "-I",
        "-S",
        str(bundle.parent / "verify.py"),
        str(bundle),
        *arguments,
    ]
    environment = {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def rewritten(bundle: Path, name: str, old: str, new: str) -> Path:
    """A copy of the bundle with one text changed."""
    copy = bundle.with_name("changed.zip")
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(copy, "w") as target:
        for member in source.namelist():
            text = source.read(member).decode("utf-8")
            assert member != name or old in text
            target.writestr(member, text.replace(old, new) if member == name else text)
    return copy


def test_a_bundle_verifies_itself_with_the_standard_library_alone(
    head: DailyHead, tmp_path: Path
) -> None:
    bundle = tmp_path / "trail.zip"
    assert bundles.write(bundle) == Row.objects.count() == 12
    ended = run_elsewhere(bundle, "--anchor", f"{head.number}:{head.hash}")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "3 条链、12 条记录、1 号总摘要、1 个留存在外的摘要；发现 0 处问题" in ended.stdout
    assert "整体重造" in run_elsewhere(bundle).stdout, "without an anchor it says what escapes"


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        pytest.param("rows.jsonl", "公开", "不公开", "内容与摘要不符", id="a fact"),
        pytest.param("rows.jsonl", "王芳", "王方", "内容与摘要不符", id="an actor"),
        pytest.param("heads.jsonl", '"number": 1', '"number": 2', "不衔接", id="a head"),
        pytest.param("chains.json", '"YX002": [5', '"YX002": [6', "与包中不符", id="a length"),
    ],
)
def test_a_changed_bundle_is_found(
    head: DailyHead, tmp_path: Path, name: str, old: str, new: str, fault: str
) -> None:
    bundle = tmp_path / "trail.zip"
    bundles.write(bundle)
    ended = run_elsewhere(rewritten(bundle, name, old, new))
    assert ended.returncode == 1
    assert fault in ended.stdout
    assert head.number == 1


def test_a_wrong_anchor_is_found_and_a_file_that_is_no_bundle_refused(
    head: DailyHead, tmp_path: Path
) -> None:
    bundle = tmp_path / "trail.zip"
    bundles.write(bundle)
    wrong = run_elsewhere(bundle, "--anchor", f"1:{'0' * 64}")
    assert wrong.returncode == 1
    assert "与留存在外的摘要不符" in wrong.stdout
    (tmp_path / "no.zip").write_text("nothing", encoding="utf-8")
    assert verifier.main([str(tmp_path / "no.zip")]) == 2
    assert head.number == 1


def test_a_bundle_of_one_agency_leaves_the_others_out(head: DailyHead, tmp_path: Path) -> None:
    bundle = tmp_path / "one.zip"
    assert bundles.write(bundle, agency_codes=frozenset({"YX002"})) == 5
    with zipfile.ZipFile(bundle) as archive:
        rows = [json.loads(line) for line in archive.read("rows.jsonl").splitlines()]
    assert {row["agency"] for row in rows} == {"YX002"}
    result = verifier.verify_bundle(str(bundle), {head.number: head.hash})
    assert (result.sound, result.chains) == (True, 1)


def test_the_same_trail_gives_the_same_bytes(head: DailyHead) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    bundles.write(first)
    bundles.write(second)
    assert first.getvalue() == second.getvalue()
    assert head.number == 1


def test_exporting_and_printing_are_themselves_recorded(head: DailyHead) -> None:
    export(io.BytesIO(), by=CLERK, at=AT, agency_codes=frozenset({"YX001"}))
    sheet = print_head(head, by=CLERK, at=AT)
    sentences = [row.sentence for row in Row.objects.order_by("-pk")[:2]]
    assert sentences == [
        f"云溪县政府办公室李明打印第 1 号总摘要，摘要{head.hash}",
        "云溪县政府办公室李明导出留痕YX001，共6条",
    ]
    assert "".join(sheet.splitlines()[5].removeprefix("摘要：").split()) == head.hash


def test_the_sheet_states_number_time_digest_and_chains(head: DailyHead) -> None:
    sheet = bundles.head_sheet(head)
    assert "编号：1\n时间：2026年03月02日 09:00:00\n算法：SHA256\n" in sheet
    assert "YX001  5 条" in sheet
    number, printed = verifier.read_anchor(f"1:{head.hash[:32]} {head.hash[32:].upper()}")
    assert (number, printed) == (1, head.hash)
    assert bundles.sheet_name(head) == "000001-2026-03-02.txt"
    assert bundles.file_name(AT) == "trail-20260302-090000.zip"
