"""Stripping as a whole: told by content, proved afterwards, refused where it cannot be proved."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

import pytest

from screening.limits import MIB
from screening.passages import Carrier, Layer, UnfitFileError
from screening.reading import extract
from screening.sandbox import run_limited, run_measured
from screening.stripping import dispatch, docx, ofd
from screening.stripping.addresses import is_public
from screening.stripping.report import compare
from screening.stripping.stripped import Stripped
from tests.screening import build_docx, build_ofd, build_xlsx
from tests.screening.samples import SAMPLES, zipped
from tests.screening.strip_builders import TRAPS, pixels, saved
from tests.screening.strip_checks import NUMBER, holds, shown

_OLD = (Carrier.DOC, Carrier.XLS)


@pytest.mark.parametrize("carrier", [each for each in SAMPLES if each not in _OLD])
def test_a_clean_file_is_stripped_and_proved(carrier: Carrier) -> None:
    assert dispatch.strip(SAMPLES[carrier]()).carrier is carrier


@pytest.mark.parametrize("carrier", [each for each in SAMPLES if each not in _OLD])
def test_a_stripped_file_has_nothing_more_to_strip(carrier: Carrier) -> None:
    once = dispatch.strip(SAMPLES[carrier]()).data

    again = dispatch.strip(once)

    assert [one for one in again.removed if one.layer is not Layer.FILE_NAME] == []


@pytest.mark.parametrize("carrier", _OLD)
def test_old_formats_are_refused(carrier: Carrier) -> None:
    with pytest.raises(UnfitFileError, match="旧格式"):
        dispatch.strip(SAMPLES[carrier]())


def test_a_zip_is_stripped_file_by_file_and_its_names_are_composed() -> None:
    inner = {
        f"张三{NUMBER}.jpg": TRAPS["jpeg: EXIF 说明"](NUMBER),
        "名单/a.docx": build_docx.TRAPS["docx: 批注"](NUMBER),
        "b.zip": zipped({"c.xlsx": build_xlsx.TRAPS["xlsx: 隐藏行"](NUMBER)}),
    }
    new = dispatch.strip(zipped(inner))

    with zipfile.ZipFile(io.BytesIO(new.data)) as archive:
        assert archive.namelist() == ["001.jpg", "002.docx", "003.zip"]
    assert not holds(new.data)
    assert {one.layer for one in new.removed} >= {
        Layer.METADATA, Layer.COMMENT, Layer.HIDDEN_ROW, Layer.FILE_NAME,
    }  # fmt: skip


def test_a_file_in_a_zip_that_cannot_be_stripped_stops_the_whole() -> None:
    with pytest.raises(UnfitFileError, match="第 2 个文件"):
        dispatch.strip(zipped({"a.txt": "甲乙丙".encode(), "b.doc": SAMPLES[Carrier.DOC]()}))


def test_zips_within_zips_end() -> None:
    data = zipped({"a.txt": "甲乙丙".encode()})
    for _ in range(4):
        data = zipped({"b.zip": data})

    with pytest.raises(UnfitFileError, match="嵌套"):
        dispatch.strip(data)


def test_words_that_came_to_light_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(docx.STEPS, "hidden")

    with pytest.raises(UnfitFileError, match="多出了原来没有的文字"):
        dispatch.strip(build_docx.TRAPS["docx: 隐藏文字"](NUMBER))


def test_a_file_that_lost_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Stripped(Carrier.TEXT, "城北县".encode(), ())
    monkeypatch.setattr("screening.stripping.text.strip", lambda _: other)

    with pytest.raises(UnfitFileError, match="少了看得见的文字"):
        dispatch.strip("城北县人民政府".encode())


def test_a_file_that_gained_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Stripped(Carrier.TEXT, "城北县人民政府".encode(), ())
    monkeypatch.setattr("screening.stripping.text.strip", lambda _: other)

    with pytest.raises(UnfitFileError, match="多出了"):
        dispatch.strip("城北县".encode())


def test_a_file_that_became_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Stripped(Carrier.PNG, saved(pixels(), "JPEG"), ())
    monkeypatch.setattr("screening.stripping.image.strip", lambda _: other)

    with pytest.raises(UnfitFileError, match="不是原来的格式"):
        dispatch.strip(saved(pixels(), "PNG"))


def test_the_report_counts_before_and_after_and_keeps_both_hashes() -> None:
    old = build_docx.TRAPS["docx: 批注"](NUMBER)
    new = dispatch.strip(old)

    report = compare(old, extract(old), extract(new.data), new)

    assert report.sha256_before == sha256(old).hexdigest()
    assert report.sha256_after == sha256(new.data).hexdigest()
    assert "批注：清理前 1 处，清理后 0 处" in report.wording()
    assert "已去除：" in report.wording()
    assert NUMBER not in report.wording()


def test_the_report_says_loudly_that_a_seal_is_gone() -> None:
    old = build_ofd.TRAPS["ofd: 签章的说明"](NUMBER)
    new = dispatch.strip(old)

    report = compare(old, extract(old), extract(new.data), new)

    assert any(ofd.SEAL_GONE in warning for warning in report.warnings)
    assert "注意：电子签章" in report.wording()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://www.example.gov.cn/a?b=1#c", True),
        ("http://example.gov.cn", True),
        ("file:///D:/a.docx", False),
        ("mailto:a@example.gov.cn", False),
        ("\\\\server\\share", False),
        ("javascript:alert(1)", False),
        ("https://zhangsan:secret@example.gov.cn/", False),
        ("https://example.gov.cn/名单", False),
        ("https://example.gov.cn/" + "a" * 500, False),
    ],
)
def test_only_plain_public_addresses_may_go_out(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_file_that_still_hides_something_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    old = build_docx.TRAPS["docx: 作者"](NUMBER)
    other = Stripped(Carrier.DOCX, old, ())
    monkeypatch.setattr("screening.stripping.docx.strip", lambda _: other)

    with pytest.raises(UnfitFileError, match="仍有看不见的内容（文件属性）"):
        dispatch.strip(old)


def test_a_file_is_stripped_in_a_process_of_its_own() -> None:
    old = build_xlsx.TRAPS["xlsx: 隐藏行"](NUMBER)

    stripped: Stripped = run_limited("strip", old)

    assert stripped == dispatch.strip(old)


def test_a_table_of_many_rows_is_stripped_within_memory() -> None:
    rows = "".join(
        build_xlsx.row(at, *(build_xlsx.words(f"{letter}{at}", "城北县") for letter in "ABCDE"))
        for at in range(2, 4002)
    )
    measured = run_measured("strip", build_xlsx.xlsx(build_xlsx.Sheet(rows)))

    assert measured.error is None
    assert measured.peak_bytes <= 512 * MIB


def test_a_tick_box_and_a_choice_may_come_to_light_as_words() -> None:
    data = (
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="同意"/>'
        '<w:listEntry w:val="不同意"/></w:ddList></w:ffData>'
    )
    choice = build_docx.field("FORMDROPDOWN", "").replace(
        '"begin"/>', f'"begin">{data}</w:fldChar>', 1
    )
    choice = choice.replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "")

    assert "不同意" in shown(dispatch.strip(build_docx.docx(build_docx.p(choice))).data)
