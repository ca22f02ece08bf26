"""Text in the encodings it comes in, and text that was decoded wrongly once before."""

from __future__ import annotations

import pytest

from reportreader.document import Line, Place
from reportreader.errors import UnreadableError
from reportreader.fronts.text import read_text, repair

SENTENCE = "样例县政府信息公开，受理3件。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_is_read_in_any_of_the_usual_encodings(encoding: str) -> None:
    text = f"{SENTENCE}\n12\n" * 3
    document = read_text(text.encode(encoding), "报告.txt")
    assert document.blocks[0] == Line(SENTENCE, Place(line=1))
    assert document.blocks[1] == Line("12", Place(line=2))
    assert document.remarks == ()


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_utf_8_taken_for_a_western_encoding_is_repaired_and_said_so(wrong: str) -> None:
    spoilt = "政府信息公开 12 件".encode().decode("latin-1")
    if wrong == "cp1252":
        spoilt = "".join(
            bytes([ord(c)]).decode("cp1252") if c not in "\x81\x8d\x8f\x90\x9d" else c
            for c in spoilt
        )
    document = read_text(spoilt.encode(), "报告.txt")
    assert document.blocks[0] == Line("政府信息公开 12 件", Place(line=1))
    assert "乱码" in document.remarks[0]


def test_gbk_taken_for_latin_1_is_repaired() -> None:
    assert repair("政府信息公开12件".encode("gb18030").decode("latin-1")) == "政府信息公开12件"


def test_text_that_was_never_spoilt_is_not_repaired() -> None:
    assert repair("Größe: 12") is None


def test_all_line_ends_count_lines_alike() -> None:
    document = read_text("一\r\n二\r三\n四".encode(), "报告.txt")
    assert [block.text for block in document.blocks if isinstance(block, Line)] == list("一二三四")


@pytest.mark.parametrize(
    "data", [b"", b" \n\t ", b"\xef\xbb\xbf"], ids=["nothing", "blanks", "only a mark"]
)
def test_text_without_content_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^报告\.txt：没有内容$"):
        read_text(data, "报告.txt")


def test_a_text_cut_inside_a_character_is_still_read() -> None:
    data = (SENTENCE * 20).encode()[:-2]
    document = read_text(data, "报告.txt")
    assert isinstance(document.blocks[0], Line)
    assert document.blocks[0].text.startswith(SENTENCE)
