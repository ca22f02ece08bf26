"""Records, versions, reviews, clearances, public acts, batches."""

from __future__ import annotations

from gongkai.disclosure.models.batches import BatchItem, BatchReview, ImportBatch
from gongkai.disclosure.models.normative import Cleanup, CleanupDecision, VoidedRelation
from gongkai.disclosure.models.places import HandOver, HandOverItem, PlaceKind, ReadingPlace
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
from gongkai.disclosure.models.text_findings import TextDecision
from gongkai.disclosure.models.upkeep import (
    LawChange,
    LawChangeTask,
    PageConfirmation,
    ReappraisalReminder,
)

__all__ = [
    "Act",
    "Authorship",
    "BatchItem",
    "BatchReview",
    "Cleanup",
    "CleanupDecision",
    "Clearance",
    "Coordination",
    "EmergencyOrder",
    "HandOver",
    "HandOverItem",
    "ImportBatch",
    "LawChange",
    "LawChangeTask",
    "LegalityOpinion",
    "PageConfirmation",
    "PlaceKind",
    "PublicAct",
    "ReadingPlace",
    "Reappraisal",
    "ReappraisalReminder",
    "Record",
    "Referral",
    "Relation",
    "Review",
    "ReviewRule",
    "Schedule",
    "TextDecision",
    "Version",
    "VoidedRelation",
]
