"""A small clamd: speaks INSTREAM on a unix socket, finds what it is told to find."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# The antivirus world's own harmless test word, in pieces, so that no scanner takes this file away.
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(slots=True)
class Scanner:
    """What was sent to it; `answer` overrides what it says."""

    path: Path
    answer: bytes | None = None
    received: list[bytes] = field(default_factory=list)


@contextmanager
def scanner(path: Path) -> Iterator[Scanner]:
    """Runs it while the block runs."""
    state = Scanner(path)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            assert exactly(self.request, 10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack("!L", exactly(self.request, 4))[0]:
                content += exactly(self.request, length)
            state.received.append(content)
            found = EICAR.encode() in content
            word = b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0"
            self.request.sendall(word if state.answer is None else state.answer)

    with socketserver.ThreadingUnixStreamServer(str(path), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
    path.unlink()


def exactly(line: socket.socket, size: int) -> bytes:
    """So many bytes of a socket."""
    received = b""
    while len(received) < size:
        more = line.recv(size - len(received))
        assert more, "the client went away"
        received += more
    return received
