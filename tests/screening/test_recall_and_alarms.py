"""How much is found and how often for nothing, over generated numbers and generated documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from random import Random

import pytest

from screening.findings import number_windows, personal, split_cells
from screening.findings.finding import Severity
from screening.findings.number_windows import numbers
from screening.findings.scene import Scene
from screening.findings.search import lay_out, screen
from screening.findings.word_lists import built_in
from screening.passages import Extraction
from statute import identity
from tests.screening import numbers as invented
from tests.screening.clean_documents import KINDS, clean_documents
from tests.screening.positives import ALL, WAYS, Positive, positives
from tests.screening.screened import TODAY, lines, rows

COUNT = 2_000
NAMED = (
    "浙C12345", "浙CD12345", "浙C1234警", "a.b@c.cn", "QQ：10000", "微信号:abcdef1", "护照",
    "卡号：", "军官证南字第1234567号", "台胞证12345678", "身份证号", "H12345678", "E1234567",
    "EA1234567",
)  # fmt: skip
LOOSE = (
    "编号", "2026年1月", "12", "1234", "X", "AB", " ", "-", "  ", "，", "。", "张三", "1,234.56",
    "（0577）", "（", "）", "\n", "0577-60001234",
)  # fmt: skip


def is_found(positive: Positive) -> bool:
    """A finding that must be dealt with or answered covers every passage the number touches."""
    return any(
        finding.kind is positive.kind
        and finding.severity is not Severity.HINT
        and {span.passage for span in finding.spans} >= set(positive.passages)
        for finding in screen(positive.extraction, today=TODAY)
    )


def recall(found: Iterable[tuple[Positive, bool]]) -> dict[str, tuple[int, int]]:
    """Found and all, by kind and by way of writing."""
    hits, total = Counter[str](), Counter[str]()
    for positive, hit in found:
        for name in (positive.kind.label, positive.way):
            total[name] += 1
            hits[name] += hit
    return {name: (hits[name], total[name]) for name in total}


def missed_ways(count: int = COUNT) -> set[str]:
    """Ways of writing of which something was missed."""
    found = [(one, is_found(one)) for one in positives(count, 7)]
    return {one.way for one, hit in found if not hit}


def alarms(documents: Iterable[Extraction]) -> int:
    """Documents with a finding of a personal kind that is more than a hint."""
    return sum(
        any(
            finding.kind.personal and finding.severity is not Severity.HINT
            for finding in screen(document, today=TODAY)
        )
        for document in documents
    )


@pytest.mark.parametrize("seed", [7, 11])
def test_at_least_99_of_100_personal_numbers_are_found(seed: int) -> None:
    found = [(one, is_found(one)) for one in positives(COUNT, seed)]
    for name, (hits, total) in recall(found).items():
        print(f"{name}: {hits} / {total}")
    assert sum(hit for _, hit in found) >= 0.99 * COUNT
    assert min(hits / total for hits, total in recall(found).values()) >= 0.99
    assert len(WAYS) >= 14
    assert {one.kind for one, _ in found} == set(ALL)


@pytest.mark.parametrize("seed", [3, 5])
def test_at_most_one_clean_document_in_100_raises_an_alarm(seed: int) -> None:
    count = alarms(clean_documents(COUNT, seed))
    print(f"{count} of {COUNT} clean documents")
    assert count <= COUNT // 100


def test_clean_documents_carry_many_long_numbers() -> None:
    texts = ["\n".join(p.text for p in one.passages) for one in clean_documents(110, 3)]
    assert len(KINDS) >= 11
    assert sum(len(re.findall(r"\d{8,}", text)) for text in texts) >= 300


def test_without_undoing_what_hides_digits_they_are_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert missed_ways(400) == set()
    monkeypatch.setattr(number_windows, "_unveiled", lambda text: text)
    assert missed_ways(400) >= {"点号分组", "段内断行", "跨行"}
    monkeypatch.setattr(number_windows, "_plainly", lambda match: match[0])
    assert missed_ways(400) >= {"别种数字", "方向控制符"}


def test_without_folding_the_width_digits_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "fold", lambda text: (text, range(len(text))))
    assert missed_ways(400) >= {"全角数字", "全角空格", "零宽字符"}


@pytest.mark.parametrize(
    ("way", "search"),
    [("一格一字", "split_numbers"), ("中文数字", "chinese_numbers")],
)
def test_without_its_search_a_way_of_writing_is_missed(
    monkeypatch: pytest.MonkeyPatch, way: str, search: str
) -> None:
    monkeypatch.setattr(personal, search, lambda _: ())
    assert missed_ways(400) == {way}


def test_without_the_check_digit_a_number_over_cells_is_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(split_cells, "is_resident_id", lambda _: False)
    assert missed_ways(400) == {"一格一字"}


@pytest.mark.parametrize(
    ("guard", "value"),
    [
        ("_is_thing", lambda *_: False),
        ("_is_body_account", lambda *_: False),
    ],
)
def test_without_a_guard_clean_documents_raise_alarms(
    monkeypatch: pytest.MonkeyPatch, guard: str, value: Callable[..., bool]
) -> None:
    before = alarms(clean_documents(330, 3))
    monkeypatch.setattr(personal, guard, value)
    assert alarms(clean_documents(330, 3)) > before + 3


def test_looking_only_at_stretches_finds_what_looking_at_all_finds() -> None:
    chance = Random(3)
    pieces: list[Callable[[], str]] = [
        lambda: invented.resident_id(chance),
        lambda: invented.mobile(chance),
        lambda: invented.card(chance),
        lambda: invented.old_resident_id(chance),
        lambda: invented.passport(chance),
        lambda: invented.credit_code(chance),
        lambda: chance.choice(NAMED),
        lambda: chance.choice(LOOSE),
    ]
    aside = {identity.Kind.LANDLINE, identity.Kind.CREDIT_CODE}  # of no interest here
    for _ in range(3_000):
        text = "".join(chance.choice(pieces)() for _ in range(chance.randint(1, 9)))
        seen = {
            (one.finding.kind, one.start, one.end, one.finding.certainty)
            for one in numbers(scene_of(text))
        }
        whole = {
            (one.kind, one.start, one.end, one.certainty)
            for one in identity.find(text)
            if one.kind not in aside
        }
        assert whole <= seen, text


def scene_of(text: str) -> Scene:
    """One line laid out for the searches."""
    return lay_out(lines(text), built_in(), TODAY)


def test_figures_side_by_side_are_no_number() -> None:
    chance = Random(9)
    for _ in range(300):
        figures = tuple(str(chance.randint(0, 9_999)) for _ in range(9))
        assert alarms([rows(("科目", *"一二三四五六七八"), figures)]) == 0
