"""Addresses of files; each view declares its policy."""

from __future__ import annotations

from django.urls import path

from gongkai.files import views

app_name = "files"

urlpatterns = [
    path("<uuid:file_id>/", views.download, name="download"),
    path("<uuid:file_id>/original/", views.original, name="original"),
]
