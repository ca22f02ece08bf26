"""All records: lists, saved views, exports, acts on many."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
