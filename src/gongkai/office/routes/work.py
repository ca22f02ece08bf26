"""The work list: what waits, for whom, and who takes it."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.views import work_claims

urlpatterns: list[URLPattern] = [
    path("work/<uuid:pk>/<str:occasion>/claim/", work_claims.claim, name="work_claim"),
    path("work/<uuid:pk>/<str:occasion>/give-back/", work_claims.give_back, name="work_give_back"),
    path("work/<uuid:pk>/<str:occasion>/take-over/", work_claims.take_over, name="work_take_over"),
]
