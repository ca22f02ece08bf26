"""Names of files as sent, as shown, as composed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names import MAX_NAME_BYTES, composed_name, shown_name, suffixed_name
from screening.passages import Carrier


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("名单.xlsx", "名单.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\zhang\\桌面\\名单.xlsx", "名单.xlsx"),
        ("名单\0.exe", "名单.exe"),
        ("名单\u202egpj.exe", "名单gpj.exe"),
        ("名单\u2066x\u2069\u200b.pdf", "名单x.pdf"),
        ("名\r\n单\t.pdf", "名单.pdf"),
        ("名\u2028单.pdf", "名单.pdf"),
        ("", "未命名"),
        ("..", "未命名"),
        ("/", "未命名"),
        (" . ", "未命名"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1.pdf", "_COM1.pdf"),
        ("console.txt", "console.txt"),
        ("a<b>:c?.txt", "a_b__c_.txt"),
        ("\ud800名单.txt", "名单.txt"),
    ],
    ids=ascii,
)
def test_a_name_is_shown_without_tricks(raw: str, shown: str) -> None:
    assert shown_name(raw) == shown


@pytest.mark.parametrize(
    ("characters", "kept"),
    [(83, 83), (84, 83), (85, 83), (86, 83), (95, 83), (4000, 83)],
    ids=str,
)
def test_a_name_fits_255_bytes_with_its_suffix(characters: int, kept: int) -> None:
    # 83 × 3 + 4 = 253; one more character would be 256 bytes.
    assert shown_name("汉" * characters + ".pdf") == "汉" * kept + ".pdf"


def test_a_suffix_that_is_none_is_cut_like_the_rest() -> None:
    assert shown_name("a." + "b" * 400) == "a." + "b" * 253


@given(st.text())
def test_a_shown_name_is_always_one_short_line(raw: str) -> None:
    name = shown_name(raw)
    assert 0 < len(name.encode()) <= MAX_NAME_BYTES
    assert name.isprintable() or not any(sign in name for sign in "\0\r\n\t\u202e/\\")
    assert "/" not in name
    assert name not in {".", ".."}
    assert shown_name(name) == name


@pytest.mark.parametrize(
    ("slug", "number", "carrier", "name"),
    [
        ("sq-2026-0007", 1, Carrier.PDF, "sq-2026-0007-1.pdf"),
        ("答复书", 2, Carrier.DOCX, "答复书-2.docx"),
        ("../x y", 3, Carrier.JPEG, "x-y-3.jpg"),
        ("", 1, Carrier.TEXT, "未命名-1.txt"),
        ("汉" * 200, 12, Carrier.HTML, "汉" * 82 + "-12.html"),
    ],
    ids=["case", "Chinese", "path", "empty", "long"],
)
def test_an_outgoing_name_is_the_systems_own(
    slug: str, number: int, carrier: Carrier, name: str
) -> None:
    assert composed_name(slug, number, carrier) == name


def test_every_carrier_has_a_suffix() -> None:
    for carrier in Carrier:
        assert composed_name("a", 1, carrier).startswith("a-1.")


@pytest.mark.parametrize(
    ("name", "carrier", "suffixed"),
    [
        ("花名册.xls", Carrier.XLSX, "花名册.xlsx"),
        ("照片.JPEG", Carrier.JPEG, "照片.jpg"),
        ("假的.pdf", Carrier.TEXT, "假的.txt"),
        ("第3.2节", Carrier.PDF, "第3.2节.pdf"),
        ("无后缀", Carrier.DOCX, "无后缀.docx"),
    ],
)
def test_a_name_ends_in_what_the_file_is(name: str, carrier: Carrier, suffixed: str) -> None:
    assert suffixed_name(name, carrier) == suffixed


def test_a_long_name_keeps_its_new_suffix_within_255_bytes() -> None:
    made = suffixed_name("表" * 85, Carrier.XLSX)
    assert made.endswith(".xlsx")
    assert len(made.encode()) <= MAX_NAME_BYTES
