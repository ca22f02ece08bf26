"""Addresses: which audience answers where."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from gongkai.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
]

urlpatterns += [
    path("", include("gongkai.web.urls")),
    path("", include("gongkai.portal.urls")),
    path("office/", include("gongkai.office.urls")),
    path("files/", include("gongkai.files.urls")),
    path("api/v1/", include("gongkai.api.urls")),
]

urlpatterns += [path("accounts/", include("gongkai.accounts.urls"))]
