"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Disclosure."""

    name = "gongkai.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Adds this app's sentences, triggers and jobs to their lists."""
        from gongkai.disclosure.events import register_events
        from gongkai.disclosure.jobs import register_jobs
        from gongkai.disclosure.triggers import register_triggers

        register_jobs()
        register_events()
        register_triggers()
