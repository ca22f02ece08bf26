"""Interpretations: which documents owe one, until when, in which forms, and not as an extract."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.calendars.queries import calendar_for
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.interpretations import (
    EXTRACT,
    extracts,
    is_done,
    owing,
    share_of,
    similarity,
)
from gongkai.disclosure.lineage import links_of
from gongkai.disclosure.models import Record
from gongkai.disclosure.queries import latest, publication_due
from gongkai.disclosure.services.normative import void_relation
from gongkai.disclosure.services.publishing import relate, withdraw
from statute.citations import Mark
from statute.interpretation import InterpretationForm
from tests.gongkai.disclosure.chain import Chain
from tests.gongkai.disclosure.documents import (
    body,
    changes,
    draft_of,
    interprets,
    morning,
    normative,
    office,
    other,
    published,
    signed,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 12)  # 星期四：3个工作日为13、16、17日
PUBLIC = {"touches_public": True}
TEXT = (
    "<p>第一条　为了加强农村供水工程管护，保障农村居民饮水安全，制定本办法。</p>"
    "<p>第二条　农村供水工程的管护经费由受益户、村集体和县级财政按比例分担。</p>"
)


@pytest.fixture
def chain() -> Chain:
    return office()


def owed(day: date = DAY, agency_ids: frozenset[int] | None = None) -> list[Record]:
    return [one.standing.record for one in owing(day, agency_ids)]


# --- who owes one -----------------------------------------------------------------------------


def test_governments_owe_one_for_normative_documents_departments_where_the_public_is_touched(
    chain: Chain,
) -> None:
    bureau, town = body(chain, "health"), body(chain, "qingshi")
    of_office = normative(chain, DAY, 1)
    of_town = normative(town, DAY, 2)
    of_bureau = normative(bureau, DAY, 3, details=PUBLIC)
    plain = other(bureau, "document", DAY, details=PUBLIC)
    for quiet in (
        normative(bureau, DAY, 4),
        other(bureau, "document", DAY),
        other(chain, "document", DAY),
        other(chain, "news", DAY),
    ):
        assert is_done(quiet, latest(quiet))
    assert owed() == [of_office, of_town, of_bureau, plain]
    assert owed(agency_ids=frozenset({town.agency.pk})) == [of_town]
    assert not any(is_done(one, latest(one)) for one in owed())


def test_what_is_not_public_or_has_ended_owes_none_yet_or_any_more(chain: Chain) -> None:
    signed(chain, DAY, 1)
    withdrawn = normative(chain, DAY, 2)
    withdraw(withdrawn, reason="附件有误", by=chain.actor("final"), at=morning(DAY))
    ended = normative(chain, date(2026, 3, 9), 3)
    replacing = changes(chain, "supersedes", DAY, 4, ended)
    expired = normative(chain, date(2026, 3, 9), 5, expires_on=date(2026, 3, 11))
    assert owed() == [replacing]
    assert owed(date(2026, 3, 11)) == [ended, expired]


def test_three_working_days_after_the_document_it_is_late(chain: Chain) -> None:
    normative(chain, DAY, 1)
    (one,) = owing(date(2026, 3, 17), None)
    assert (one.published_on, one.due.due, one.late) == (DAY, date(2026, 3, 17), False)
    (one,) = owing(date(2026, 3, 18), None)
    assert one.late


def test_a_public_interpretation_makes_it_done_a_draft_does_not(chain: Chain) -> None:
    document = normative(chain, DAY, 1)
    draft = draft_of(chain, "interpretation", DAY, title="一图读懂")
    by, at = chain.actor("drafter"), morning(DAY)
    relation = relate(draft.record, document, "interprets", by=by, at=at, forms=("graphic",))
    (one,) = owing(DAY, None)
    assert one.drafts == (draft.record,)
    assert not is_done(document, latest(document))
    interpretation = published(chain, draft, DAY)
    assert owed() == []
    assert is_done(document, latest(document))
    # Each is found from the other.
    assert [(x.label, x.title) for x in links_of(document)] == [("解读材料", "一图读懂")]
    assert [x.other for x in links_of(interpretation)] == [document]
    withdraw(interpretation, reason="图有误", by=chain.actor("final"), at=at)
    assert owed() == [document]
    void_relation(relation, reason="不是解读", by=by, at=at)
    (one,) = owing(DAY, None)
    assert one.drafts == ()


def test_the_time_of_an_interpretation_runs_from_the_publication_of_its_document(
    chain: Chain,
) -> None:
    calendar = calendar_for(chain.agency, DAY)
    document = signed(chain, date(2026, 3, 5), 1)
    draft = draft_of(chain, "interpretation", date(2026, 3, 2))
    alone = publication_due(draft, calendar)
    assert alone is not None
    assert alone.due == date(2026, 3, 5)  # of nothing yet: from the day it was written
    by = chain.actor("drafter")
    relate(draft.record, document.record, "interprets", by=by, at=morning(DAY), forms=("text",))
    assert publication_due(draft, calendar) is None
    published(chain, document, DAY)
    due = publication_due(draft, calendar)
    assert due is not None
    assert due.due == date(2026, 3, 17)


# --- forms ------------------------------------------------------------------------------------


def test_forms_are_chosen_from_the_list(chain: Chain) -> None:
    document, by, at = normative(chain, DAY, 1), chain.actor("drafter"), morning(DAY)
    draft = draft_of(chain, "interpretation", DAY).record
    for forms in ((), ("poem",), ("text", "text")):
        with pytest.raises(DisclosureError, match="请选择解读形式：文字解读、图文图解"):
            relate(draft, document, "interprets", by=by, at=at, forms=forms)
    with pytest.raises(DisclosureError, match="只有政策解读"):
        relate(document, draft, "interprets", by=by, at=at, forms=("text",))
    news = draft_of(chain, "news", DAY).record
    with pytest.raises(DisclosureError, match="只有政策解读"):
        relate(news, document, "interprets", by=by, at=at, forms=("text",))
    relate(draft, document, "interprets", by=by, at=at, forms=tuple(InterpretationForm))


def test_an_interpretation_in_text_and_pictures_is_beyond_text(chain: Chain) -> None:
    document = normative(chain, DAY, 1)
    interprets(chain, DAY, document, "text", title="一")
    interprets(chain, DAY, document, "text", "graphic", title="二")
    interprets(chain, DAY, document, "video", title="三")
    other(chain, "interpretation", DAY)  # of nothing: no form
    share = share_of(Record.objects.all())
    assert (share.total, share.beyond_text) == (4, 2)


def test_one_interpretation_of_two_documents_counts_once(chain: Chain) -> None:
    first, second = normative(chain, DAY, 1), normative(chain, DAY, 2)
    record, _ = interprets(chain, DAY, first, "text")
    by, at = chain.actor("drafter"), morning(DAY)
    relate(record, second, "interprets", by=by, at=at, forms=("video",))
    share = share_of(Record.objects.all())
    assert (share.total, share.beyond_text) == (1, 1)
    assert owed() == []


# --- extracts ---------------------------------------------------------------------------------


def test_similarity_counts_runs_of_eight_characters() -> None:
    assert similarity(TEXT, TEXT) == 100
    assert similarity("今天天气很好，适合散步。我们去公园吧。", TEXT) == 0
    assert similarity("太短", TEXT) == 0
    assert similarity("", "") == 0
    # 12 characters have 5 runs; the first 10 are of the document: 3 of 5.
    assert similarity("农村供水工程管护，保障甲乙", "加强农村供水工程管护，保障农村") == 60
    # Tags, spaces and punctuation hide nothing.
    hidden = TEXT.replace("农村", "农<b></b> 村").replace("，", "、")
    assert similarity(hidden, TEXT) == 100


def test_an_extract_is_flagged_and_an_explanation_is_not(chain: Chain) -> None:
    document = normative(chain, DAY, 1, body=TEXT)
    _, copied = interprets(chain, DAY, document, body=f"{TEXT}<p>解读完毕，谢谢大家阅读。</p>")
    explained = (
        "<p>以前水管坏了没有人修，现在谁来修、钱从哪里来都写明白了：用水的人家出一部分，"
        "村里出一部分，县里补一部分。</p>"
    )
    interprets(chain, DAY, document, body=explained)
    found = extracts(None)
    assert [one.relation for one in found] == [copied]
    assert EXTRACT.percent <= found[0].percent < 100
    assert EXTRACT.mark is Mark.PRACTICE
    assert len(extracts(None, percent=0)) == 2
    assert extracts(frozenset({body(chain, "health").agency.pk})) == []
