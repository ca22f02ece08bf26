"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Trail."""

    name = "gongkai.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "留痕"

    def ready(self) -> None:
        """Registers sentences, triggers and the daily jobs."""
        from gongkai.trail import daily, sentences, triggers

        sentences.register_all()
        triggers.register_all()
        daily.register()
