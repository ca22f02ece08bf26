"""Every verb of the messages: tell, read, choose, and what the sender writes down."""

from __future__ import annotations

from gongkai.notifications.services.choosing import remove_address, set_address, set_choices
from gongkai.notifications.services.reading import mark_all_read, mark_read
from gongkai.notifications.services.telling import tell

__all__ = ["mark_all_read", "mark_read", "remove_address", "set_address", "set_choices", "tell"]
