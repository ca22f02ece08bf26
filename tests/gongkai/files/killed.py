"""Takes files in and is killed at every step of it: writing, syncing, renaming, committing.

`python -m tests.gongkai.files.killed [row-first]` prints one JSON object. With `row-first`
the row is committed before the file is written: the fault that the order is there to prevent.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import django
import pytest

Result = TypeVar("Result")
_MOST = 200


class Fate:
    """Counts steps and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.count = 0

    def step(self) -> None:
        """One step further; at the last the process is gone as by a power cut."""
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def around(self, real: Callable[..., Result]) -> Callable[..., Result]:
        """The same function, a step before and a step after it."""

        def act(*args: Any, **kwargs: Any) -> Result:
            self.step()
            result = real(*args, **kwargs)
            self.step()
            return result

        return act


def die_or_take_in(number: int, *, row_first: bool) -> None:
    """Takes one file in; killed at the step of this number, if there are so many."""
    from django.db import connection

    from gongkai.files import contents, storage
    from tests.gongkai.files.cases import taken
    from tests.gongkai.files.pipeline import installed

    with pytest.MonkeyPatch.context() as patched:
        installed(patched)
        fate = Fate(number)
        connection.ensure_connection()
        patched.setattr(os, "fsync", fate.around(os.fsync))
        patched.setattr(os, "fdopen", fate.around(os.fdopen))
        patched.setattr(Path, "replace", fate.around(Path.replace))
        patched.setattr(connection, "commit", fate.around(connection.commit))
        later: list[bytes] = []
        if row_first:
            patched.setattr(storage, "put", lambda sealed: put_off(later, sealed, contents.digest))
        put = storage.put if not row_first else None
        taken(f"文件{number}")
        if put is None:
            patched.undo()
            fate.step()
            for sealed in later:
                storage.put(sealed)


def put_off(later: list[bytes], sealed: bytes, digest: Callable[[bytes], str]) -> str:
    """Keeps bytes for later and gives the name they will have."""
    later.append(sealed)
    return digest(sealed)


def run(*, row_first: bool) -> dict[str, int]:
    """One process for each step, until one of them lives to its end."""
    for number in range(_MOST):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                die_or_take_in(number, row_first=row_first)
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            return {"kills": number, "exit": os.WEXITSTATUS(status)}
    return {"kills": _MOST, "exit": -1}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(run(row_first="row-first" in sys.argv)))
