"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies."""

    name = "gongkai.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Adds this app's sentences to the trail and its triggers to the guards."""
        from gongkai.agencies.events import register_events
        from gongkai.agencies.triggers import register_triggers

        register_events()
        register_triggers()
