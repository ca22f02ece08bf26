"""How the trail tells what happened to records."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event("disclosure.drafted", "{actor}起草“{subject}”（{kind}，第{number}稿）"),
    Event("disclosure.edited", "{actor}修改“{subject}”第{number}稿：{fields}"),
    Event("disclosure.attached", "{actor}给“{subject}”第{number}稿附上文件，摘要{files}"),
    Event("disclosure.detached", "{actor}从“{subject}”第{number}稿删去附件，摘要{files}"),
    Event(
        "disclosure.attachments_settled",
        "{actor}给“{subject}”第{number}稿采用{count}份清理件或者遮盖件，摘要{files}",
    ),
    Event(
        "disclosure.finding_answered",
        "{actor}对“{subject}”{field}中的一处发现（{kind}）作“{verdict}”处理，理由：{reason}",
    ),
    Event("disclosure.not_published", "{actor}要公开“{subject}”，附件未予放行：{reason}"),
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
    Event(
        "disclosure.relation_voided",
        "{actor}撤销登记“{subject}”{relation}“{earlier}”，原因：{reason}",
    ),
    Event("disclosure.cleanup_opened", "{actor}发起“{subject}”，清理{until}以前的行政规范性文件"),
    Event("disclosure.cleanup_decided", "{actor}在“{subject}”中作出清理结论：{results}"),
    Event("disclosure.reappraised", "{actor}评估“{subject}”：{decision}，理由：{reason}"),
    Event(
        "disclosure.law_changed",
        "{actor}因{subject}自{on}变更，开出{count}条评估任务，{due}前完成，理由：{reason}",
    ),
    Event(
        "disclosure.reappraisals_reminded",
        "{actor}提醒“{subject}”：{ahead}条信息将到评估日期，{late}条已过评估日期",
    ),
    Event("disclosure.page_confirmed", "{actor}核对“{subject}”无误，上次核对或者审查为{before}"),
    Event(
        "disclosure.place_registered",
        "{actor}登记查阅场所“{subject}”（{kind}），自{since}起，"
        "地址：{address}，开放时间：{hours}，电话：{phone}",
    ),
    Event("disclosure.place_changed", "{actor}修改查阅场所“{subject}”：{changes}"),
    Event("disclosure.place_closed", "{actor}撤销查阅场所“{subject}”，至{until}止，原因：{reason}"),
    Event(
        "disclosure.handed_over",
        "{actor}向“{subject}”移交第{number}期清单，{since}至{until}，{size}条",
    ),
    Event("disclosure.verified", "{actor}核对{subject}{records}条，与审查、内容和留痕相符"),
    Event("disclosure.rule_set", "{actor}设定{subject}的审查规则：{merged}；每步{days}个工作日"),
    Event("disclosure.batch_imported", "{actor}导入“{subject}”，{rows}条，来源：{source}"),
    Event(
        "disclosure.batch_excepted",
        "{actor}将导入批次“{subject}”第{row}行“{title}”除外，理由：{reason}",
    ),
    Event("disclosure.batch_sealed", "{actor}将导入批次“{subject}”送审，{rows}条，除外{left}条"),
    Event("disclosure.batch_passed", "{actor}{step}通过导入批次“{subject}”，清单摘要{digest}"),
    Event(
        "disclosure.batch_cleared",
        "{actor}办理导入批次“{subject}”：取得公开许可{cleared}条，公开{published}条，未办{left}条",
    ),
)


def register_events() -> None:
    """Adds the sentences to the one list; called when the app starts."""
    register(*EVENTS)
