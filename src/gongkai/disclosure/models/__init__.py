"""Records, versions, reviews, clearances, public acts, batches."""

from __future__ import annotations

from gongkai.disclosure.models.batches import BatchItem, BatchReview, ImportBatch
from gongkai.disclosure.models.publication import Act, PublicAct, Reappraisal, Relation, Schedule
from gongkai.disclosure.models.records import Authorship, Record, Version
from gongkai.disclosure.models.reviews import (
    Clearance,
    Coordination,
    EmergencyOrder,
    LegalityOpinion,
    Referral,
    Review,
    ReviewRule,
)

__all__ = [
    "Act",
    "Authorship",
    "BatchItem",
    "BatchReview",
    "Clearance",
    "Coordination",
    "EmergencyOrder",
    "ImportBatch",
    "LegalityOpinion",
    "PublicAct",
    "Reappraisal",
    "Record",
    "Referral",
    "Relation",
    "Review",
    "ReviewRule",
    "Schedule",
    "Version",
]
