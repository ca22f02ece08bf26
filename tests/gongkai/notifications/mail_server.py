"""A mail server for tests: speaks SMTP on a real connection, answers what it is told to answer."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


@dataclass(slots=True)
class MailBox:
    """What arrived, and what the server is to say; an empty list of answers means it takes all."""

    port: int = 0
    certificate: Path | None = None
    user: str = ""
    at_recipient: list[str] = field(default_factory=list)
    at_end: list[str] = field(default_factory=list)
    at_quit: str = "221 bye"
    arrived: list[tuple[str, bytes]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def mails(self) -> list[EmailMessage]:
        """What arrived, read as mail."""
        found = []
        for _, content in self.arrived:
            mail = message_from_bytes(content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            found.append(mail)
        return found


class Conversation(socketserver.StreamRequestHandler):
    """One client; a line at a time."""

    box: MailBox

    def handle(self) -> None:
        self.say("220 mail.test ready")
        recipient = ""
        while line := self.rfile.readline():
            said = line.decode("ascii").strip()
            verb = said.upper()
            self.box.commands.append(said)
            if verb.startswith("EHLO"):
                self.greet()
            elif verb == "STARTTLS":
                self.say("220 go ahead")
                self.secure()
            elif verb.startswith("AUTH"):
                self.say("235 welcome" if self.box.user in said else "535 no")
            elif verb.startswith("RCPT"):
                recipient = said.partition("<")[2].rstrip(">")
                self.say(self.next_of(self.box.at_recipient))
            elif verb == "DATA":
                self.say("354 send")
                self.take(recipient)
            elif verb == "QUIT":
                self.say(self.box.at_quit)
                return
            else:
                self.say("250 ok")

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())
        self.wfile.flush()

    def greet(self) -> None:
        offered = ["mail.test"]
        offered += ["STARTTLS"] if self.box.certificate and not self.is_secure else []
        offered += ["AUTH PLAIN"] if self.box.user else []
        for one in offered[:-1]:
            self.say(f"250-{one}")
        self.say(f"250 {offered[-1]}")

    @property
    def is_secure(self) -> bool:
        return isinstance(self.connection, ssl.SSLSocket)

    def secure(self) -> None:
        assert self.box.certificate is not None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.box.certificate)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")

    def take(self, recipient: str) -> None:
        content = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            content += line.removeprefix(b".") if line.startswith(b"..") else line
        answer = self.next_of(self.box.at_end)
        if answer.startswith("250"):
            self.box.arrived.append((recipient, content))
        self.say(answer)

    def next_of(self, answers: list[str]) -> str:
        return answers.pop(0) if answers else "250 ok"


class _Server(socketserver.ThreadingTCPServer):
    """Quiet about clients that hang up."""

    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us goes away in the middle."""


@contextmanager
def mail_server(certificate: Path | None = None, user: str = "") -> Iterator[MailBox]:
    """Runs it while the block runs."""
    box = MailBox(certificate=certificate, user=user)
    handler = type("Handler", (Conversation,), {"box": box})
    with _Server(("127.0.0.1", 0), handler) as server:
        box.port = int(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
