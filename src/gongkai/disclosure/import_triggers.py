"""What the database itself refuses about import batches, beside triggers.py: whose they are, what
their rows are, and that nobody passes what he brought in.

Conditions are SQL that both databases understand. The services never run into them.
"""

from __future__ import annotations

from gongkai.guards.builders import refuse
from gongkai.guards.triggers import Trigger, register

_BATCH = "disclosure_importbatch"
_ITEM = "disclosure_batchitem"

# By keys one inside the other, not by joins: a plan made while the tables were empty stays good.
_ITS_OWN_VERSION = """EXISTS (SELECT 1 FROM disclosure_version AS v WHERE v.id = NEW.version_id
    AND v.submitted_at IS NOT NULL AND v.content_hash = NEW.content_hash
    AND v.drafted_by = (SELECT b.imported_by FROM disclosure_importbatch AS b
        WHERE b.id = NEW.batch_id)
    AND (SELECT r.agency_id FROM disclosure_record AS r WHERE r.id = v.record_id)
        = (SELECT b.agency_id FROM disclosure_importbatch AS b WHERE b.id = NEW.batch_id))"""
_WROTE_IN_IT = """EXISTS (SELECT 1 FROM disclosure_batchitem AS i
    JOIN disclosure_version AS v ON v.id = i.version_id
    JOIN disclosure_authorship AS a ON a.record_id = v.record_id
    WHERE i.batch_id = NEW.batch_id AND a.person = NEW.reviewer)"""
_COMPLETE = """NEW.rows = (SELECT COUNT(*) FROM disclosure_batchitem AS i
    WHERE i.batch_id = NEW.id)"""
_NOTHING_LEFT = """NOT EXISTS (SELECT 1 FROM disclosure_batchitem AS i
    WHERE i.batch_id = NEW.id AND NOT i.excepted)"""
_SOURCE_OF_ITS_BATCH = """EXISTS (SELECT 1 FROM disclosure_clearance AS c
    WHERE c.record_id = NEW.id AND c.path = 'import'
    AND (SELECT b.source FROM disclosure_importbatch AS b WHERE b.id =
        (SELECT i.batch_id FROM disclosure_batchitem AS i WHERE i.version_id = c.version_id))
        = NEW.first_published_source)"""


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns)


TRIGGERS: tuple[Trigger, ...] = (
    # Who brought it in is told from those who pass it: that cannot be changed before the seal.
    refuse(
        "disclosure_batch_stays_whose_it_is",
        _BATCH,
        "UPDATE",
        when=_changed(
            "agency_id",
            "source",
            "sheet_digest",
            "rows",
            "imported_at",
            "imported_by",
            "imported_by_name",
        ),
        message="导入批次的机关、来源、清单和导入人不可更改",
    ),
    refuse(
        "disclosure_batch_comes_open",
        _BATCH,
        "INSERT",
        when="NEW.sealed_at IS NOT NULL",
        message="导入批次须先导入，再送审",
    ),
    refuse(
        "disclosure_batch_sealed_complete",
        _BATCH,
        "UPDATE",
        when=f"OLD.sealed_at IS NULL AND NEW.sealed_at IS NOT NULL "
        f"AND (NOT ({_COMPLETE}) OR {_NOTHING_LEFT})",
        message="清单没有全部导入，或者全部除外，不能送审",
    ),
    refuse(
        "disclosure_item_of_its_batch",
        _ITEM,
        "INSERT",
        when=f"NOT {_ITS_OWN_VERSION}",
        message="导入的一行须是导入人在本机关送审的文稿，并与其内容摘要一致",
    ),
    # Before the seal a row may be taken out, and nothing else.
    refuse(
        "disclosure_item_stays_as_imported",
        _ITEM,
        "UPDATE",
        when=f"OLD.excepted OR "
        f"{_changed('batch_id', 'version_id', 'row', 'content_hash', 'first_published_on')}",
        message="导入的一行不可更改，只能除外",
    ),
    refuse(
        "disclosure_batch_review_not_by_its_author",
        "disclosure_batchreview",
        "INSERT",
        when=_WROTE_IN_IT,
        message="起草人不能审查自己起草的内容",
    ),
    refuse(
        "disclosure_batch_review_is_secrecy_or_final",
        "disclosure_batchreview",
        "INSERT",
        when="NEW.step NOT IN ('secrecy', 'final')",
        message="批次审查只有保密审查和终审",
    ),
    refuse(
        "disclosure_first_published_source_of_its_batch",
        "disclosure_record",
        "UPDATE",
        when="NEW.first_published_source IS DISTINCT FROM OLD.first_published_source AND "
        f"(OLD.first_published_source <> '' OR NOT {_SOURCE_OF_ITS_BATCH})",
        message="首次公开的来源只能由经审查的导入批次写入，且不可更改",
    ),
    refuse(
        "disclosure_record_comes_without_a_source",
        "disclosure_record",
        "INSERT",
        when="NEW.first_published_source <> ''",
        message="首次公开的来源只能由经审查的导入批次写入，且不可更改",
    ),
)


def register_import_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
