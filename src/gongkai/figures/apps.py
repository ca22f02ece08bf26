"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Figures."""

    name = "gongkai.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"
