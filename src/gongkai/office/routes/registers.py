"""All records: lists, saved views, exports, acts on many."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.views.registers import bulk, listing, saved

urlpatterns: list[URLPattern] = [
    path("records/", listing.records, name="records"),
    path("records/export/", listing.records_export, name="records_export"),
    path("records/bulk/", bulk.records_bulk, name="records_bulk"),
    path("views/new/", saved.view_save, name="view_save"),
    path("views/<int:pk>/edit/", saved.view_edit, name="view_edit"),
    path("views/<int:pk>/delete/", saved.view_delete, name="view_delete"),
    path("views/<int:pk>/first/", saved.view_first, name="view_first"),
]
