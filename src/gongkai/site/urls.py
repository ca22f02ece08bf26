"""Addresses: which audience answers where."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from gongkai.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
]

# --- web and office (O5) ------------------------------------------------------------------------
urlpatterns += [
    path("", include("gongkai.web.urls")),
    path("office/", include("gongkai.office.urls")),
]
# --- end of web and office ----------------------------------------------------------------------

# --- accounts (O4) ------------------------------------------------------------------------------
urlpatterns += [path("accounts/", include("gongkai.accounts.urls"))]
# --- end of accounts ----------------------------------------------------------------------------
