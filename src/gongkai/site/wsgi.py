"""The application that a server runs; it refuses to start where settings are wrong."""

from __future__ import annotations

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def application_with_right_settings() -> WSGIHandler:
    """Whoever starts the server, a process manager too, is told what is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.production")
    ready = get_wsgi_application()
    from gongkai.site.checks import refuse_wrong_settings

    refuse_wrong_settings(databases=True)
    return ready


application = application_with_right_settings()
