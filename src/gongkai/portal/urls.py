"""Addresses for everybody; that of a record never dies."""

from __future__ import annotations

from django.urls import path

from gongkai.portal import views

app_name = "portal"

urlpatterns = [
    path("records/<uuid:pk>/", views.record, name="record"),
    path("records/<uuid:pk>/files/<uuid:file_id>/", views.attachment, name="attachment"),
]
