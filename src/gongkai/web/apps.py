"""Registers the app with Django and gives empty fields the words of the house."""

from __future__ import annotations

from django.apps import AppConfig
from django.forms import Field


class WebConfig(AppConfig):
    """Web."""

    name = "gongkai.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Django says 「这个字段是必填项。」; a clerk would say what is missing."""
        Field.default_error_messages["required"] = "还没有填"
