"""Normative documents, interpretations, evaluations, pages, imports, reading places."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
