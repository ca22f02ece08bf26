"""The sentences of the trail's own events."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event("trail.head_taken", "{actor}生成{subject}，覆盖{chains}条留痕链，摘要{digest}"),
    Event("trail.head_printed", "{actor}打印{subject}，摘要{digest}"),
    Event("trail.exported", "{actor}导出留痕{subject}，共{rows}条"),
    Event(
        "trail.verified", "{actor}核对{subject}：{chains}条链、{rows}条记录，发现{findings}处问题"
    ),
    Event("jobs.retried", "{actor}重新执行后台任务{subject}，停止原因：{reason}"),
)


def register_all() -> None:
    """Adds them to the one list."""
    register(*EVENTS)
