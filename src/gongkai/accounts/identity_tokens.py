"""What an identity provider says, checked before anything is believed: description and ID token.

Pure functions of what was received. No fetching and no accounts: that is identity_provider's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

from gongkai.accounts.configuration import is_provider_address, issuer_of, origin_of

# With a key pair only: with a shared secret, whoever may check a token can also make one.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_CLAIMS = ("iss", "aud", "sub", "exp", "iat", "nonce")
# Two machines' clocks differ a little.
_LEEWAY_SECONDS = 60
_LONGEST_SUBJECT = 191


class IdentityRefusedError(Exception):
    """What the provider said cannot be believed; the text is for the log, without secrets."""


def fit_description(said: object, *, server_url: str) -> dict[str, Any]:
    """The provider's description of itself, where it speaks for the configured address and names
    addresses that secrets may be sent to."""
    if not isinstance(said, dict):
        raise IdentityRefusedError("提供方的说明不是一个对象")
    issuer = said.get("issuer")
    if not isinstance(issuer, str) or issuer_of(issuer) != issuer_of(server_url):
        raise IdentityRefusedError("提供方说明里的 issuer 与 GONGKAI_OIDC_URL 不同")
    for name in _ENDPOINTS:
        address = said.get(name)
        if not isinstance(address, str) or not is_provider_address(address):
            raise IdentityRefusedError(f"提供方说明里的 {name} 缺失或不是 https 地址")
    # The pages' policy on forms names the configured address alone.
    if origin_of(said["authorization_endpoint"]) != origin_of(server_url):
        raise IdentityRefusedError("authorization_endpoint 不在 GONGKAI_OIDC_URL 的主机上")
    return said


def subject_of_token(
    token: object, keys: object, *, issuer: str, client_id: str, nonce: str
) -> str:
    """Whom an ID token names, where the provider signed it, for this office, for this very
    attempt, and not long ago."""
    if not isinstance(token, str) or not isinstance(keys, dict):
        raise IdentityRefusedError("提供方没有给出身份令牌或公钥")
    try:
        claims = jwt.decode(
            token,
            _key(token, keys),
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=_LEEWAY_SECONDS,
            options={"require": list(_CLAIMS)},
        )
    except jwt.PyJWTError as fault:
        raise IdentityRefusedError(f"身份令牌不可信（{type(fault).__name__}）") from fault
    _check_parties(claims, client_id)
    if claims["nonce"] != nonce:
        raise IdentityRefusedError("身份令牌不是为这一次登录发的（nonce 不同）")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise IdentityRefusedError(f"用户标识为空或超过 {_LONGEST_SUBJECT} 个字符")
    return subject


def _key(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The provider's key that the token names; without a name the only one there is."""
    name = jwt.get_unverified_header(token).get("kid")
    known = [one for one in jwt.PyJWKSet.from_dict(dict(keys)).keys if one.public_key_use != "enc"]
    fitting = known if name is None else [one for one in known if one.key_id == name]
    if len(fitting) != 1:
        raise IdentityRefusedError("身份令牌所用的公钥不在提供方的公钥之中")
    return fitting[0]


def _check_parties(claims: Mapping[str, Any], client_id: str) -> None:
    """A token that others may use too must say that it was issued to this office."""
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if (several or "azp" in claims) and claims.get("azp") != client_id:
        raise IdentityRefusedError("身份令牌是发给别的系统的（azp 不同）")
