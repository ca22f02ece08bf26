"""Settings of sign-in: allauth, second factor, lock-out, sessions; site.settings imports them all.

Not values that differ between installations (password policy, OIDC provider): those are read from
the environment by the settings and named GONGKAI_….
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

ACCOUNTS_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    "rules",
]
OIDC_APP = "allauth.socialaccount.providers.openid_connect"
# Part of the address that is registered with the provider, and of every tied identity.
PROVIDER_ID = "main"
WELL_KNOWN = "/.well-known/openid-configuration"
# After Django's AuthenticationMiddleware and MessageMiddleware, in this order; axes comes last.
ACCOUNTS_MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.accounts.middleware.StaffSessionMiddleware",
    "gongkai.accounts.middleware.DeclaredAccessMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "gongkai.accounts.adapters.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "gongkai.accounts.passwords.PolicyValidator"}]

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/office/"
LOGOUT_REDIRECT_URL = "/accounts/login/"

# Accounts are opened by administrators; nobody signs himself up and no mail is needed.
ACCOUNT_ADAPTER = "gongkai.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# axes alone counts failures; two counters with two thresholds would be one too many.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False

# The adapter stands in the vault, which alone may encrypt the secrets it keeps.
MFA_ADAPTER = "gongkai.vault.second_factor.SealedSecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "政府信息公开"
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
MFA_REAUTHENTICATION_REQUIRED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "gongkai.accounts.forms.CodeForm",
    "reauthenticate": "gongkai.accounts.forms.CodeAgainForm",
}

SOCIALACCOUNT_ADAPTER = "gongkai.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# By name: an office sits behind one address, and a lock by address would shut it out as a whole.
# Guessing one password against many names from one address is therefore not stopped here.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "gongkai.accounts.sign_in.attempted_username"
AXES_LOCKOUT_CALLABLE = "gongkai.accounts.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = [
    "login", "password", "oldpassword", "password1", "password2", "code", "csrfmiddlewaretoken",
]  # fmt: skip
# axes would have the address among the parameters; the reason against stands above.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

SESSION_COOKIE_NAME = "gongkai_office"
SESSION_COOKIE_HTTPONLY = True
# Lax, not Strict: the way back from an OIDC provider is a cross-site navigation.
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60

GONGKAI_SESSION_IDLE = timedelta(minutes=30)
GONGKAI_SESSION_ABSOLUTE = timedelta(hours=12)
# Addresses under which a view without a declared policy is refused.
GONGKAI_GUARDED_PREFIXES = ("/office/", "/accounts/", "/files/", "/api/")


def oidc_provider(
    *, server_url: str, client_id: str, secret: str, name: str = "统一身份认证"
) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS for one OpenID Connect provider; OIDC_APP is to be installed too."""
    app = {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer_of(server_url), "oauth_pkce_enabled": True},
    }
    made_by = "gongkai.accounts.identity_provider.StaffProvider"
    return {"openid_connect": {"APPS": [app], "provider_class": made_by}}


def issuer_of(address: str) -> str:
    """The provider's own address, where that of its description was given as well."""
    return address.removesuffix(WELL_KNOWN).rstrip("/")


def origin_of(address: str) -> str:
    """Scheme, host and port of a provider's address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_provider_address(address: str) -> bool:
    """Whether secrets may be sent there: over TLS, or to this very machine (for trying)."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or not address.isascii() or not address.isprintable():
        return False
    # The origin stands in a header, where these would begin something else.
    if set(parts.netloc) & set(" ;,'\"\\"):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host == "127.0.0.1")
