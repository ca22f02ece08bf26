"""`gongkai report` as clerks and scripts use it: exit codes, batches, files that cannot be read."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from gongkai.site.cli import main as cli
from gongkai.site.cli.report_files import select
from reportreader.batch import in_order
from tests.reportreader.verdict_reports import (
    BEFORE,
    SOUND,
    disputes,
    page,
    proactive,
    requests,
)

FAULTY = disputes(SOUND, ld_total=1)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Runs the command in this process: exit code, stdout, stderr."""
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else 1
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A report without faults."""
    file = tmp_path / "好.html"
    file.write_bytes(page(SOUND))
    return file


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A folder of reports: sound, faulty, empty, binary, one below, data beside them."""
    folder = tmp_path / "年报"
    (folder / "下级").mkdir(parents=True)
    (folder / "b.html").write_bytes(page(SOUND))
    (folder / "a.html").write_bytes(page(FAULTY))
    (folder / "c.pdf").write_bytes(b"")
    (folder / "d.docx").write_bytes(bytes(range(256)) * 40)
    (folder / "下级" / "e.html").write_bytes(page(SOUND))
    (folder / "data.json").write_text("{}")
    (folder / ".hidden.html").write_bytes(page(FAULTY))
    return folder


# --- read


def test_read_prints_the_promised_json(capsys: pytest.CaptureFixture[str], sound: Path) -> None:
    code, out, err = run(capsys, "report", "read", sound, "--format", "json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert (answer["schema"], answer["agency"], answer["year"], answer["edition"]) == (
        "report/1", "样例县自然资源局", 2023, "2021",
    )  # fmt: skip
    assert answer["requests"]["a1"] == [10, 2, 0, 0, 0, 0, 12]
    assert answer["disputes"]["rv_total"] == 2
    assert answer["proactive"]["norm_docs"] == [3, 1, 20]


def test_read_says_on_stderr_what_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "x.txt"
    file.write_text("样例县水利局2023年政府信息公开工作年度报告\n一、总体情况\n没有表。\n", "utf-8")
    code, out, err = run(capsys, "report", "read", file, "--format", "json")
    assert code == 0
    assert json.loads(out)["requests"] is None
    assert f"{file}：未见表三" in err


def test_read_draws_tables(capsys: pytest.CaptureFixture[str], sound: Path) -> None:
    code, out, _ = run(capsys, "report", "read", sound)
    assert code == 0
    assert "机关：样例县自然资源局　年度：2023　格式：2021" in out
    assert "（七）总计" in out


def test_a_file_that_cannot_be_read_exits_2_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    for command in ("read", "check"):
        code, _, err = run(capsys, "report", command, empty)
        assert code == 2
        assert len(err.splitlines()) == 1
        assert str(empty) in err
        assert "文件是空的" in err


# --- check: exit codes


def test_a_sound_report_exits_0(capsys: pytest.CaptureFixture[str], sound: Path) -> None:
    code, out, err = run(capsys, "report", "check", sound)
    assert (code, err) == (0, "")
    assert "能核对的 50 项全部相符" in out


def test_a_fault_exits_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(page(FAULTY))
    code, out, _ = run(capsys, "report", "check", file, "--format", "json")
    assert code == 1
    assert [fault["rule"] for fault in json.loads(out)["faults"]] == ["X6"]


def test_what_needs_an_explanation_is_listed_and_exits_1_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(page(proactive(SOUND, rules=(1, 0, 1))))
    code, out, _ = run(capsys, "report", "check", file, "--format", "json")
    assert code == 1
    assert [(one["rule"], one["severity"]) for one in json.loads(out)["faults"]] == [
        ("X10", "warn")
    ]


