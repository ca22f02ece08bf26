"""Every hostile file goes through the sandbox as an upload would, and gets its verdict.

`python -m pytest tests/screening/test_hostile_files.py -s` prints the figures of each family.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from screening import limits, packages, pictures, sniffing, xml
from screening.limits import MIB, open_package
from screening.passages import Carrier, UnfitFileError
from screening.pictures import check_picture
from screening.reading import extract
from screening.sandbox import CrashedError, Measured, run_measured
from screening.sniffing import sniff
from tests.screening.hostile import HOSTILE, Hostile, Verdict
from tests.screening.hostile_packages import LAUGHS
from tests.screening.hostile_pictures import png_of
from tests.screening.hostile_zips import bomb, entry, overlapping, raw_zip
from tests.screening.samples import PACKAGES, package, pdf, zipped

HEAVY = ("总量过大", "超过上限的文件", "标签过多", "条目过多", "页数过多", "炸弹", "压缩")
MOST_MEMORY = 512 * MIB
MOST_SECONDS = 20.0


def complaint(file: Hostile, run: Measured) -> str:
    """What is wrong with the outcome, or ""."""
    if isinstance(run.error, CrashedError):
        return f"stray error: {run.error.where}"
    if run.peak_bytes > MOST_MEMORY or run.cpu_seconds > MOST_SECONDS:
        return f"{run.peak_bytes / MIB:.0f} MiB, {run.cpu_seconds:.1f} s"
    return "" if file.verdict is Verdict.EITHER else _wrong_verdict(file, run)


def _wrong_verdict(file: Hostile, run: Measured) -> str:
    if file.verdict is Verdict.REFUSED:
        return "" if run.error is not None else "accepted"
    if run.error is not None:
        return f"refused: {run.error.reason}"
    if file.verdict is Verdict.NOT_WHOLLY:
        return "" if run.value.not_covered else "said to be covered"
    layers = {passage.place.layer.value for passage in run.value.passages}
    return "" if not file.layer or file.layer in layers else f"seen only in {sorted(layers)}"


@pytest.mark.parametrize("family", HOSTILE)
def test_every_hostile_file_gets_its_verdict_within_the_limits(family: str) -> None:
    files = HOSTILE[family]
    with ThreadPoolExecutor(max_workers=2) as pool:
        runs = list(pool.map(lambda file: run_measured("extract", file.make()), files))
    peak = max(run.peak_bytes for run in runs) / MIB
    seconds = max(run.cpu_seconds for run in runs)
    refused = sum(run.error is not None for run in runs)
    print(f"\n{family}: {len(files)} files, {refused} refused, {peak:.0f} MiB, {seconds:.1f} s")
    wrong = {file.name: complaint(file, run) for file, run in zip(files, runs, strict=True)}
    assert {name: words for name, words in wrong.items() if words} == {}


def test_there_are_more_than_three_hundred_distinct_hostile_files() -> None:
    light = [
        file
        for family in HOSTILE.values()
        for file in family
        if not any(word in file.name for word in HEAVY)
    ]
    assert len({hashlib.sha256(file.make()).digest() for file in light}) >= 300


@pytest.mark.parametrize("family", HOSTILE)
def test_reasons_are_chinese_and_name_no_code(family: str) -> None:
    for file in HOSTILE[family]:
        if file.verdict is Verdict.REFUSED and not any(word in file.name for word in HEAVY):
            with pytest.raises(UnfitFileError) as refused:
                extract(file.make())
            assert any("\u4e00" <= sign <= "\u9fff" for sign in refused.value.reason), file.name
            assert "Error" not in refused.value.reason


# Controls: without the guard, the same file passes, or the same measure sees the breach.

_UNGUARDED = """
import json, sys
from screening import confined, limits, reading
if sys.argv[1] == "without":
    limits.check_ratio = lambda packed, unpacked: None
    limits.MAX_UNPACKED_BYTES = 1 << 40
    limits.Budget.spend = lambda self, unpacked: None
try:
    reading.extract(sys.stdin.buffer.read())
    refused = False
except Exception:
    refused = True
