"""What the database itself refuses about records: nothing uncleared is public (decision 11).

Conditions are SQL that both databases understand. The services never run into them.
"""

from __future__ import annotations

from gongkai.disclosure.models.records import CONTENT_WORDS
from gongkai.guards.builders import append_only, immutable, refuse, undeletable
from gongkai.guards.triggers import Trigger, register

_RECORD = "disclosure_record"
_VERSION = "disclosure_version"
_REVIEW = "disclosure_review"
_CLEARANCE = "disclosure_clearance"
_ORDER = "disclosure_emergencyorder"
_BATCH = "disclosure_importbatch"
_ITEM = "disclosure_batchitem"
_BATCH_REVIEW = "disclosure_batchreview"

_DATES = ("formed_on", "changed_on", "effective_on", "expires_on")


_PASSED = """EXISTS (SELECT 1 FROM disclosure_review AS p
    WHERE p.version_id = NEW.version_id AND p.content_hash = NEW.content_hash
    AND p.verdict = 'pass' AND p.position = {position} AND {person}
    AND NOT EXISTS (SELECT 1 FROM disclosure_review AS r WHERE r.version_id = p.version_id
        AND r.id > p.id AND r.back_position <= p.position))"""
_AUTHOR = """EXISTS (SELECT 1 FROM disclosure_authorship AS a JOIN disclosure_version AS v
    ON v.record_id = a.record_id WHERE v.id = NEW.version_id AND a.person = {person})"""


def _passed(position: str, *, by: str = "") -> str:
    """A pass at a position on the version and hash of NEW that no later return has voided."""
    person = f"p.reviewer = {by}" if by else "1 = 1"
    return _PASSED.replace("{position}", position).replace("{person}", person)


def _author(person: str) -> str:
    return _AUTHOR.replace("{person}", person)


_SUBMITTED = """EXISTS (SELECT 1 FROM disclosure_version AS v WHERE v.id = NEW.version_id
    AND v.submitted_at IS NOT NULL AND v.content_hash = NEW.content_hash)"""
_ENDED = """EXISTS (SELECT 1 FROM disclosure_review AS r
    WHERE r.version_id = NEW.version_id AND r.back_position = 0)"""
_ORDERED = (
    "EXISTS (SELECT 1 FROM disclosure_emergencyorder AS e WHERE e.version_id = NEW.version_id)"
)
_ORDERED_BY_A_THIRD = """EXISTS (SELECT 1 FROM disclosure_emergencyorder AS e
    JOIN disclosure_review AS p ON p.version_id = e.version_id
    WHERE e.version_id = NEW.version_id AND p.step = 'secrecy' AND p.verdict = 'pass'
    AND p.reviewer <> e.ordered_by)"""
_OF_THE_RECORD = """EXISTS (SELECT 1 FROM disclosure_version AS v
    WHERE v.id = NEW.version_id AND v.record_id = NEW.record_id)"""
_OPINION_IS_MISSING = """EXISTS (SELECT 1 FROM disclosure_record AS n WHERE n.id = NEW.record_id
    AND n.kind = 'normative') AND NOT EXISTS (SELECT 1 FROM disclosure_legalityopinion AS o
    JOIN disclosure_version AS v ON v.id = o.version_id WHERE v.record_id = NEW.record_id
    AND o.lawful)"""
# By keys one inside the other, not by joins: a plan made while the tables were empty stays good.
_BATCH_PASSED = """EXISTS (SELECT 1 FROM disclosure_batchitem AS i
    WHERE i.version_id = NEW.version_id AND i.content_hash = NEW.content_hash AND NOT i.excepted
    AND EXISTS (SELECT 1 FROM disclosure_importbatch AS b
        WHERE b.id = i.batch_id AND b.sealed_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM disclosure_batchreview AS s
            WHERE s.batch_id = b.id AND s.step = 'secrecy' AND s.digest = b.digest
            AND s.reviewer <> b.imported_by
            AND EXISTS (SELECT 1 FROM disclosure_batchreview AS f
                WHERE f.batch_id = b.id AND f.step = 'final' AND f.digest = b.digest
                AND f.reviewer <> b.imported_by AND f.reviewer <> s.reviewer))))"""
_CLEARED_AND_PROACTIVE = """EXISTS (SELECT 1 FROM disclosure_clearance AS c
    JOIN disclosure_version AS v ON v.id = c.version_id WHERE c.id = NEW.live_id
    AND c.record_id = NEW.id AND v.attribute = 'proactive'
    AND NOT EXISTS (SELECT 1 FROM disclosure_review AS r
        WHERE r.version_id = c.version_id AND r.back_position = 0))"""
