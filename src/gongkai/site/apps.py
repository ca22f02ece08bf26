"""Registers the composition root with Django."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Site."""

    name = "gongkai.site"
    label = "gongkai_site"

    def ready(self) -> None:
        """Puts the checks on Django's list."""
        from gongkai.site import checks

        checks.register_all()
