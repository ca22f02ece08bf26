"""The role of the application on PostgreSQL: reads and writes rows, changes no table.

SQLite knows no roles; there every function here does nothing.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

# Which migrations ran is history that only the owner writes.
_READ_ONLY = ("django_migrations",)


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Creates the role where it is missing and grants it rows, not tables; run as the owner after
    every migration, since a new table belongs to its owner alone."""
    if connection.vendor != "postgresql":
        return
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {quoted} NOLOGIN")
        # CREATE ROLE does not make its creator a member, unless he is a superuser.
        cursor.execute(f"GRANT {quoted} TO CURRENT_USER")
        cursor.execute("SELECT current_database()")
        database = connection.ops.quote_name(cursor.fetchone()[0])
        # A temporary table of the same name would stand before the real one.
        cursor.execute(f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC")
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table in _READ_ONLY:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {quoted}")
