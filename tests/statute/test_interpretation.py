"""Forms and duties of policy interpretation, against law.md; no text is judged."""

from __future__ import annotations

from statute.citations import Mark
from statute.interpretation import (
    INTERPRETATION_RULES,
    OPINION_LIMITS,
    FormShare,
    InterpretationElement,
    InterpretationForm,
    form_share,
)


def test_there_are_eleven_forms() -> None:
    assert [form.label for form in InterpretationForm] == [
        "文字解读",
        "图文图解",
        "简明问答",
        "音频",
        "视频",
        "动漫",
        "新闻发布会",
        "在线访谈",
        "专家解读",
        "媒体解读",
        "负责人解读",
    ]


def test_an_interpretation_tells_nine_things() -> None:
    assert [element.label for element in InterpretationElement] == [
        "背景依据",
        "目标任务",
        "主要内容",
        "适用范围",
        "执行标准",
        "关键词诠释",
        "惠民利民举措",
        "新旧政策差异",
        "后续工作考虑",
    ]


def test_text_with_pictures_is_beyond_text() -> None:
    text, graphic, video = (
        InterpretationForm.TEXT,
        InterpretationForm.GRAPHIC,
        InterpretationForm.VIDEO,
    )
    assert form_share([[text], [text, graphic], [video], [text, text]]) == FormShare(4, 2)
    assert form_share([]) == FormShare(0, 0)


def test_only_the_mutual_links_are_from_memory() -> None:
    unseen = [key for key, rule in INTERPRETATION_RULES.items() if rule.mark is Mark.MEMORY]
    assert unseen == ["linked"]


def test_public_opinion_is_answered_within_hours() -> None:
    assert {key: limit.hours for key, limit in OPINION_LIMITS.items()} == {
        "major_statement": 5,
        "major_conference": 24,
        "other": 48,
    }
