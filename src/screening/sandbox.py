"""Runs one function over one file in a child of its own, so that a hostile file harms only that.

The child has limits of memory, processor and clock, no environment and no files to write; when it
dies, the file is refused and the caller goes on. It decides nothing about the file.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import dataclass
from typing import Any

from screening import wire
from screening.confined import function_of
from screening.limits import MIB
from screening.passages import UnfitFileError

# What may be run; the first argument is the file's bytes, the value is sent back by its type.
FUNCTIONS: dict[str, str] = {
    "sniff": "screening.sniffing:sniff",
    "extract": "screening.reading:extract",
    "strip": "screening.stripping.dispatch:strip",
    "redact": "screening.redaction.blacken:redact",
    "find_text": "screening.redaction.places:find_text",
    "page_sizes": "screening.redaction.rendering:page_sizes",
    "render_page": "screening.redaction.rendering:render_page",
}
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}  # and nothing of ours: no secrets
_CHUNK = 1 * MIB
_MAX_ANSWER_BYTES = 512 * MIB
_LAST_SECONDS = 10.0  # between the answer and the end of the child
_MEMORY = "检查这个文件用的内存超过上限，文件过大或者疑为炸弹文件"
_TIME = "检查这个文件用的时间超过上限，文件过大或者疑为炸弹文件"
_CRASH = "检查这个文件的程序出错停止，文件损坏或者疑为恶意文件"


class CrashedError(UnfitFileError):
    """The child died or made a mistake; `where` is the kind and place of it, for the operator."""

    def __init__(self, reason: str, where: str) -> None:
        super().__init__(reason)
        self.where = where


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use. Time is processor seconds, and seconds of the clock."""

    memory_bytes: int = 512 * MIB
    cpu_seconds: int = 20
    wall_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a run: a value, or an error; the peak of memory and the processor seconds,
    both 0 when the child was killed before it could tell."""

    value: Any
    error: UnfitFileError | None
    peak_bytes: int
    cpu_seconds: float


_USUAL = Limits()


def run_limited(
    function_name: str, data: bytes, *, limits: Limits = _USUAL, **arguments: object
) -> Any:
    """The value of a function of FUNCTIONS over `data`, computed in a confined child.

    Raises UnfitFileError as the function does, and for limits; CrashedError when the child dies.
    Not for calling where an event loop runs already.
    """
    measured = run_measured(function_name, data, limits=limits, **arguments)
    if measured.error is not None:
        raise measured.error
    return measured.value


def run_measured(
    function_name: str, data: bytes, *, limits: Limits = _USUAL, **arguments: object
) -> Measured:
    """The same with figures; refusals are returned, not raised."""
    dotted = FUNCTIONS[function_name]
    held = wire.dump(tuple((name, wire.dump(value)) for name, value in arguments.items()))
    order = {
        "function": dotted, "memory": limits.memory_bytes, "cpu": limits.cpu_seconds,
        "arguments": len(held),
    }  # fmt: skip
    sent = json.dumps(order).encode() + b"\n" + held + data
    returned = asyncio.run(_run(sent, limits.wall_seconds))
    if returned is None:
        return Measured(None, UnfitFileError(_TIME), 0, 0.0)
    return _measured(dotted, *returned)


async def _run(sent: bytes, seconds: float) -> tuple[int, bytes] | None:
    """(exit status, output) of the child; None when the clock ran out."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-m", "screening.confined",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL, env=_ENVIRONMENT, start_new_session=True,
    )  # fmt: skip
    try:
        output = await asyncio.wait_for(_talk(child, sent), seconds)
        await asyncio.wait_for(child.wait(), _LAST_SECONDS)
    except TimeoutError:
        return None
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            await child.wait()
    return child.returncode or 0, output


async def _talk(child: asyncio.subprocess.Process, sent: bytes) -> bytes:
    """Writes and reads at once, for a child that answers early still has a full pipe."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("started without pipes")
    output, _ = await asyncio.gather(_receive(child.stdout), _send(child.stdin, sent))
    return output


async def _send(pipe: asyncio.StreamWriter, sent: bytes) -> None:
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        pipe.write(sent)
        await pipe.drain()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        pipe.close()
        await pipe.wait_closed()


async def _receive(pipe: asyncio.StreamReader) -> bytes:
    """The whole answer; none when it does not end: the memory here is not the child's to fill."""
    pieces: list[bytes] = []
    received = 0
    while piece := await pipe.read(_CHUNK):
        received += len(piece)
        if received > _MAX_ANSWER_BYTES:
            return b""
        pieces.append(piece)
    return b"".join(pieces)


def _measured(dotted: str, status: int, output: bytes) -> Measured:
    line, _, value = output.partition(b"\n")
    if not line:
        return Measured(None, _death(status), 0, 0.0)
    try:
        head = json.loads(line)
        peak, cpu = int(head["peak"]), float(head["cpu"])
        if head["status"] != "done":
            return Measured(None, _error(head), peak, cpu)
        kind = wire.type_hints(function_of(dotted))["return"]
        return Measured(wire.load(kind, value), None, peak, cpu)
    except (ValueError, KeyError, TypeError):
        return Measured(None, CrashedError(_CRASH, "answer not understood"), 0, 0.0)


def _death(status: int) -> UnfitFileError:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return UnfitFileError(_TIME)
    return CrashedError(_CRASH, f"exit status {status}")


def _error(head: dict[str, Any]) -> UnfitFileError:
    if head["status"] == "refused":
        return UnfitFileError(str(head["reason"]))
    if head["status"] == "memory":
        return UnfitFileError(_MEMORY)
    return CrashedError(_CRASH, str(head["where"]))
