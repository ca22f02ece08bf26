"""How this app's events read in the trail; it records none."""

from __future__ import annotations

from gongkai.trail.events import Event, register


def register_events() -> None:
    """Adds the sentences to the trail's one list; called when the app starts."""
    register(
        Event(
            "calendars.entered",
            "{actor}录入{year}年放假通知“{subject}”（{issued_on}，{scope}）：{days}",
        ),
        Event(
            "calendars.confirmed", "{actor}复核放假通知“{subject}”，与原文一致，即日起用于计算期限"
        ),
        Event(
            "calendars.superseded",
            "{actor}复核更正后的放假通知，原录入的“{subject}”由第{by_entry}号录入代替",
        ),
        Event("calendars.withdrawn", "{actor}撤回放假通知“{subject}”（{state}），原因：{reason}"),
    )
