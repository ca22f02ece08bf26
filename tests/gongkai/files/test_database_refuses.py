"""What the database refuses about files, by SQL written by hand, with its control."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.files import services
from gongkai.files.models import Channel, Release, Verdict
from screening.passages import Carrier
from tests.gongkai.files.cases import AGENCY, AT, CASE, LATER, OTHER_CASE, SECOND, UPLOADER, taken
from tests.gongkai.files.pipeline import ANSWER, Pipeline
from tests.gongkai.files.test_release_gate import MARKS, without_triggers

_FILE = "UPDATE files_storedfile SET {} WHERE role = '{}'"
_ITEM = """INSERT INTO files_releaseditem (release_id, file_id, sha256, original_sha256, name)
    SELECT r.id, f.id, f.sha256, coalesce(o.sha256, ''), 'x.pdf'
    FROM files_release AS r, files_storedfile AS f
    LEFT JOIN files_storedfile AS o ON o.id = f.original_id
    WHERE r.channel = 'web' AND {}"""
_COPY = """INSERT INTO files_storedfile
    (id, owner_kind, owner_id, agency_code, number, role, state, remark, carrier, size, sha256,
     stored_as, name, report, parent_id, original_id, taken_at, taken_by, taken_by_name)
    SELECT '00000000000040008000000000000001', {owner}, owner_id, agency_code, number, 'stripped',
    '{state}', '', carrier, size, sha256, '{stored}', name, report, {parent}, {original}, taken_at,
    taken_by, taken_by_name FROM files_storedfile WHERE role = 'original' AND number = 1
    AND owner_id = '12'"""
_LOOK = """INSERT INTO files_screening
    (file_id, sha256, lists_version, findings, must, answer, hint, not_covered, failure, at, by,
     by_name)
    SELECT id, '{sha256}', '1', name, 0, 0, 0, 0, '', taken_at, '7', '甲'
    FROM files_storedfile WHERE role = 'stripped'"""


def copy(
    owner: str = "owner_kind",
    state: str = "ready",
    parent: str = "id",
    original: str = "id",
) -> str:
    return _COPY.format(owner=owner, state=state, parent=parent, original=original, stored="f" * 64)


ATTACKS = {
    "改摘要": _FILE.format("sha256 = '00'", "original"),
    "改存放名": _FILE.format("stored_as = 'x' || substr(stored_as, 2)", "original"),
    "改归属": _FILE.format("owner_id = '13'", "stripped"),
    "改清理报告": _FILE.format("report = '{}'", "stripped"),
    "原件封存后启封": _FILE.format("state = 'ready'", "original"),
    "可用的改回隔离": _FILE.format("state = 'quarantined'", "stripped"),
    "直接写成有毒": _FILE.format("state = 'infected'", "stripped"),
    "清理件封存": _FILE.format("state = 'sealed'", "stripped"),
    "删文件": "DELETE FROM files_storedfile WHERE role = 'redacted'",
    "派生到别的归属": copy(owner="'other'"),
    "派生的一来就隔离": copy(state="quarantined"),
    "来源不是原件": copy(
        original="(SELECT id FROM files_storedfile WHERE role = 'stripped' LIMIT 1)"
    ),
    "来源是别人的": copy(
        parent="(SELECT id FROM files_storedfile WHERE owner_id = '13')",
        original="(SELECT id FROM files_storedfile WHERE owner_id = '13')",
    ),
    "改检查": "UPDATE files_screening SET must = 0, failure = ''",
    "删检查": "DELETE FROM files_screening",
    "检查的是别的内容": _LOOK.format(sha256="0" * 64),
    "改处理": "UPDATE files_findingdecision SET verdict = 'justified'",
    "删处理": "DELETE FROM files_findingdecision",
    "方案跳版": "UPDATE files_redactiondraft SET version = 9",
    "方案退版": "UPDATE files_redactiondraft SET version = version",
    "删方案": "DELETE FROM files_redactiondraft",
    "发出原件": _ITEM.format("f.role = 'original' AND f.owner_id = '12'"),
    "发出另有遮盖件的清理件": _ITEM.format("f.role = 'stripped'"),
    "发出没检查过的": _ITEM.format("f.role = 'redacted'"),
    "改发出": "UPDATE files_release SET by = '99'",
    "删发出": "DELETE FROM files_release WHERE channel = 'print'",
    "改发出的文件": "UPDATE files_releaseditem SET name = 'y.pdf'",
    "删发出的文件": "DELETE FROM files_releaseditem",
}
# Held by constraints, which stand without triggers too.
CONSTRAINED = {
    "没有理由的处理": """INSERT INTO files_findingdecision
        (original_id, file_id, key, verdict, reason, at, by, by_name)
        SELECT id, id, 'k', 'justified', '', taken_at, '8', '乙' FROM files_storedfile
        WHERE role = 'original' AND owner_id = '13'""",
    "没有来源的清理件": copy(parent="NULL", original="NULL"),
}


@pytest.fixture(autouse=True)
def _filled(pipeline: Pipeline) -> None:
    """One file stripped, screened, released; then blackened, unscreened; one of another case."""
    pipeline.found, pipeline.carrier = (ANSWER,), Carrier.PDF
    original = taken()
    taken("别的", owner=OTHER_CASE)
    file = services.strip(original, by=UPLOADER, at=LATER)
    services.screen(file, by=UPLOADER, at=LATER)
    services.decide(
        file,
        ANSWER.key,
        verdict=Verdict.JUSTIFIED,
        reason="图片已经人工看过",
        by=SECOND,
        at=LATER,
    )
    services.save_draft(original, {"marks": []}, version=0, by=UPLOADER, at=AT)
    services.release([file], to=Channel.PRINT, by=SECOND, at=LATER, subject=CASE)
    # A release still without files, into which the attacks put theirs.
    Release.objects.create(
        channel=Channel.WEB,
        subject_kind=CASE.kind,
        subject_id=CASE.id,
        agency_code=AGENCY,
        at=LATER,
        by=SECOND.id,
        by_name=SECOND.name,
    )
    services.redact(original, MARKS, by=UPLOADER, at=LATER)


def attack(sql: str) -> bool:
    """Whether the statement went through; undone in any case."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql)
                passed = bool(cursor.rowcount > 0)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return passed


def test_every_attack_is_refused_and_would_succeed_without_the_guards(
    capsys: pytest.CaptureFixture[str],
) -> None:
    everything = ATTACKS | CONSTRAINED
    through = [name for name, sql in everything.items() if attack(sql)]
    without_triggers()
    unguarded = [name for name, sql in everything.items() if attack(sql)]
    with capsys.disabled():
        print(
            f"\nfiles, {connection.vendor}: {len(everything)} attacks by SQL, "
            f"{len(through)} went through; without triggers {len(unguarded)}"
        )
    assert through == []
    assert unguarded == list(ATTACKS)
