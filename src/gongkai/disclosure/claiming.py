"""Which work on a record can be taken: a review step of a version, or its publication."""

from __future__ import annotations

from gongkai.accounts.policies import Policy
from gongkai.claims.matters import Matter
from gongkai.disclosure import policies
from gongkai.disclosure.models import Version
from gongkai.disclosure.steps import Step

PUBLISH = "publish"
OCCASIONS = {**{step.value: step.label for step in Step}, PUBLISH: "发布"}


def matter_of(version: Version, occasion: str) -> Matter:
    """The work on a version as claims know it: by record, draft and step."""
    record = version.record
    return Matter(
        kind="record",
        id=str(record.public_id),
        label=version.title[:200],
        agency_code=record.agency.code,
        occasion=f"{version.number}.{occasion}",
        occasion_label=f"第{version.number}稿{OCCASIONS[occasion]}",
    )


def policy_of(occasion: str) -> Policy:
    """Who may do the work may take it."""
    return policies.PUBLISH if occasion == PUBLISH else policies.REVIEW[Step(occasion)]
