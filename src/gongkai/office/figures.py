"""The figures of the ground floor: bodies, people, jobs that stopped; each opens its list."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.figures.registry import Figure, Scope, register
from gongkai.jobs import queries as jobs
from gongkai.jobs.models import OutboxRow


def _day(scope: Scope) -> date:
    return scope.as_of or localdate()


def _bodies(scope: Scope) -> QuerySet[Agency]:
    found = Agency.objects.valid_on(_day(scope))
    return found if scope.agency_ids is None else found.filter(pk__in=scope.agency_ids)


def _people(scope: Scope) -> QuerySet[User]:
    found = User.objects.filter(is_active=True)
    if scope.agency_ids is None:
        return found
    return found.filter(grants__agency__in=scope.agency_ids).distinct()


def _stopped(_scope: Scope) -> QuerySet[OutboxRow]:
    return jobs.failed()


def register_figures() -> None:
    """Called once when the apps start."""
    register(
        Figure(
            "agencies.bodies",
            "存续的机关",
            "个",
            lambda scope: _bodies(scope).count(),
            _bodies,
            lambda _scope: reverse("office:agencies"),
        ),
        Figure(
            "accounts.people",
            "启用的账号",
            "个",
            lambda scope: _people(scope).count(),
            _people,
            lambda _scope: reverse("office:people") + "?state=active",
        ),
        Figure(
            "jobs.stopped",
            "已停止的后台任务",
            "个",
            lambda scope: _stopped(scope).count(),
            _stopped,
            lambda _scope: reverse("office:jobs"),
        ),
    )
