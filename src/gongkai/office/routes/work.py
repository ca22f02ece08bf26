"""The work list: what waits, for whom, and who takes it."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
