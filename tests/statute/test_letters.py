"""The thirty-eight kinds of letters and the four modes of service, written out by hand.

Worked situations stand in cases/letters.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from statute import letters
from statute.citations import Mark, cite
from statute.docket import Service
from statute.letters import (
    LETTERS,
    SERVICE,
    FactName,
    LimitRole,
    Recipient,
    ServiceDate,
    ServiceDates,
    ServiceError,
    UnknownLetterError,
    answered_on,
    check_carrier,
    letter_kind,
    missing_facts,
    remedy_runs_from,
    service_rule,
)
from statute.outcomes import OUTCOMES

PROCEDURAL = {
    "registration_receipt": "expected_reply_on",
    "correction_notice": "correction_matters correction_due_on overdue_effect",
    "reason_request": "excess_facts reply_due_on overdue_effect",
    "delay_reasonable": "delayed_until",
    "extension_notice": "extension_days new_due_on approver",
    "third_party_consult": "content_to_disclose reply_period overdue_effect reply_slip",
    "third_party_pause_notice": "pause_statement",
    "third_party_result": "content_disclosed public_interest_reason remedy_notice",
    "joint_consult": "reply_period overdue_effect",
    "assist_letter": "internal_due_on",
    "fee_notice": (
        "fee_standard fee_quantity fee_amount payment_method payment_period overdue_effect"
    ),
    "transfer_correction": "competent_agency",
}

# Facts besides the general ones and the remedy, and the remedy.
TERMINAL = {
    "reply_public_already": ("access_path", "B"),
    "reply_grant": ("", "B"),
    "reply_partial": (
        "disclosed_part withheld_reasons attachment_list delivery_form",
        "by_grounds",
    ),
    "reply_deny_14a": ("classification_level", "A"),
    "reply_deny_14b": ("law_name law_article", "A"),
    "reply_deny_14c": ("harm_reason", "A"),
    "reply_deny_15": ("consultation_course objection_assessed", "A"),
    "reply_deny_16a": ("internal_category", "A"),
    "reply_deny_16b": ("process_category matter_concluded", "A"),
    "reply_deny_16c": ("case_file_name", "A"),
    "reply_admin_query": ("special_rule_name handling_place", "B"),
    "reply_not_exist": ("search_account", "B"),
    "reply_other_agency": ("not_own_reason", "B"),
    "reply_need_creation": ("information_state", "B"),
    "reply_unclear": ("correction_course", "B"),
    "reply_petition": ("proper_channel", "B"),
    "reply_repeat": ("earlier_letter_no earlier_letter_on", "B"),
    "reply_publication": ("access_path", "B"),
    "reply_excessive": ("reasons_course", "B"),
    "reply_reconfirm": ("", "B"),
    "reply_not_gov_info": ("proper_channel", "B"),
    "close_no_correction": ("closing_facts closing_dates", "B"),
    "close_fee_unpaid": ("closing_facts closing_dates", "B"),
    "close_withdrawn": ("closing_facts closing_dates", "B"),
    "correction_done": ("record_before record_after", "B"),
    "correction_refused": ("record_before record_after", "B"),
}

GENERAL = (
    "title letter_no case_no addressee received_on receiving_channel request_text findings basis "
    "conclusion signatory formed_on seal"
)


def _words(text: str) -> list[str]:
    return text.split()


def _filled(*names: str) -> dict[str, object]:
    return dict.fromkeys(names, "有")


@pytest.fixture
def tables() -> dict[str, Any]:
    return deepcopy(letters._tables())


def test_the_kinds_are_the_twelve_procedural_and_the_twenty_six_that_end_a_case() -> None:
    assert list(LETTERS) == [*PROCEDURAL, *TERMINAL]
    assert (len(PROCEDURAL), len(TERMINAL)) == (12, 26)
    assert {kind for kind, known in LETTERS.items() if known.terminal} == set(TERMINAL)


@pytest.mark.parametrize(("kind", "extra"), PROCEDURAL.items(), ids=PROCEDURAL)
def test_a_procedural_letter_states_the_general_facts_and_its_own(kind: str, extra: str) -> None:
    assert list(letter_kind(kind).required) == _words(GENERAL) + _words(extra)


@pytest.mark.parametrize(("kind", "row"), TERMINAL.items(), ids=TERMINAL)
def test_a_letter_that_ends_a_case_also_states_the_remedy(kind: str, row: tuple[str, str]) -> None:
    extra, remedy = row
    known = letter_kind(kind)
    assert list(known.required) == [*_words(GENERAL), *_words(extra), "remedy_notice"]
    assert known.remedy == remedy


def test_procedural_letters_carry_no_remedy_but_the_one_that_decides_for_a_third_party() -> None:
    carrying = {kind for kind in PROCEDURAL if letter_kind(kind).remedy != "C"}
    assert carrying == {"third_party_result"}
    assert letter_kind("third_party_result").remedy == "by_grounds"


def test_an_empty_letter_lacks_everything_it_must_state() -> None:
    assert missing_facts("delay_reasonable", {}) == (*_words(GENERAL), "delayed_until")


@pytest.mark.parametrize(
    "value", [pytest.param(None, id="none"), pytest.param("  ", id="only blanks"), ""]
)
def test_a_blank_fact_is_a_missing_fact(value: object) -> None:
    facts = _filled(*_words(GENERAL)) | {FactName.DELAYED_UNTIL: value}
    assert missing_facts("delay_reasonable", facts) == (FactName.DELAYED_UNTIL,)


def test_a_date_or_a_number_is_a_fact_even_when_it_is_zero() -> None:
    facts = _filled(*_words(GENERAL)) | {"delayed_until": date(2026, 5, 8)}
    assert missing_facts("delay_reasonable", facts) == ()
    facts = _filled(*letter_kind("fee_notice").required) | {"fee_amount": 0}
    assert missing_facts("fee_notice", facts) == ()


@pytest.mark.parametrize(
    ("stated", "lacking"),
    [
        pytest.param("", "attachment_list page_count delivery_form", id="nothing: attachments"),
        pytest.param("access_path", "access_time", id="a place without a time"),
        pytest.param("attachment_list page_count", "delivery_form", id="attachments without form"),
        pytest.param("attachment_list page_count delivery_form", "", id="attachments in full"),
        pytest.param("access_path access_time", "", id="place and time in full"),
        pytest.param(
            "attachment_list page_count access_path access_time", "", id="one way in full will do"
        ),
    ],
)
def test_a_grant_states_attachments_or_where_and_when(stated: str, lacking: str) -> None:
    facts = _filled(*_words(GENERAL), "remedy_notice", *_words(stated))
    assert list(missing_facts("reply_grant", facts)) == _words(lacking)


@pytest.mark.parametrize(
    ("stated", "lacking"),
    [
        pytest.param("other_agency_name", "other_agency_contact", id="a name without a contact"),
        pytest.param("other_agency_unknown", "", id="said to be unknown"),
        pytest.param("other_agency_name other_agency_contact", "", id="name and contact"),
    ],
)
def test_another_agency_is_named_with_its_contact_or_said_to_be_unknown(
    stated: str, lacking: str
) -> None:
    facts = _filled(*_words(GENERAL), "remedy_notice", "not_own_reason", *_words(stated))
    missing = missing_facts("reply_other_agency", facts)
    assert list(missing) == _words(lacking)


def test_a_secret_is_named_with_its_basis_or_its_term() -> None:
    facts = _filled(*_words(GENERAL), "remedy_notice", "classification_level")
    assert missing_facts("reply_deny_14a", facts) == (FactName.CLASSIFICATION_BASIS,)
    assert missing_facts("reply_deny_14a", facts | _filled("classification_term")) == ()


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(UnknownLetterError, match="没有这种文书：reply_maybe"):
        missing_facts("reply_maybe", {})


def test_every_fact_has_a_label_and_some_letter_that_states_it() -> None:
    stated = {fact for known in LETTERS.values() for fact in known.required}
    for known in LETTERS.values():
        stated |= {fact for option in known.one_of for fact in option}
    assert stated == set(FactName)
    assert len({fact.label for fact in FactName}) == len(FactName)
    assert FactName.REMEDY_NOTICE.label == "救济告知"


@pytest.mark.parametrize(
    ("kind", "role", "days", "counted_from", "follows"),
    [
        pytest.param(
            "correction_notice", "sending", 7, "收到申请之日", "不得再要求补正", id="补正告知七日内"
        ),
        pytest.param(
            "correction_notice", "reply", 15, "收到补正告知之日", "视为放弃", id="补正期限十五日"
        ),
        pytest.param(
            "extension_notice", "extent", 20, "原到期日", "累计不得超过", id="延期累计二十日"
        ),
        pytest.param(
            "third_party_consult",
            "reply",
            15,
            "第三方收到征求意见书之日",
            "由行政机关依照条例决定",
            id="第三方逾期由机关决定",
        ),
        pytest.param(
            "joint_consult",
            "reply",
            15,
            "被征求意见的机关收到征求意见书之日",
            "视为同意公开",
            id="共同制作机关逾期视为同意",
        ),
        pytest.param(
            "fee_notice", "reply", 20, "收到收费通知之日", "视为放弃申请", id="缴费二十日"
        ),
    ],
)
def test_a_limit_is_counted_from_its_event_and_has_its_consequence(
    kind: str, role: str, days: int, counted_from: str, follows: str
) -> None:
    limit = letter_kind(kind).limits[LimitRole(role)]
    assert (limit.working_days, limit.counted_from) == (days, counted_from)
    assert follows in limit.consequence


@pytest.mark.parametrize("kind", ["extension_notice", "fee_notice"])
def test_an_extension_and_a_fee_notice_go_out_before_an_event(kind: str) -> None:
    assert letter_kind(kind).limits[LimitRole.SENDING].working_days is None


def test_only_the_term_for_correction_is_our_own_number() -> None:
    ours = {
        (kind, role)
        for kind, known in LETTERS.items()
        for role, limit in known.limits.items()
        if limit.mark is not Mark.VERIFIED
    }
    assert ours == {("correction_notice", LimitRole.REPLY)}


def test_correction_is_asked_once() -> None:
    assert {kind for kind, known in LETTERS.items() if known.once} == {"correction_notice"}


def test_letters_to_others_than_the_applicant_are_known() -> None:
    others = {k: v.recipient for k, v in LETTERS.items() if v.recipient != Recipient.APPLICANT}
    assert others == {
        "third_party_consult": Recipient.THIRD_PARTY,
        "third_party_result": Recipient.THIRD_PARTY,
        "joint_consult": Recipient.AGENCY,
        "assist_letter": Recipient.AGENCY,
    }


def test_letters_about_fees_begin_with_the_fee_rules() -> None:
    first_day = {kind: known.in_force.start for kind, known in LETTERS.items()}
    late = {kind for kind, day in first_day.items() if day != date(2019, 5, 15)}
    assert late == {"fee_notice", "close_fee_unpaid"}
    assert {first_day[kind] for kind in late} == {date(2021, 1, 1)}


@pytest.mark.parametrize(
    ("day", "cited"),
    [
        pytest.param(date(2024, 4, 30), False, id="before the secrecy law of 2024"),
        pytest.param(date(2024, 5, 1), True, id="from its first day"),
    ],
)
def test_a_refusal_over_secrets_cites_the_secrecy_law_in_force(day: date, *, cited: bool) -> None:
    basis = letter_kind("reply_deny_14a").citations_on(day)
    assert (cite("secrecy_law_2024#20") in basis) is cited
    assert cite("regulations#14") in basis


def test_letters_resting_on_practice_are_marked() -> None:
    marked = {kind: known.mark for kind, known in LETTERS.items() if known.mark != Mark.VERIFIED}
    assert marked == {
        "assist_letter": Mark.PRACTICE,
        "reply_reconfirm": Mark.PRACTICE,
        "close_withdrawn": Mark.PRACTICE,
    }


@pytest.mark.parametrize("kind", TERMINAL)
def test_a_letter_tells_one_result_or_a_correction_of_records(kind: str) -> None:
    told = [code for code, known in OUTCOMES.items() if kind in known.letters]
    assert len(told) == (0 if kind in {"correction_done", "correction_refused"} else 1)


def test_a_fee_cannot_be_contested_alone_and_the_letter_says_why() -> None:
    assert "不能单独申请复议" in letter_kind("fee_notice").remedy_note


@pytest.mark.parametrize(
    ("mode", "timely", "remedy"),
    [
        ("direct", ServiceDate.SIGNED, ServiceDate.SIGNED),
        ("entrusted", ServiceDate.SIGNED, ServiceDate.SIGNED),
        ("post", ServiceDate.POSTED, ServiceDate.SIGNED),
        ("electronic", ServiceDate.SENT, ServiceDate.ARRIVED),
    ],
    ids=["直接送达", "委托送达", "邮寄送达", "电子送达"],
)
def test_a_mode_of_service_has_its_two_dates(
    mode: str, timely: ServiceDate, remedy: ServiceDate
) -> None:
    rule = service_rule(mode)
    assert (rule.timely_by, rule.remedy_from) == (timely, remedy)


def test_the_modes_of_service_are_four_and_only_the_electronic_one_is_practice() -> None:
    assert set(SERVICE) == set(Service)
    practice = {mode for mode, rule in SERVICE.items() if rule.mark is Mark.PRACTICE}
    assert practice == {Service.ELECTRONIC}


def test_postage_may_be_charged_but_never_collected_on_delivery() -> None:
    rule = service_rule("post")
    assert rule.postage_collectable
    assert not any(each.cash_on_delivery for each in SERVICE.values())


def test_an_unknown_mode_of_service_is_refused() -> None:
    with pytest.raises(ServiceError, match="没有这种送达方式：pigeon"):
        service_rule("pigeon")


@pytest.mark.parametrize(
    ("mode", "label"),
    [("direct", "签收日"), ("post", "交邮日"), ("electronic", "成功发送日")],
)
def test_a_missing_date_of_service_is_named(mode: str, label: str) -> None:
    with pytest.raises(ServiceError, match=f"没有登记{label}"):
        answered_on(mode, ServiceDates())


def test_the_date_of_arrival_is_named_when_it_is_missing() -> None:
    sent = ServiceDates(sent_on=date(2026, 3, 30))
    assert answered_on("electronic", sent) == date(2026, 3, 30)
    with pytest.raises(ServiceError, match="互联网渠道送达没有登记到达日"):
        remedy_runs_from("electronic", sent)


def test_a_posted_letter_is_in_time_when_posted_and_starts_the_remedy_when_signed_for() -> None:
    dates = ServiceDates(posted_on=date(2026, 3, 30), signed_on=date(2026, 4, 3))
    assert answered_on("post", dates) == date(2026, 3, 30)
    assert remedy_runs_from("post", dates) == date(2026, 4, 3)


def test_a_carrier_matters_to_the_post_alone() -> None:
    with pytest.raises(ServiceError, match="邮寄送达必须使用邮政企业"):
        check_carrier("post", "某快递")
    check_carrier("post", "挂号信")
    check_carrier("direct", "某快递")


def test_data_in_which_a_reply_carries_no_remedy_are_refused(tables: dict[str, Any]) -> None:
    tables["letters"]["correction_done"]["remedy"] = "C"
    with pytest.raises(ValueError, match="correction_done：终局性文书必须告知救济"):
        letters._letters(tables)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"remedy": "B"}, id="another remedy"),
        pytest.param({"terminal": False}, id="a letter that does not end the case"),
    ],
)
def test_data_in_which_letter_and_result_disagree_are_refused(
    tables: dict[str, Any], change: dict[str, object]
) -> None:
    tables["letters"]["reply_deny_15"] |= change
    with pytest.raises(ValueError, match="deny_third_party：文书 reply_deny_15"):
        letters._letters(tables)


def test_data_without_the_letter_of_a_result_are_refused(tables: dict[str, Any]) -> None:
    del tables["letters"]["reply_grant"]
    with pytest.raises(ValueError, match="grant_provide：文书 reply_grant 不存在"):
        letters._letters(tables)
