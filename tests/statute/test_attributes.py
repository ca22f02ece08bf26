"""Disclosure attributes and the kinds of documents, against law.md; no document is read."""

from __future__ import annotations

from datetime import date

import pytest

from statute.attributes import (
    ATTRIBUTE_RULES,
    DEFAULT_ATTRIBUTE,
    KINDS_IN_FORCE,
    Attribute,
    DocumentKind,
    attribute_faults,
    attribute_in_note,
    kind_in_title,
    proposed_attribute,
)
from statute.citations import Citation, cite


def test_disclosure_is_the_rule() -> None:
    assert DEFAULT_ATTRIBUTE is Attribute.PROACTIVE
    assert [each for each in Attribute if each.needs_reason] == [
        Attribute.ON_REQUEST,
        Attribute.WITHHELD,
    ]


@pytest.mark.parametrize(
    ("attribute", "label", "note"),
    [
        (Attribute.PROACTIVE, "主动公开", "（此件公开发布）"),
        (Attribute.ON_REQUEST, "依申请公开", "（此件依申请公开）"),
        (Attribute.WITHHELD, "不予公开", "（此件不公开）"),
    ],
    ids=["proactive", "on request", "withheld"],
)
def test_an_attribute_is_printed_and_read_back(attribute: Attribute, label: str, note: str) -> None:
    assert (attribute.label, attribute.note) == (label, note)
    assert attribute_in_note(f"2021年1月29日\n {note}") is attribute
    assert attribute_in_note(attribute.option) is attribute


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("信息公开选项: 免予公开", Attribute.WITHHELD),
        ("（联系人：某某）", None),
        ("（此件公开发布）（此件不公开）", None),
        ("", None),
    ],
    ids=["an older word", "another note", "two at once", "nothing"],
)
def test_a_note_says_one_attribute_or_none(text: str, attribute: Attribute | None) -> None:
    assert attribute_in_note(text) is attribute


@pytest.mark.parametrize(
    ("attribute", "reason", "grounds", "messages"),
    [
        (None, "", (), ["没有注明公开属性，退回拟稿人"]),
        (Attribute.PROACTIVE, "", (), []),
        (Attribute.ON_REQUEST, "内部管理事务", (), []),
        (Attribute.ON_REQUEST, " ", (), ["选择依申请公开，须说明理由"]),
        (Attribute.WITHHELD, "请示件", (cite("regulations#16.2"),), []),
        (
            Attribute.WITHHELD,
            "",
            (cite("regulations#14"),),
            ["选择不予公开，须说明理由"],
        ),
        (
            Attribute.WITHHELD,
            "不便公开",
            (cite("regulations#13"), cite("secrecy_law_2024#14")),
            ["选择不予公开，须注明条例第十四条、第十五条、第十六条中的依据"],
        ),
        (
            Attribute.WITHHELD,
            "",
            (),
            [
                "选择不予公开，须说明理由",
                "选择不予公开，须注明条例第十四条、第十五条、第十六条中的依据",
            ],
        ),
    ],
    ids=[
        "no attribute",
        "disclosed without a reason",
        "on request with a reason",
        "on request without",
        "withheld with reason and article",
        "withheld without a reason",
        "withheld on another article",
        "withheld without anything",
    ],
)
def test_a_draft_is_handed_back_for_what_it_lacks(
    attribute: Attribute | None,
    reason: str,
    grounds: tuple[Citation, ...],
    messages: list[str],
) -> None:
    faults = attribute_faults(attribute, reason, grounds)
    assert [fault.message for fault in faults] == messages


def test_six_rules_help_to_choose() -> None:
    allowed = {rule.id: rule.leads_to for rule in ATTRIBUTE_RULES}
    assert allowed["public_interest"] == (Attribute.PROACTIVE,)
    assert allowed["internal"] == (Attribute.ON_REQUEST, Attribute.WITHHELD)
    assert allowed["upward_or_secret"] == (Attribute.WITHHELD,)
    assert len(allowed) == 6


def test_there_are_fifteen_kinds_of_documents_since_july_2012() -> None:
    assert [kind.label for kind in DocumentKind] == [
        "决议",
        "决定",
        "命令（令）",
        "公报",
        "公告",
        "通告",
        "意见",
        "通知",
        "通报",
        "报告",
        "请示",
        "批复",
        "议案",
        "函",
        "纪要",
    ]
    assert KINDS_IN_FORCE.start == date(2012, 7, 1)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某县人民政府关于印发某办法的通知", DocumentKind.NOTICE),
        ("《某县人民政府关于某事的通告》", DocumentKind.PUBLIC_NOTICE),
        ("某省人民政府令", DocumentKind.ORDER),
        ("关于某事的复函", DocumentKind.LETTER),
        ("某管理办法", None),
    ],
    ids=["a notice", "a public notice in title marks", "an order", "a letter", "none of them"],
)
def test_a_title_ends_in_its_kind(title: str, kind: DocumentKind | None) -> None:
    assert kind_in_title(title) is kind


def test_upward_documents_start_withheld_and_all_others_proactive() -> None:
    withheld = [kind for kind in DocumentKind if proposed_attribute(kind) is Attribute.WITHHELD]
    assert withheld == [DocumentKind.REPORT, DocumentKind.REQUEST]
    assert proposed_attribute(DocumentKind.NOTICE) is Attribute.PROACTIVE
