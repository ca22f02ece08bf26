"""Hands a letter to a gateway (政务钉钉, 企业微信, SMS) as JSON over HTTP; the forms are data.

No redirect is followed and no proxy is asked: the letter goes where the settings say or nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from django.utils import timezone

from gongkai.notifications.channels import Letter, PermanentError, TemporaryError
from gongkai.notifications.channels.network import Line, is_private, resolved
from gongkai.notifications.configuration import Form, Gateway

_LONGEST_ANSWER = 64 * 1024
# Answers that pass, or that an administrator can mend.
_AGAIN = frozenset({401, 403, 407, 408, 425, 429})


def send(gateway: Gateway, letter: Letter) -> None:
    """Hands the letter over. TemporaryError, PermanentError; neither repeats the answer, because
    gateways quote the number, nor the address, because it holds a key."""
    parts = urlsplit(gateway.url)
    plain = parts.scheme == "http"
    port = parts.port or (80 if plain else 443)
    address = resolved(parts.hostname or "", port, private=gateway.private)
    if plain and not is_private(address):
        raise PermanentError("消息网关在外网，须用 https")
    body = json.dumps(filled(gateway.form.body, letter), ensure_ascii=False).encode()
    target, heads = signed(gateway, parts, body, letter.id, int(timezone.now().timestamp() * 1000))
    line = Line(parts.hostname or "", port, address=address, plain=plain)
    try:
        line.request("POST", target, body, heads)
        answer = line.getresponse()
        said = answer.read(_LONGEST_ANSWER)
    except ssl.SSLError:
        raise TemporaryError("消息网关的证书不能信任") from None
    except (OSError, http.client.HTTPException):
        raise TemporaryError("消息网关没有应答") from None
    finally:
        line.close()
    _judge(gateway.form, answer.status, said)


def filled(template: Any, letter: Letter) -> Any:
    """The body with its blanks filled. Values are put into strings of a structure, not into JSON:
    no quotation mark in a text can add a field."""
    if isinstance(template, Mapping):
        return {name: filled(value, letter) for name, value in template.items()}
    if isinstance(template, list):
        return [filled(value, letter) for value in template]
    if not isinstance(template, str):
        return template
    blanks = {"{text}": letter.text, "{phone}": letter.target, "{id}": letter.id}
    return blanks.get(template, template)


def signed(
    gateway: Gateway, parts: SplitResult, body: bytes, letter_id: str, moment: int
) -> tuple[str, dict[str, str]]:
    """The target and the heads, signed with HMAC-SHA-256 as the form wants it; `moment` in
    milliseconds. Heads sign moment, id and body, a line each."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    heads = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": letter_id}
    if not gateway.secret:
        return target, heads
    secret = gateway.secret.encode()
    if gateway.form.sign == "address":
        code = hmac.new(secret, f"{moment}\n{gateway.secret}".encode(), hashlib.sha256).digest()
        sign = quote(base64.b64encode(code), safe="")
        joint = "&" if parts.query else "?"
        target = f"{target}{joint}timestamp={moment}&sign={sign}"
    elif gateway.form.sign == "heads":
        message = b"\n".join((str(moment).encode(), letter_id.encode(), body))
        code_in_hex = hmac.new(secret, message, hashlib.sha256).hexdigest()
        heads |= {
            "X-Gongkai-Timestamp": str(moment),
            "X-Gongkai-Signature": f"sha256={code_in_hex}",
        }
    return target, heads


def _judge(form: Form, status: int, said: bytes) -> None:
    if status >= 500 or status in _AGAIN:
        raise TemporaryError(f"消息网关暂时不收（{status}）")
    if not 200 <= status < 300:
        turned = "要求转到别处，没有跟去" if 300 <= status < 400 else "拒收"
        raise PermanentError(f"消息网关{turned}（{status}）")
    if not form.ok:
        return
    code = _code(said, form.ok)
    if code is None:
        raise PermanentError("消息网关的答复读不懂，请核对它的种类")
    if code in form.again:
        raise TemporaryError(f"{form.label}暂时不收（{code}）")
    if code != 0:
        raise PermanentError(f"{form.label}拒收（{code}）")


def _code(said: bytes, field: str) -> int | None:
    try:
        answer = json.loads(said)
    except ValueError:
        return None
    code = answer.get(field) if isinstance(answer, dict) else None
    return code if isinstance(code, int) else None
