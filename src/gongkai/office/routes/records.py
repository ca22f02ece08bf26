"""A record: writing it, its page, what belongs to it."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
