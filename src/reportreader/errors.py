"""Files that cannot be read: one line for the person who handed them in."""

from __future__ import annotations


class UnreadableError(Exception):
    """The file could not be opened; the message is one Chinese line naming file and reason."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}：{reason}")
        self.name = name
        self.reason = reason