print(json.dumps([refused, confined.peak_bytes()]))
"""


@pytest.mark.parametrize("guard", ["with", "without"])
def test_a_bomb_of_600_megabytes_stays_small_only_with_its_guard(guard: str) -> None:
    data = bomb("zip", 600 * MIB)
    run = subprocess.run(
        [sys.executable, "-c", _UNGUARDED, guard], input=data, capture_output=True, check=True
    )
    _, peak = json.loads(run.stdout)
    assert (peak > MOST_MEMORY) is (guard == "without")


def test_overlapping_entries_are_refused_only_by_their_guard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = overlapping("zip", copies=5)
    with pytest.raises(UnfitFileError, match="重叠"):
        open_package(data)

    def in_any_order(data: bytes, infos: list[zipfile.ZipInfo], _: int) -> dict[int, int]:
        return {info.header_offset: limits._start_of(data, info) for info in infos[:3]}

    monkeypatch.setattr(limits, "_check_extents", in_any_order)
    monkeypatch.setattr(limits, "_Entry", lambda info, start: info)
    assert len(open_package(data).names) == 7


@pytest.mark.parametrize(
    ("what", "guard"),
    [
        ("带加密标志", "_check_entry"),
        ("符号链接", "_check_entry"),
        ("上级目录", "_check_names"),
        ("绝对路径", "_check_names"),
        ("只有大小写不同的重名", "_check_names"),
        ("条目之间夹有内容", "_check_gap"),
        ("后面接有其他内容", "_check_end"),
    ],
)
def test_a_lying_zip_is_refused_only_by_its_guard(
    what: str, guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = next(file.make() for file in HOSTILE["zips"] if file.name == f"zip：{what}")
    with pytest.raises(UnfitFileError):
        open_package(data)
    monkeypatch.setattr(limits, guard, lambda *_: None)
    if what == "带加密标志":  # the entry's own header says it again
        monkeypatch.setattr(limits, "_ENCRYPTED", 0)
    assert open_package(data).names


def test_a_document_type_is_refused_only_by_its_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    small = LAUGHS.replace(b"&l9;", b"&l1;")
    with pytest.raises(UnfitFileError, match="DTD"):
        xml.parse_xml(small)
    monkeypatch.setattr(xml, "refuse_document_type", lambda _: None)
    with pytest.raises(UnfitFileError, match="DTD"):  # the second lock: the parser saw one
        xml.parse_xml(small)


def test_a_disguise_is_refused_only_by_its_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    page = png_of(4, 4, bytes(20)) + b"<html><script>alert(1)</script>"
    before = b"\n" + pdf()
    for data in (page, before):
        with pytest.raises(UnfitFileError):
            sniff(data)
    monkeypatch.setattr(pictures, "refuse_page_in_picture", lambda _: None)
    check_picture(page, Carrier.PNG)
    monkeypatch.setattr(sniffing, "refuse_hidden_pdf", lambda _: None)
    assert sniff(before) is Carrier.TEXT


def test_macros_are_refused_only_by_their_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({**PACKAGES["docx"](), "word/vbaProject.bin": b"x"})
    with pytest.raises(UnfitFileError, match="宏"):
        sniff(data)
    monkeypatch.setattr(packages, "refuse_active_parts", lambda *_: None)
    assert sniff(data) is Carrier.DOCX


def test_a_large_picture_is_refused_only_by_its_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    data = png_of(50_000, 50_000, bytes(100))
    with pytest.raises(UnfitFileError, match="像素"):
        sniff(data)
    monkeypatch.setattr(pictures, "MAX_PIXELS", 10**10)
    assert sniff(data) is Carrier.PNG


def test_an_entry_that_lies_about_its_size_is_stopped_when_it_is_read() -> None:
    name, packed, crc, _ = entry("小.txt", b"a" * 3_000_000)
    lying = open_package(raw_zip([(name, packed, crc, 10)]))
    with pytest.raises(UnfitFileError):
        lying.read("小.txt")


def test_a_clean_package_passes_every_guard() -> None:
    for kind in PACKAGES:
        opened = open_package(package(kind))
        with zipfile.ZipFile(BytesIO(package(kind))) as archive:
            assert {name: opened.read(name) for name in opened.names} == {
                name: archive.read(name) for name in archive.namelist()
            }
