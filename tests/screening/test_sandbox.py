"""A hostile file harms only the child that reads it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from screening import confined, sandbox, wire
from screening.limits import MIB
from screening.passages import (
    Box,
    Carrier,
    Extraction,
    Layer,
    NotCovered,
    Passage,
    Place,
    UnfitFileError,
)
from screening.reading import extract
from screening.sandbox import CrashedError, Limits, run_limited, run_measured
from screening.stripping.stripped import Removal, Stripped
from tests.screening.samples import SAMPLES, picture

PLAIN = (
    Carrier.TEXT,
    Carrier.CSV,
    Carrier.HTML,
    Carrier.PNG,
    Carrier.JPEG,
    Carrier.TIFF,
    Carrier.ZIP,
)


@pytest.mark.parametrize("carrier", PLAIN)
def test_the_child_gives_the_same_as_the_function(carrier: Carrier) -> None:
    data = SAMPLES[carrier]()
    assert run_limited("extract", data, file_name="甲.bin") == extract(data, "甲.bin")


def test_a_refusal_comes_back_with_its_reason() -> None:
    with pytest.raises(UnfitFileError, match="可执行程序") as refused:
        run_limited("extract", b"MZ\x90\0")
    assert not isinstance(refused.value, CrashedError)


def test_memory_is_limited() -> None:
    data = picture("PNG", (7_900, 8_000))
    assert run_measured("extract", data).error is None
    small = run_measured("extract", data, limits=Limits(memory_bytes=200 * MIB))
    assert small.error is not None
    assert "内存" in small.error.reason or "损坏" in small.error.reason


# A function of the standard library in place of a reader: it sleeps, spins, dies or lies.
def _instead(monkeypatch: pytest.MonkeyPatch, dotted: str) -> None:
    monkeypatch.setitem(sandbox.FUNCTIONS, "extract", dotted)


def test_the_clock_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(monkeypatch, "signal:sigwait")  # waits for the signals that its argument lists
    with pytest.raises(UnfitFileError, match="时间"):
        run_limited("extract", b"\x0a", limits=Limits(wall_seconds=0.5))


def test_processor_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(monkeypatch, "re:compile")  # a pattern of a hundred megabytes keeps it busy
    with pytest.raises(UnfitFileError, match="时间"):
        run_limited("extract", b"(a|b)" * 3_000_000, limits=Limits(4096 * MIB, 1, 30.0))


def test_a_child_that_dies_is_a_refusal_with_its_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(monkeypatch, "os:_exit")
    with pytest.raises(CrashedError, match="出错停止"):
        run_limited("extract", b"")


def test_a_mistake_in_the_code_is_told_from_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(monkeypatch, "math:sqrt")
    with pytest.raises(CrashedError) as crash:
        run_limited("extract", b"secret words")
    assert crash.value.where.startswith("TypeError")
    assert "secret" not in crash.value.where


def test_a_library_that_prints_does_not_spoil_the_answer() -> None:
    assert run_limited("sniff", b"# print") is Carrier.TEXT


def test_the_child_inherits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_PROBE", "secret")
    code = "import os, sys; sys.stdout.write(' '.join(sorted(os.environ)))"
    seen = subprocess.run(
        [sys.executable, "-I", "-c", code],
        env=sandbox._ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    assert "GONGKAI_PROBE" not in seen.stdout.decode()
    assert "GONGKAI_PROBE" in os.environ
    assert set(sandbox._ENVIRONMENT) == {"PATH", "LANG"}


_CONFINED = """
import socket, sys
from screening.confined import confine
confine(512 << 20, 20)
try:
    with open(sys.argv[1], "w") as file:
        file.write("x")
    print("written")
except OSError:
    print("not written")
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), 1)
    print("connected")
except OSError:
    print("not connected")
"""


def test_the_child_writes_no_file_and_reaches_no_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        arguments = (str(tmp_path / "x"), str(server.getsockname()[1]))
        run = subprocess.run(
            [sys.executable, "-c", _CONFINED, *arguments], capture_output=True, check=True
        )
    assert run.stdout.decode().split() == ["not", "written", "not", "connected"]


def test_many_children_run_side_by_side() -> None:
    texts = [f"第{number}份".encode() for number in range(6)]
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda data: run_limited("extract", data), texts))
    assert [each.passages[0].text for each in found] == [f"第{number}份" for number in range(6)]


def test_a_large_file_travels_whole() -> None:
    data = ("公" * 9_000_000).encode()
    assert len(run_limited("extract", data).passages[0].text) == 9_000_000


def _refuses(_: bytes) -> object:
    raise UnfitFileError("不合要求")


def _swells(_: bytes) -> object:
    raise MemoryError


def _falls(data: bytes) -> object:
    return _falls(data)


@pytest.mark.parametrize(
    ("function", "head"),
    [
        (_refuses, {"status": "refused", "reason": "不合要求"}),
        (_falls, {"status": "refused", "reason": "文件嵌套过深，无法读取"}),
        (_swells, {"status": "memory"}),
        (len, {"status": "done"}),
    ],
)
def test_what_is_foreseen_has_its_word(
    function: Callable[[bytes], object], head: dict[str, str]
) -> None:
    found, value = confined._outcome(function, b"abc", {})
    assert found == head
    assert not value or wire.load(int, value) == 3


def test_a_mistake_is_told_by_kind_and_place_without_its_words() -> None:
    with pytest.raises(TypeError) as error:
        confined.function_of("screening.sniffing:sniff")(5)
    assert confined._where(error.value).startswith("TypeError limits.py:")


def test_a_child_that_answers_nonsense_is_a_crash() -> None:
    for output in (b"{}\n", b"nonsense\n", b'{"peak":1,"cpu":1,"status":"done"}\nnonsense'):
        measured = sandbox._measured("screening.reading:extract", 0, output)
        assert isinstance(measured.error, CrashedError)


VALUES = [
    Extraction(
        Carrier.PDF,
        (Passage("词\ud800\n", Place(Layer.COMMENT, ("a", "b"), 3, Box(1.5, 2, 3, 4))),),
        (NotCovered(Place(), "没有"),), 7, ("备注",),
    ),
    Stripped(Carrier.PNG, b"\x00\xff{}", (Removal(Layer.METADATA, 2, "作者"),)),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=["extraction", "stripped"])
def test_values_survive_the_way(value: object) -> None:
    assert wire.load(type(value), wire.dump(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0" * 16, wire.dump(("pdf", [], [], "7", [])), wire.dump(("pdf", [])),
        wire.dump(("exe", [], [], 7, [])), wire.dump(["pdf", [1], [], 7, []]), b"\xff" * 40,
    ],
    ids=["nothing", "noughts", "a text for a number", "too few", "no carrier", "no passage",
         "noise"],
)  # fmt: skip
def test_an_answer_of_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.load(Extraction, data)
