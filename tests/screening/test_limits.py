"""Zips and XML within limits: what is sound passes whole, what is not is refused before harm."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening import limits
from screening.limits import MIB, Budget, check_ratio, open_package
from screening.passages import UnfitFileError
from screening.xml import asides, parse_xml
from tests.screening.samples import zipped

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Pipe(io.RawIOBase):
    """Cannot be wound back, so that sizes come behind the entries."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        held = memoryview(data)
        self.data += held
        return len(held)


def test_entries_with_sizes_behind_them_are_read() -> None:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * 1000)
        archive.writestr("目录/", b"")
        archive.writestr("b.txt", b"b")
    package = open_package(bytes(pipe.data))
    assert package.names == ("a.txt", "b.txt")
    assert package.read("a.txt") == b"a" * 1000
    assert package.size("b.txt") == 1


def test_entries_of_the_large_form_are_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as a:
        a.write(b"a")
    assert open_package(stream.getvalue()).read("a.txt") == b"a"


@given(
    st.dictionaries(
        st.text("abcdef/字", min_size=1, max_size=8), st.binary(max_size=300), max_size=8
    )
)
def test_what_was_packed_comes_out_or_is_refused(parts: dict[str, bytes]) -> None:
    folded = {name.casefold().rstrip("/") for name in parts}
    wrong = any(name.startswith("/") or name.endswith("/") for name in parts)
    if wrong or len(folded) < len(parts) or not parts:
        return
    package = open_package(zipped(parts))
    assert {name: package.read(name) for name in package.names} == parts


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_000])
@pytest.mark.parametrize("kind", ["blank", "noise"])
def test_entries_of_every_length_come_out_whole(size: int, kind: str) -> None:
    content = bytes(size) if kind == "blank" else random.Random(size).randbytes(size)
    assert open_package(zipped({"a.bin": content})).read("a.bin") == content


def test_a_missing_entry_is_a_key_error() -> None:
    package = open_package(zipped({"a.txt": b"a"}))
    with pytest.raises(KeyError):
        package.read("b.txt")


def test_the_budget_is_one_for_all_entries_and_each_is_counted_once() -> None:
    data = zipped({"a.bin": os.urandom(600), "b.bin": os.urandom(600)})
    package = open_package(data, Budget(1000))
    assert len(package.read("a.bin")) == len(package.read("a.bin")) == 600
    with pytest.raises(UnfitFileError, match="炸弹"):
        package.read("b.bin")


def test_the_ratio_is_held_only_against_what_is_large() -> None:
    check_ratio(1, 2 * MIB)
    check_ratio(100_000, 20_000_000)
    with pytest.raises(UnfitFileError, match="压缩比"):
        check_ratio(1, 2 * MIB + 1)


def test_without_the_ratio_a_bomb_is_only_stopped_by_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = zipped({"a.bin": bytes(30_000_000)})
    with pytest.raises(UnfitFileError, match="压缩比"):
        open_package(data)
    monkeypatch.setattr(limits, "check_ratio", lambda *_: None)
    with pytest.raises(UnfitFileError, match="解压后"):
        open_package(data, Budget(MIB)).read("a.bin")


def test_comments_of_a_zip_and_its_entries_are_handed_over() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.comment = "条目注释".encode()
        archive.writestr(info, b"a")
        archive.comment = "整包注释".encode()
    assert open_package(stream.getvalue()).asides == ("整包注释", "条目注释")


def test_words_behind_the_end_of_deflate_are_not_left_unseen() -> None:
    packed = zlib.compress(b"a" * 100)[2:-4]
    data = zipped({"a.txt": b"a" * 100})
    assert packed in data
    longer = data.replace(packed, packed + b"hidden", 1)
    with pytest.raises(UnfitFileError):
        open_package(longer)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "gbk", "gb2312"])
def test_xml_is_read_in_the_encodings_offices_use(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><a b="公">开</a>'
    root = parse_xml(text.encode(encoding))
    assert (root.get("b"), root.text) == ("公", "开")


def test_comments_do_not_split_words_and_are_handed_over_apart() -> None:
    data = "<a>11010<!-- 张三 -->1<?note 李四?>1990</a>".encode()
    assert parse_xml(data).text == "1101011990"
    assert asides(data) == ("张三", "note 李四")


def test_the_declaration_is_no_aside() -> None:
    assert asides(b'<?xml version="1.0"?><a/>') == ()
    assert asides('<?xml version="1.0" encoding="utf-16"?><a><!--密--></a>'.encode("utf-16")) == (
        "密",
    )


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a SYSTEM "x.dtd"><a/>',
        b'<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b"<?xml version='1.0' encoding='cp037'?><a/>",
        b"<a>&nosuch;</a>",
    ],
    ids=["system", "internal", "UTF-16", "UTF-7", "EBCDIC", "unknown entity"],
)
def test_xml_that_asks_for_more_than_words_is_refused(data: bytes) -> None:
    with pytest.raises(UnfitFileError):
        parse_xml(data)


def test_xml_is_limited_in_bytes_tags_and_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"<a>" * 250 + b"</a>" * 250
    assert parse_xml(deep) is not None
    with pytest.raises(UnfitFileError, match="过深"):
        parse_xml(b"<a>" * 300 + b"</a>" * 300)
    monkeypatch.setattr("screening.xml.MAX_XML_TAGS", 499)
    with pytest.raises(UnfitFileError, match="过大"):
        parse_xml(deep)
