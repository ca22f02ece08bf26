"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims."""

    name = "gongkai.claims"
    label = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Adds this app's sentences to the trail and its triggers to the guards."""
        from gongkai.claims.events import register_events
        from gongkai.claims.triggers import register_triggers

        register_events()
        register_triggers()
