"""How long the register of records takes with 100,000 of them: milliseconds and queries a page.

    python -m benchmarks.list_pages --records 100000

SQLite, or PostgreSQL where GONGKAI_DATABASE_URL names a server. Pages are asked for through the
HTTP client by the disclosure officer of the county government's office, who sees every body's
records, and are drawn with their templates. Records are written in bulk, past verbs and guards.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks.kill_jobs import fresh_database

if TYPE_CHECKING:
    from django.test import Client

ROUNDS = 5
PROMISED = 300  # milliseconds
PAGES = {
    "first page": "?all=1",
    "page 2,000": "?page=2000",
    "one body": "?body=health",
    "one kind": "?kind=procurement",
    "drafts": "?stage=draft",
    "waiting for the final review": "?stage=final",
    "public": "?stage=public",
    "late": "?late=on",
    "formed in March 2023": "?formed_from=2023-03-01&formed_to=2023-03-31",
    "a word in every seventh title": "?q=供水",
    "a word in one title": "?q=第77777号",
    "a document number": "?q=云政办发[2023]77号",
    "word, kind and stage": "?q=供水&kind=document&stage=public",
    "by day of forming": "?sort=-formed",
    "by title": "?sort=title",
}


def main() -> int:
    """Prints a line for each page; it judges nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    options = parser.parse_args()
    with fresh_database() as database:
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.site.settings.testing"
        os.environ["GONGKAI_TEST_HOME"] = os.environ["GONGKAI_HOME"]
        import django
        from django.conf import settings
        from django.db import connections

        # Tables are made by this process itself, so it comes as the owner.
        settings.DATABASES["default"].get("OPTIONS", {}).pop("assume_role", None)
        django.setup()
        client = prepared(options.records)
        print(f"{database}, {options.records:,} records; each page {ROUNDS} times")
        for name, query in PAGES.items():
            print(f"- {name}: {measured(client, query)}", flush=True)
        connections.close_all()
    return 0


def prepared(count: int) -> Client:
    """The county with its records, and the officer signed in."""
    from pathlib import Path

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment
    from tests.gongkai.disclosure.documents import body, office
    from tests.gongkai.office.registered import of

    from benchmarks.record_stock import fill
    from gongkai.agencies.models import Agency
    from gongkai.guards.installing import install, remove

    setup_test_environment()  # so that answers keep their context
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    chain = office()
    body(chain, "health")
    remove(connection)
    fill(count, list(Agency.objects.filter(supervising=False)), str(chain.drafter.pk))
    install(connection)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as the server's own upkeep does; SQLite has none
    return of(chain, "officer")


def measured(client: Client, query: str) -> str:
    """Milliseconds, of the clock and of the processor, queries, and how many records there are."""
    from django.db import connection
    from django.urls import reverse

    address = reverse("office:records") + query
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    rows = answer.context["table"].page.paginator.count
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        client.get(address)
    clock, processor = [], []
    for _ in range(ROUNDS):
        start, busy = time.perf_counter(), time.process_time()
        client.get(address)
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - busy) * 1000)
    middle = statistics.median(clock)
    over = "" if middle < PROMISED else f" (over {PROMISED} ms)"
    return (
        f"{middle:.0f} ms{over}, {statistics.median(processor):.0f} ms of processor here, "
        f"{len(asked)} queries, {rows:,} records"
    )


if __name__ == "__main__":
    sys.exit(main())
