"""What cannot be read is refused in one clear line, in little memory, and the batch goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportreader.errors import UnreadableError
from reportreader.fronts import limits, open_document
from reportreader.fronts.limits import MAX_FILE_BYTES, read_file
from reportreader.read import read_bytes
from reportreader.reading import Reading
from tests.reportreader.bad_files import BOMBS, docx, one_page, stream
from tests.reportreader.comparison import Comparison
from tests.reportreader.render.figures import seeded_figures
from tests.reportreader.render.layout import Layout
from tests.reportreader.render.layouts import LAYOUTS

ROOT = Path(__file__).parents[2]
ONE_GIB = 1024**3
OPENS = {"spans.docx": "docx"}  # nothing is wrong with it but its claims
REASONS = {
    "bomb.docx": "压缩炸弹",
    "elements.docx": "元素过多",
    "bomb.pdf": "压缩炸弹",
    "layers.pdf": "压缩炸弹",
    "ascii.pdf": "压缩炸弹",
    "false-end.pdf": "压缩炸弹",
    "elsewhere.pdf": "压缩炸弹",
    "far.pdf": "压缩炸弹",
    "picture.pdf": "内容异常",
    "many.pdf": "读取上限",
    "laughs.pdf": "层层嵌套",
    "huge.pdf": "文件过大",
}
BY_NAME = {layout.name: layout for layout in LAYOUTS}


def outcome_of(data: bytes, name: str) -> Reading | str:
    """What was read, or the one line that says why nothing was."""
    try:
        return read_bytes(data, name)
    except UnreadableError as error:
        return str(error)


def refused(data: bytes, name: str = "年报.pdf") -> str:
    """The reason, after making sure that the message is one line that names the file."""
    with pytest.raises(UnreadableError) as refusal:
        open_document(data, name)
    assert str(refusal.value) == f"{name}：{refusal.value.reason}"
    assert "\n" not in refusal.value.reason
    return refusal.value.reason


def test_an_empty_file_is_refused() -> None:
    assert refused(b"") == "文件是空的"


@pytest.mark.heavy
def test_bombs_are_refused_in_one_gibibyte_and_the_batch_goes_on(tmp_path: Path) -> None:
    last = tmp_path / "last.txt"
    last.write_text("样例县2024年政府信息公开工作年度报告\n", encoding="utf-8")
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(3 * ONE_GIB)
    for name, make in BOMBS.items():
        (tmp_path / name).write_bytes(make())
    files = [str(tmp_path / name) for name in (*BOMBS, huge.name, last.name)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.reportreader.read_bounded", str(ONE_GIB), *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    outcomes = {outcome["file"]: outcome for outcome in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(outcomes) == {*BOMBS, huge.name, last.name}
    opened = {name: outcome["format"] for name, outcome in outcomes.items() if "format" in outcome}
    assert opened == {**OPENS, "last.txt": "text"}
    for name, outcome in outcomes.items():
        assert name in opened or outcome["message"].startswith(f"{name}：")
    for name, reason in REASONS.items():
        assert reason in outcomes[name]["message"]


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大文件.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES)
    with pytest.raises(UnreadableError, match=r"^大文件\.pdf：文件过大，超过 200 MB"):
        read_file(path)


def test_bytes_in_memory_have_the_same_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 100)
    with pytest.raises(UnreadableError, match="文件过大"):
        limits.check_size(b"x" * 100, "a.txt")
    limits.check_size(b"x" * 99, "a.txt")


def test_text_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportreader.fronts.MAX_TEXT_BYTES", 10)
    assert "文字类文件过大" in refused("样例县年度报告".encode(), "a.txt")


def test_a_file_within_the_limits_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    assert read_file(path) == b"abc"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda path: None, "文件不存在", id="no such file"),
        pytest.param(lambda path: path.mkdir(), "是文件夹，不是文件", id="a folder"),
        pytest.param(lambda path: path.symlink_to("/dev/null"), "不是普通文件", id="a device"),
        pytest.param(lambda path: path.symlink_to(path), "读取时出错", id="a link to itself"),
    ],
)
def test_what_is_no_file_is_refused(
    make: Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "年报.pdf"
    make(path)
    with pytest.raises(UnreadableError, match=rf"^年报\.pdf：{reason}"):
        read_file(path)


def test_a_file_one_may_not_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(UnreadableError, match="没有读取权限"):
        read_file(tmp_path / "a.pdf")


def test_a_docx_with_enciphered_parts_is_refused() -> None:
    data = bytearray(docx("<w:p/>"))
    place = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)  # the second entry
    data[place + 8] |= 1
    assert "加密" in refused(bytes(data), "a.docx")


def test_a_docx_packed_with_an_unknown_method_is_refused() -> None:
    data = bytearray(docx("<w:p/>"))
    place = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    data[place + 10] = 14  # LZMA
    assert "压缩方法" in refused(bytes(data), "a.docx")


def test_an_old_compression_of_unbounded_ratio_is_read_only_while_small() -> None:
    big = one_page(stream(b"\x80" * 300_000, b"/Filter /LZWDecode"))
    assert "压缩方法" in refused(big)
    small = one_page(stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", b"/Filter /LZWDecode"))
    assert refused(small) == "没有文字可读"


def test_very_many_filters_are_refused() -> None:
    data = one_page(stream(b"x", b"/Filter [" + b"/FlateDecode " * 9 + b"]"))
    assert "层层压缩" in refused(data)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportreader.fronts.pdf.MAX_PAGES", 1)
    printed = seeded_figures("pages", edition="2021")
    assert "页的读取上限" in refused(BY_NAME["PDF, ruled"].render(printed))


@pytest.mark.parametrize(
    "name", ["PDF, ruled", "DOCX, merged cells", "HTML, clean", "rows with bars", "UTF-16"]
)
def test_a_file_cut_off_anywhere_is_read_in_part_or_refused(name: str) -> None:
    """Cut off, it may hold fewer figures, but none that were not printed."""
    layout = BY_NAME[name]
    printed = seeded_figures("cut", edition="2021")
    data = layout.render(printed)
    step = len(data) // (12 if layout.suffix == ".pdf" else 60)
    for end in range(1, len(data), step):
        outcome = outcome_of(data[:end], layout.file_name)
        if isinstance(outcome, str):
            assert "\n" not in outcome
        else:
            result = Comparison()
            result.add(printed, outcome.figures)
            assert result.wrong == [], end


@pytest.mark.parametrize(
    "layout",
    [BY_NAME[name] for name in ("PDF, ruled", "DOCX, merged cells", "HTML, clean", "GB 18030")],
    ids=lambda layout: str(layout.name),
)
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".txt", ".doc", ""])
def test_a_wrong_suffix_changes_nothing(layout: Layout, suffix: str) -> None:
    printed = seeded_figures("suffix", edition="2021")
    result = Comparison()
    result.add(printed, read_bytes(layout.render(printed), f"年报{suffix}").figures)
    assert result.wrong == []
    assert result.unknown == 0


@pytest.mark.parametrize("size", [1, 3, 100, 70_000])
def test_random_bytes_are_refused(size: int) -> None:
    for _ in range(20):
        outcome = outcome_of(os.urandom(size), "年报.docx")
        if isinstance(outcome, str):
            assert outcome.startswith("年报.docx：")
        else:
            assert size <= 3  # so few bytes may happen to be a letter or two
