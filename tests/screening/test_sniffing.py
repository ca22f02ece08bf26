"""What a file is, told by its bytes."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Callable

import pytest

from screening import ole
from screening.decoding import decode
from screening.passages import Carrier, UnfitFileError
from screening.sniffing import sniff
from screening.tabular import delimiter_of
from tests.screening.samples import SAMPLES, docx_parts, old_office, pdf, zipped


@pytest.mark.parametrize("carrier", SAMPLES)
def test_a_clean_file_of_every_carrier_is_told(carrier: Carrier) -> None:
    assert sniff(SAMPLES[carrier]()) is carrier


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        ("通知".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "通知".encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + "通知".encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + "通知".encode("utf-16-be"), "utf-16-be"),
        ("通知".encode("gb18030"), "gb18030"),
        ("㐂𠀀通知".encode("gb18030"), "gb18030"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16 LE", "UTF-16 BE", "GBK", "GB 18030"],
)
def test_text_is_read_in_the_encodings_offices_use(encoded: bytes, encoding: str) -> None:
    decoded = decode(encoded)
    assert decoded.encoding == encoding
    assert decoded.text.endswith("通知")
    assert not decoded.text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("甲,乙\n1,2\n", ","),
        ("甲\t乙\n1\t2\n", "\t"),
        ("甲;乙\n1;2\n", ";"),
        ('"甲,一",乙\n1,2\n', ","),
        ("甲,乙\n1,2,3\n", ""),
        ("甲,乙\n", ""),
        ("通知如下，请遵照执行。\n特此通知。\n", ""),
        ("one, two\nthree\n", ""),
    ],
)
def test_a_table_is_lines_of_one_width(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_a_letter_with_a_sheet_pasted_in_is_still_a_letter() -> None:
    # The sheet's streams stand below, in the directory but not under the root.
    data = bytearray(old_office("WordDocument", "ObjectPool", "Workbook"))
    directory = 1024
    struct.pack_into("<I", data, directory + 2 * 128 + 72, 0xFFFFFFFF)  # ObjectPool: no sibling
    struct.pack_into("<I", data, directory + 2 * 128 + 76, 3)  # but a child: Workbook
    assert ole.names(bytes(data))[0] == {"WordDocument", "ObjectPool"}
    assert sniff(bytes(data)) is Carrier.DOC


@pytest.mark.parametrize(
    "text",
    ["MZ 是一种可执行文件的开头", "BM 二字", "ID3 是什么", "FLV"],
)
def test_letters_that_begin_other_formats_may_begin_a_text(text: str) -> None:
    assert sniff(text.encode()) is Carrier.TEXT


def test_a_page_may_name_its_own_encoding_in_any_spelling() -> None:
    page = '<html><meta charset="GBK"><p>通知</p></html>'.encode("gb18030")
    assert sniff(page) is Carrier.HTML
    assert sniff(page.replace(b"GBK", b"gb2312")) is Carrier.HTML


def test_the_case_of_part_names_does_not_matter() -> None:
    parts = docx_parts()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"/word/document.xml", b"/Word/Document.xml"
    )
    assert sniff(zipped(parts)) is Carrier.DOCX


@pytest.mark.parametrize(
    "make", [lambda: pdf() + b"\r\n\0\0", lambda: b"\xef\xbb\xbf" + "通知".encode()]
)
def test_harmless_remains_are_no_disguise(make: Callable[[], bytes]) -> None:
    assert sniff(make()) in {Carrier.PDF, Carrier.TEXT}


def test_a_file_is_never_told_by_a_name() -> None:
    with pytest.raises(UnfitFileError, match="可执行程序"):
        sniff(b"MZ\x90\0" + pdf()[9:])
