"""A record: writing it. Its page and the other acts stand in record_acts."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.views.records import creating, editing, submitting

urlpatterns: list[URLPattern] = [
    path("records/new/", creating.new, name="record_new"),
    path("records/<uuid:pk>/edit/", editing.write, name="record_edit"),
    path("records/<uuid:pk>/save/", editing.save, name="record_save"),
    path("records/<uuid:pk>/findings/", editing.findings, name="record_findings"),
    path(
        "records/<uuid:pk>/findings/<slug:finding>/answer/",
        submitting.answer,
        name="finding_answer",
    ),
    path("records/<uuid:pk>/submit/", submitting.submit, name="record_submit"),
]
