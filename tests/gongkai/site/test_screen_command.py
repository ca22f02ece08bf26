"""`gongkai screen` as staff and scripts use it: exit codes, folders, lists, what it shows."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from gongkai.site.cli import main as cli
from gongkai.site.cli import screen
from screening.findings.search import SEARCHES

ID = "330399191204060312"
DAY = ("--today", "2026-11-01")


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Runs the command in this process: exit code, stdout, stderr."""
    try:
        code = cli.main(["screen", *(str(argument) for argument in arguments)])
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else 1
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clean text, one with an ID number, one below, what is hidden, what is no document."""
    inside = tmp_path / "待发布"
    (inside / "下级").mkdir(parents=True)
    (inside / "a.txt").write_text("关于防汛工作的通知", encoding="utf-8")
    (inside / "b.txt").write_text(f"身份证号{ID}", encoding="utf-8")
    (inside / "下级" / "c.csv").write_text(f"姓名,致贫原因\n王甲,{'因病'}\n", encoding="utf-8")
    (inside / ".隐藏").write_text(ID, encoding="utf-8")
    return inside


def test_a_clean_file_ends_with_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, folder / "a.txt", *DAY)
    assert (code, err) == (0, "")
    assert out == f"{folder / 'a.txt'}（文本）：没有查到问题\n"


def test_a_finding_is_shown_masked_and_ends_with_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, folder / "b.txt", *DAY)
    assert code == 1
    assert out.splitlines() == [
        f"{folder / 'b.txt'}（文本）：必须处理 1 处",
        "  1 必须处理  第1段  居民身份证号码",
        "      身份证号33*************312",
        "      改为“33*************312”，或者删去〔条例第十五条〕",
    ]


def test_without_its_search_nothing_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(SEARCHES, "personal")
    assert run(capsys, folder / "b.txt", *DAY)[0] == 0


def test_hints_alone_end_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "办法.txt"
    file.write_text("管理办法（征求意见稿）", encoding="utf-8")
    code, out, _ = run(capsys, file, *DAY)
    assert code == 0
    assert "建议 1 处" in out


def test_the_name_of_the_file_is_searched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"王某{ID}.txt"
    file.write_text("无", encoding="utf-8")
    code, out, _ = run(capsys, file, "--format", "json", *DAY)
    (finding,) = json.loads(out)["findings"]
    assert code == 1
    assert (finding["layer"], finding["excerpt"]) == ("file_name", "王某33*************312.txt")


def test_a_folder_is_searched_with_those_below(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, folder, *DAY)
    assert code == 1
    assert "共 3 份：必须处理 2 处" in out
    assert "栏目涉及困难原因，1格未作处理" in out
    assert ".隐藏" not in out


def test_json_is_an_object_for_one_file_and_an_array_for_several(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = json.loads(run(capsys, folder / "b.txt", "--format", "json", *DAY)[1])
    assert one["counts"] == {"must": 1, "answer": 0, "hint": 0}
    assert one["findings"][0]["rule"] == "《政府信息公开条例》第十五条"
    several = json.loads(run(capsys, folder, "--format", "json", *DAY)[1])
    assert [Path(each["file"]).name for each in several] == ["a.txt", "b.txt", "c.csv"]
    assert ID not in json.dumps(several)


def test_a_hidden_column_is_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    for place, text in {"A1": "姓名", "B1": "备注", "A2": "王甲", "B2": ID}.items():
        sheet[place] = text
    sheet.column_dimensions["B"].hidden = True
    file = tmp_path / "名单.xlsx"
    book.save(file)
    code, out, _ = run(capsys, file, *DAY)
    assert code == 1
    assert "必须处理  工作表“名单” B2（隐藏列）  居民身份证号码" in out
    assert "有看不见的内容：隐藏列" in out


def test_a_word_document_is_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = docx.Document()
    document.add_paragraph(f"王甲，{ID}")
    file = tmp_path / "通知.docx"
    document.save(str(file))
    code, out, _ = run(capsys, file, *DAY)
    assert code == 1
    assert "33*************312" in out


def test_files_inside_a_zip_are_searched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("in/b.txt", f"身份证号{ID}")
    file = tmp_path / "附件.zip"
    file.write_bytes(stream.getvalue())
    code, out, _ = run(capsys, file, *DAY)
    assert code == 1
    assert "b.txt” 第1段  居民身份证号码" in out


def test_own_lists_are_added(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    list_file = folder.parent / "本县.csv"
    list_file.write_text("词,类别,级别,建议,例外\n防汛,错别字,一般,防台,\n", encoding="utf-8-sig")
    code, out, _ = run(capsys, folder / "a.txt", "--words", list_file, *DAY)
    assert code == 1
    assert "改为“防台”" in out


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("坏.csv", "词\n防汛\n", "首行应为"),
        ("坏.toml", "[[words]", "不是合格的 TOML"),
        ("没有.csv", None, "打不开"),
    ],
)
def test_a_bad_list_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str | None, reason: str
) -> None:
    file = folder.parent / name
    if text is not None:
        file.write_text(text, encoding="utf-8")
    code, out, err = run(capsys, folder / "a.txt", "--words", file)
    assert (code, out) == (2, "")
    assert reason in err


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_searched(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "d.bin").write_bytes(bytes(range(256)) * 4)
    code, out, err = run(capsys, folder, folder / "没有.pdf", *DAY)
    assert code == 2
    assert "d.bin：打不开，" in err
    assert "没有.pdf：打不开，" in err
    assert "共 5 份，2 份打不开：必须处理 2 处" in out


def test_an_empty_folder_and_no_folder_end_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, tmp_path)[0] == 2
    assert run(capsys)[0] == 2
    assert run(capsys, tmp_path, "--today", "2026-02-30")[0] == 2


def test_a_large_batch_says_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "_EVERY", 2)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("无", encoding="utf-8")
    _, _, err = run(capsys, tmp_path, *DAY)
    assert err.splitlines() == ["已检查 2 / 3", "已检查 3 / 3"]


def test_the_day_decides_whether_a_law_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("根据《合同法》第五条", encoding="utf-8")
    assert run(capsys, file, "--today", "2020-12-31")[0] == 0
    assert run(capsys, file, "--today", "2021-01-01")[0] == 1


def test_the_command_loads_neither_django_nor_readers_it_does_not_need() -> None:
    program = (
        "import sys; from gongkai.site.cli.main import main\n"
        "try: main(['screen', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'django', 'pikepdf', 'lxml', 'ahocorasick_rs', 'rich'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
