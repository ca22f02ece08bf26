"""The settings that this app asks of an installation; site.settings.base takes them over."""

from __future__ import annotations

FORM_RENDERER = "gongkai.web.renderer.FormRenderer"
CONTEXT_PROCESSOR = "gongkai.web.display.frame"
# Outermost: error pages and static files carry the headers too.
MIDDLEWARE = "gongkai.web.headers.SecurityHeaders"
