"""Jobs under kill -9: two workers, one of them killed again and again at a random moment.

    python -m benchmarks.kill_jobs --backend database|redis --kills 300 [--control NAME] [--json]

Counts the effects of every order: each must be there exactly once, none may vanish, and an order
of an aborted transaction must leave none. SQLite, or PostgreSQL where GONGKAI_DATABASE_URL names a
server. With --control the guard is removed; then faults must be found. It measures no speed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

WORKERS = 2
BACKLOG = 30
DRAIN = 60.0


@dataclass
class Outcome:
    """What happened; `interrupted` counts kills that hit a row in work."""

    database: str
    backend: str
    control: str
    kills: int = 0
    interrupted: int = 0
    orders: int = 0
    aborted: int = 0
    effects: int = 0
    repeated: int = 0
    vanished: int = 0
    from_aborted: int = 0
    unfinished: int = 0
    exits: list[int] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """Effects too many, too few, or of orders that never were."""
        return self.repeated + self.vanished + self.from_aborted + self.unfinished

    def __str__(self) -> str:
        guard = f"guard removed ({self.control})" if self.control else "guarded"
        return (
            f"{self.database}, {self.backend}, {guard}: {self.kills} kills, {self.interrupted} hit "
            f"a job at work; {self.orders} orders × 2 effects → {self.effects} effects, "
            f"{self.repeated} repeated, {self.vanished} vanished, {self.from_aborted} of "
            f"{self.aborted} aborted orders, {self.unfinished} rows unfinished"
        )


class Nursery:
    """Forks processes from one that has loaded everything, so that a kill costs milliseconds."""

    def __init__(self, backend: str, control: str) -> None:
        self.backend = backend
        self.control = control
        self.living: dict[int, str] = {}

    def start(self, kind: str) -> int:
        """Forks a worker or dispatcher."""
        from django.db import connections

        connections.close_all()  # a connection must not be shared across a fork
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                self._live(kind)
                code = 0
            finally:
                if code:
                    traceback.print_exc()
                os._exit(code)
        self.living[pid] = kind
        return pid

    def _live(self, kind: str) -> None:
        from gongkai.jobs.worker import run, until_signalled

        random.seed()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if self.control:
            from benchmarks.kill_probe import remove_the_guard

            remove_the_guard(self.control)
        if kind == "worker" and self.backend == "database":
            run(until_signalled(), poll=0.01)
        elif kind == "worker":
            from gongkai.jobs.redis_workers import redis_worker

            redis_worker().work(logging_level="CRITICAL")
        else:
            from gongkai.jobs.redis_workers import run_dispatcher

            run_dispatcher(until_signalled(), poll=0.01, again_after=timedelta(seconds=1))

    def kill(self, pid: int) -> list[int]:
        """kill -9; of an RQ worker the work horse, too, four times out of five: an orphaned horse
        finishes its job. The processes killed."""
        killed = [*(_children(pid) if random.random() < 0.8 else ()), pid]
        for one in killed:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        os.waitpid(pid, 0)
        del self.living[pid]
        return killed

    def stop(self) -> list[int]:
        """SIGTERM to all; their exit codes."""
        for pid in self.living:
            os.kill(pid, signal.SIGTERM)
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in self.living]
        self.living.clear()
        return codes


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(word) for word in text.split()]
    return []


class Orders:
    """Writes orders; every fifth transaction is aborted, and its order must never be heard of."""

    def __init__(self) -> None:
        self.placed: list[str] = []
        self.aborted: list[str] = []

    def place(self, count: int) -> None:
        """Places orders, each in a transaction of its own kind of fate."""
        from django.db import transaction
        from django.utils import timezone

        from gongkai.jobs.services import enqueue

        for number in range(count):
            order = str(len(self.placed) + len(self.aborted))
            with transaction.atomic():
                enqueue("probe.first", arguments={"order": order}, at=timezone.now())
                transaction.set_rollback(number % 5 == 4)
            (self.aborted if number % 5 == 4 else self.placed).append(order)


def harass(nursery: Nursery, orders: Orders, outcome: Outcome, kills: int) -> None:
    """Keeps the workers busy and kills one of them at random moments."""
    from gongkai.jobs.models import OutboxRow, State

    for _ in range(kills):
        if OutboxRow.objects.filter(state=State.WAITING).count() < BACKLOG:
            orders.place(BACKLOG)
        time.sleep(random.uniform(0.005, 0.12))
        pid = random.choice(list(nursery.living))
        if nursery.backend == "redis" and nursery.living[pid] == "worker":
            await_work_horse(pid)
        kind = nursery.living[pid]
        killed = nursery.kill(pid)
        outcome.kills += 1
        outcome.interrupted += any(map(_at_work, killed))
        nursery.start(kind)


def await_work_horse(pid: int) -> None:
    """An RQ worker spends most of its time between jobs; aims into one, nine times out of ten."""
    if random.random() < 0.9:
        with suppress(TimeoutError):
            _until(lambda: bool(_children(pid)), 0.5)
        time.sleep(random.uniform(0, 0.06))


def _at_work(pid: int) -> bool:
    """Whether a killed process left a row behind that it had leased."""
    from gongkai.jobs.models import OutboxRow, State

    return OutboxRow.objects.filter(state=State.LEASED, worker__endswith=f":{pid}").exists()


def drain() -> None:
    """Waits until nothing is left to do."""
    from gongkai.jobs.queries import pending

    end = time.monotonic() + DRAIN
    while pending().exists() and time.monotonic() < end:
        time.sleep(0.05)


def count(orders: Orders, outcome: Outcome) -> None:
    """Compares the effects with the orders."""
    from django.db import connection

    from gongkai.jobs.models import OutboxRow, State

    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, number, COUNT(*) FROM probe_effect GROUP BY kind, number")
        found = {(kind, number): int(times) for kind, number, times in cursor.fetchall()}
    wanted = {(kind, order) for kind in ("first", "second") for order in orders.placed}
    aborted = set(orders.aborted)
    outcome.orders, outcome.aborted = len(orders.placed), len(aborted)
    outcome.effects = sum(found.values())
    outcome.repeated = sum(times - 1 for times in found.values())
    outcome.vanished = len(wanted - found.keys())
    outcome.from_aborted = sum(order in aborted for _, order in found)
    outcome.unfinished = OutboxRow.objects.exclude(state=State.DONE).count()


@contextmanager
def fresh_database() -> Iterator[str]:
    """An empty database for the run, handed on by environment variables; gone afterwards."""
    url = os.environ.get("GONGKAI_DATABASE_URL", "")
    home = tempfile.mkdtemp(prefix="gongkai-kill-")
    os.environ["GONGKAI_HOME"] = home
    try:
        if not url:
            yield "SQLite"
            return
        with _fresh_postgresql(url):
            yield "PostgreSQL"
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _fresh_postgresql(url: str) -> Iterator[None]:
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"gongkai_kill_{os.getpid()}"
    address = urlsplit(url)
    with psycopg.connect(urlunsplit(address._replace(path="/postgres")), autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        os.environ["GONGKAI_DATABASE_URL"] = urlunsplit(address._replace(path=f"/{name}"))
        os.environ["GONGKAI_OWNER_DATABASE_URL"] = os.environ["GONGKAI_DATABASE_URL"]
        try:
            yield
        finally:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis of our own, in memory only; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            _until(lambda: _answers(port))
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)


def prepare() -> None:
    """Loads Django and makes the tables."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.kill_settings"
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    import benchmarks.kill_probe  # registers the jobs

    assert benchmarks.kill_probe.CONTROLS
    call_command("migrate", "jobs", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE probe_effect (kind VARCHAR(10), number VARCHAR(20))")


def run(backend: str, kills: int, control: str) -> Outcome:
    """One run from an empty database to the count."""
    with ExitStack() as stack:
        outcome = Outcome(stack.enter_context(fresh_database()), backend, control)
        if backend == "redis":
            os.environ["GONGKAI_KILL_REDIS"] = stack.enter_context(redis_server())
        prepare()
        nursery, orders = Nursery(backend, control), Orders()
        orders.place(BACKLOG)
        kinds = ["worker"] * WORKERS + ["dispatcher"] * (backend == "redis")
        for kind in kinds:
            nursery.start(kind)
        half = kills // 2
        harass(nursery, orders, outcome, half)
        if backend == "redis":
            forget()
        harass(nursery, orders, outcome, kills - half)
        drain()
        outcome.exits = nursery.stop()
        count(orders, outcome)
        from django.db import connections

        connections.close_all()
    return outcome


def forget() -> None:
    """Redis loses everything once; the rows are still there."""
    import django_rq

    django_rq.get_connection().flushall()


def main() -> int:
    """0 where the outcome is as it must be: no fault, or with a control at least one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", choices=("database", "redis"), default="database")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument(
        "--control", choices=("", "effect-then-mark", "mark-then-effect"), default=""
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    outcome = run(options.backend, options.kills, options.control)
    print(json.dumps(asdict(outcome)) if options.json else outcome)
    return int((outcome.faults == 0) == bool(options.control))


if __name__ == "__main__":
    sys.exit(main())
