"""Reviewing and publishing."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.views.review import desk, emergencies, page, publishing, rules, verdicts

urlpatterns: list[URLPattern] = [
    path("review/", desk.review_desk, name="review_desk"),
    path("review/rule/", rules.review_rule, name="review_rule"),
    path("records/<uuid:pk>/review/", page.review, name="review"),
    path("records/<uuid:pk>/review/pass/", verdicts.review_pass, name="review_pass"),
    path("records/<uuid:pk>/review/return/", verdicts.review_return, name="review_return"),
    path("records/<uuid:pk>/review/refer/", verdicts.review_refer, name="review_refer"),
    path("records/<uuid:pk>/referral/", verdicts.referral_answer, name="referral_answer"),
    path("records/<uuid:pk>/emergency/", emergencies.order, name="record_emergency"),
    path("records/<uuid:pk>/emergency/clear/", emergencies.clear, name="record_emergency_clear"),
    path("records/<uuid:pk>/publish/", publishing.publish_now, name="record_publish"),
    path("records/<uuid:pk>/plan/", publishing.plan_ahead, name="record_plan"),
    path("records/<uuid:pk>/plan/cancel/", publishing.cancel, name="record_plan_cancel"),
    path("records/<uuid:pk>/withdraw/", publishing.take_back, name="record_withdraw"),
]
