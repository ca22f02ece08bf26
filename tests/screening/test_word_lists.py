"""Lists of words: how they are read, what is refused, how they are searched."""

from __future__ import annotations

import pytest

from screening.findings import word_lists
from screening.findings.word_lists import (
    Category,
    Entry,
    WordListError,
    WordLists,
    built_in,
    read_csv,
    read_toml,
)
from tests.screening.screened import ANSWER, HINT, MUST, lines, told

HEAD = "词,类别,级别,建议,例外\n"


def test_a_csv_list_is_read() -> None:
    text = "\ufeff" + HEAD + "布署,错别字,一般,部署,发布署名|公布署\n云溪县,地名区划,严重,云溪市,\n"
    assert read_csv(text) == (
        Entry("布署", Category.SPELLING, ANSWER, "部署", ("发布署名", "公布署")),
        Entry("云溪县", Category.PLACES, MUST, "云溪市"),
    )


def test_a_toml_list_is_read() -> None:
    text = '[[words]]\n"词" = "布 署"\n"类别" = "错别字"\n"级别" = "建议"\n"例外" = ["发布署名"]\n'
    assert read_toml(text) == (Entry("布署", Category.SPELLING, HINT, "", ("发布署名",)),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("词\n布署\n", "首行应为"),
        (HEAD + "署,错别字,一般,,\n", "第2行：词应为2至100个字"),
        (HEAD + "布署,错字,一般,,\n", "第2行：类别应为"),
        (HEAD + "布署,错别字,很重,,\n", "第2行：级别应为严重、一般、建议"),
        (HEAD + "布署,错别字,一般,,发布\n", "第2行：例外“发布”里没有这个词"),
        (HEAD + '"' + "布" * 200_000, "不是合格的 CSV"),
    ],
)
def test_a_bad_csv_list_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(WordListError, match=reason):
        read_csv(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[words]", "不是合格的 TOML"),
        ("words = 3", "应由若干"),
        ('[[words]]\n"词" = "布署"\n"类型" = "错别字"', "第1个词：没有“类型”这一项"),
        ('[[words]]\n"词" = 3', "第1个词：词应为"),
    ],
)
def test_a_bad_toml_list_is_refused(text: str, reason: str) -> None:
    with pytest.raises(WordListError, match=reason):
        read_toml(text)


def test_too_many_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_lists, "_MAX_WORDS", 100)
    rows = "".join(f"词{number},错别字,一般,,\n" for number in range(101))
    with pytest.raises(WordListError, match="超过"):
        read_csv(HEAD + rows)


def lists(*rows: str) -> WordLists:
    return WordLists(()).with_entries(read_csv(HEAD + "\n".join(rows)))


def test_a_word_is_right_in_its_phrases_and_wrong_elsewhere() -> None:
    book = lists("布署,错别字,一般,部署,发布署名|公布署")
    assert [one[2] for one in told(lines("发布署名文章，布署工作，公布署期"), book)] == ["布署"]


def test_a_phrase_of_one_word_does_not_excuse_another_inside_it() -> None:
    book = lists("布署,错别字,一般,,发布署名", "署名文,错别字,一般,,")
    assert [one[2] for one in told(lines("发布署名文章"), book)] == ["署名文"]


def test_of_words_that_overlap_the_longer_stands() -> None:
    book = lists("国土,机构名称,建议,,", "国土资源局,机构名称,一般,,")
    assert [one[2] for one in told(lines("国土资源局与国土"), book)] == ["国土资源局", "国土"]


def test_gaps_inside_a_word_do_not_hide_it() -> None:
    book = lists("布署,错别字,一般,部署,")
    for written in ("布 署", "布\u200b署", "布\u3000署", "布\n署"):
        assert [one[2] for one in told(lines(f"要{written}好"), book)] == [written]
    assert [one[2] for one in told(lines("工作布", "署如下"), book)] == ["布署"]


def test_a_later_list_overrules_an_earlier_one() -> None:
    book = lists("布署,错别字,严重,部署,").with_entries(read_csv(HEAD + "布署,错别字,建议,,"))
    assert [one[1] for one in told(lines("布署"), book)] == [HINT]


def test_the_version_tells_lists_apart() -> None:
    one, other = lists("布署,错别字,一般,,"), lists("布署,错别字,严重,,")
    assert one.version == lists("布署,错别字,一般,,").version
    assert one.version != other.version


def test_the_list_that_comes_along_is_sound() -> None:
    book = built_in()
    assert len(book.entries) >= 50
    for entry in book.entries:
        assert any(one[2] == entry.word for one in told(lines(f"，{entry.word}，"), book)), entry
        for phrase in entry.right_in:
            assert told(lines(f"，{phrase}，"), WordLists((entry,))) == [], phrase
        assert entry.word not in entry.suggestion


def test_every_category_of_the_law_has_a_label() -> None:
    assert len({category.label for category in Category}) == 12
