"""The OpenAPI description of the API, as it is served and as the how-to is compared with."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongkai.api.routes import api


@cache
def description() -> dict[str, Any]:
    """Paths, fields, errors; made from the code, so that it cannot say anything else."""
    made = dict(api.get_openapi_schema(path_prefix="api/v1/"))
    for schema in made["components"]["schemas"].values():
        del schema["description"]  # written for whoever reads the code
    return made
