"""A thousand ID numbers go through the vault: none stands in database, WAL or backup; written
plainly, the same search finds every one."""

from __future__ import annotations

import base64
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import SystemRandom

import pytest
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from gongkai.trail.actors import SYSTEM, Subject
from gongkai.trail.events import Event, register
from gongkai.trail.services import record
from gongkai.trail.verification import verify
from gongkai.vault.models import Identifier
from gongkai.vault.services import (
    destroy,
    ensure_master_key,
    remember_identifier,
    reveal,
    seal,
)
from statute.check_digits import is_resident_id
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.vault.values import AT, HANDLER, NUMBERED, resident_id

PLANTED = 1000
# Others in every run: PostgreSQL's log is one for the whole server and still holds the plain
# numbers of the control of earlier runs.
NUMBERS = tuple(resident_id(number) for number in SystemRandom().sample(range(NUMBERED), PLANTED))


def test_the_planted_numbers_are_a_thousand_real_looking_ones() -> None:
    assert len(set(NUMBERS)) == PLANTED
    assert all(is_resident_id(number) for number in NUMBERS)


def through_the_vault() -> None:
    """Each number sealed into a row of the trail and remembered; some shown, some destroyed."""
    register(Event("vault.planted", "{actor}登记“{subject}”的证件号码{id_number}"))
    with transaction.atomic():
        ensure_master_key(by=SYSTEM, at=AT)
        for place, number in enumerate(NUMBERS):
            owner = str(place)
            ciphertext = seal("applicant", owner, "id_number", number)
            remember_identifier(
                "applicant",
                owner,
                "id_number",
                what="resident_id",
                value=number,
                agency_code="nongye",
            )
            record(
                "vault.planted",
                by=HANDLER,
                at=AT,
                subject=Subject("applicant", owner, f"申请人{owner}"),
                agency_code="nongye",
                sealed={"id_number": ciphertext},
            )
            if place % 50 == 0:
                reveal(
                    "applicant",
                    owner,
                    "id_number",
                    ciphertext,
                    by=HANDLER,
                    at=AT,
                    reason="核对身份",
                )
            if place % 100 == 1:
                destroy("applicant", owner, by=HANDLER, at=AT, reason="保存期限届满")


def plainly() -> None:
    """The control: the same numbers in an ordinary column."""
    with transaction.atomic():
        for place, number in enumerate(NUMBERS):
            Identifier.objects.create(
                kind="plain", owner_id=str(place), field="x", agency_code="", digest=number
            )


def spellings(number: str) -> tuple[bytes, ...]:
    """As it stands, in hex, in UTF-16, and in base64 (from its first byte)."""
    plain = number.encode()
    encoded = base64.b64encode(plain)
    return plain, plain.hex().encode(), number.encode("utf-16-le"), encoded


def found_in(contents: Iterable[bytes]) -> int:
    """How many of the planted numbers stand somewhere, in any spelling."""
    everything = b"\0".join(contents)
    return sum(any(one in everything for one in spellings(number)) for number in NUMBERS)


def database_files(database: CommittedDatabase, folder: Path) -> dict[str, bytes]:
    """Database, write-ahead log and a backup, as bytes."""
    folder.mkdir()
    if database.is_postgresql:
        return _postgresql_files(database, folder)
    path = Path(str(database.connection.settings_dict["NAME"]))
    backup = folder / "backup.sqlite3"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    wal = path.with_name(f"{path.name}-wal")
    return {
        "database": path.read_bytes(),
        "WAL": wal.read_bytes() if wal.exists() else b"",
        "backup": backup.read_bytes(),
    }


def _postgresql_files(database: CommittedDatabase, folder: Path) -> dict[str, bytes]:
    with database.as_owner() as connection, connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        data = Path(cursor.fetchone()[0])
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        oid = cursor.fetchone()[0]
    files = {"backup": _dump(database.connection, folder)}
    # The server's own files, where it runs on this machine and we may read them.
    if os.access(data / "base" / str(oid), os.R_OK | os.X_OK):
        parts = sorted((data / "base" / str(oid)).iterdir())
        files["database"] = b"\0".join(part.read_bytes() for part in parts if part.is_file())
        logs = sorted((data / "pg_wal").iterdir())
        files["WAL"] = b"\0".join(log.read_bytes() for log in logs if log.is_file())
    return files


def _dump(connection: BaseDatabaseWrapper, folder: Path) -> bytes:
    program = shutil.which("pg_dump")
    assert program is not None, "pg_dump belongs to the PostgreSQL that this run uses"
    known = connection.settings_dict
    target = folder / "backup.sql"
    subprocess.run(
        [program, "-h", known["HOST"], "-p", known["PORT"], "-U", known["USER"], "-f", target,
         str(known["NAME"])],
        check=True,
        env={**os.environ, "PGPASSWORD": known["PASSWORD"]},
    )  # fmt: skip
    return target.read_bytes()


@pytest.mark.heavy
def test_no_planted_number_is_found_and_the_control_finds_all(
    committed_database: CommittedDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    through_the_vault()
    sealed = database_files(committed_database, tmp_path / "sealed")
    hits = {name: found_in([content]) for name, content in sealed.items()}
    assert sum(len(content) for content in sealed.values()) > 1_000_000
    result = verify()
    plainly()
    plain = database_files(committed_database, tmp_path / "plain")
    control = found_in(plain.values())
    with capsys.disabled():
        print(f"\nplanted ID numbers: {PLANTED}; found after the vault: {hits}; "
              f"control (plain column): {control}")  # fmt: skip
    assert all(sealed.values()), "a file without content proves nothing"
    assert set(hits.values()) == {0}
    assert control == PLANTED
    assert found_in([plain["backup"]]) == PLANTED
    # The trail is chained over ciphertext and holds after keys were destroyed.
    assert result.sound
