"""On the developer's own machine."""

from __future__ import annotations

from gongkai.site.settings import base, settings_of

globals().update(settings_of(base))

DEBUG = True
SECRET_KEY = base.ENVIRONMENT.secret_key or "only-for-development"
