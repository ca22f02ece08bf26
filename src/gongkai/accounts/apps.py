"""Registers the app with Django: sentences of the trail, triggers, what follows a sign-in."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "gongkai.accounts"
    label = "accounts"
    verbose_name = "账户与角色"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the lists that live outside this app."""
        from gongkai.accounts import checks, events, sign_in, triggers

        events.register_events()
        triggers.register_triggers()
        sign_in.connect()
        checks.register_checks()
