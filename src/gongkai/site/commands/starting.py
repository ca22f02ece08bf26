"""Starts Django for a command, or says in Chinese why it does not start."""

from __future__ import annotations

import os
import sys

from gongkai.site.commands.children import end_with_parent
from gongkai.site.environment import environment

SETTINGS = "gongkai.site.settings.production"


def start(*, owner: bool = False, prepared: bool = True) -> None:
    """Loads the office; ends the command with 2 where settings are wrong. `owner` opens databases
    with the rights to change tables, for migrations only; `prepared` demands a database that fits
    the program."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    from gongkai.site.checks import WrongSettingsError, refuse_wrong_settings

    try:
        refuse_wrong_settings(databases=prepared)
    except WrongSettingsError as wrong:
        print(f"设置有误，没有启动：\n{wrong}", file=sys.stderr)
        sys.exit(2)
    if owner:
        _act_as_owner()
    if prepared:
        _demand_prepared_database()


def _act_as_owner() -> None:
    from django.db import connection

    from gongkai.site.databases import postgresql

    if connection.vendor == "postgresql":
        connection.settings_dict.update(postgresql(environment().owner_database_url, role=""))


def _demand_prepared_database() -> None:
    from gongkai.site.readiness import database_fault

    fault = database_fault()
    if fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
