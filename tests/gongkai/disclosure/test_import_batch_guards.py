"""Attacks on import batches by SQL as the application, and what they do without the triggers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gongkai.disclosure.imports.batches import batch_faults
from gongkai.disclosure.models import ImportBatch
from gongkai.disclosure.services import drafting
from gongkai.disclosure.services.clearing_batches import pass_batch
from gongkai.disclosure.services.importing import except_row
from gongkai.disclosure.services.reviewing import return_version
from gongkai.disclosure.steps import TO_DRAFTER, Step
from tests.gongkai.disclosure.batches import imported, passed_batch, public_batch, sealed
from tests.gongkai.disclosure.chain import AT, CONTENT, Chain, drafted, staffed, submitted
from tests.gongkai.disclosure.lists import row
from tests.gongkai.disclosure.test_nothing_uncleared import drop_guards, refused

pytestmark = pytest.mark.django_db

ITEM = "(SELECT id FROM disclosure_version WHERE title = '{title}')"
PASS = """INSERT INTO disclosure_batchreview (batch_id, digest, step, reviewer, reviewer_name,
    reason, at) SELECT b.id, {digest}, '{step}', {person}, '甲', '', '2026-03-12'
    FROM disclosure_importbatch AS b WHERE b.label = '{label}'"""
CLEAR = """INSERT INTO disclosure_clearance (record_id, version_id, content_hash, path, at)
    SELECT record_id, id, content_hash, 'import', '2026-03-12'
    FROM disclosure_version WHERE title = '{title}'"""
SHOW = """UPDATE disclosure_record SET published_at = '2026-03-13', live_id =
    (SELECT max(id) FROM disclosure_clearance) WHERE id IN
    (SELECT record_id FROM disclosure_version WHERE title = '{title}')"""
ADD = """INSERT INTO disclosure_batchitem (batch_id, version_id, row, content_hash, excepted,
    exception_reason) SELECT b.id, v.id, 90, {digest}, FALSE, ''
    FROM disclosure_importbatch AS b, disclosure_version AS v
    WHERE b.label = '{label}' AND v.title = '{title}'"""
DATED = """UPDATE disclosure_record SET first_published_on = '{on}',
    first_published_source = '{source}' WHERE id IN
    (SELECT record_id FROM disclosure_version WHERE title = '{title}')"""


UPDATE = "UPDATE disclosure_{table} SET {to} WHERE {where}"


def change(table: str, to: str, where: str) -> str:
    return UPDATE.format(table=table, to=to, where=where)


def item(to: str, title: str) -> str:
    return change("batchitem", to, f"version_id IN {ITEM.format(title=title)}")


def batch(to: str, label: str) -> str:
    return change("importbatch", to, f"label = '{label}'")


def passing(label: str, step: str, person: str = "'99'", digest: str = "b.digest") -> str:
    return PASS.format(label=label, step=step, person=person, digest=digest)


ATTACKS: dict[str, str] = {
    "送审后改一行的日期": item("first_published_on = '2010-01-01'", "送审"),
    "送审后换一行的文稿": item(f"version_id = {ITEM.format(title='散件')}", "送审"),
    "送审后改一行的摘要": item("content_hash = 'x'", "送审"),
    "送审后除外一行": item("excepted = TRUE, exception_reason = '甲'", "送审"),
    "送审后收回除外": item("excepted = FALSE, exception_reason = ''", "除外"),
    "送审后增加一行": ADD.format(label="送审批", title="散件", digest="v.content_hash"),
    "送审后删除一行": "DELETE FROM disclosure_batchitem WHERE NOT excepted",
    "送审后改清单摘要": batch("digest = 'x'", "送审批"),
    "收回送审": batch("sealed_at = NULL, digest = ''", "送审批"),
    "删批次": "DELETE FROM disclosure_importbatch",
    "导入时就已送审": """INSERT INTO disclosure_importbatch (agency_id, label, source, sheet_digest,
        rows, digest, imported_at, imported_by, imported_by_name, sealed_at)
        SELECT agency_id, '新', '甲', 'x', 0, 'x', imported_at, '98', '乙', imported_at
        FROM disclosure_importbatch WHERE label = '送审批'""",
    "改导入人再自审": batch("imported_by = '98'", "新批"),
    "改批次的来源": batch("source = '人民日报'", "新批"),
    "改清单的行数": batch("rows = 9", "新批"),
    "没有导入完就送审": batch("sealed_at = '2026-03-12', digest = 'x'", "缺行批"),
    "把别人起草的塞进批次": ADD.format(label="新批", title="他人", digest="v.content_hash"),
    "把没有送审的塞进批次": ADD.format(label="新批", title="草稿", digest="v.content_hash"),
    "塞进摘要不符的": ADD.format(label="新批", title="散件", digest="'x'"),
    "送审前改一行的日期": item("first_published_on = '2010-01-01'", "新行"),
    "送审前换一行的文稿": item(f"version_id = {ITEM.format(title='散件')}", "新行"),
    "收回除外": item("excepted = FALSE, exception_reason = ''", "新除外"),
    "审没有送审的": passing("新批", "secrecy"),
    "审一份旧清单": passing("送审批", "secrecy", digest="'x'"),
    "导入人自审": passing("送审批", "secrecy", "b.imported_by"),
    "起草人审批次": """INSERT INTO disclosure_batchreview (batch_id, digest, step, reviewer,
        reviewer_name, reason, at) SELECT b.id, b.digest, 'secrecy', a.person, '甲', '',
        '2026-03-12' FROM disclosure_importbatch AS b JOIN disclosure_batchitem AS i
        ON i.batch_id = b.id JOIN disclosure_version AS v ON v.id = i.version_id
        JOIN disclosure_authorship AS a ON a.record_id = v.record_id
        WHERE v.title = '退回' AND a.person <> b.imported_by""",
    "一人审两步": passing(
        "只过保密批", "final", "(SELECT max(reviewer) FROM disclosure_batchreview AS p "
        "WHERE p.batch_id = b.id)"
    ),
    "以别的步骤审": passing("送审批", "section"),
    "改审查": "UPDATE disclosure_batchreview SET reviewer = '98'",
    "删审查": "DELETE FROM disclosure_batchreview",
    "没有审查就许可": CLEAR.format(title="送审"),
    "只过保密就许可": CLEAR.format(title="只过保密"),
    "许可除外的": CLEAR.format(title="除外"),
    "许可批次以外的": CLEAR.format(title="散件"),
    "没有许可就公开除外的": SHOW.format(title="除外"),
    "没有许可就公开过审的": SHOW.format(title="过审"),
    "首次公开日期与导入的不同": DATED.format(
        title="无日期", on="2010-01-01", source="县政府网站旧版"
    ),
    "首次公开的来源与批次的不同": change(
        "record", "first_published_source = '人民日报'",
        "id IN (SELECT record_id FROM disclosure_version WHERE title = '无日期')",
    ),
    "改首次公开日期": DATED.format(title="公开", on="2010-01-01", source="县政府网站旧版"),
    "改首次公开的来源": DATED.format(title="公开", on="2019-03-08", source="人民日报"),
    "给没有过审的写首次公开日期": DATED.format(title="过审", on="2019-03-08", source="旧站"),
}  # fmt: skip


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """Batches in every state that an attack starts from, told by their titles."""
    chain = staffed()
    officer = chain.actor("officer")

    def brought(name: str, *titles: str, excepted: str = "", **changes: Any) -> ImportBatch:
        rows = (row(标题=one, **changes) for one in titles)
        batch = imported(chain, tmp_path, *rows, name=name)
        for one in batch.items.filter(version__title=excepted):
            except_row(one, reason="未核实", by=officer, at=AT)
        return batch

    brought("新批", "新行", "新除外", excepted="新除外")
    under_review = sealed(chain, brought("送审批", "送审", "退回", "除外", excepted="除外"))
    half = sealed(chain, brought("只过保密批", "只过保密"))
    pass_batch(half, Step.SECRECY, digest=half.digest, by=chain.actor("secrecy"), at=AT)
    passed_batch(chain, brought("过审批", "过审"))
    public_batch(chain, brought("公开批", "公开"))
    public_batch(chain, brought("无日期批", "无日期", 首次公开日期=None))
    ImportBatch.objects.create(
        agency=chain.agency, label="缺行批", source="甲", rows=5, imported_at=AT,
        imported_by=officer.id, imported_by_name=officer.name,
    )  # fmt: skip
    back = under_review.items.get(version__title="退回").version
    return_version(
        back, Step.SECTION, back_to=TO_DRAFTER, digest=back.content_hash,
        by=chain.actor("section"), at=AT, reason="重复",
    )  # fmt: skip
    drafting.draft_again(back.record, by=chain.actor("drafter"), at=AT)
    drafted(chain, title="草稿")
    submitted(chain, title="他人")
    loose = drafting.draft(
        chain.agency, "document", {**CONTENT, "title": "散件"}, by=officer, at=AT
    )
    drafting.submit(loose, revision=loose.record.revision, by=officer, at=AT)
    return chain


def test_every_attack_is_refused_and_succeeds_without_the_guards(chain: Chain) -> None:
    through = [name for name, sql in ATTACKS.items() if not refused(sql)]
    drop_guards()
    without = [name for name, sql in ATTACKS.items() if not refused(sql)]
    print(f"attacks: {len(ATTACKS)}, through: {len(through)}, without guards: {len(without)}")
    assert through == []
    assert without == list(ATTACKS)


def test_what_guards_cannot_prove_is_found_by_comparing_with_the_trail(chain: Chain) -> None:
    """Passes forged in two other names go through; the trail lacks their sentences."""
    assert batch_faults() == []
    with connection.cursor() as cursor:
        for step, person in (("secrecy", "'97'"), ("final", "'98'")):
            cursor.execute(passing("送审批", step, person))
    assert [(one.label, what) for one, what in batch_faults()] == [
        ("送审批", "批次审查在留痕里对不上")
    ]
    drop_guards()
    with connection.cursor() as cursor:
        cursor.execute(item("first_published_on = '2010-01-01'", "公开"))
    assert [(one.label, what) for one, what in batch_faults()][1:] == [
        ("公开批", "批次的内容与送审时的摘要不符"),
        ("公开批", "有的信息的首次公开日期与导入的不同"),
    ]
