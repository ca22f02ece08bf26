"""The page of a record, and what is done to it besides writing and reviewing."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
