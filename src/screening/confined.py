"""The confined child: runs one function over one file, under limits it cannot lift again.

Started by `screening.sandbox` as `python -I -m screening.confined`; not for calling by hand. It
inherits no environment, opens no network where the system lets it say so, and writes no file.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import traceback
import typing
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from screening import wire
from screening.passages import UnfitFileError

_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_OPEN_FILES = 64


def confine(memory_bytes: int, cpu_seconds: int) -> None:
    """Limits of this process from now on: memory, time, files. No network, no new files."""
    _leave_network()
    for limit, value in (
        (resource.RLIMIT_CORE, 0),  # a core file would hold what the file said
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_AS, memory_bytes),
    ):
        resource.setrlimit(limit, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing fails instead of killing


def function_of(dotted: str) -> Callable[..., Any]:
    """`package.module:function`, imported."""
    module, _, name = dotted.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def peak_bytes() -> int:
    """The most memory this process ever held; its parent's is not counted, as getrusage would."""
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").split("\n"):
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Reads a line of JSON (function, limits, sizes), arguments and the file; writes the outcome.

    The outcome is a line of JSON (status, reason, peak of memory, seconds), then the value.
    """
    order = json.loads(sys.stdin.buffer.readline())
    out = _take_output()
    sys.excepthook = lambda _, error, __: _write(out, {"status": "failed", "where": _where(error)})
    function = function_of(order["function"])
    confine(order["memory"], order["cpu"])
    arguments = _arguments(function, sys.stdin.buffer.read(order["arguments"]))
    _write(out, *_outcome(function, sys.stdin.buffer.read(), arguments))


def _outcome(
    function: Callable[..., Any], data: bytes, arguments: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    """What is foreseen; anything else is a mistake in the code and goes to the hook above."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # libraries warn of odd files, and this one is odd
            return {"status": "done"}, wire.dump(function(data, **arguments))
    except UnfitFileError as error:
        return {"status": "refused", "reason": error.reason}, b""
    except RecursionError:
        return {"status": "refused", "reason": "文件嵌套过深，无法读取"}, b""
    except MemoryError:
        return {"status": "memory"}, b""


def _write(out: BinaryIO, head: dict[str, Any], value: bytes = b"") -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    head |= {"peak": peak_bytes(), "cpu": used.ru_utime + used.ru_stime}
    out.write(json.dumps(head).encode() + b"\n" + value)
    out.flush()


def _arguments(function: Callable[..., Any], data: bytes) -> dict[str, Any]:
    hints = typing.get_type_hints(function)
    rows = wire.load(tuple[tuple[str, bytes], ...], data)
    return {name: wire.load(hints[name], held) for name, held in rows}


def _where(error: BaseException) -> str:
    """Kind and place of a mistake in the code; its message may quote the file, so it stays here."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {place}"


def _take_output() -> BinaryIO:
    """The pipe to the parent for the outcome alone: libraries that print, print nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return out


def _leave_network() -> None:
    """A network of its own with nothing in it; where the system forbids that, its operator must."""
    ctypes.CDLL(None).unshare(_NEW_USER_AND_NETWORK)


if __name__ == "__main__":
    main()
