"""Settings of benchmarks that need a database of their own: the outbox and the trail, no more.

The database is a fresh one of the run; Redis is named by GONGKAI_KILL_REDIS.
"""

from __future__ import annotations

import os
import secrets

from gongkai.jobs import redis_settings
from gongkai.site.settings import base

_REDIS = os.environ.get("GONGKAI_KILL_REDIS", "")

SECRET_KEY = secrets.token_urlsafe()
GONGKAI_HOME = base.GONGKAI_HOME
INSTALLED_APPS = [
    "gongkai.guards",
    "gongkai.jobs",
    "gongkai.trail",
    *(redis_settings.APPS if _REDIS else ()),
]
DATABASES = base.DATABASES
# Tables are made by these processes themselves, so they come as the owner.
DATABASES["default"]["OPTIONS"].pop("assume_role", None)
DEFAULT_AUTO_FIELD = base.DEFAULT_AUTO_FIELD
TIME_ZONE, USE_TZ, LANGUAGE_CODE = base.TIME_ZONE, base.USE_TZ, base.LANGUAGE_CODE
TASKS = redis_settings.TASKS
RQ_QUEUES = redis_settings.queues(_REDIS)
RQ = redis_settings.RQ
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "CRITICAL"}}
