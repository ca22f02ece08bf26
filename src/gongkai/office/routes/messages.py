"""Messages to the person who is signed in, and who was told what."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.views import messages, messages_choices

urlpatterns: list[URLPattern] = [
    path("messages/", messages.own, name="messages"),
    path("messages/read/", messages.read_all, name="messages_read"),
    path("messages/told/", messages.told, name="messages_told"),
    path("messages/choices/", messages_choices.choices, name="message_choices"),
    path("messages/try/", messages_choices.try_out, name="message_try"),
    path("messages/addresses/<str:what>/", messages_choices.address, name="message_address"),
    path("messages/addresses/<str:what>/remove/", messages_choices.remove, name="message_remove"),
    path("messages/<uuid:pk>/read/", messages.read, name="message_read"),
    path("messages/<uuid:pk>/open/", messages.follow, name="message_open"),
]
