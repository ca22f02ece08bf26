"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs."""

    name = "gongkai.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Puts the upkeep of the outbox on the schedule."""
        from gongkai.jobs import upkeep

        upkeep.register()
