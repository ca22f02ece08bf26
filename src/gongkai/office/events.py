"""How the trail tells what the office itself keeps."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event("office.view_saved", "{actor}保存常用清单“{subject}”，{seen_by}"),
    Event("office.view_changed", "{actor}把常用清单“{former}”改为“{subject}”，{seen_by}"),
    Event("office.view_deleted", "{actor}删除常用清单“{subject}”"),
    Event("office.view_chosen", "{actor}把常用清单“{subject}”设为{opens}"),
)


def register_events() -> None:
    """Called once when the app starts."""
    register(*EVENTS)
