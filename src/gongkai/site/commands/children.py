"""Runs several processes as one: stopped together, none left behind.

Not a process manager for servers: there systemd runs each command as a unit of its own
(docs/operations/serving.md). This is for one machine and one terminal.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PATIENCE = 30.0
RESTART_AFTER = 2.0
PARENT = "GONGKAI_PARENT"
_PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Child:
    """A process by name and command."""

    name: str
    command: tuple[str, ...]
    pid: int = 0
    start_at: float = 0.0


def supervise(
    main: Child,
    beside: Sequence[Child],
    *,
    ready: Callable[[], bool],
    announce: Callable[[], None],
) -> int:
    """Starts `main`, announces it once `ready`, then keeps those beside it running.

    Returns 0 after a signal; when `main` ends by itself all end, with its exit code.
    """
    stop = _set_by_signals()
    announced = False
    try:
        _start(main)
        while not stop.wait(0.5 if announced else 0.05):
            code = _ended(main)
            if code is not None:
                print(f"{main.name}停止（退出码 {code}）。", file=sys.stderr, flush=True)
                return code or 1
            if announced:
                for child in beside:
                    _keep_running(child)
            elif ready():
                announce()
                announced = True
        return 0
    finally:
        _end((main, *beside))


def _set_by_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _start(child: Child) -> None:
    # A session of its own: Ctrl+C reaches the parent alone, which lets each finish its work.
    variables = {**os.environ, PARENT: str(os.getpid())}
    child.pid = os.posix_spawn(child.command[0], child.command, variables, setsid=True)


def end_with_parent() -> None:
    """Called by a child early: even a killed parent leaves nothing behind. Linux alone has this;
    elsewhere an orphan must be ended by hand."""
    parent = os.environ.pop(PARENT, "")
    if not parent or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):  # it died before it could be told
        sys.exit(1)


def _ended(child: Child) -> int | None:
    """The exit code of a child that has ended, once; None while it runs."""
    if not child.pid:
        return None
    pid, status = os.waitpid(child.pid, os.WNOHANG)
    if pid == 0:
        return None
    child.pid = 0
    return os.waitstatus_to_exitcode(status)


def _keep_running(child: Child) -> None:
    """Starts a child, and again a while after it ended."""
    code = _ended(child)
    if code is not None:
        print(f"{child.name}停止（退出码 {code}），将重新启动。", file=sys.stderr, flush=True)
        child.start_at = time.monotonic() + RESTART_AFTER
    if not child.pid and time.monotonic() >= child.start_at:
        _start(child)


def _end(children: Sequence[Child]) -> None:
    """Asks all to stop, waits, and kills what does not listen."""
    for child in children:
        _signal(child, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while any(one.pid and _ended(one) is None for one in children):
        if time.monotonic() >= until:
            for child in children:
                _signal(child, signal.SIGKILL)
        time.sleep(0.05)


def _signal(child: Child, number: signal.Signals) -> None:
    """A child not yet waited for keeps its number, so no other process can be hit."""
    if child.pid:
        os.kill(child.pid, number)
