"""Models and migrations say the same; no migration waits to be written."""

from __future__ import annotations

from django.apps import apps
from django.core.management.base import no_translations
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

OURS = {one.label for one in apps.get_app_configs() if one.name.startswith("gongkai.")}


@no_translations
def outstanding(models_state: ProjectState) -> list[str]:
    """What `makemigrations` would write for our apps."""
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), models_state)
    changes = detector.changes(graph=loader.graph)
    return [
        f"{label}: {operation.describe()}"
        for label, written in changes.items()
        if label in OURS
        for migration in written
        for operation in migration.operations
    ]


def test_no_migration_is_missing() -> None:
    assert outstanding(ProjectState.from_apps(apps)) == []


def test_a_missing_migration_would_be_found() -> None:
    state = ProjectState.from_apps(apps)
    state.add_field("agencies", "agency", "planted", models.BooleanField(default=False), False)
    assert len(outstanding(state)) == 1
