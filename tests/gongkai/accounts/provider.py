"""A small OpenID Connect provider on 127.0.0.1, over real connections, that lies when told to.

Written from the specification and not from what the office expects: it checks its client, the
address to return to, PKCE and that a code is used once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

CLIENT, SECRET = "gongkai-office", "only-between-two-tests"
KEY_NAME = "key-1"


class Lie(StrEnum):
    """One thing that a provider, or whoever poses as one, does wrong; all else is right."""

    SIGNATURE = "signed by another key under the right name"
    UNKNOWN_KEY = "signed by a key that is not published"
    UNSIGNED = "alg none"
    SHARED_SECRET = "HS256 with the client's secret"
    PUBLIC_KEY_AS_SECRET = "HS256 with the published key"
    ISSUER = "another issuer in the token"
    AUDIENCE = "issued to another client"
    PARTY = "authorised for another client"
    NONCE = "another attempt's nonce"
    NO_NONCE = "no nonce"
    EXPIRED = "expired"
    TOO_EARLY = "issued in the future"
    NO_TOKEN = "no ID token"
    NO_SUBJECT = "no subject"
    DESCRIBED_ISSUER = "another issuer in the description and the token"


class Trouble(StrEnum):
    """What keeps a provider from answering as it should, without a lie."""

    DOWN = "503"
    NOT_JSON = "a page instead of the description"
    PLAIN_ADDRESS = "a token endpoint without TLS elsewhere"
    SIGN_IN_ELSEWHERE = "a sign-in page on another host, where the pages' policy lets no form go"
    MOVED = "the description has moved elsewhere"
    ENDLESS = "expires_in is no number"


@dataclass
class Provider:
    """What it is, who sits in front of it, and what it has been asked."""

    key: RSAPrivateKey
    other_key: RSAPrivateKey
    address: str = ""
    subject: str = "sub-0001"
    does: Lie | Trouble | None = None
    denies: bool = False
    # Takes a code again, and whoever brings it: what the office does is then the only guard.
    lenient: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    granted: dict[str, dict[str, str]] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)

    def honest(self) -> None:
        """Forgets what the last test told it."""
        self.subject, self.does, self.denies, self.lenient = "sub-0001", None, False, False
        self.asked.clear()

    def questions(self, path: str) -> list[dict[str, str]]:
        """What was asked at an address."""
        return [query for asked, query in self.asked if asked == path]

    @property
    def variables(self) -> dict[str, str]:
        """The settings of an office that trusts it."""
        return {
            "GONGKAI_OIDC_URL": self.address,
            "GONGKAI_OIDC_CLIENT": CLIENT,
            "GONGKAI_OIDC_SECRET": SECRET,
            "GONGKAI_OIDC_NAME": "云溪统一登录",
        }

    def description(self) -> dict[str, Any]:
        """/.well-known/openid-configuration."""
        issuer = self.address
        if self.does is Lie.DESCRIBED_ISSUER:
            issuer = "https://evil.example"
        token = f"{self.address}/token"
        if self.does is Trouble.PLAIN_ADDRESS:
            token = "http://sso.example.gov.cn/token"
        sign_in = f"{self.address}/authorize"
        if self.does is Trouble.SIGN_IN_ELSEWHERE:
            sign_in = "https://sso.example.gov.cn/authorize"
        return {
            "issuer": issuer,
            "authorization_endpoint": sign_in,
            "token_endpoint": token,
            "jwks_uri": f"{self.address}/jwks",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """The published keys."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": KEY_NAME, "use": "sig", "alg": "RS256"}]}

    def authorise(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to; ValueError says what was asked wrongly."""
        if query["client_id"] != CLIENT or query["response_type"] != "code":
            raise ValueError("client")
        if query["scope"] != "openid" or query["code_challenge_method"] != "S256":
            raise ValueError("scope or challenge")
        back = query["redirect_uri"]
        if urlsplit(back).path != "/accounts/oidc/main/login/callback/":
            raise ValueError("redirect_uri")
        if self.denies:
            return f"{back}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = secrets.token_urlsafe(16)
        self.granted[code] = query | {"sub": self.subject}
        return f"{back}?{urlencode({'code': code, 'state': query['state']})}"

    def exchange(self, form: dict[str, str]) -> dict[str, Any]:
        """Tokens for a code; ValueError says why not."""
        if (form["client_id"], form["client_secret"]) != (CLIENT, SECRET):
            raise ValueError("client")
        code = form["code"]
        grant = self.granted.get(code)
        if grant is None or form["redirect_uri"] != grant["redirect_uri"]:
            raise ValueError("code")
        if not self.lenient:
            proof = hashlib.sha256(form["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
            if code in self.spent or challenge != grant["code_challenge"]:
                raise ValueError("code or verifier")
        self.spent.add(code)
        answer = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer"}
        if self.does is Trouble.ENDLESS:
            answer["expires_in"] = "soon"
        if self.does is not Lie.NO_TOKEN:
            answer["id_token"] = self.token(grant)
        return answer

    def claims(self, grant: dict[str, str]) -> dict[str, Any]:
        """What the token says, with the one thing that is wrong."""
        now = int(time.time())
        right: dict[str, Any] = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": grant["sub"],
            "iat": now,
            "exp": now + 300,
            "nonce": grant["nonce"],
            # Personal data that nobody asked for, as providers are wont to send.
            "name": "不该留下的姓名",
            "phone_number": "13800000000",
        }
        wrong: dict[Lie, dict[str, Any]] = {
            Lie.ISSUER: {"iss": "https://evil.example"},
            Lie.DESCRIBED_ISSUER: {"iss": "https://evil.example"},
            Lie.AUDIENCE: {"aud": "another-office"},
            Lie.PARTY: {"aud": [CLIENT, "another-office"], "azp": "another-office"},
            Lie.NONCE: {"nonce": secrets.token_hex(32)},
            Lie.NO_NONCE: {"nonce": None},
            Lie.EXPIRED: {"iat": now - 900, "exp": now - 600},
            Lie.TOO_EARLY: {"iat": now + 600, "exp": now + 900},
            Lie.NO_SUBJECT: {"sub": None},
        }
        change = wrong.get(self.does, {}) if isinstance(self.does, Lie) else {}
        return {name: value for name, value in (right | change).items() if value is not None}

    def token(self, grant: dict[str, str]) -> str:
        """The ID token."""
        claims, header = self.claims(grant), {"kid": KEY_NAME}
        public = json.dumps(self.keys()["keys"][0]).encode()
        by_hand = {
            Lie.UNSIGNED: ("none", b""),
            Lie.SHARED_SECRET: ("HS256", SECRET.encode()),
            Lie.PUBLIC_KEY_AS_SECRET: ("HS256", public),
        }
        if isinstance(self.does, Lie) and self.does in by_hand:
            return _by_hand(claims, header, *by_hand[self.does])
        if self.does is Lie.SIGNATURE:
            return jwt.encode(claims, self.other_key, "RS256", header)
        if self.does is Lie.UNKNOWN_KEY:
            return jwt.encode(claims, self.other_key, "RS256", {"kid": "key-2"})
        return jwt.encode(claims, self.key, "RS256", header)


def _by_hand(claims: dict[str, Any], header: dict[str, str], algorithm: str, secret: bytes) -> str:
    """A token that a library would refuse to make."""
    parts = [json.dumps(one).encode() for one in ({**header, "alg": algorithm}, claims)]
    signed = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    mark = hmac.digest(secret, signed, "sha256") if secret else b""
    return (signed + b"." + base64.urlsafe_b64encode(mark).rstrip(b"=")).decode()


class _Handler(BaseHTTPRequestHandler):
    """Its five addresses."""

    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = _single(parts.query)
        provider = self.provider
        provider.asked.append((parts.path, query))
        if provider.does is Trouble.DOWN:
            self._answer(503, "text/plain", b"down")
        elif parts.path == "/.well-known/openid-configuration":
            self._describe()
        elif parts.path == "/elsewhere":
            self._json(200, provider.description())
        elif parts.path == "/jwks":
            self._json(200, provider.keys())
        elif parts.path == "/userinfo":
            # Another person than the token's: whoever listens to it signs in the wrong one.
            self._json(200, {"sub": "sub-of-somebody-else", "name": "别人"})
        elif parts.path == "/authorize":
            self._send_back(query)
        else:
            self._answer(404, "text/plain", b"")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        form = _single(self.rfile.read(length).decode())
        self.provider.asked.append((self.path, form))
        try:
            self._json(200, self.provider.exchange(form))
        except (ValueError, KeyError) as fault:
            self._json(400, {"error": "invalid_grant", "error_description": str(fault)})

    def log_message(self, *_args: Any, **_words: Any) -> None:
        """Nothing on the terminal."""

    def _describe(self) -> None:
        if self.provider.does is Trouble.NOT_JSON:
            self._answer(200, "text/html", b"<h1>login</h1>")
        elif self.provider.does is Trouble.MOVED:
            self.send_response(302)
            self.send_header("Location", f"{self.provider.address}/elsewhere")
            self.end_headers()
        else:
            self._json(200, self.provider.description())

    def _send_back(self, query: dict[str, str]) -> None:
        try:
            back = self.provider.authorise(query)
        except (ValueError, KeyError) as fault:
            self._answer(400, "text/plain", f"asked wrongly: {fault}".encode())
            return
        self.send_response(302)
        self.send_header("Location", back)
        self.end_headers()

    def _json(self, status: int, said: object) -> None:
        self._answer(status, "application/json", json.dumps(said).encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _single(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider that answers until the block ends."""
    key, other = (generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    provider = Provider(key, other)
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
