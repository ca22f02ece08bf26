"""How fast the trail is verified: rows per second, in the database and from a bundle.

    python -m benchmarks.verify_trail --rows 1000000

SQLite, or PostgreSQL where GONGKAI_DATABASE_URL names a server. Rows are written in bulk with
hashes that fit; recording itself is not measured here.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.kill_jobs import fresh_database

BATCH = 2_000
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def fill(count: int) -> None:
    """One chain of so many rows."""
    from gongkai.trail.models import Chain, Row
    from gongkai.trail.verifier import hash_of

    previous, rows = "", []
    for number in range(1, count + 1):
        row = Row(
            agency_code="YX001",
            sequence=number,
            at=AT + timedelta(seconds=number),
            event="probe.decided",
            actor_kind="user",
            actor_id="7",
            actor_name="李明",
            actor_agency_code="YX001",
            actor_agency_name="云溪县政府办公室",
            subject_kind="case",
            subject_id=str(number),
            subject_label="第一件",
            facts={"decision": "予以公开"},
            algorithm="sha256",
            previous=previous,
        )
        row.hash = previous = hash_of(row.content())
        rows.append(row)
        if len(rows) == BATCH or number == count:
            Row.objects.bulk_create(rows)
            rows = []
    Chain.objects.create(agency_code="YX001", length=count, head=previous)


def main() -> int:
    """Prints seconds and rows per second; 0 where the chain was sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    with fresh_database() as database:
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.kill_settings"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        sound = _measure(options.rows, database)
        connections.close_all()
    return int(not sound)


def _measure(count: int, database: str) -> bool:
    from django.db import transaction

    from benchmarks.tamper_trail import drop_triggers
    from gongkai.trail import bundles, verification, verifier

    with transaction.atomic():
        drop_triggers()
        fill(count)
    begun, busy = time.perf_counter(), time.process_time()
    inside = verification.verify()
    read, busy = time.perf_counter(), time.process_time() - busy
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "trail.zip"
        bundles.write(bundle)
        written = time.perf_counter()
        outside = verifier.verify_bundle(str(bundle), {})
        ended = time.perf_counter()
        size = bundle.stat().st_size
    print(
        f"{database}: {inside.rows} rows verified in {read - begun:.1f} s "
        f"({inside.rows / (read - begun):,.0f}/s; {busy:.1f} s of processor)\n"
        f"  bundle of {size / 2**20:.1f} MiB written in {written - read:.1f} s, "
        f"verified in {ended - written:.1f} s"
    )
    return inside.sound and outside.sound and inside.rows == outside.rows == count


if __name__ == "__main__":
    sys.exit(main())
