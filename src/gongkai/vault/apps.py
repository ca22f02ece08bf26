"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Vault."""

    name = "gongkai.vault"
    label = "vault"
    verbose_name = "密钥与个人信息"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the lists that live outside this app."""
        from gongkai.vault import checks, events, triggers

        events.register_events()
        triggers.register_triggers()
        checks.register_checks()
