"""The day on which a record was first public, as a value and as a condition.

For what was public before it came here that is `first_published_on`; else the day of
`published_at`. Counts use it; it is not the moment of the last change.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from gongkai.disclosure.models import Record


def first_public_on(record: Record) -> date | None:
    """The day, or None for what never was public."""
    if record.first_published_on is not None:
        return record.first_published_on
    return None if record.published_at is None else timezone.localdate(record.published_at)


def first_public_between(since: date | None, until: date | None) -> Q:
    """Records first public in a period, both days included; an open end has no bound."""
    here = Q(first_published_on__isnull=True, published_at__isnull=False)
    before = Q(first_published_on__isnull=False, published_at__isnull=False)
    if since is not None:
        here &= Q(published_at__gte=start_of(since))
        before &= Q(first_published_on__gte=since)
    if until is not None:
        here &= Q(published_at__lt=start_of(until + timedelta(days=1)))
        before &= Q(first_published_on__lte=until)
    return here | before


def start_of(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))
