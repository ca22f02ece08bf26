"""The API against its own description: whatever fits it and whatever does not, each answer is one
that the description names, none is a fault of the server, and no request is let in without a token.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, seed, settings
from pytest_django import Settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig as Config
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from gongkai.disclosure.models import Record
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.api.oa import Oa, connected
from tests.gongkai.databases import CommittedDatabase
from tests.gongkai.disclosure.chain import AT, staffed

Case = schemathesis.Case[Any]
Operation = APIOperation[Any, Any, Any, Any]
CASES = 100  # of each operation, of each mode
# What fits the description may still be refused: an article that is not in the law (422), details
# of another kind (422), a record that somebody changed (412).
ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "422"]
# 412 and 428 are refusals too.
REJECTED = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428"]
CONFIGURATION = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ACCEPTED},
        "negative_data_rejection": {"expected-statuses": REJECTED},
    },
    # The token is ours; what becomes of a wrong one is asked by the check `ignored_auth`.
    "generation": {"with-security-parameters": False},
}


def fits(case: Case, location: ParameterLocation) -> bool:
    """Whether this part of a request is there and as described: then it may be replaced by one that
    leads to a record, or to its revision as it is now."""
    drawn = case.meta.components if case.meta is not None else {}
    part = drawn.get(location)
    return part is not None and part.mode is GenerationMode.POSITIVE


@pytest.fixture
def oa(committed_database: CommittedDatabase) -> Oa:
    """A system that meets the application as a server runs it, each request on its own."""
    ensure_master_key(by=SYSTEM, at=AT)
    return connected(staffed())


@pytest.fixture
def operations(oa: Oa, settings: Settings) -> list[Operation]:
    """Every operation of the description that is served."""
    settings.GONGKAI_API_PER_MINUTE = 10**9
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", WSGIHandler(), config=Config.from_dict(CONFIGURATION)
    )
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


@pytest.mark.once
@pytest.mark.heavy
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_description_names(
    mode: GenerationMode, operations: list[Operation], oa: Oa
) -> None:
    statuses: Counter[str] = Counter()
    headers = {"Authorization": f"Bearer {oa.secret.shown}"}
    known = oa.draft().rpartition("/")[2]
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=CASES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @seed(7)
        def asked(case: Case) -> None:
            if fits(case, ParameterLocation.PATH) and sum(statuses.values()) % 4:
                case.path_parameters["record_id"] = known
                if "If-Match" in case.headers and fits(case, ParameterLocation.HEADER):
                    case.headers["If-Match"] = str(Record.objects.get(public_id=known).revision)
            response = case.call_and_validate(headers=headers)
            statuses[f"{case.method} {response.status_code}"] += 1

        asked()
    public = Record.objects.exclude(live=None, published_at=None).count()
    assert public == 0
    print(f"{mode.value}: {sum(statuses.values())} requests: {dict(sorted(statuses.items()))}")
