"""Reading places, and lists for archives and libraries: nothing twice, nothing left out."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from gongkai.disclosure.errors import DisclosureError, NotEntitledError
from gongkai.disclosure.models import (
    HandOver,
    HandOverItem,
    PlaceKind,
    PublicAct,
    ReadingPlace,
    Record,
    Version,
)
from gongkai.disclosure.reading_places import HEADS, missing_kinds, next_since, pending, rows_of
from gongkai.disclosure.services.drafting import draft_again
from gongkai.disclosure.services.pages import confirm_page
from gongkai.disclosure.services.places import (
    PlaceFacts,
    change_place,
    close_place,
    hand_over,
    register_place,
)
from gongkai.disclosure.services.publishing import publish, withdraw
from gongkai.disclosure.services.reappraising import remind, reopen_for_law_change
from gongkai.trail.models import Row
from tests.gongkai.disclosure.chain import Chain
from tests.gongkai.disclosure.documents import body, cleared, draft_of, morning, office, other
from tests.gongkai.disclosure.structured import public_page
from tests.gongkai.disclosure.test_nothing_uncleared import drop_guards, refused

pytestmark = pytest.mark.django_db
FACTS = PlaceFacts("云溪县档案馆", "溪畔路 9 号", "工作日 8:30—17:00", "0570-3011111")
START = date(2026, 1, 5)
NEXT = timedelta(days=1)


@pytest.fixture
def chain() -> Chain:
    return office()


def place_of(chain: Chain, kind: str = "archive", facts: PlaceFacts = FACTS) -> ReadingPlace:
    by = chain.actor("officer")
    return register_place(chain.agency, kind, facts, since=START, by=by, at=morning(START))


def handed(chain: Chain, place: ReadingPlace, until: date, **more: Any) -> HandOver:
    given: dict[str, Any] = {"by": chain.actor("officer"), "at": morning(until + NEXT), **more}
    return hand_over(place, chain.agency, until=until, **given)


def changed(chain: Chain, record: Record, on: date, hour: int = 1) -> Record:
    """The next version of a public record, public in place of the last."""
    version = draft_again(record, by=chain.actor("drafter"), at=morning(on))
    version = cleared(chain, version, on)
    at = morning(on) + timedelta(hours=hour)
    return publish(version, by=chain.actor("officer"), at=at)


def listed(made: HandOver) -> list[tuple[str, int]]:
    return [(one.change, one.record_id) for one in made.items.order_by("position")]


# --- the register -----------------------------------------------------------------------------


def test_a_place_is_registered_changed_and_closed_with_a_trail(chain: Chain) -> None:
    by = chain.actor("officer")
    place = place_of(chain)
    facts = PlaceFacts(FACTS.name, "新城大道 6 号", FACTS.hours, FACTS.phone)
    change_place(place, facts, by=by, at=morning(date(2026, 2, 2)))
    change_place(place, facts, by=by, at=morning(date(2026, 2, 3)))  # nothing to change
    closed = close_place(
        place, until=date(2026, 6, 30), reason="馆舍搬迁", by=by, at=morning(date(2026, 6, 10))
    )
    assert (closed.address, closed.valid_to) == ("新城大道 6 号", date(2026, 6, 30))
    who = "云溪县人民政府办公室张公开"
    assert [row.sentence for row in Row.objects.filter(event__contains=".place_")] == [
        (
            f"{who}登记查阅场所“云溪县档案馆”（国家档案馆），自2026-01-05起，"
            "地址：溪畔路 9 号，开放时间：工作日 8:30—17:00，电话：0570-3011111"
        ),
        f"{who}修改查阅场所“云溪县档案馆”：地址由“溪畔路 9 号”改为“新城大道 6 号”",
        f"{who}撤销查阅场所“云溪县档案馆”，至2026-06-30止，原因：馆舍搬迁",
    ]
    with pytest.raises(DisclosureError, match="已撤销"):
        change_place(place, FACTS, by=by, at=morning(date(2026, 7, 1)))
    place_of(chain)  # the name is free again


def test_a_place_states_all_that_a_reader_needs(chain: Chain) -> None:
    place_of(chain)
    for wrong, said in (
        (PlaceFacts("", "路", "时", "话"), "名称"),
        (PlaceFacts("馆", "路", "时", " "), "联系电话"),
        (PlaceFacts("馆" * 101, "路", "时", "话"), "名称不超过100字"),
        (FACTS, "已有同名"),
    ):
        with pytest.raises(DisclosureError, match=said):
            place_of(chain, facts=wrong)
    with pytest.raises(DisclosureError, match="没有这种查阅场所"):
        place_of(chain, kind="cinema")
    with pytest.raises(NotEntitledError):
        register_place(
            chain.agency, "other", FACTS, since=START, by=chain.actor("drafter"),
            at=morning(START),
        )  # fmt: skip
    assert ReadingPlace.objects.count() == 1


def test_the_places_that_the_law_demands_are_missed_by_day(chain: Chain) -> None:
    assert missing_kinds(START) == (
        PlaceKind.ARCHIVE,
        PlaceKind.LIBRARY,
        PlaceKind.SERVICE_HALL,
    )
    archive = place_of(chain)
    place_of(chain, "library", PlaceFacts("云溪县图书馆", "路", "时", "话"))
    place_of(chain, "service_hall", PlaceFacts("云溪县政务服务中心", "路", "时", "话"))
    assert missing_kinds(START - NEXT) == tuple(PlaceKind)[:3]
    assert missing_kinds(START) == ()
    by = chain.actor("officer")
    close_place(archive, until=date(2026, 6, 30), reason="搬迁", by=by, at=morning(START))
    assert missing_kinds(date(2026, 6, 30)) == ()
    assert missing_kinds(date(2026, 7, 1)) == (PlaceKind.ARCHIVE,)


# --- the lists --------------------------------------------------------------------------------


def test_a_list_holds_what_was_published_and_prints_as_rows(chain: Chain) -> None:
    place = place_of(chain)
    record = other(chain, "news", date(2026, 1, 8), title="供水通告", doc_no="云政办〔2026〕1号")
    draft_of(chain, "news", date(2026, 1, 8))
    other(body(chain, "agriculture"), "news", date(2026, 1, 8))
    made = handed(chain, place, date(2026, 1, 31))
    assert (made.number, made.since, made.size) == (1, None, 1)
    index_no = Record.objects.get(pk=record.pk).index_no
    assert index_no
    assert len(HEADS) == 7
    assert rows_of(made) == [
        ("1", "新增", index_no, "供水通告", "云政办〔2026〕1号", "2026-01-08", "2026-01-08")
    ]
    assert Row.objects.get(event="disclosure.handed_over").sentence == (
        "云溪县人民政府办公室张公开向“云溪县档案馆”移交第1期清单，最初至2026-01-31，1条"
    )


def test_the_next_list_starts_where_the_last_ended(chain: Chain) -> None:
    place = place_of(chain)
    first = other(chain, "news", date(2026, 1, 30))
    at_midnight(chain, first)
    second = other(chain, "news", date(2026, 2, 2))
    assert listed(handed(chain, place, date(2026, 1, 31))) == [("new", first.pk)]
    assert next_since(place, chain.agency) == date(2026, 2, 1)
    with pytest.raises(DisclosureError, match="自 2026-02-01 起"):
        handed(chain, place, date(2026, 2, 28), since=date(2026, 2, 2))
    with pytest.raises(DisclosureError, match="不能早于"):
        handed(chain, place, date(2026, 1, 31))
    made = handed(chain, place, date(2026, 2, 28), since=date(2026, 2, 1))
    assert (made.number, made.since) == (2, date(2026, 2, 1))
    assert listed(made) == [("updated", first.pk), ("new", second.pk)]


def at_midnight(chain: Chain, record: Record) -> None:
    """Changed in the first minute of February, here: still January in UTC."""
    version = draft_again(record, by=chain.actor("drafter"), at=morning(date(2026, 1, 31)))
    version = cleared(chain, version, date(2026, 1, 31))
    moment = datetime.fromisoformat("2026-02-01T00:00:00+08:00")
    publish(version, by=chain.actor("officer"), at=moment)


def test_the_first_list_may_start_on_a_day_and_later_changes_are_still_told(chain: Chain) -> None:
    place = place_of(chain)
    old = other(chain, "news", date(2026, 1, 8))  # handed over on paper
    gone = other(chain, "news", date(2026, 1, 9))
    new = other(chain, "news", date(2026, 2, 10))
    withdraw(gone, reason="有误", by=chain.actor("officer"), at=morning(date(2026, 2, 11)))
    made = handed(chain, place, date(2026, 2, 28), since=date(2026, 2, 1))
    assert listed(made) == [("new", new.pk), ("withdrawn", gone.pk)]
    changed(chain, old, date(2026, 3, 3))
    assert listed(handed(chain, place, date(2026, 3, 31))) == [("updated", old.pk)]


def test_a_record_that_came_and_went_within_a_period_is_not_listed(chain: Chain) -> None:
    place = place_of(chain)
    gone = other(chain, "news", date(2026, 1, 8))
    withdraw(gone, reason="有误", by=chain.actor("officer"), at=morning(date(2026, 1, 9)))
    with pytest.raises(DisclosureError, match="没有要移交的信息"):
        handed(chain, place, date(2026, 1, 31))
    again = publish(gone.versions.get(), by=chain.actor("officer"), at=morning(date(2026, 2, 10)))
    made = handed(chain, place, date(2026, 2, 28))
    assert (made.since, listed(made)) == (None, [("new", again.pk)])


def test_what_was_withdrawn_and_restored_unchanged_is_no_news(chain: Chain) -> None:
    place = place_of(chain)
    record = other(chain, "news", date(2026, 1, 8))
    handed(chain, place, date(2026, 1, 31))
    by = chain.actor("officer")
    withdraw(record, reason="核对", by=by, at=morning(date(2026, 2, 3)))
    publish(record.versions.get(), by=by, at=morning(date(2026, 2, 4)))
    assert pending(place, chain.agency, date(2026, 2, 28)) == []
    withdraw(record, reason="有误", by=by, at=morning(date(2026, 3, 3)))
    assert listed(handed(chain, place, date(2026, 3, 31))) == [("withdrawn", record.pk)]


def test_what_a_list_missed_comes_with_the_next(chain: Chain) -> None:
    place = place_of(chain)
    other(chain, "news", date(2026, 1, 8))
    handed(chain, place, date(2026, 1, 31))
    late = other(chain, "news", date(2026, 1, 20))  # written to the database after the list
    assert listed(handed(chain, place, date(2026, 2, 28))) == [("new", late.pk)]


def test_archive_and_library_have_lists_of_their_own_and_others_none(chain: Chain) -> None:
    archive = place_of(chain)
    library = place_of(chain, "library", PlaceFacts("云溪县图书馆", "路", "时", "话"))
    hall = place_of(chain, "service_hall", PlaceFacts("云溪县政务服务中心", "路", "时", "话"))
    record = other(chain, "news", date(2026, 1, 8))
    for place in (archive, library):
        assert listed(handed(chain, place, date(2026, 1, 31))) == [("new", record.pk)]
    with pytest.raises(DisclosureError, match="只向国家档案馆、公共图书馆移交"):
        handed(chain, hall, date(2026, 1, 31))
    farms = body(chain, "agriculture")
    theirs = other(farms, "news", date(2026, 1, 9))
    assert listed(handed(farms, archive, date(2026, 1, 31))) == [("new", theirs.pk)]


def test_a_list_ends_with_a_day_that_is_over_and_an_open_place(chain: Chain) -> None:
    place = place_of(chain)
    other(chain, "news", date(2026, 1, 8))
    today = date(2026, 1, 31)
    with pytest.raises(DisclosureError, match="截至昨天"):
        handed(chain, place, today, at=morning(today))
    with pytest.raises(NotEntitledError):
        handed(chain, place, today, by=chain.actor("drafter"))
    by = chain.actor("officer")
    close_place(place, until=date(2026, 1, 20), reason="搬迁", by=by, at=morning(today))
    with pytest.raises(DisclosureError, match="已撤销"):
        handed(chain, place, today)
    assert not HandOver.objects.exists()


@pytest.mark.parametrize("seed", range(4))
def test_the_lists_together_tell_exactly_what_is_public(chain: Chain, seed: int) -> None:
    chance = random.Random(seed)
    place, by = place_of(chain), chain.actor("officer")
    records: list[Record] = []
    known: dict[int, int] = {}
    day, rows = START, 0
    for _ in range(24):
        day += chance.choice((timedelta(0), NEXT, 3 * NEXT))
        act = chance.choice(("new", "new", "change", "withdraw", "list"))
        record = Record.objects.get(pk=chance.choice(records).pk) if records else None
        if act == "new" or record is None:
            records.append(other(chain, "news", day))
        elif act == "change":
            changed(chain, record, day, hour=2)
        elif act == "withdraw" and record.is_public:
            withdraw(record, reason="有误", by=by, at=morning(day) + timedelta(hours=3))
        elif act == "list" and pending(place, chain.agency, day):
            day += NEXT
            made = handed(chain, place, day - NEXT)
            rows += made.size
            read(made, known)
            assert known == public_at_the_end_of(day - NEXT)
    day += NEXT
    if pending(place, chain.agency, day):
        made = handed(chain, place, day)
        rows += made.size
        read(made, known)
    assert known == public_at_the_end_of(day)
    print(f"seed {seed}: {len(records)} records, {HandOver.objects.count()} lists, {rows} rows")
    assert rows == HandOverItem.objects.count() > 0


def read(made: HandOver, known: dict[int, int]) -> None:
    """What an archive does with a list: nothing new twice, nothing changed that it has not."""
    for item in made.items.order_by("position"):
        assert (item.record_id in known) is (item.change != "new")
        if item.change == "withdrawn":
            del known[item.record_id]
        else:
            assert known.get(item.record_id) != item.clearance_id
            known[item.record_id] = item.clearance_id


def public_at_the_end_of(day: date) -> dict[int, int]:
    """By record, the clearance that was public, told by the acts alone."""
    found: dict[int, int] = {}
    for act in PublicAct.objects.filter(at__lt=morning(day + NEXT) - timedelta(hours=9)):
        found.pop(act.record_id, None)
        if act.clearance_id is not None:
            found[act.record_id] = act.clearance_id
    return found


# --- what the database refuses ----------------------------------------------------------------

_LIST = """INSERT INTO disclosure_handover
    (place_id, agency_id, number, "since", "until", size, "by", by_name, at)
    SELECT {place}, agency_id, {number}, {since}, {until}, 1, '9', '甲', '2026-03-01'
    FROM disclosure_handover WHERE number = 1"""
_ITEM = """INSERT INTO disclosure_handoveritem
    (hand_over_id, place_id, record_id, act_id, clearance_id, change, position)
    SELECT h.id, h.place_id, c.record_id, a.id, c.id, 'updated', {position}
    FROM disclosure_handover AS h, disclosure_clearance AS c, disclosure_publicact AS a,
    disclosure_version AS v WHERE v.id = c.version_id AND v.title = {title}
    AND a.act = 'withdraw'"""
ATTACKS = {
    "改依据变更": "UPDATE disclosure_lawchange SET due_on = '2030-01-01'",
    "销评估任务": "DELETE FROM disclosure_lawchangetask",
    "销提醒": "DELETE FROM disclosure_reappraisalreminder",
    "改核对时间": "UPDATE disclosure_pageconfirmation SET at = '2030-01-01'",
    "核对没有公开的": """INSERT INTO disclosure_pageconfirmation
        (record_id, clearance_id, "by", by_name, at)
        SELECT c.record_id, c.id, '9', '甲', '2026-03-01' FROM disclosure_clearance AS c
        JOIN disclosure_version AS v ON v.id = c.version_id WHERE v.title = '待发指南'""",
    "核对的不是页面": """INSERT INTO disclosure_pageconfirmation
        (record_id, clearance_id, "by", by_name, at)
        SELECT r.id, r.live_id, '9', '甲', '2026-03-01' FROM disclosure_record AS r
        WHERE r.kind = 'news' AND r.live_id > 0""",
    "删查阅场所": "DELETE FROM disclosure_readingplace WHERE name = '旧馆'",
    "恢复已撤销的": "UPDATE disclosure_readingplace SET valid_to = NULL WHERE name = '旧馆'",
    "换类别": "UPDATE disclosure_readingplace SET kind = 'other' WHERE name = '云溪县档案馆'",
    "改清单": "UPDATE disclosure_handover SET size = 99",
    "删清单的一条": "DELETE FROM disclosure_handoveritem",
    "重叠的清单": _LIST.format(
        place="place_id", number=2, since="'2026-01-31'", until="'2026-02-20'"
    ),
    "编在前面的清单": _LIST.format(
        place="place_id", number=0, since="'2026-02-01'", until="'2026-02-20'"
    ),
    "向服务大厅移交": _LIST.format(
        place="(SELECT id FROM disclosure_readingplace WHERE kind = 'service_hall')",
        number=2, since="'2026-02-01'", until="'2026-02-20'",
    ),
    "事后加一条": _ITEM.format(position=2, title="'加塞'"),
    "把别的机关的加进来": _ITEM.format(position=2, title="'农业'"),
}  # fmt: skip


def arranged(chain: Chain) -> None:
    """Rows that every attack starts from."""
    by, at = chain.actor("officer"), morning(date(2026, 2, 2))
    place = place_of(chain)
    place_of(chain, "service_hall", PlaceFacts("云溪县政务服务中心", "路", "时", "话"))
    old = place_of(chain, "other", PlaceFacts("旧馆", "路", "时", "话"))
    close_place(old, until=date(2026, 1, 20), reason="拆除", by=by, at=at)
    other(chain, "news", date(2026, 1, 8), title="首条")
    handed(chain, place, date(2026, 1, 31))
    gone = other(chain, "news", date(2026, 2, 3), title="加塞")
    withdraw(gone, reason="有误", by=by, at=morning(date(2026, 2, 4)))
    other(body(chain, "agriculture"), "news", date(2026, 2, 3), title="农业")
    guide = public_page(chain, "guide", date(2026, 2, 3))
    confirm_page(guide, by=by, at=morning(date(2026, 2, 5)))
    second = draft_again(guide, by=chain.actor("drafter"), at=morning(date(2026, 2, 6)))
    Version.objects.filter(pk=second.pk).update(title="待发指南")
    cleared(chain, Version.objects.get(pk=second.pk), date(2026, 2, 6))
    kept = {"attribute": "withheld", "attribute_reason": "过程性", "grounds": ["regulations#16.2"]}
    cleared(chain, draft_of(chain, "news", date(2026, 2, 3), **kept), date(2026, 2, 3))
    reopen_for_law_change("regulations#16", on=date(2026, 2, 9), reason="修订", by=by, at=at)
    remind(chain.agency, at=morning(date(2026, 2, 10)))


def test_every_attack_is_refused_and_succeeds_without_the_guards(chain: Chain) -> None:
    arranged(chain)
    through = [name for name, sql in ATTACKS.items() if not refused(sql)]
    drop_guards()
    without = [name for name, sql in ATTACKS.items() if not refused(sql)]
    print(
        f"{connection.vendor}: attacks {len(ATTACKS)}, through {len(through)}, "
        f"without guards {len(without)}"
    )
    assert through == []
    assert without == list(ATTACKS)
