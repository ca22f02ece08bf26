"""Messages to the person who is signed in."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
