"""Registers the app with Django; triggers go before every migration and come after it."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from gongkai.guards.installing import install, remove


class GuardsConfig(AppConfig):
    """Guards."""

    name = "gongkai.guards"
    label = "guards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens for every app, since a migration may touch one alone; only what differs is
        written, so that the repeated calls cost one look at the catalogue each."""
        pre_migrate.connect(_remove, dispatch_uid="gongkai.guards.remove")
        post_migrate.connect(_install, dispatch_uid="gongkai.guards.install")


def _remove(*, using: str, plan: Sequence[object] = (), **_: object) -> None:
    if plan:
        remove(connections[using])


def _install(*, using: str, **_: object) -> None:
    install(connections[using])
