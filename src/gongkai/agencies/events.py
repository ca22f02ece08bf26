"""How this app's events read in the trail; it records none."""

from __future__ import annotations

from gongkai.trail.events import Event, register


def register_events() -> None:
    """Adds the sentences to the trail's one list; called when the app starts."""
    register(
        Event("agencies.created", "{actor}设立机关“{subject}”，代码{code}，类别{kind}"),
        Event(
            "agencies.renamed", "{actor}自{on}起将机关“{former}”更名为“{subject}”，依据：{basis}"
        ),
        Event(
            "agencies.moved", "{actor}自{on}起将机关“{subject}”改由“{parent}”领导，依据：{basis}"
        ),
        Event("agencies.amended", "{actor}修改机关“{subject}”的资料：{changes}"),
        Event("agencies.closed", "{actor}撤销机关“{subject}”，存续至{on}，依据：{basis}"),
        Event(
            "agencies.merged", "{actor}自{on}起将机关“{subject}”并入“{successor}”，依据：{basis}"
        ),
        Event(
            "agencies.split", "{actor}自{on}起由机关“{subject}”分设“{successors}”，依据：{basis}"
        ),
        Event(
            "agencies.disclosure_office_set",
            "{actor}登记“{subject}”的政府信息公开工作机构“{office}”：{changes}",
        ),
        Event(
            "agencies.disclosure_office_confirmed",
            "{actor}核对“{subject}”的公开指南要素和联系方式，未见变化（{on}）",
        ),
        Event(
            "agencies.series_opened",
            "{actor}启用“{subject}”，样式{template}，从第{first}号开始，说明：{reason}",
        ),
        Event("agencies.number_voided", "{actor}将编号“{subject}”作废，原因：{reason}"),
    )
