"""Registers the app with Django and its figures."""

from __future__ import annotations

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The back office: screens over the apps below."""

    name = "gongkai.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The figures of the ground floor, its sentences, and the desks as owners of files."""
        from gongkai.office.desks import register_desks
        from gongkai.office.events import register_events
        from gongkai.office.figures import register_figures

        register_events()
        register_figures()
        register_desks()
