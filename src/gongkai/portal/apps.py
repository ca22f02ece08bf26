"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal: pages for everybody, of what is public and nothing else."""

    name = "gongkai.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
