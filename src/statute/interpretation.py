"""Policy interpretation (政策解读) and answers to public opinion: forms, contents, who, how soon.

The limit of working days after publication stands with statute.proactive; no text is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from statute.citations import Citation, Mark, cite

FORMS_SOURCE = cite("interpretation_practice#形式")


class InterpretationForm(StrEnum):
    """How a policy is explained."""

    TEXT = "text"
    GRAPHIC = "graphic"
    QUESTIONS = "questions"
    AUDIO = "audio"
    VIDEO = "video"
    ANIMATION = "animation"
    PRESS_CONFERENCE = "press_conference"
    ONLINE_INTERVIEW = "online_interview"
    EXPERT = "expert"
    MEDIA = "media"
    HEAD = "head"

    @property
    def label(self) -> str:
        """The form in Chinese."""
        return _FORM_LABELS[self]


_FORM_LABELS = {
    InterpretationForm.TEXT: "文字解读",
    InterpretationForm.GRAPHIC: "图文图解",
    InterpretationForm.QUESTIONS: "简明问答",
    InterpretationForm.AUDIO: "音频",
    InterpretationForm.VIDEO: "视频",
    InterpretationForm.ANIMATION: "动漫",
    InterpretationForm.PRESS_CONFERENCE: "新闻发布会",
    InterpretationForm.ONLINE_INTERVIEW: "在线访谈",
    InterpretationForm.EXPERT: "专家解读",
    InterpretationForm.MEDIA: "媒体解读",
    InterpretationForm.HEAD: "负责人解读",
}


@dataclass(frozen=True, slots=True)
class FormShare:
    """How many interpretations there are, and how many are more than plain text."""

    total: int
    beyond_text: int


def form_share(interpretations: Iterable[Iterable[InterpretationForm]]) -> FormShare:
    """Counts interpretations by the forms each has; one in text and pictures is beyond text."""
    forms = [frozenset(each) for each in interpretations]
    return FormShare(len(forms), sum(bool(each - {InterpretationForm.TEXT}) for each in forms))


class InterpretationElement(StrEnum):
    """What an interpretation should tell."""

    BACKGROUND = "background"
    AIMS = "aims"
    CONTENT = "content"
    SCOPE = "scope"
    STANDARDS = "standards"
    KEY_TERMS = "key_terms"
    BENEFITS = "benefits"
    CHANGES = "changes"
    NEXT_STEPS = "next_steps"

    @property
    def label(self) -> str:
        """The element in Chinese."""
        return _ELEMENT_LABELS[self]


_ELEMENT_LABELS = {
    InterpretationElement.BACKGROUND: "背景依据",
    InterpretationElement.AIMS: "目标任务",
    InterpretationElement.CONTENT: "主要内容",
    InterpretationElement.SCOPE: "适用范围",
    InterpretationElement.STANDARDS: "执行标准",
    InterpretationElement.KEY_TERMS: "关键词诠释",
    InterpretationElement.BENEFITS: "惠民利民举措",
    InterpretationElement.CHANGES: "新旧政策差异",
    InterpretationElement.NEXT_STEPS: "后续工作考虑",
}


@dataclass(frozen=True, slots=True)
class InterpretationRule:
    """A duty in words, its source, and how sure it is."""

    text: str
    source: Citation
    mark: Mark = Mark.VERIFIED


INTERPRETATION_RULES: Mapping[str, InterpretationRule] = {
    "scope": InterpretationRule(
        "规章、以政府及其办公室名义制发的规范性文件、部门制发的涉及公众切身利益的文件，应当解读",
        cite("interpretation_practice#范围"),
    ),
    "drafter": InterpretationRule(
        "谁起草谁解读；多部门起草的由牵头部门解读；部门主要负责人是第一解读人",
        cite("interpretation_practice#范围"),
    ),
    "together": InterpretationRule(
        "解读与文件同步组织、同步审签、同步部署", cite("interpretation_practice#三同步")
    ),
    "linked": InterpretationRule(
        "政策文件与解读材料相互链接", cite("interpretation_practice#关联"), Mark.MEMORY
    ),
    "no_extract": InterpretationRule("解读不得是文件的摘抄", cite("interpretation_practice#内容")),
}


@dataclass(frozen=True, slots=True)
class OpinionLimit:
    """Within how many hours a matter of public opinion (政务舆情) must be answered, and how."""

    hours: int
    what: str
    source: Citation


OPINION_LIMITS: Mapping[str, OpinionLimit] = {
    "major_statement": OpinionLimit(
        5, "特别重大、重大突发事件发布权威信息", cite("opinion_response_2016#80号")
    ),
    "major_conference": OpinionLimit(
        24, "特别重大、重大突发事件举行新闻发布会", cite("opinion_response_2016#80号")
    ),
    "other": OpinionLimit(48, "其他政务舆情予以回应", cite("opinion_response_2016#61号")),
}
