"""How the trail tells what happened to records."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event("disclosure.drafted", "{actor}起草“{subject}”（{kind}，第{number}稿）"),
    Event("disclosure.edited", "{actor}修改“{subject}”第{number}稿：{fields}"),
    Event("disclosure.opinion_given", "{actor}登记“{subject}”的合法性审核意见{opinion}：{lawful}"),
    Event("disclosure.signed", "{actor}签发“{subject}”，{doc_no}，成文日期{formed_on}"),
    Event(
        "disclosure.submitted",
        "{actor}将“{subject}”第{number}稿送审，公开属性{attribute}，内容摘要{digest}",
    ),
    Event("disclosure.passed", "{actor}{step}通过“{subject}”第{number}稿，内容摘要{digest}"),
    Event("disclosure.returned", "{actor}{step}退回“{subject}”第{number}稿至{back_to}：{reason}"),
    Event("disclosure.referred", "{actor}{step}对“{subject}”不能确定，报{to}确定：{reason}"),
    Event("disclosure.referral_answered", "{actor}登记“{subject}”报请确定的答复：{answer}"),
    Event("disclosure.asked", "{actor}就“{subject}”与{other}协商：{question}"),
    Event("disclosure.agreed", "{actor}登记{other}对“{subject}”的答复（{agreed}）：{answer}"),
    Event(
        "disclosure.emergency_ordered",
        "{actor}决定对“{subject}”应急缩短审查，{due}前补齐其余审查，理由：{reason}",
    ),
    Event("disclosure.cleared", "{actor}使“{subject}”第{number}稿取得公开许可（{path}）"),
    Event("disclosure.published", "{actor}{act}“{subject}”，内容摘要{digest}"),
    Event("disclosure.withdrawn", "{actor}撤回“{subject}”，原因：{reason}"),
    Event("disclosure.scheduled", "{actor}定于{moment}发布“{subject}”"),
    Event("disclosure.related", "{actor}登记“{subject}”{relation}“{earlier}”"),
    Event("disclosure.reappraised", "{actor}评估“{subject}”：{decision}，理由：{reason}"),
    Event("disclosure.rule_set", "{actor}设定{subject}的审查规则：{merged}；每步{days}个工作日"),
    Event("disclosure.batch_imported", "{actor}导入“{subject}”，{rows}条，来源：{source}"),
    Event("disclosure.batch_sealed", "{actor}将导入批次“{subject}”送审，{rows}条，除外{left}条"),
    Event("disclosure.batch_passed", "{actor}{step}通过导入批次“{subject}”，清单摘要{digest}"),
)


def register_events() -> None:
    """Adds the sentences to the one list; called when the app starts."""
    register(*EVENTS)
