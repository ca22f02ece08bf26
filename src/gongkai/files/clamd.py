"""Asks clamd over its unix socket whether bytes are infected; it decides nothing about the file.

The protocol is clamd's INSTREAM: chunks with their length before them, a chunk of none at the end,
one answer up to a NUL.
"""

from __future__ import annotations

import re
import socket
import struct

from django.conf import settings

from gongkai.files.errors import ScannerDownError

_COMMAND = b"zINSTREAM\0"
_CHUNK = 1 << 16
_LONGEST_ANSWER = 4096
_SECONDS = 60.0
_FOUND = re.compile(r"stream: (?P<name>.{1,200}) FOUND")


def configured() -> bool:
    """Whether this installation has a scanner; without one files are not scanned."""
    return bool(_address())


def infection(content: bytes) -> str:
    """The name of what was found, "" where nothing was.

    ScannerDownError where the scanner is away, too slow, or answers anything but these two: what
    was not looked at is not clean.
    """
    answer = _ask(content)
    if answer == "stream: OK":
        return ""
    found = _FOUND.fullmatch(answer)
    if found is None:
        raise ScannerDownError("查毒程序没有给出结果")
    return found["name"]


def _ask(content: bytes) -> str:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(_SECONDS)
            line.connect(_address())
            line.sendall(_COMMAND)
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                line.sendall(struct.pack("!L", len(chunk)) + chunk)
            line.sendall(struct.pack("!L", 0))
            return _answer(line)
    except OSError as error:
        raise ScannerDownError("查毒程序没有应答") from error


def _answer(line: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < _LONGEST_ANSWER:
        more = line.recv(_LONGEST_ANSWER)
        if not more:
            break
        received += more
    if not received.endswith(b"\0"):
        raise ScannerDownError("查毒程序没有说完")
    return received[:-1].decode("utf-8", "replace")


def _address() -> str:
    address: str = getattr(settings, "GONGKAI_CLAMD", "")
    return address
