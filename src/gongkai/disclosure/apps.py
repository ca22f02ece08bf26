"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Disclosure."""

    name = "gongkai.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Adds this app's sentences, triggers, jobs and figures to their lists."""
        from gongkai.disclosure.alarms import register_alarm_kinds
        from gongkai.disclosure.attachments import register_records
        from gongkai.disclosure.events import register_events
        from gongkai.disclosure.figures import register_figures
        from gongkai.disclosure.finding_triggers import register_finding_triggers
        from gongkai.disclosure.import_triggers import register_import_triggers
        from gongkai.disclosure.jobs import register_jobs
        from gongkai.disclosure.normative_triggers import register_normative_triggers
        from gongkai.disclosure.telling import register_kinds
        from gongkai.disclosure.triggers import register_triggers
        from gongkai.disclosure.upkeep_triggers import register_upkeep_triggers

        register_jobs()
        register_events()
        register_kinds()
        register_alarm_kinds()
        register_triggers()
        register_finding_triggers()
        register_import_triggers()
        register_normative_triggers()
        register_upkeep_triggers()
        register_figures()
        register_records()
