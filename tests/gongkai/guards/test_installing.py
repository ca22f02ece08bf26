"""The list of triggers and the catalogue of the database agree, after every migration too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from gongkai.guards import triggers
from gongkai.guards.builders import append_only
from gongkai.guards.installing import install, missing, remove
from gongkai.guards.triggers import Trigger, registered
from tests.gongkai.databases import CommittedDatabase

TABLE = "trail_row"
NOTHING = "AS $$ BEGIN RETURN NEW; END $$"


def an_update_trigger() -> str:
    """One of the triggers on the trail's rows."""
    return next(one.name for one in registered() if one.table == TABLE and "update" in one.name)


@pytest.mark.django_db
def test_after_the_migrations_nothing_is_missing() -> None:
    print(f"triggers on the list: {len(registered())}, differing: {len(missing(connection))}")
    assert registered()
    assert missing(connection) == ()


def test_a_dropped_trigger_is_named_and_comes_back(committed_database: CommittedDatabase) -> None:
    name = an_update_trigger()
    of = f" ON {TABLE}" if committed_database.is_postgresql else ""
    with committed_database.as_owner() as owner:
        with owner.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{of}")
        assert missing(owner) == (name,)
        assert install(owner) == (name,)
        assert missing(owner) == ()
        assert install(owner) == ()


def test_an_altered_trigger_is_named(committed_database: CommittedDatabase) -> None:
    name = an_update_trigger()
    if committed_database.is_postgresql:
        attacks = (
            f"ALTER TABLE {TABLE} DISABLE TRIGGER {name}",
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {NOTHING}",
        )
    else:
        attacks = (
            f"DROP TRIGGER {name}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END",
        )
    with committed_database.as_owner() as owner, owner.cursor() as cursor:
        for attack in attacks:
            cursor.execute(attack)
            assert missing(owner) == (name,)
        install(owner)
        assert missing(owner) == ()


def test_a_trigger_that_is_on_no_list_is_named(committed_database: CommittedDatabase) -> None:
    with committed_database.as_owner() as owner, owner.cursor() as cursor:
        if committed_database.is_postgresql:
            cursor.execute(
                "CREATE FUNCTION stray() RETURNS trigger LANGUAGE plpgsql "
                "AS $$ BEGIN RETURN NULL; END $$"
            )
            call = "FOR EACH ROW EXECUTE FUNCTION stray()"
        else:
            call = "BEGIN SELECT 1; END"
        cursor.execute(f"CREATE TRIGGER stray AFTER INSERT ON django_session {call}")
        assert missing(owner) == ("stray",)


def test_a_trigger_that_left_the_list_is_removed(
    committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {one.name: one for one in registered()}
    with committed_database.as_owner() as owner:
        monkeypatch.setattr(
            triggers,
            "_REGISTRY",
            kept | {one.name: one for one in append_only("django_session")},
        )
        install(owner)
        monkeypatch.setattr(triggers, "_REGISTRY", kept)
        assert set(missing(owner)) == set(install(owner))
        assert missing(owner) == ()


def altered() -> tuple[ProjectState, ProjectState, migrations.AlterField]:
    """The state before and after a field of the trail's rows grows longer."""
    before = ProjectState.from_apps(apps)
    field = next(
        one
        for one in apps.get_model("trail", "Row")._meta.local_fields
        if isinstance(one, models.CharField) and not one.primary_key
    )
    longer = field.clone()
    longer.max_length = (field.max_length or 0) + 10
    operation = migrations.AlterField("row", field.name, longer)
    after = before.clone()
    operation.state_forwards("trail", after)
    return before, after, operation


def alter_field() -> None:
    before, after, operation = altered()
    with connection.schema_editor() as editor:
        operation.database_forwards("trail", editor, before, after)


def signalled(emit: Callable[..., None], plan: Sequence[object]) -> None:
    """What `migrate` does before and after its work."""
    emit(0, interactive=False, db="default", apps=apps, plan=plan)


def test_a_migration_that_rebuilds_a_table_ends_with_every_trigger_in_place(
    committed_database: CommittedDatabase,
) -> None:
    plan = [(migrations.Migration("alter_field", "trail"), False)]
    with committed_database.as_owner() as owner:
        signalled(emit_pre_migrate_signal, plan)
        alter_field()
        without = len(missing(owner))
        signalled(emit_post_migrate_signal, plan)
        print(f"AlterField on {owner.vendor}: {without} missing, {len(missing(owner))} after it")
        assert without > 0
        assert missing(owner) == ()


def test_on_sqlite_a_rebuilt_table_loses_its_triggers_by_itself(
    committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the two listeners the triggers of a rebuilt table are gone."""
    mine = append_only("django_session")
    monkeypatch.setattr(triggers, "_REGISTRY", {one.name: one for one in mine})
    with committed_database.as_owner() as owner:
        install(owner)
        with owner.schema_editor() as editor:
            model = apps.get_model("sessions", "Session")
            old = model._meta.get_field("session_data")
            new = models.CharField(max_length=9000)
            new.set_attributes_from_name("session_data")
            new.model = model
            editor.alter_field(model, old, new)
        lost = missing(owner)
        print(f"AlterField without listeners on {owner.vendor}: {len(lost)} lost")
        assert bool(lost) == (owner.vendor == "sqlite")


def test_a_migrate_with_nothing_to_do_leaves_the_triggers_alone(
    committed_database: CommittedDatabase,
) -> None:
    with committed_database.as_owner() as owner:
        signalled(emit_pre_migrate_signal, [])
        assert missing(owner) == ()
        assert set(remove(owner)) == set(missing(owner))
        call_command("migrate", verbosity=0, interactive=False)
        assert missing(owner) == ()


def test_two_triggers_of_one_name_are_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers, "_REGISTRY", {})
    triggers.register(Trigger("a", "t", (), ()))
    triggers.register(Trigger("a", "t", (), ()))
    with pytest.raises(ValueError, match="重名"):
        triggers.register(Trigger("a", "other", (), ()))
