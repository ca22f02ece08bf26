"""The web server as a process of its own; `gongkai serve` starts it, nobody else need.

Everything that can be wrong is said before the server opens its port.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from gongkai.site.commands.starting import start
from gongkai.site.environment import environment

HOST = "127.0.0.1"


def main(arguments: Sequence[str]) -> int:
    """Serves on the port given as the only argument, until told to stop."""
    (port,) = arguments
    start()
    sys.argv = ["gunicorn", *options(int(port)), "gongkai.site.wsgi:application"]
    # The options are gunicorn's public interface; its classes are not.
    import_module("gunicorn.app.wsgiapp").run()
    return 0


def options(port: int) -> tuple[str, ...]:
    """One process with threads: SQLite has one writer, and a county's load is small."""
    # The heartbeat file lies in memory: a slow disk must not look like a hung process.
    memory = Path("/dev", "shm")
    return (
        *("--bind", f"{HOST}:{port}", "--preload", "--no-control-socket", "--log-level", "warning"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(environment().threads)),
        *("--timeout", "60", "--graceful-timeout", "20", "--keep-alive", "5"),
        *(("--worker-tmp-dir", str(memory)) if memory.is_dir() else ()),
    )
