"""On a server that people use.

TLS may end at a proxy before it. Without TLS it serves only the machine it runs on
(gongkai.site.checks): `make up` is production in everything but the certificate.
"""

from __future__ import annotations

from gongkai.site.settings import base, settings_of

globals().update(settings_of(base))

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The hash of the content is part of each static file's name, so browsers keep it for ever.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

if base.ENVIRONMENT.https:
    # __Host-: this host alone, over TLS alone, set by no neighbour.
    SESSION_COOKIE_NAME = "__Host-session"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    CSRF_TRUSTED_ORIGINS = [base.ENVIRONMENT.origin]

if base.ENVIRONMENT.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
