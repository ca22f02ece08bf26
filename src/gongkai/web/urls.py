"""Addresses of the design system: the page of components and the switch of the display."""

from __future__ import annotations

from django.urls import path

from gongkai.web import views

app_name = "web"

urlpatterns = [
    path("components/", views.components, name="components"),
    path("display/", views.display, name="display"),
]
