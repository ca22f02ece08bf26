"""How the trail tells what people chose about their messages; never an address."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event("notifications.address_set", "{actor}登记了本人接收消息的{what}"),
    Event("notifications.address_removed", "{actor}撤掉了本人接收消息的{what}"),
    Event("notifications.choices_set", "{actor}更改了本人接收消息的方式：{choices}"),
)


def register_events() -> None:
    """Adds the sentences to the one list; called when the app starts."""
    register(*EVENTS)
