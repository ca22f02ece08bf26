"""How the trail tells what happened through the API."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event(
        "api.token_issued",
        "{actor}为“{subject}”发出接口令牌{prefix}，送来的文稿由{person}负责，有效至{expires}",
    ),
    Event("api.token_revoked", "{actor}收回“{subject}”的接口令牌{prefix}，理由：{reason}"),
    Event("api.received", "{actor}经“{system}”（令牌{prefix}）送来“{subject}”"),
)


def register_events() -> None:
    """Adds the sentences to the one list; called when the app starts."""
    register(*EVENTS)
