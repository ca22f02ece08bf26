"""What all installations share; values that differ come from the typed environment."""

from __future__ import annotations

from typing import Any

from gongkai.accounts import configuration as accounts_configuration
from gongkai.jobs import redis_settings
from gongkai.site.databases import database
from gongkai.site.environment import environment
from gongkai.site.settings import settings_of
from gongkai.web import configuration as web_configuration

ENVIRONMENT = environment()

SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.secret_key_fallbacks)
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

GONGKAI_HOME = ENVIRONMENT.home
GONGKAI_ORIGIN = ENVIRONMENT.origin
WEB_SITE_NAME = ENVIRONMENT.name
WEB_DEMONSTRATION = "演示系统：机关、人员和事项均为虚构" if ENVIRONMENT.demonstration else ""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "gongkai.guards",
    "gongkai.web",
    "gongkai.figures",
    "gongkai.jobs",
    "gongkai.trail",
    "gongkai.agencies",
    "gongkai.accounts",
    "gongkai.vault",
    "gongkai.notifications",
    "gongkai.claims",
    "gongkai.calendars",
    "gongkai.files",
    "gongkai.disclosure",
    "gongkai.portal",
    "gongkai.office",
    "gongkai.api",
    "gongkai.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "gongkai.site.urls"
WSGI_APPLICATION = "gongkai.site.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": database(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = GONGKAI_HOME / "static"
AUTH_USER_MODEL = "accounts.User"

# htmx sends the form key from the form, so that no script need read the cookie.
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A form that arrives is kept small; files have limits of their own where they are taken in.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# With an address of Redis: the cache there, and outbox rows dispatched to workers on it.
if ENVIRONMENT.redis_url:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENVIRONMENT.redis_url,
    }
    INSTALLED_APPS += redis_settings.APPS
    TASKS = redis_settings.TASKS
    RQ = redis_settings.RQ
    RQ_QUEUES = redis_settings.queues(ENVIRONMENT.redis_url)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    # Django would send its own lines past the root; local variables never enter a log.
    "loggers": {
        "django": {"handlers": [], "level": ENVIRONMENT.log_level, "propagate": True},
        # It names who signs in; the trail does that, and is kept as the trail is.
        "axes": {"level": "ERROR"},
    },
}

# The pages: form renderer, frame of every page, security headers.
FORM_RENDERER = web_configuration.FORM_RENDERER
MIDDLEWARE = [web_configuration.MIDDLEWARE, *MIDDLEWARE]
CONTEXT_PROCESSORS = [web_configuration.CONTEXT_PROCESSOR, "gongkai.office.shell.shell"]
TEMPLATES[0]["OPTIONS"]["context_processors"] += CONTEXT_PROCESSORS

# People and keys: sign-in, second factor, lock-out, sessions, ciphers.
globals().update(settings_of(accounts_configuration))
INSTALLED_APPS += accounts_configuration.ACCOUNTS_APPS
MIDDLEWARE += accounts_configuration.ACCOUNTS_MIDDLEWARE
GONGKAI_PASSWORD_POLICY = ENVIRONMENT.password_policy
GONGKAI_SECOND_FACTOR_REQUIRED = ENVIRONMENT.second_factor
GONGKAI_CIPHER = ENVIRONMENT.cipher
GONGKAI_CLAMD = ENVIRONMENT.clamd

# Messages to the staff: what leaves the office, and by which way.
GONGKAI_MAIL_URL = ENVIRONMENT.outgoing.mail_url
GONGKAI_MAIL_FROM = ENVIRONMENT.outgoing.mail_from
GONGKAI_WEBHOOK_URL = ENVIRONMENT.outgoing.webhook_url
GONGKAI_WEBHOOK_FORM = ENVIRONMENT.outgoing.webhook_form
GONGKAI_WEBHOOK_SECRET = ENVIRONMENT.outgoing.webhook_secret
GONGKAI_WEBHOOK_PRIVATE = ENVIRONMENT.outgoing.webhook_private

if ENVIRONMENT.oidc_url:
    INSTALLED_APPS += [accounts_configuration.OIDC_APP]
    SOCIALACCOUNT_PROVIDERS = accounts_configuration.oidc_provider(
        server_url=ENVIRONMENT.oidc_url,
        client_id=ENVIRONMENT.oidc_client,
        secret=ENVIRONMENT.oidc_secret,
        name=ENVIRONMENT.oidc_name,
    )
    GONGKAI_OIDC_NAME = ENVIRONMENT.oidc_name
    GONGKAI_OIDC_SECOND_FACTOR = ENVIRONMENT.oidc_second_factor
    # The browser is sent on to the provider, which the policy on forms has to allow.
    WEB_FORM_TARGETS = (ENVIRONMENT.oidc_origin,)
