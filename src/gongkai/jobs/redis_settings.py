"""What settings need for Redis workers; imports nothing, so that settings may import it."""

from __future__ import annotations

from typing import Any

QUEUE = "default"
# Unpickling what Redis holds would run it; JSON is only read.
SERIALIZER = "rq.serializers.JSONSerializer"
APPS = ("django_tasks", "django_rq")
TASKS: dict[str, Any] = {
    "default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": [QUEUE]},
}
RQ = {"JOB_CLASS": "django_tasks_rq.Job", "COMMIT_MODE": "auto"}


def queues(address: str) -> dict[str, Any]:
    """RQ_QUEUES for this Redis."""
    return {
        QUEUE: {
            "URL": address,
            "DEFAULT_TIMEOUT": 3600,
            "SERIALIZER": SERIALIZER,
        }
    }
