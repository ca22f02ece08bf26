"""Normative documents through their lives: in force, changed, ended, cleaned up; none is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.accounts import services as accounts
from gongkai.accounts.roles import Role
from gongkai.disclosure.errors import DisclosureError, NotEntitledError
from gongkai.disclosure.lineage import chain_of, links_of
from gongkai.disclosure.models import Cleanup, CleanupDecision, Record, Relation
from gongkai.disclosure.normative import (
    cleanup_lines,
    expiring,
    standings,
    undecided,
    validity_of,
)
from gongkai.disclosure.services.normative import (
    Verdict,
    decide_in_cleanup,
    open_cleanup,
    void_relation,
)
from gongkai.disclosure.services.publishing import relate, withdraw
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from statute.validity import CleanupResult, Validity
from tests.gongkai.databases import as_owner
from tests.gongkai.disclosure.chain import Chain
from tests.gongkai.disclosure.documents import (
    LONG_AGO,
    body,
    changes,
    cleared,
    draft_of,
    morning,
    normative,
    office,
    other,
    published,
    signed,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 12)


@pytest.fixture
def chain() -> Chain:
    return office()


def states(record: Record, *days: date) -> list[Validity | None]:
    return [validity_of(record, day) for day in days]


def sentence(event: str) -> str:
    return Row.objects.get(event=event).sentence


# --- validity on a day ------------------------------------------------------------------------


def test_a_document_holds_from_its_first_day_to_its_last(chain: Chain) -> None:
    first, last = date(2026, 4, 1), date(2026, 12, 31)
    record = normative(chain, DAY, 6, effective_on=first, expires_on=last)
    days = (date(2026, 3, 31), first, last, date(2027, 1, 1))
    assert states(record, *days) == [
        Validity.UPCOMING,
        Validity.IN_FORCE,
        Validity.IN_FORCE,
        Validity.EXPIRED,
    ]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("amends", Validity.AMENDED),
        ("partly_repeals", Validity.PARTLY_REPEALED),
        ("repeals", Validity.REPEALED),
        ("supersedes", Validity.SUPERSEDED),
    ],
)
def test_a_later_document_changes_an_earlier_one_from_its_own_first_day(
    chain: Chain, kind: str, state: Validity
) -> None:
    earlier = normative(chain, date(2024, 3, 4), 1)
    changes(chain, kind, DAY, 6, earlier, effective_on=date(2026, 4, 1))
    assert states(earlier, date(2026, 3, 31), date(2026, 4, 1)) == [Validity.IN_FORCE, state]


def test_what_is_not_public_repeals_nothing_and_is_not_told(chain: Chain) -> None:
    earlier = normative(chain, date(2024, 3, 4), 1)
    later = signed(chain, DAY, 6, title="关于废止某办法的决定")
    by = chain.actor("drafter")
    relate(later.record, earlier, "repeals", by=by, at=morning(DAY))
    assert validity_of(earlier, DAY) is Validity.IN_FORCE
    assert links_of(earlier) == ()
    assert chain_of(earlier) == (earlier,)
    # The staff see it coming, and the same words are there once it is public.
    assert [one.title for one in links_of(earlier, public_only=False)] == ["关于废止某办法的决定"]
    published(chain, later, DAY)
    assert validity_of(earlier, DAY) is Validity.REPEALED
    assert [(one.label, one.title) for one in links_of(earlier)] == [
        ("被废止", "关于废止某办法的决定")
    ]


def test_a_repealed_document_keeps_its_text_and_its_address(chain: Chain) -> None:
    earlier = normative(chain, date(2024, 3, 4), 1, body="<p>旧办法</p>")
    before = (earlier.public_id, earlier.live_id, earlier.reg_no, earlier.index_no)
    changes(chain, "repeals", DAY, 6, earlier)
    earlier.refresh_from_db()
    assert (earlier.public_id, earlier.live_id, earlier.reg_no, earlier.index_no) == before
    assert earlier.live is not None
    assert earlier.live.version.body == "<p>旧办法</p>"
    assert Record.objects.public().filter(pk=earlier.pk).exists()


def test_a_withdrawn_document_still_holds(chain: Chain) -> None:
    record = normative(chain, date(2024, 3, 4), 1)
    withdraw(record, reason="附件有误", by=chain.actor("final"), at=morning(DAY))
    record.refresh_from_db()
    assert validity_of(record, DAY) is Validity.IN_FORCE


def test_a_draft_and_a_record_of_another_kind_have_no_validity(chain: Chain) -> None:
    assert validity_of(draft_of(chain, "document", DAY).record, DAY) is None
    assert validity_of(other(chain, "news", DAY), DAY) is None
    assert validity_of(other(chain, "document", DAY), DAY) is Validity.IN_FORCE


# --- the chain --------------------------------------------------------------------------------


def test_the_chain_is_seen_whole_from_every_document_of_it(chain: Chain) -> None:
    first = normative(chain, date(2021, 3, 4), 1)
    second = changes(chain, "supersedes", date(2023, 3, 6), 2, first)
    amending = changes(chain, "amends", date(2024, 3, 4), 3, second)
    third = changes(chain, "supersedes", DAY, 4, second)
    stranger = normative(chain, DAY, 5)
    whole = (first, second, amending, third)
    assert [chain_of(one) for one in whole] == [whole] * 4
    assert chain_of(stranger) == (stranger,)
    assert [(one.label, one.other, one.active) for one in links_of(second)] == [
        ("替代", first, True),
        ("被修改", amending, False),
        ("被替代", third, False),
    ]


def test_the_number_of_queries_does_not_grow_with_the_list(
    chain: Chain, django_assert_num_queries: object
) -> None:
    assert callable(django_assert_num_queries)
    first = normative(chain, date(2021, 3, 4), 1)
    with django_assert_num_queries(3):
        assert len(standings(Record.objects.all())) == 1
    changes(chain, "amends", date(2023, 3, 6), 2, first)
    changes(chain, "amends", date(2024, 3, 4), 3, first)
    with django_assert_num_queries(3):
        assert len(standings(Record.objects.all())) == 3


# --- what cannot be ---------------------------------------------------------------------------


def test_what_has_ended_is_not_changed_again(chain: Chain) -> None:
    first = normative(chain, date(2021, 3, 4), 1)
    changes(chain, "repeals", date(2023, 3, 6), 2, first)
    with pytest.raises(DisclosureError, match="该文件已废止，不能再修改"):
        changes(chain, "amends", DAY, 3, first)


def test_two_drafts_do_not_both_repeal_one_document(chain: Chain) -> None:
    first, by = normative(chain, date(2021, 3, 4), 1), chain.actor("drafter")
    for number, refused in ((2, False), (3, True)):
        draft = signed(chain, DAY, number).record
        if not refused:
            relate(draft, first, "repeals", by=by, at=morning(DAY))
            continue
        with pytest.raises(DisclosureError, match="已废止"):
            relate(draft, first, "repeals", by=by, at=morning(DAY))


def test_an_earlier_document_does_not_repeal_a_later_one(chain: Chain) -> None:
    later = normative(chain, DAY, 2)
    earlier = signed(chain, DAY, 3, formed_on=date(2026, 3, 11)).record
    with pytest.raises(DisclosureError, match="成文在前"):
        relate(earlier, later, "repeals", by=chain.actor("drafter"), at=morning(DAY))


def test_what_has_ended_itself_changes_nothing_any_more(chain: Chain) -> None:
    one = normative(chain, date(2024, 3, 4), 1)
    two = normative(chain, date(2024, 3, 5), 2)
    changes(chain, "repeals", date(2025, 3, 4), 3, two)
    officer = chain.actor("officer")
    with pytest.raises(DisclosureError, match="本文件在 2026-03-12 已废止"):
        relate(two, one, "amends", on=DAY, by=officer, at=morning(DAY))
    # The control: before its end it could.
    relate(two, one, "amends", on=date(2025, 3, 3), by=officer, at=morning(DAY))
    assert states(one, date(2025, 3, 2), date(2025, 3, 3))[1] is Validity.AMENDED


def test_what_was_never_public_or_has_no_validity_is_not_repealed(chain: Chain) -> None:
    later, by = signed(chain, DAY, 2).record, chain.actor("drafter")
    for earlier, words in (
        (signed(chain, date(2026, 3, 2), 3).record, "没有公开过"),
        (other(chain, "news", date(2026, 3, 2)), "没有效力状态"),
    ):
        with pytest.raises(DisclosureError, match=words):
            relate(later, earlier, "repeals", by=by, at=morning(DAY))
    with pytest.raises(DisclosureError, match="没有这种关联"):
        relate(later, Record.objects.exclude(pk=later.pk)[0], "eats", by=by, at=morning(DAY))


def test_a_department_does_not_repeal_what_the_government_office_made(chain: Chain) -> None:
    bureau = body(chain, "agriculture")
    of_office, of_bureau = normative(chain, date(2024, 3, 4), 1), normative(bureau, DAY, 2)
    draft = signed(bureau, DAY, 3).record
    with pytest.raises(DisclosureError, match="只有制定机关或者其上级机关"):
        relate(draft, of_office, "repeals", by=chain.actor("drafter"), at=morning(DAY))
    changes(
        chain, "repeals", date(2026, 3, 13), 4, of_bureau
    )  # the office speaks for what is above
    assert validity_of(of_bureau, date(2026, 3, 13)) is Validity.REPEALED


def test_after_submission_only_the_disclosure_officer_says_what_is_repealed(chain: Chain) -> None:
    earlier = normative(chain, date(2024, 3, 4), 1)
    later = cleared(chain, signed(chain, DAY, 2), DAY).record
    at = morning(DAY)
    with pytest.raises(NotEntitledError):
        relate(later, earlier, "repeals", by=chain.actor("drafter"), at=at)
    relation = relate(later, earlier, "repeals", by=chain.actor("officer"), at=at)
    with pytest.raises(NotEntitledError):
        void_relation(relation, reason="登记有误", by=chain.actor("drafter"), at=at)


def test_a_relation_taken_back_counts_no_more_and_may_come_again(chain: Chain) -> None:
    earlier = normative(chain, date(2024, 3, 4), 1, title="旧办法")
    later = changes(chain, "repeals", DAY, 2, earlier, title="新决定")
    relation, officer, at = Relation.objects.get(), chain.actor("officer"), morning(DAY)
    with pytest.raises(DisclosureError, match="已经登记过"):
        relate(later, earlier, "repeals", by=officer, at=at)
    void_relation(relation, reason="应为修改", by=officer, at=at)
    assert validity_of(earlier, DAY) is Validity.IN_FORCE
    assert sentence("disclosure.relation_voided").endswith(
        "张公开撤销登记“新决定”废止“旧办法”，原因：应为修改"
    )
    relate(later, earlier, "amends", by=officer, at=at)
    relate(later, earlier, "repeals", on=date(2026, 5, 1), by=officer, at=at)
    assert states(earlier, DAY, date(2026, 5, 1)) == [Validity.AMENDED, Validity.REPEALED]
    with pytest.raises(DisclosureError, match="已经撤销过"):
        void_relation(relation, reason="再撤", by=officer, at=at)


# --- what runs out ----------------------------------------------------------------------------


def test_ninety_and_thirty_days_before_the_end_there_is_a_warning(chain: Chain) -> None:
    record = normative(chain, DAY, 1, expires_on=date(2026, 12, 31))
    normative(chain, DAY, 2)
    own = frozenset({chain.agency.pk})

    def warned(day: date) -> list[tuple[Record, int, int]]:
        return [(one.standing.record, one.days_left, one.warning) for one in expiring(day, own)]

    assert warned(date(2026, 10, 1)) == []  # 91 days
    assert warned(date(2026, 10, 2)) == [(record, 90, 90)]
    assert warned(date(2026, 12, 1)) == [(record, 30, 30)]
    assert warned(date(2026, 12, 31)) == [(record, 0, 30)]
    assert warned(date(2027, 1, 1)) == []
    changes(chain, "repeals", date(2026, 11, 2), 3, record)
    assert warned(date(2026, 12, 1)) == []


# --- clean-ups --------------------------------------------------------------------------------


def cleanup_of(chain: Chain, until: date = date(2025, 12, 31)) -> Cleanup:
    by = chain.actor("officer")
    return open_cleanup(chain.agency, label="2026年清理", until=until, by=by, at=morning(DAY))


def test_a_cleanup_lists_every_document_up_to_its_day_that_had_not_ended(chain: Chain) -> None:
    first = normative(chain, date(2021, 3, 4), 1)
    ended = normative(chain, date(2021, 3, 5), 2)
    replacing = changes(chain, "supersedes", date(2023, 3, 6), 3, ended)
    on_the_day = normative(chain, date(2025, 12, 31), 4)
    normative(chain, date(2026, 1, 4), 5)
    other(chain, "document", date(2023, 3, 6))
    normative(body(chain, "health"), date(2023, 3, 6), 6)
    lines = cleanup_lines(cleanup_of(chain), DAY)
    assert [line.standing.record for line in lines] == [first, replacing, on_the_day]


def test_a_cleanup_decides_in_bulk_and_ends_documents_by_its_announcement(chain: Chain) -> None:
    kept, amended, repealed, expired = (
        normative(chain, date(2022, 3, number), number) for number in (1, 2, 3, 4)
    )
    cleanup, day = cleanup_of(chain), date(2026, 4, 1)
    notice = draft_of(chain, "document", DAY, title="关于公布清理结果的通知")
    verdicts = [
        Verdict(kept, CleanupResult.KEEP),
        Verdict(amended, CleanupResult.AMEND),
        Verdict(repealed, CleanupResult.REPEAL, "依据已废止", day),
        Verdict(expired, CleanupResult.EXPIRE, "调整对象已消失", day),
    ]
    assert len(undecided(cleanup, DAY)) == 4
    by, at = chain.actor("final"), morning(DAY)
    decide_in_cleanup(cleanup, verdicts, by=by, at=at, announcement=notice.record)
    assert undecided(cleanup, DAY) == []
    everyone = (kept, amended, repealed, expired)
    assert [validity_of(one, day) for one in everyone] == [Validity.IN_FORCE] * 4
    announcement = published(chain, notice, DAY)
    assert states(repealed, date(2026, 3, 31), day) == [Validity.IN_FORCE, Validity.REPEALED]
    assert [validity_of(one, day) for one in everyone] == [
        Validity.IN_FORCE,
        Validity.IN_FORCE,
        Validity.REPEALED,
        Validity.EXPIRED,
    ]
    assert [(one.label, one.title) for one in links_of(expired)] == [
        ("被宣布失效", "关于公布清理结果的通知")
    ]
    assert [one.label for one in links_of(announcement)] == ["宣布废止", "宣布失效"]
    assert sentence("disclosure.cleanup_decided").endswith(
        "孔终审在“2026年清理”中作出清理结论：继续有效1件、修改1件、废止1件、失效1件"
    )
    assert sentence("disclosure.cleanup_opened").endswith(
        "张公开发起“2026年清理”，清理2025-12-31以前的行政规范性文件"
    )


def test_a_decision_made_again_stands_and_the_first_stays_on_file(chain: Chain) -> None:
    record = normative(chain, date(2022, 3, 1), 1)
    notice = other(chain, "document", DAY)
    cleanup, by, at = cleanup_of(chain), chain.actor("officer"), morning(DAY)
    ends = Verdict(record, CleanupResult.REPEAL, "依据已废止", DAY)
    decide_in_cleanup(cleanup, [ends], by=by, at=at, announcement=notice)
    assert validity_of(record, DAY) is Validity.REPEALED
    decide_in_cleanup(cleanup, [Verdict(record, CleanupResult.KEEP)], by=by, at=at)
    assert validity_of(record, DAY) is Validity.IN_FORCE
    assert links_of(record) == ()
    assert [one.result for one in CleanupDecision.objects.all()] == ["repeal", "keep"]


def test_a_batch_is_decided_whole_or_not_at_all(chain: Chain) -> None:
    good, late = normative(chain, date(2022, 3, 1), 1), normative(chain, date(2026, 2, 2), 2)
    cleanup, by, at = cleanup_of(chain), chain.actor("officer"), morning(DAY)
    ends = CleanupResult.REPEAL
    notice = other(chain, "document", DAY)
    of_bureau = other(body(chain, "health"), "document", DAY)
    refused = {
        "不在这次清理的范围内": ([Verdict(late, CleanupResult.KEEP)], notice),
        "请填写自哪一天起": ([Verdict(good, ends, "过时")], notice),
        "须有公布清理结果的文件": ([Verdict(good, ends, "过时", DAY)], None),
        "请写明理由": ([Verdict(good, ends, "", DAY)], notice),
        "不填写日期": ([Verdict(good, CleanupResult.KEEP, "", DAY)], notice),
        "不能是被清理的文件": ([Verdict(good, ends, "过时", DAY)], good),
        "由本机关或者其上级机关公布": ([Verdict(good, ends, "过时", DAY)], of_bureau),
        "只能选一个结论": ([Verdict(good, CleanupResult.KEEP)] * 2, None),
        "一次请选择": ([], None),
    }
    for words, (verdicts, announcement) in refused.items():
        both = verdicts if len(verdicts) != 1 else [*_kept(good, verdicts[0]), *verdicts]
        with pytest.raises(DisclosureError, match=words):
            decide_in_cleanup(cleanup, both, by=by, at=at, announcement=announcement)
    assert not CleanupDecision.objects.exists()
    decide_in_cleanup(cleanup, [Verdict(good, CleanupResult.KEEP)], by=by, at=at)
    assert CleanupDecision.objects.count() == 1


def _kept(good: Record, verdict: Verdict) -> list[Verdict]:
    """A sound verdict that comes along with the faulty one."""
    return [] if verdict.record == good else [Verdict(good, CleanupResult.KEEP)]


def test_what_has_ended_is_not_ended_again_by_a_cleanup(chain: Chain) -> None:
    record = normative(chain, date(2022, 3, 1), 1)
    cleanup, notice = cleanup_of(chain), other(chain, "document", DAY)
    changes(chain, "supersedes", date(2026, 3, 2), 2, record)
    verdict = Verdict(record, CleanupResult.REPEAL, "过时", DAY)
    by, at = chain.actor("officer"), morning(DAY)
    assert undecided(cleanup, DAY) == []
    with pytest.raises(DisclosureError, match="已被替代"):
        decide_in_cleanup(cleanup, [verdict], by=by, at=at, announcement=notice)


def test_a_drafter_opens_and_decides_no_cleanup(chain: Chain) -> None:
    record = normative(chain, date(2022, 3, 1), 1)
    cleanup, drafter, at = cleanup_of(chain), chain.actor("drafter"), morning(DAY)
    with pytest.raises(NotEntitledError):
        open_cleanup(chain.agency, label="清理", until=DAY, by=drafter, at=at)
    with pytest.raises(NotEntitledError):
        decide_in_cleanup(cleanup, [Verdict(record, CleanupResult.KEEP)], by=drafter, at=at)
    with pytest.raises(DisclosureError, match="不能晚于今天"):
        open_cleanup(chain.agency, label="清理", until=DAY + timedelta(days=1), by=SYSTEM, at=at)
    accounts.grant_role(
        chain.drafter, by=SYSTEM, at=LONG_AGO, agency=chain.agency, role=Role.DISCLOSURE_OFFICER
    )
    open_cleanup(chain.agency, label="清理", until=DAY, by=drafter, at=at)


# --- by hand ----------------------------------------------------------------------------------

ATTACKS = {
    "改清理结论": "UPDATE disclosure_cleanupdecision SET result = 'repeal', reason = 'x'",
    "删清理结论": "DELETE FROM disclosure_cleanupdecision",
    "改清理的截止日期": "UPDATE disclosure_cleanup SET until = '2030-01-01'",
    "抹去撤销": "DELETE FROM disclosure_voidedrelation",
    "清理别的机关的文件": """INSERT INTO disclosure_cleanupdecision
        (cleanup_id, record_id, result, reason, by, by_name, at)
        SELECT c.id, r.id, 'keep', '', '1', '甲', '2026-03-12' FROM disclosure_cleanup AS c,
        disclosure_record AS r WHERE r.agency_id <> c.agency_id""",
    "同一关联登记两次": """INSERT INTO disclosure_relation
        (later_id, earlier_id, kind, forms, by_name, at)
        SELECT later_id, earlier_id, kind, forms, by_name, at FROM disclosure_relation
        WHERE kind = 'amends'""",
    "改索引号": "UPDATE disclosure_record SET index_no = 'x' WHERE kind = 'document'",
    "收回索引号": "UPDATE disclosure_record SET index_no = '' WHERE kind = 'document'",
}


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount, f"nothing was attacked: {sql}"
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def test_every_attack_is_refused_and_succeeds_without_the_guards(chain: Chain) -> None:
    record = normative(chain, date(2022, 3, 1), 1)
    normative(body(chain, "health"), date(2022, 3, 1), 2)
    later = changes(chain, "amends", DAY, 3, record)
    other(chain, "document", DAY)
    at, officer = morning(DAY), chain.actor("officer")
    mistaken = relate(later, record, "partly_repeals", by=officer, at=at)
    void_relation(mistaken, reason="有误", by=officer, at=at)
    cleanup = cleanup_of(chain)
    decide_in_cleanup(cleanup, [Verdict(record, CleanupResult.KEEP)], by=officer, at=at)
    through = [name for name, sql in ATTACKS.items() if not refused(sql)]
    drop_guards()
    without = [name for name, sql in ATTACKS.items() if not refused(sql)]
    print(f"attacks: {len(ATTACKS)}, through: {len(through)}, without guards: {len(without)}")
    assert through == []
    # Whatever the triggers say, a decision that ends must name its day and its announcement.
    assert without == [name for name in ATTACKS if name != "改清理结论"]


def drop_guards() -> None:
    from gongkai.disclosure.normative_triggers import TRIGGERS

    with as_owner(connection), connection.cursor() as cursor:
        for trigger in TRIGGERS:
            on = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
            if on or trigger.sqlite:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}')
