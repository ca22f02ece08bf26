"""A message gateway for tests: HTTP on a real connection, answers what it is told to answer."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    target: str
    heads: Mapping[str, str]
    body: bytes

    def read(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class Desk:
    """What arrived, and what is answered: (status, body, heads); taken until one is left."""

    port: int = 0
    answers: list[tuple[int, bytes, dict[str, str]]] = field(
        default_factory=lambda: [(200, b'{"errcode":0}', {})]
    )
    asked: list[Asked] = field(default_factory=list)

    def answer(self, status: int, body: bytes = b"{}", **heads: str) -> None:
        """Says this from now on."""
        self.answers = [(status, body, heads)]


class Clerk(BaseHTTPRequestHandler):
    """Takes what is posted."""

    desk: Desk

    def do_POST(self) -> None:
        """Notes the request and answers."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.desk.asked.append(Asked(self.path, dict(self.headers.items()), body))
        answers = self.desk.answers
        status, said, heads = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in heads.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_args: object) -> None:
        """Nothing."""


class _Server(ThreadingHTTPServer):
    """Quiet about clients that do not trust it."""

    context: ssl.SSLContext | None = None

    def get_request(self) -> tuple[socket.socket, Any]:
        """Under TLS, the handshake is the thread's business."""
        line, address = super().get_request()
        if self.context is None:
            return line, address
        secure = self.context.wrap_socket(line, server_side=True, do_handshake_on_connect=False)
        return secure, address

    def handle_error(self, request: object, client_address: object) -> None:
        """Somebody went away in the middle."""


@contextmanager
def gateway(certificate: Path | None = None) -> Iterator[Desk]:
    """Runs it while the block runs; with a certificate under TLS."""
    desk = Desk()
    handler = type("Handler", (Clerk,), {"desk": desk})
    with _Server(("127.0.0.1", 0), handler) as server:
        if certificate is not None:
            server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            server.context.load_cert_chain(certificate)
        desk.port = int(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield desk
        finally:
            server.shutdown()
            thread.join()