def test_one_unreadable_file_does_not_stop_the_batch(
    capsys: pytest.CaptureFixture[str], batch: Path
) -> None:
    code, out, err = run(capsys, "report", "check", batch, "--format", "json")
    answers = json.loads(out)
    assert code == 2
    names = [str(Path(one["file"]).relative_to(batch)) for one in answers]
    assert names == ["a.html", "b.html", "c.pdf", "d.docx", "下级/e.html"]
    assert ["unreadable" in one for one in answers] == [False, False, True, True, False]
    assert [len(one.get("faults", ())) for one in answers] == [1, 0, 0, 0, 0]
    lines = err.splitlines()
    assert lines[0] == "文件夹中 1 个文件按后缀不是年报（如 data.json），未核对。"
    assert [line.split("：")[0] for line in lines[1:]] == [
        str(batch / "c.pdf"),
        str(batch / "d.docx"),
    ]


@pytest.mark.parametrize("form", ["table", "json", "csv", "html"])
def test_two_jobs_print_what_one_prints(
    capsys: pytest.CaptureFixture[str], batch: Path, form: str
) -> None:
    for number in range(40):
        (batch / f"f{number:02}.html").write_bytes(page(FAULTY if number % 3 else SOUND))
    one = run(capsys, "report", "check", batch, "--format", form)
    two = run(capsys, "report", "check", batch, "--format", form, "--jobs", "2")
    assert one == two


def test_progress_of_a_large_batch_is_a_line_per_hundred(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for number in range(130):
        (tmp_path / f"{number:03}.txt").write_text("一、总体情况\n", "utf-8")
    _, _, err = run(capsys, "report", "check", tmp_path, "--format", "csv")
    said = [line for line in err.splitlines() if line.startswith("已核对")]
    assert said == ["已核对 100 / 130", "已核对 130 / 130"]


# --- check: beside


def test_last_years_report_is_compared(capsys: pytest.CaptureFixture[str], sound: Path) -> None:
    before = sound.with_name("上年.html")
    before.write_bytes(page(requests(BEFORE, a4=(3, 0, 0, 0, 0, 0, 3)), one="上年写的。" * 9))
    code, out, _ = run(capsys, "report", "check", sound, "--previous", before, "--format", "json")
    faults = json.loads(out)["faults"]
    assert code == 1
    assert [fault["rule"] for fault in faults] == ["X5", "X5"]
    assert faults[0]["cells"][0]["report"] == "上年"
    assert faults[0]["cells"][0]["file"] == str(before)


def test_bodies_below_are_added_up_without_the_report_itself(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parent = tmp_path / "汇总.html"
    parent.write_bytes(page(replace(SOUND, agency="样例县人民政府")))
    (tmp_path / "局.html").write_bytes(page(SOUND))
    arguments = ("report", "check", parent, "--children", tmp_path, "--format", "json")
    code, out, _ = run(capsys, *arguments)
    held = {one["rule"]: one["count"] for one in json.loads(out)["held"]}
    assert (code, held["X15"]) == (0, 200)


def test_an_unreadable_body_is_named_and_exits_2(
    capsys: pytest.CaptureFixture[str], sound: Path
) -> None:
    below = sound.parent / "下级"
    below.mkdir()
    (below / "坏.pdf").write_bytes(b"")
    code, out, err = run(capsys, "report", "check", sound, "--children", below, "--format", "json")
    assert code == 2
    assert "坏.pdf" in err
    assert [one["rule"] for one in json.loads(out)["not_assessable"]] == ["X15"]


# --- check: outputs


def test_the_page_is_written_to_a_file(capsys: pytest.CaptureFixture[str], batch: Path) -> None:
    target = batch.parent / "核对.html"
    code, out, _ = run(capsys, "report", "check", batch, "--format", "html", "--output", target)
    assert (code, out) == (2, "")
    document = html.parse(str(target)).getroot()
    assert len(document.findall(".//article")) == 5
    assert "maybe" in (document.get_element_by_id("r1-disputes-ld_total").get("class") or "")


def test_csv_in_a_file_opens_in_spreadsheets(
    capsys: pytest.CaptureFixture[str], sound: Path
) -> None:
    target = sound.with_suffix(".csv")
    run(capsys, "report", "check", sound, "--format", "csv", "--output", target)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))
    assert rows[0][0] == "文件"
    assert {row[4] for row in rows[1:]} == {"相符"}


