"""How claims read in the trail."""

from __future__ import annotations

from gongkai.trail.events import Event, register


def register_events() -> None:
    """Adds the sentences to the trail's one list; called when the app starts."""
    register(
        Event("claims.taken", "{actor}认领“{subject}”的{occasion}"),
        Event("claims.given_back", "{actor}退回认领的“{subject}”{occasion}，原因：{reason}"),
        Event(
            "claims.taken_over", "{actor}接替{before}办理“{subject}”的{occasion}，原因：{reason}"
        ),
    )
