"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files."""

    name = "gongkai.files"
    label = "files"
    verbose_name = "文件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Adds this app's sentences, triggers and jobs to the lists outside it."""
        from gongkai.files import events, jobs, triggers

        events.register_events()
        triggers.register_triggers()
        jobs.register()
