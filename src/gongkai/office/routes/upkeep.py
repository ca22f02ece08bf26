"""Normative documents, interpretations, evaluations, pages, imports, reading places."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.views.upkeep import (
    batches,
    cleanups,
    hand_overs,
    imports,
    interpretations,
    law_changes,
    normative,
    page_writing,
    pages,
    places,
    reappraisals,
)

urlpatterns: list[URLPattern] = [
    path("normative/", normative.register, name="normative"),
    path("normative/cleanups/", cleanups.cleanup_list, name="cleanups"),
    path("normative/cleanups/new/", cleanups.start, name="cleanup_open"),
    path("normative/cleanups/<int:pk>/", cleanups.cleanup, name="cleanup"),
    path("normative/cleanups/<int:pk>/decide/", cleanups.decide, name="cleanup_decide"),
    path("normative/relations/<int:relation>/void/", normative.void, name="relation_void"),
    path("normative/<uuid:pk>/", normative.document, name="normative_document"),
    path("interpretations/", interpretations.interpretations, name="interpretations"),
    path("reappraisals/", reappraisals.reappraisals, name="reappraisals"),
    path("reappraisals/law/", law_changes.law_change, name="law_change"),
    path("reappraisals/bodies/", law_changes.bodies, name="reappraisal_bodies"),
    path("reappraisals/<uuid:pk>/", reappraisals.reappraisal, name="reappraisal"),
    path("reappraisals/<uuid:pk>/decide/", reappraisals.decide, name="reappraisal_decide"),
    path("pages/", pages.pages, name="pages"),
    path("pages/<slug:code>/<slug:kind>/", pages.page, name="page"),
    path("pages/<slug:code>/<slug:kind>/draft/", pages.draft, name="page_draft"),
    path("pages/<slug:code>/<slug:kind>/edit/", page_writing.edit, name="page_edit"),
    path("pages/<slug:code>/<slug:kind>/confirm/", pages.confirm, name="page_confirm"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.bring_in, name="import_new"),
    path("imports/<int:pk>/", batches.batch, name="import_batch"),
    path("imports/<int:pk>/rows/<int:row>/except/", batches.leave_out, name="import_except"),
    path("imports/<int:pk>/seal/", batches.seal, name="import_seal"),
    path("imports/<int:pk>/secrecy/", batches.pass_secrecy, name="import_secrecy"),
    path("imports/<int:pk>/final/", batches.pass_final, name="import_final"),
    path("imports/<int:pk>/clear/", batches.clear, name="import_clear"),
    path("places/", places.places, name="places"),
    path("places/new/", places.register, name="place_new"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/change/", places.change, name="place_change"),
    path("places/<int:pk>/close/", places.close, name="place_close"),
    path("places/<int:pk>/hand-over/", hand_overs.give, name="place_hand_over"),
    path("places/lists/<int:pk>/", hand_overs.handed, name="hand_over"),
]