def test_a_workbook_is_written(capsys: pytest.CaptureFixture[str], sound: Path) -> None:
    target = sound.with_suffix(".xlsx")
    code, _, _ = run(capsys, "report", "check", sound, "--format", "xlsx", "--output", target)
    assert code == 0
    assert openpyxl.load_workbook(target)["各格"].max_row == 201


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "guess"), "没有“report guess”"),
        (("report", "check"), "缺少：文件或文件夹"),
        (("report", "check", "无此文件.pdf"), "文件不存在"),
        (("report", "check", "{sound}", "--jobs", "0"), "应为 1 至 64"),
        (("report", "check", "{sound}", "{folder}/x.pdf", "--previous", "y"), "同一份年报一起使用"),
        (("report", "check", "{sound}", "--previous", "无此文件.pdf"), "文件不存在"),
        (("report", "check", "{sound}", "--children", "{sound}"), "不是文件夹"),
        (("report", "check", "{sound}", "--children", "{empty}"), "文件夹里没有年报"),
        (("report", "check", "{empty}"), "没有找到要核对的文件"),
        (("report", "check", "{sound}", "--output", "{sound}"), "不能写到这里"),
        (("report", "check", "{sound}", "--output", "{folder}"), "写不了"),
    ],
    ids=[
        "an unknown subcommand",
        "no file",
        "a file that does not exist",
        "no jobs",
        "last year's report for two files",
        "last year's report that does not exist",
        "bodies that are no folder",
        "a folder without bodies",
        "a folder without reports",
        "writing over the report",
        "writing over a folder",
    ],
)
def test_wrong_use_exits_2_and_says_why(
    capsys: pytest.CaptureFixture[str], sound: Path, arguments: tuple[str, ...], said: str
) -> None:
    empty = sound.parent / "空"
    empty.mkdir()
    names = {"sound": sound, "folder": sound.parent, "empty": empty}
    code, _, err = run(capsys, *(one.format(**names) for one in arguments))
    assert code == 2
    assert said in err


@pytest.mark.parametrize("name", ["", "read", "check"])
def test_help_is_chinese(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, _ = run(capsys, "report", *([name] if name else []), "--help")
    assert code == 0
    assert "用法：gongkai report" in out


def test_help_says_what_the_exit_codes_mean(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "report", "check", "--help")
    assert "退出码：0 全部相符，1 有错误或须核实的" in out


def test_a_named_file_is_taken_whatever_its_suffix(batch: Path) -> None:
    data = batch / "data.json"
    assert select([data]).files == (data,)
    assert select([data, data, batch]).files.count(data) == 1


# --- robustness and speed


def _double(number: int) -> int:
    if number == 21:
        os._exit(9)  # as when the system kills a process that took too much memory
    return number * 2


def _refuse(number: int) -> int:
    return -number


def test_a_file_that_kills_its_process_costs_only_itself() -> None:
    found = list(in_order(range(60), _double, _refuse, jobs=2))
    assert found == [-21 if number == 21 else number * 2 for number in range(60)]


def test_a_defect_of_the_reader_stays_in_its_file(
    capsys: pytest.CaptureFixture[str], batch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("reportreader.batch.read_document", broken)
    code, out, _ = run(capsys, "report", "check", batch / "b.html", "--format", "json")
    assert code == 2
    assert "ZeroDivisionError" in json.loads(out)["unreadable"]


def test_the_command_starts_without_the_reader() -> None:
    program = "import sys; from gongkai.site.cli import main; main.main(['deadline', '--help'])"
    checked = "assert not {'lxml', 'openpyxl', 'rich', 'reportreader'} & set(sys.modules)"
    command = f"import sys\ntry:\n  {program}\nexcept SystemExit: pass\n{checked}"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
