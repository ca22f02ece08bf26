"""The page of a record, and what is done to it besides writing and reviewing."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.views.records import acting, attaching, page, relating

urlpatterns: list[URLPattern] = [
    path("records/<uuid:pk>/", page.record, name="record"),
    path("records/<uuid:pk>/preview/", page.preview, name="record_preview"),
    path("records/<uuid:pk>/files/", attaching.files, name="record_files"),
    path("records/<uuid:pk>/files/attach/", attaching.take_in, name="record_attach"),
    path("records/<uuid:pk>/files/settle/", attaching.settle, name="record_settle"),
    path("records/<uuid:pk>/files/<uuid:file>/detach/", attaching.take_off, name="record_detach"),
    path("records/<uuid:pk>/opinion/", acting.opinion, name="record_opinion"),
    path("records/<uuid:pk>/sign/", acting.sign, name="record_sign"),
    path("records/<uuid:pk>/again/", acting.again, name="record_again"),
    path("records/<uuid:pk>/ask/", acting.ask_body, name="record_ask"),
    path("records/<uuid:pk>/ask/<int:question>/", acting.answer, name="record_answer"),
    path("records/<uuid:pk>/relate/", relating.relate_to, name="record_relate"),
]
