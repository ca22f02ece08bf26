"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """API for other systems."""

    name = "gongkai.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Adds this app's sentences, triggers and jobs to their lists."""
        from gongkai.api.events import register_events
        from gongkai.api.jobs import register_jobs
        from gongkai.api.triggers import register_triggers

        register_events()
        register_triggers()
        register_jobs()
