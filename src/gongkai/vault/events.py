"""How the trail tells what happened to keys and who saw what in clear."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event("vault.revealed", "{actor}查看“{subject}”的{field}原文，理由：{reason}"),
    Event("vault.destroyed", "{actor}销毁“{subject}”的密钥，理由：{reason}"),
    Event("vault.master_created", "{actor}启用{subject}"),
    Event("vault.rotated", "{actor}完成数据密钥轮换，现由{subject}保护"),
    Event("vault.master_retired", "{actor}停用{subject}"),
)


def register_events() -> None:
    """Adds the sentences to the one list; called when the app starts."""
    register(*EVENTS)