_IMPORTED_SO = """EXISTS (SELECT 1 FROM disclosure_clearance AS c
    WHERE c.record_id = NEW.id AND c.path = 'import'
    AND EXISTS (SELECT 1 FROM disclosure_batchitem AS i WHERE i.version_id = c.version_id
        AND i.first_published_on = NEW.first_published_on))"""
_SEALED = """EXISTS (SELECT 1 FROM disclosure_importbatch AS b
    WHERE b.id = {row}.batch_id AND b.sealed_at IS NOT NULL)"""


def _sealed(row: str) -> str:
    return _SEALED.format(row=row)


_VERSIONS: tuple[Trigger, ...] = (
    *undeletable(_VERSION),
    *immutable(
        _VERSION,
        (*CONTENT_WORDS, *_DATES, "submitted_at", "content_hash"),
        when="OLD.submitted_at IS NOT NULL",
    ),
    refuse(
        "disclosure_version_stays_where_it_is",
        _VERSION,
        "UPDATE",
        when="NEW.record_id <> OLD.record_id OR NEW.number <> OLD.number "
        "OR NEW.drafted_by <> OLD.drafted_by",
        message="文稿不能改属别的信息，也不能改起草人",
    ),
    refuse(
        "disclosure_version_comes_as_a_draft",
        _VERSION,
        "INSERT",
        when="NEW.submitted_at IS NOT NULL",
        message="文稿须先起草，再送审",
    ),
    refuse(
        "disclosure_submitted_with_its_author",
        _VERSION,
        "UPDATE",
        when="OLD.submitted_at IS NULL AND NEW.submitted_at IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM disclosure_authorship AS a "
        "WHERE a.record_id = NEW.record_id AND a.person = NEW.drafted_by)",
        message="送审的文稿须有起草人",
    ),
    *append_only("disclosure_authorship"),
)

_REVIEWS: tuple[Trigger, ...] = (
    *append_only(_REVIEW),
    refuse(
        "disclosure_review_of_what_was_submitted",
        _REVIEW,
        "INSERT",
        when=f"NOT {_SUBMITTED}",
        message="审查须针对已送审的文稿，并与其内容摘要一致",
    ),
    refuse(
        "disclosure_review_not_by_its_author",
        _REVIEW,
        "INSERT",
        when=_author("NEW.reviewer"),
        message="起草人不能审查自己起草的内容",
    ),
    refuse(
        "disclosure_review_not_after_the_end",
        _REVIEW,
        "INSERT",
        when=_ENDED,
        message="已退回起草人的文稿不再审查",
    ),
    refuse(
        "disclosure_review_in_order",
        _REVIEW,
        "INSERT",
        when=f"NEW.position > 1 AND NOT {_ORDERED} AND NOT {_passed('NEW.position - 1')}",
        message="审查须按步骤进行：前一步还没有通过",
    ),
    refuse(
        "disclosure_review_once_a_step",
        _REVIEW,
        "INSERT",
        when=_passed("NEW.position"),
        message="这一步已经通过",
    ),
    refuse(
        "disclosure_secrecy_and_final_are_two",
        _REVIEW,
        "INSERT",
        when=f"(NEW.step = 'final' AND {_passed('2', by='NEW.reviewer')}) "
        f"OR (NEW.step = 'secrecy' AND {_passed('4', by='NEW.reviewer')})",
        message="保密审查和终审须由两人分别进行",
    ),
    *append_only(_ORDER),
    refuse(
        "disclosure_order_not_by_its_author",
        _ORDER,
        "INSERT",
        when=_author("NEW.ordered_by"),
        message="起草人不能决定应急缩短审查",
    ),
    *append_only("disclosure_legalityopinion"),
    *undeletable("disclosure_referral"),
    *undeletable("disclosure_coordination"),
)

_CLEARANCES: tuple[Trigger, ...] = (
    *append_only(_CLEARANCE),
    refuse(
        "disclosure_clearance_of_what_was_submitted",
        _CLEARANCE,
        "INSERT",
        when=f"NOT {_SUBMITTED} OR NOT {_OF_THE_RECORD} OR {_ENDED}",
        message="公开许可须针对已送审、未退回的文稿，并与其内容摘要一致",
    ),
    refuse(
        "disclosure_clearance_after_four_passes",
        _CLEARANCE,
        "INSERT",
        when=f"NEW.path = 'standard' AND NOT ({_passed('1')} AND {_passed('2')} "
        f"AND {_passed('3')} AND {_passed('4')})",
        message="四步审查没有全部通过，不能公开",
    ),
    refuse(
        "disclosure_clearance_in_an_emergency",
        _CLEARANCE,
        "INSERT",
        when=f"NEW.path = 'emergency' AND NOT ({_passed('2')} AND {_ORDERED_BY_A_THIRD})",
        message="应急公开也须先通过保密审查，并由第三人决定",
    ),
    refuse(
        "disclosure_clearance_of_a_batch",
        _CLEARANCE,
        "INSERT",
        when=f"NEW.path = 'import' AND NOT {_BATCH_PASSED}",
        message="导入批次没有通过审查，不能公开",
    ),
    refuse(
        "disclosure_clearance_has_a_path",
        _CLEARANCE,
        "INSERT",
        when="NEW.path NOT IN ('standard', 'emergency', 'import')",
        message="没有这种审查途径",
    ),
    refuse(
        "disclosure_clearance_of_a_lawful_document",
        _CLEARANCE,
        "INSERT",
        when=f"NEW.path <> 'import' AND {_OPINION_IS_MISSING}",
        message="行政规范性文件没有合法性审核意见，不能公开",
    ),
)

