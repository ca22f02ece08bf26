"""Addresses of the office, all under /office/; each view declares its policy."""

from __future__ import annotations

from django.urls import path

from gongkai.office.views import (
    agencies,
    agency_changes,
    calendar,
    jobs,
    people,
    people_acts,
    trail,
    work_list,
)

app_name = "office"

urlpatterns = [
    path("", work_list.work_list, name="work_list"),
    path("agencies/", agencies.agency_list, name="agencies"),
    path("agencies/new/", agencies.create, name="agency_create"),
    path("agencies/<slug:code>/", agencies.detail, name="agency"),
    path("agencies/<slug:code>/contact/", agencies.contact, name="agency_contact"),
    path("agencies/<slug:code>/confirm/", agencies.confirm, name="agency_confirm"),
    path("agencies/<slug:code>/profile/", agency_changes.profile, name="agency_profile"),
    path("agencies/<slug:code>/rename/", agency_changes.rename, name="agency_rename"),
    path("agencies/<slug:code>/move/", agency_changes.move, name="agency_move"),
    path("agencies/<slug:code>/merge/", agency_changes.merge, name="agency_merge"),
    path("agencies/<slug:code>/split/", agency_changes.split, name="agency_split"),
    path("agencies/<slug:code>/close/", agency_changes.close, name="agency_close"),
    path("me/", people.own, name="own"),
    path("people/", people.people_list, name="people"),
    path("people/new/", people.create, name="person_create"),
    path("people/<int:pk>/", people.detail, name="person"),
    path("people/<int:pk>/name/", people_acts.rename, name="person_rename"),
    path("people/<int:pk>/duty/", people_acts.grant, name="duty_grant"),
    path("people/<int:pk>/cover/", people_acts.cover, name="cover_set"),
    path("people/<int:pk>/switch/", people_acts.switch, name="person_switch"),
    path("people/<int:pk>/password/", people_acts.reset_password, name="password_reset"),
    path("people/<int:pk>/factor/", people_acts.reset_factor, name="factor_reset"),
    path("people/<int:pk>/appoint/", people_acts.appoint, name="appoint"),
    path("people/<int:pk>/identity/", people_acts.tie_identity, name="identity_tie"),
    path("identities/<int:identity>/untie/", people_acts.untie_identity, name="identity_untie"),
    path("duties/<int:grant_id>/revoke/", people_acts.revoke, name="duty_revoke"),
    path("covers/<int:cover_id>/cancel/", people_acts.cancel_cover, name="cover_cancel"),
    path("appointments/<int:appointment>/dismiss/", people_acts.dismiss, name="dismiss"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/new/", calendar.enter, name="notice_enter"),
    path("calendar/notices/<int:pk>/", calendar.notice, name="notice"),
    path("calendar/notices/<int:pk>/confirm/", calendar.confirm, name="notice_confirm"),
    path("calendar/notices/<int:pk>/withdraw/", calendar.withdraw, name="notice_withdraw"),
    path("trail/", trail.rows, name="trail"),
    path("trail/verify/", trail.verify, name="trail_verify"),
    path("trail/heads/", trail.heads, name="trail_heads"),
    path("jobs/", jobs.overview, name="jobs"),
    path("jobs/<int:row>/retry/", jobs.retry, name="job_retry"),
]
