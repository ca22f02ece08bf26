"""What the database itself refuses about files: changed hashes, skipped quarantine, and above all
that an original, or what nobody looked through, is noted as released.

Whether findings are open stands in ciphertext and is the gate's business (services.releasing).
"""

from __future__ import annotations

from gongkai.guards.builders import append_only, immutable, refuse, undeletable
from gongkai.guards.triggers import register

_FILE, _SCREENING = "files_storedfile", "files_screening"
_DECISION, _DRAFT = "files_findingdecision", "files_redactiondraft"
_RELEASE, _ITEM = "files_release", "files_releaseditem"

_CONTENT = (
    *("id", "owner_kind", "owner_id", "agency_code", "number", "role", "carrier", "size"),
    *("sha256", "stored_as", "name", "report", "parent_id", "original_id"),
    *("taken_at", "taken_by", "taken_by_name"),
)
_WRONG_STEP = """NEW.state <> OLD.state AND NOT (
    (OLD.state = 'quarantined' AND NEW.state IN ('ready', 'infected'))
    OR (OLD.state = 'ready' AND NEW.state = 'sealed' AND OLD.role IN ('original', 'converted'))
)"""
_WRONG_BEGINNING = """(
    (NEW.role = 'original' AND NEW.state NOT IN ('quarantined', 'ready'))
    OR (NEW.role <> 'original' AND (NEW.state <> 'ready' OR NOT EXISTS (
        SELECT 1 FROM files_storedfile AS p, files_storedfile AS o
        WHERE p.id = NEW.parent_id AND o.id = NEW.original_id AND o.role = 'original'
        AND (p.id = o.id OR p.original_id = o.id)
        AND p.state IN ('ready', 'sealed') AND o.state IN ('ready', 'sealed')
        AND p.number = NEW.number AND p.agency_code = NEW.agency_code
        AND p.owner_kind = NEW.owner_kind AND p.owner_id = NEW.owner_id
    )))
)"""
_SCREENED_ANOTHER = """NOT EXISTS (
    SELECT 1 FROM files_storedfile AS f WHERE f.id = NEW.file_id AND f.sha256 = NEW.sha256
    AND f.state IN ('ready', 'sealed')
)"""
_NOT_TO_GO_OUT = """NOT EXISTS (
    SELECT 1 FROM files_storedfile AS f, files_storedfile AS o, files_release AS r
    WHERE f.id = NEW.file_id AND o.id = f.original_id AND r.id = NEW.release_id
    AND f.role IN ('stripped', 'redacted') AND f.state = 'ready'
    AND f.owner_kind = r.subject_kind AND f.owner_id = r.subject_id
    AND f.sha256 = NEW.sha256 AND o.sha256 = NEW.original_sha256
    AND EXISTS (SELECT 1 FROM files_screening AS s
        WHERE s.file_id = f.id AND s.sha256 = f.sha256 AND s.failure = '')
    AND NOT (f.role = 'stripped' AND EXISTS (SELECT 1 FROM files_storedfile AS b
        WHERE b.original_id = f.original_id AND b.role = 'redacted'))
)"""

TRIGGERS = (
    *undeletable(_FILE),
    *immutable(_FILE, _CONTENT),
    refuse("files_state_follows", _FILE, "UPDATE", when=_WRONG_STEP, message="文件状态不能这样变"),
    refuse(
        "files_begin_in_order",
        _FILE,
        "INSERT",
        when=_WRONG_BEGINNING,
        message="文件须先收存，派生的文件须与其来源同属一处",
    ),
    *append_only(_SCREENING),
    refuse(
        "files_screening_is_of_the_content",
        _SCREENING,
        "INSERT",
        when=_SCREENED_ANOTHER,
        message="检查的不是这份文件的内容",
    ),
    *append_only(_DECISION),
    *undeletable(_DRAFT),
    *immutable(_DRAFT, ("id", "file_id")),
    refuse(
        "files_draft_goes_on",
        _DRAFT,
        "UPDATE",
        when="NEW.version <> OLD.version + 1",
        message="遮盖方案只能逐版修改",
    ),
    *append_only(_RELEASE),
    *append_only(_ITEM),
    refuse(
        "files_only_what_may_goes_out",
        _ITEM,
        "INSERT",
        when=_NOT_TO_GO_OUT,
        message="只有清理或者遮盖、检查过的本处文件才能发出",
    ),
)


def register_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