_RECORDS: tuple[Trigger, ...] = (
    *undeletable(_RECORD),
    *immutable(_RECORD, ("public_id", "agency_id", "kind", "created_at", "created_by")),
    refuse(
        "disclosure_record_comes_unpublished",
        _RECORD,
        "INSERT",
        when="NEW.live_id IS NOT NULL OR NEW.published_at IS NOT NULL "
        "OR NEW.first_published_on IS NOT NULL",
        message="信息须先经审查，再公开",
    ),
    refuse(
        "disclosure_live_is_cleared",
        _RECORD,
        "UPDATE",
        when=f"NEW.live_id IS NOT NULL AND NOT {_CLEARED_AND_PROACTIVE}",
        message="没有公开许可的内容不能公开",
    ),
    refuse(
        "disclosure_published_once",
        _RECORD,
        "UPDATE",
        when="OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at",
        message="发布日期由系统记载，不可更改",
    ),
    refuse(
        "disclosure_published_after_clearance",
        _RECORD,
        "UPDATE",
        when="OLD.published_at IS NULL AND NEW.published_at IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM disclosure_clearance AS c WHERE c.id = NEW.live_id "
        "AND c.at <= NEW.published_at)",
        message="发布日期不能早于公开许可",
    ),
    refuse(
        "disclosure_first_published_by_a_batch",
        _RECORD,
        "UPDATE",
        when="NEW.first_published_on IS DISTINCT FROM OLD.first_published_on AND "
        f"(OLD.first_published_on IS NOT NULL OR NOT {_IMPORTED_SO})",
        message="首次公开日期只能由经审查的导入批次写入，且不可更改",
    ),
    *append_only("disclosure_publicact"),
    *undeletable("disclosure_schedule"),
    *immutable(
        "disclosure_schedule", ("record_id", "clearance_id", "at", "planned_by", "planned_by_name")
    ),
    refuse(
        "disclosure_schedule_done_once",
        "disclosure_schedule",
        "UPDATE",
        when="OLD.done_at IS NOT NULL",
        message="已执行的定时发布不可更改",
    ),
    *append_only("disclosure_relation"),
    *append_only("disclosure_reappraisal"),
)

_BATCHES: tuple[Trigger, ...] = (
    *undeletable(_BATCH),
    *immutable(
        _BATCH,
        ("agency_id", "digest", "sealed_at", "imported_by"),
        when="OLD.sealed_at IS NOT NULL",
    ),
    *undeletable(_ITEM),
    refuse(
        "disclosure_item_of_an_open_batch",
        _ITEM,
        "INSERT",
        when=_sealed("NEW"),
        message="已送审的批次不能增加",
    ),
    refuse(
        "disclosure_item_of_a_sealed_batch",
        _ITEM,
        "UPDATE",
        when=f"{_sealed('OLD')} OR {_sealed('NEW')}",
        message="已送审的批次不能改动",
    ),
    *append_only(_BATCH_REVIEW),
    refuse(
        "disclosure_batch_review_of_what_was_sealed",
        _BATCH_REVIEW,
        "INSERT",
        when="NOT EXISTS (SELECT 1 FROM disclosure_importbatch AS b WHERE b.id = NEW.batch_id "
        "AND b.sealed_at IS NOT NULL AND b.digest = NEW.digest AND b.imported_by <> NEW.reviewer)",
        message="批次审查须针对已送审的清单，并由导入人以外的人进行",
    ),
    refuse(
        "disclosure_batch_reviewed_by_two",
        _BATCH_REVIEW,
        "INSERT",
        when="EXISTS (SELECT 1 FROM disclosure_batchreview AS o WHERE o.batch_id = NEW.batch_id "
        "AND o.reviewer = NEW.reviewer)",
        message="保密审查和终审须由两人分别进行",
    ),
)

TRIGGERS = (*_VERSIONS, *_REVIEWS, *_CLEARANCES, *_RECORDS, *_BATCHES)


def register_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
