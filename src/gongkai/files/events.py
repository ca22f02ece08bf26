"""How this app's events read in the trail; it records none."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event("files.taken_in", "{actor}收存{subject}：{carrier}，{size}字节，摘要{sha256}"),
    Event("files.refused", "{actor}上传的文件未予收存：{reason}"),
    Event("files.quarantined", "{actor}收存的{subject}未经查毒，先行隔离：{reason}"),
    Event("files.cleared", "{actor}对{subject}查毒完毕，未发现恶意代码，解除隔离"),
    Event("files.infected", "{actor}在{subject}中查出恶意代码{virus}，予以隔离"),
    Event(
        "files.screened",
        "{actor}检查{subject}：必须处理{must}处，要答复{answer}处，建议{hint}处，"
        "没有检查到的部分{not_covered}处",
    ),
    Event("files.screening_failed", "{actor}检查{subject}未得出结果：{reason}"),
    Event("files.decided", "{actor}对{subject}中的一处发现作“{verdict}”处理，理由：{reason}"),
    Event("files.converted", "{actor}将{of}转换为{subject}，摘要{sha256}"),
    Event("files.stripped", "{actor}清理{of}得{subject}，{removed}，摘要{sha256}"),
    Event("files.redacted", "{actor}遮盖{of}得{subject}，共遮盖{places}处，摘要{sha256}"),
    Event("files.sealed", "{actor}封存{subject}，此后查看须写明理由"),
    Event("files.opened", "{actor}打开{subject}，理由：{reason}"),
    Event("files.released", "{actor}发出{subject}的{count}份文件（{channel}）：{files}"),
    Event(
        "files.release_refused", "{actor}要发出{subject}的文件（{channel}），未予放行：{reasons}"
    ),
    Event("files.swept", "{actor}清除没有登记的{count}个文件"),
)


def register_events() -> None:
    """Adds the sentences to the trail's one list; called when the app starts."""
    register(*EVENTS)
