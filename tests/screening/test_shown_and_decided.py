"""What findings show (never what they found), how they are known again, what decisions hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from screening.findings import showing
from screening.findings.decisions import Decision, Verdict, may_be_justified, open_findings
from screening.findings.finding import Finding, Kind
from screening.findings.fingerprint import fingerprint
from screening.findings.search import screen
from screening.findings.showing import mask_passage
from screening.passages import Carrier, Extraction, Passage, Place
from tests.screening.positives import positives
from tests.screening.screened import TODAY, findings, lines, rows

ID = "330399191204060312"
MOBILE = "13800000417"
SECRET = b"a secret of the owner"


def keyed(*texts: str, secret: bytes = SECRET) -> tuple[Finding, ...]:
    return screen(lines(*texts), today=TODAY, secret=secret)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"王某，{ID}，电话{MOBILE}。", "王某，33*************312，电话138****0417。"),
        ("3303 9919 1204 0603 12号", "33** **** **** ***3 12号"),
        ("家住云溪县灵石镇石桥村3组12号。", "家住云溪县灵石镇***。"),
        ("本人邮箱wangmou@163.com。", "本人邮箱w***@163.com。"),
        ("截止目前共2件", "截止目前共2件"),
    ],
    ids=["number and telephone", "groups", "address", "mail", "nothing personal"],
)
def test_a_passage_is_masked(text: str, masked: str) -> None:
    assert mask_passage(text, findings(lines(text))) == masked


def test_a_number_over_two_lines_is_masked_in_both() -> None:
    texts = ("身份证33039919120406", "0312，男")
    found = findings(lines(*texts))
    assert [mask_passage(text, found, place) for place, text in enumerate(texts)] == [
        "身份证33************",
        "*312，男",
    ]


def test_a_number_in_boxes_is_masked_in_each() -> None:
    table = rows(("身份证号", *ID))
    found = findings(table)
    masked = [mask_passage(p.text, found, n) for n, p in enumerate(table.passages)]
    assert masked == ["身份证号", *"*" * 18]


def digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))


def test_no_excerpt_and_no_suggestion_tells_the_number() -> None:
    for positive in positives(600, 21):
        text = "".join(passage.text for passage in positive.extraction.passages)
        for finding in screen(positive.extraction, today=TODAY):
            for shown in (finding.excerpt, finding.suggestion, finding.says):
                assert re.search(r"\d{9}", digits(shown)) is None, (shown, text)
                assert len(shown) <= 100


def test_what_stands_beside_a_finding_is_masked_too() -> None:
    (word,) = [one for one in findings(lines(f"截止目前{ID}")) if one.kind is Kind.WORD]
    assert word.excerpt == "截止目前33*************312"
    (word,) = [one for one in findings(lines("截止目前12345678901234")) if one.kind is Kind.WORD]
    assert word.excerpt == "截止目前123***********"


def test_without_the_mask_the_excerpt_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "_starred", lambda match: match[0])
    monkeypatch.setattr(showing.Shower, "_shown", lambda self, first, last: self._text[first:last])
    assert ID in findings(lines(f"身份证号{ID}"))[0].excerpt


def test_an_excerpt_is_short() -> None:
    text = "前" * 200 + "截止目前" + "后" * 200
    (word,) = findings(lines(text))
    assert word.excerpt == "前" * 13 + "截止目前" + "后" * 13


def test_a_key_needs_a_secret_and_changes_with_it() -> None:
    text = f"身份证号{ID}"
    assert keyed(text, secret=b"")[0].key == ""
    assert keyed(text)[0].key == keyed(text)[0].key
    assert keyed(text)[0].key != keyed(text, secret=b"another")[0].key
    assert re.fullmatch("[0-9a-f]{32}", keyed(text)[0].key)


def test_parts_of_a_key_do_not_run_together() -> None:
    assert fingerprint(SECRET, ("甲乙", "丙")) != fingerprint(SECRET, ("甲", "乙丙"))


def test_a_key_stays_when_lines_are_added_before_and_white_space_changes() -> None:
    before = keyed("一", "二", f"附：{ID}，男", "三")
    after = keyed("新的一行", "一", "二", f"附： {ID} ，男", "三")
    assert [one.key for one in before] == [one.key for one in after]


@pytest.mark.parametrize(
    "changed",
    [f"附：{ID}，女", "附：330399191204060320，男", f"附件：{ID}，男"],
    ids=["behind", "the words", "before"],
)
def test_a_key_changes_with_the_words_and_those_around(changed: str) -> None:
    assert keyed(f"附：{ID}，男")[0].key != keyed(changed)[0].key


def test_alike_findings_have_keys_of_their_own() -> None:
    keys = [one.key for one in keyed(*["截止目前"] * 5)]
    assert len(set(keys)) == 5


def decision(
    key: str, verdict: Verdict = Verdict.JUSTIFIED, *, hour: int = 9, reason: str = "依法公开"
) -> Decision:
    at = datetime(2026, 11, 2, hour, tzinfo=UTC)
    return Decision(key, verdict, reason, "审核人甲", at)


def test_a_justified_finding_stays_closed_until_the_words_change() -> None:
    text = f"中标人王某，电话{MOBILE}。"
    closed = decision(keyed(text)[0].key)
    assert open_findings(keyed(text), [closed]) == ()
    assert open_findings(keyed("新的一行", text), [closed]) == ()
    assert len(open_findings(keyed(text.replace("王某", "林某")), [closed])) == 1


def test_a_justification_does_not_cover_another_place_alike() -> None:
    (one,) = keyed("截止目前")
    assert len(open_findings(keyed("截止目前", "截止目前"), [decision(one.key)])) == 1


def test_a_finding_said_to_be_fixed_is_open_while_it_is_found() -> None:
    (one,) = keyed("截止目前")
    fixed = decision(one.key, Verdict.FIXED, reason="")
    assert open_findings([one], [fixed]) == (one,)
    assert open_findings(keyed("截至目前"), [fixed]) == ()


def test_the_last_decision_stands() -> None:
    (one,) = keyed("截止目前")
    kept, fixed = decision(one.key, hour=9), decision(one.key, Verdict.FIXED, hour=10)
    assert open_findings([one], [fixed, kept]) == (one,)
    assert open_findings([one], [decision(one.key, hour=11), fixed, kept]) == ()


def test_a_mark_of_secrecy_cannot_be_justified() -> None:
    (mark,) = keyed("机密★1年")
    assert not may_be_justified(mark)
    assert open_findings([mark], [decision(mark.key)]) == (mark,)
    (draft,) = keyed("办法（征求意见稿）")
    assert may_be_justified(draft)


@pytest.mark.parametrize(
    ("key", "reason", "by"), [("", "有理由", "甲"), ("k", " ", "甲"), ("k", "有理由", " ")]
)
def test_a_decision_names_its_finding_its_reason_and_who(key: str, reason: str, by: str) -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    with pytest.raises(ValueError, match=r"决定没有写明|应当写明理由"):
        Decision(key, Verdict.JUSTIFIED, reason, by, at)


ALPHABET = (
    "0123456789Xx一二〇张村路号室组年月日《》〔〕[]★机密 \n\t\0\u200b\u202e０９-./@:\\"
    "网邮箱身份证号住址QQ微信浙C"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(st.sampled_from(ALPHABET) | st.characters(), max_size=80), max_size=8))
@example(["\ud800", "①②③④⑤⑥⑦⑧⑨⑩⑪", "²" * 18])
def test_any_words_can_be_screened(texts: list[str]) -> None:
    places = [Place(paragraph=n) if n % 2 else Place(table=1, row=1, column=n) for n in range(1, 9)]
    passages = tuple(Passage(text, place) for text, place in zip(texts, places, strict=False))
    extraction = Extraction(Carrier.TEXT, passages)
    found = screen(extraction, today=TODAY, secret=SECRET)
    for finding in found:
        for span in finding.spans:
            assert 0 <= span.start < span.end <= len(passages[span.passage].text)
        assert finding.spans
        assert finding.rule_wording
        assert finding.rule_brief
    for number, passage in enumerate(passages):
        mask_passage(passage.text, found, number)
    assert screen(extraction, today=TODAY, secret=SECRET) == found


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1\n", "1\0", "一", "a@", "AB1234567", "《", "http://", "村1号", "住址", "月", "号",
     "机密★", "\u200b", "浙C", "138.", "QQ", "户名："],
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    from time import process_time

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = process_time()
        screen(lines(text), today=TODAY)
        return process_time() - start

    seconds(1_000)
    assert seconds(80_000) <= 8 * seconds(20_000) + 0.3


def test_chance_makes_no_two_numbers_one_key() -> None:
    chance = Random(2)
    texts = [f"电话138{chance.randint(0, 99_999_999):08}" for _ in range(300)]
    assert len({one.key for one in keyed(*texts)}) == len(set(texts))
