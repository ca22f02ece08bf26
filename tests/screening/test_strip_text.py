"""Stripped texts, tables and web pages say what they showed, and nothing that nobody saw."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping import dispatch, html, text
from screening.stripping.signs import seen
from tests.screening.strip_builders import TRAPS, page
from tests.screening.strip_checks import LETTERS, NUMBER, holds, shown
from tests.screening.traps import SHOWN

_OF_PAGES = [name for name in TRAPS if name.startswith("html")]
# A secret of signs nobody sees: of no width, turning, tags, fillers.
UNSEEN = "\u200b\u200c\u2060\ufeff\u202e\U000e0041\u00ad\u3164"


@pytest.mark.parametrize("name", _OF_PAGES)
def test_what_a_page_hides_is_gone(name: str) -> None:
    new = dispatch.strip(TRAPS[name](NUMBER))

    assert not holds(new.data)
    assert SHOWN in shown(new.data)
    assert new.removed


# The guard against each hiding place: taken out, the secret goes out.
_GUARDS = {
    "html: 注释": ("_settle",),
    "html: 脚本": ("_settle",),
    "html: 隐藏元素": ("_drop_hidden",),
    "html: 样式里的隐藏": ("_drop_hidden",),
    "html: 样式表里的隐藏": ("_drop_hidden",),
    "html: 白色文字": ("_drop_hidden",),
    "html: 网页标题": ("_settle", "_write_head"),
    "html: 网页属性": ("_settle", "_write_head"),
    "html: 替代文字": ("_settle_attributes",),
    "html: 数据属性": ("_settle_attributes",),
    "html: 链接": ("_settle_attributes",),
    "html: 隐藏的表单值": ("_settle",),
}


@pytest.mark.parametrize("name", _OF_PAGES)
def test_without_its_guard_the_secret_goes_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for guard in _GUARDS[name]:
        monkeypatch.setattr(html, guard, lambda *_: None)

    assert holds(html.strip(TRAPS[name](NUMBER)).data)


def test_a_page_keeps_its_tables_and_public_links() -> None:
    old = page(
        '<table><tr><td colspan="2">甲</td></tr></table>'
        '<a href="https://www.example.gov.cn/">官网</a>'
    )
    new = dispatch.strip(old).data

    assert b'<td colspan="2">' in new
    assert b'<a href="https://www.example.gov.cn/">' in new


def test_a_page_in_gbk_becomes_utf_8() -> None:
    old = f'<html><head><meta charset="gbk"></head><body><p>{SHOWN}</p></body></html>'
    new = dispatch.strip(old.encode("gbk")).data

    assert SHOWN in new.decode("utf-8")
    assert b'charset="utf-8"' in new


def test_words_around_a_removed_element_stay_in_order() -> None:
    new = dispatch.strip(page("<p>前<script>x</script>中<!-- y -->后<font>尾</font></p>")).data

    assert "前中后尾" in shown(new)


def test_signs_nobody_sees_are_gone_from_a_text() -> None:
    new = dispatch.strip(f"一、{UNSEEN}通知\n二、办法\n".encode())

    assert new.data.decode() == "一、通知\n二、办法\n"
    assert [(one.layer, one.count) for one in new.removed] == [(Layer.HIDDEN_TEXT, len(UNSEEN))]


def test_without_the_guard_they_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "seen", lambda words: words)

    assert UNSEEN in text.strip(f"一、{UNSEEN}通知\n".encode()).data.decode()


def test_scripts_that_join_their_letters_keep_the_signs_for_it() -> None:
    mongolian = "\u182e\u1823\u1829\u182d\u1823\u182f\u180e\u1820"
    uyghur = "\u0645\u06d0\u200c\u06cb\u06d5"

    assert seen(mongolian) == mongolian
    assert seen(uyghur) == uyghur
    assert seen("葛\U000e0100") == "葛\U000e0100"
    assert seen("葛\U000e0100\U000e0101\U000e0102") == "葛\U000e0100"


def test_blanks_at_the_ends_of_lines_are_gone() -> None:
    assert dispatch.strip("甲 \t \t\n乙\r\n".encode()).data.decode() == "甲\n乙\r\n"


def test_a_text_in_gb18030_stays_so_and_loses_nothing() -> None:
    old = "城北县人民政府公告\n".encode("gb18030")

    assert dispatch.strip(old).data == old


def test_a_table_keeps_the_mark_that_spreadsheets_need() -> None:
    old = codecs.BOM_UTF8 + "序号,单位\n1,城北县\n".encode()
    new = dispatch.strip(old)

    assert new.carrier is Carrier.CSV
    assert new.data == old


def test_a_text_of_unseen_signs_alone_is_refused() -> None:
    with pytest.raises(UnfitFileError):
        dispatch.strip("\u2800\u3164\n".encode())


@given(st.text(LETTERS, min_size=1))
@settings(max_examples=200, deadline=None)
def test_words_that_are_seen_stay(words: str) -> None:
    plain = "".join(sign for sign in words if not sign.isspace())
    kept = "".join(sign for sign in seen(words) if not sign.isspace())
    fillers = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180b\u180c\u180d\u180f")

    assert [sign for sign in plain if sign in kept or sign not in fillers] or not kept
    assert seen(seen(words)) == seen(words)
