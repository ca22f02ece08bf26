"""Nothing uncleared is public: SQL written by hand as the application, and what it does without
the triggers."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.disclosure.services.reviewing import (
    clear_in_emergency,
    order_emergency,
    return_version,
)
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.guards.triggers import registered
from tests.gongkai.databases import as_owner
from tests.gongkai.disclosure.chain import AT, Chain, drafted, passed, public, staffed, submitted

pytestmark = pytest.mark.django_db

REVIEW = """INSERT INTO disclosure_review
    (version_id, content_hash, step, position, verdict, back_to, back_position, reviewer,
     reviewer_name, reason, at)
    SELECT id, content_hash, {step}, {position}, 'pass', '', 9, {person}, '甲', '', '2026-03-12'
    FROM disclosure_version WHERE title = {title}"""
CLEAR = """INSERT INTO disclosure_clearance (record_id, version_id, content_hash, path, at)
    SELECT record_id, id, content_hash, {path}, '2026-03-12'
    FROM disclosure_version WHERE title = {title}"""
SHOW = """UPDATE disclosure_record SET published_at = '2026-03-13', live_id =
    (SELECT c.id FROM disclosure_clearance AS c WHERE c.version_id {which}) WHERE id IN
    (SELECT record_id FROM disclosure_version WHERE title = {title})"""


def review(step: str, position: int, title: str, person: str = "99") -> str:
    return (
        REVIEW.replace("{step}", f"'{step}'").replace("{position}", str(position))
        .replace("{person}", f"'{person}'").replace("{title}", f"'{title}'")
    )  # fmt: skip


def clear(title: str, path: str = "standard") -> str:
    return CLEAR.replace("{path}", f"'{path}'").replace("{title}", f"'{title}'")


ATTACKS: dict[str, str] = {
    "许可一份没有审查的": clear("在审"),
    "许可只过三步的": clear("三步"),
    "许可草稿": clear("草稿"),
    "许可被退回的": clear("退回"),
    "应急许可没有保密审查的": clear("在审", "emergency"),
    "应急许可没有决定的": clear("三步", "emergency"),
    "以导入批次的名义许可": clear("在审", "import"),
    "另编一种途径": clear("在审", "other"),
    "借别的信息的许可公开": """UPDATE disclosure_record SET published_at = '2027-01-01', live_id =
        (SELECT c.id FROM disclosure_clearance AS c JOIN disclosure_version AS v
        ON v.id = c.version_id WHERE v.title = '公开') WHERE id IN
        (SELECT record_id FROM disclosure_version WHERE title = '在审')""",
    "把依申请公开的公开": """UPDATE disclosure_record SET published_at = '2027-01-01', live_id =
        (SELECT c.id FROM disclosure_clearance AS c JOIN disclosure_version AS v
        ON v.id = c.version_id WHERE v.title = '依申请') WHERE id IN
        (SELECT record_id FROM disclosure_version WHERE title = '依申请')""",
    "公开应急许可以后被退回的": """UPDATE disclosure_record SET published_at = '2027-01-01',
        live_id = (SELECT c.id FROM disclosure_clearance AS c JOIN disclosure_version AS v
        ON v.id = c.version_id WHERE v.title = '应急退回') WHERE id IN
        (SELECT record_id FROM disclosure_version WHERE title = '应急退回')""",
    "改在审的正文": "UPDATE disclosure_version SET body = '夹带' WHERE title = '在审'",
    "改公开的正文": "UPDATE disclosure_version SET body = '夹带' WHERE title = '公开'",
    "改公开的附件": "UPDATE disclosure_version SET files = '[1]' WHERE title = '公开'",
    "改公开属性": "UPDATE disclosure_version SET attribute = 'proactive' WHERE title = '依申请'",
    "改摘要": "UPDATE disclosure_version SET content_hash = 'x' WHERE title = '三步'",
    "收回送审改了再送": """UPDATE disclosure_version SET submitted_at = NULL, content_hash = ''
        WHERE title = '三步'""",
    "改起草人": "UPDATE disclosure_version SET drafted_by = '98' WHERE title = '在审'",
    "直接插入已送审的": """INSERT INTO disclosure_version (record_id, number, title, summary, body,
        category, theme, genre, keywords, issuers, doc_no, attribute, attribute_reason, grounds,
        details, files, drafted_at, drafted_by, drafted_by_name, submitted_at, content_hash)
        SELECT record_id, 9, '插入', '', '', 'p20_15', '', '', '', '', '', 'proactive', '', '[]',
        '{}', '[]', '2026-03-12', '98', '乙', '2026-03-12', 'x'
        FROM disclosure_version WHERE title = '在审'""",
    "抹去起草人": "DELETE FROM disclosure_authorship",
    "起草人自审": """INSERT INTO disclosure_review (version_id, content_hash, step, position,
        verdict, back_to, back_position, reviewer, reviewer_name, reason, at)
        SELECT v.id, v.content_hash, 'section', 1, 'pass', '', 9, v.drafted_by, '甲', '',
        '2026-03-12' FROM disclosure_version AS v WHERE v.title = '在审'""",
    "跳过前一步": review("final", 4, "在审"),
    "审一份旧内容": review("section", 1, "在审").replace(
        "content_hash, 'section'", "'x', 'section'"
    ),
    "一人两步": """INSERT INTO disclosure_review (version_id, content_hash, step, position,
        verdict, back_to, back_position, reviewer, reviewer_name, reason, at)
        SELECT v.id, v.content_hash, 'final', 4, 'pass', '', 9, p.reviewer, '甲', '', '2026-03-12'
        FROM disclosure_version AS v JOIN disclosure_review AS p ON p.version_id = v.id
        WHERE v.title = '三步' AND p.step = 'secrecy'""",
    "审已退回的": review("section", 1, "退回"),
    "改结论": """UPDATE disclosure_review SET verdict = 'pass', back_to = '', back_position = 9
        WHERE verdict = 'return'""",
    "删退回": "DELETE FROM disclosure_review WHERE verdict = 'return'",
    "改许可": "UPDATE disclosure_clearance SET content_hash = 'x'",
    "删许可": "DELETE FROM disclosure_clearance",
    "改发布日期": "UPDATE disclosure_record SET published_at = '2020-01-01' WHERE live_id > 0",
    "先于许可的发布日期": """UPDATE disclosure_record SET published_at = '2020-01-01', live_id =
        (SELECT c.id FROM disclosure_clearance AS c JOIN disclosure_version AS v
        ON v.id = c.version_id WHERE v.title = '待发') WHERE id IN
        (SELECT record_id FROM disclosure_version WHERE title = '待发')""",
    "编造首次公开日期": """UPDATE disclosure_record SET first_published_on = '2019-01-01',
        first_published_source = '旧网站'""",
    "删公开的信息": "DELETE FROM disclosure_record WHERE live_id > 0",
    "抹去撤回": "DELETE FROM disclosure_publicact",
    "换公开标识": """UPDATE disclosure_record SET public_id = '00000000000000000000000000000000'
        WHERE live_id > 0""",
}


@pytest.fixture
def chain() -> Chain:
    """Records in every state that an attack starts from, told by their titles."""
    chain = staffed()
    drafted(chain, title="草稿")
    submitted(chain, title="在审")
    passed(chain, submitted(chain, title="三步"), Step.SECTION, Step.SECRECY, Step.DISCLOSURE)
    back = submitted(chain, title="退回")
    return_version(
        passed(chain, back, Step.SECTION), Step.SECRECY, back_to=TO_DRAFTER,
        digest=back.content_hash, by=chain.actor("secrecy"), at=AT, reason="有身份证号码",
    )  # fmt: skip
    passed(
        chain,
        submitted(chain, title="依申请", attribute="on_request", attribute_reason="内部管理"),
    )
    passed(chain, submitted(chain, title="待发"))
    _sent_back_after_an_emergency(chain)
    public(chain, title="公开")
    return chain


def _sent_back_after_an_emergency(chain: Chain) -> None:
    urgent = submitted(chain, title="应急退回")
    order_emergency(urgent, by=chain.actor("officer"), at=AT, reason="山洪预警")
    clear_in_emergency(passed(chain, urgent, Step.SECRECY), by=chain.actor("officer"), at=AT)
    return_version(
        urgent, Step.SECTION, back_to=TO_DRAFTER, digest=urgent.content_hash,
        by=chain.actor("section"), at=AT, reason="数字有误",
    )  # fmt: skip


def refused(sql: str) -> bool:
    """Whether the database refuses a statement; what it let through is undone."""
    touched = 0
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            touched = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    assert touched, f"nothing was attacked: {sql}"
    return False


def drop_guards() -> None:
    """Takes every trigger of the records off, as owner."""
    with as_owner(connection), connection.cursor() as cursor:
        for trigger in registered():
            if trigger.name.startswith("disclosure_"):
                on = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
                if on or trigger.sqlite:
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}')


def test_every_attack_is_refused_and_succeeds_without_the_guards(chain: Chain) -> None:
    through = [name for name, sql in ATTACKS.items() if not refused(sql)]
    drop_guards()
    without = [name for name, sql in ATTACKS.items() if not refused(sql)]
    print(f"attacks: {len(ATTACKS)}, through: {len(through)}, without guards: {len(without)}")
    assert through == []
    assert without == list(ATTACKS)
