"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Messages to the staff."""

    name = "gongkai.notifications"
    label = "notifications"
    verbose_name = "消息"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Adds this app's sentences, kinds, checks and jobs to the lists outside it."""
        from gongkai.notifications import checks, events, jobs, kinds

        events.register_events()
        kinds.register(kinds.TRY)
        checks.register_checks()
        jobs.register_jobs()
