"""Who may see, draft, review, publish a record: predicates over (Standing, RecordAffair).

It reads no database; what the database demands besides stands in triggers.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.accounts.policies import Policy, anybody, rule
from gongkai.accounts.roles import Role
from gongkai.accounts.standing import Standing
from gongkai.disclosure.steps import Step


@dataclass(frozen=True, slots=True)
class RecordAffair:
    """What an act on a record is about: its body, who wrote in it, who passed which step.

    `passed` maps a step to the person whose pass stands; `merged` holds pairs of steps that one
    person may take, by the rule of the agency; `due` the steps at which a verdict is asked for.
    """

    agency_id: int | None
    authors: frozenset[str] = frozenset()
    passed: tuple[tuple[Step, str], ...] = ()
    merged: frozenset[frozenset[str]] = field(default_factory=frozenset)
    public: bool = False
    due: tuple[Step, ...] = ()


REVIEWERS = {
    Step.SECTION: Role.SECTION_REVIEWER,
    Step.SECRECY: Role.SECRECY_REVIEWER,
    Step.DISCLOSURE: Role.DISCLOSURE_OFFICER,
    Step.FINAL: Role.FINAL_REVIEWER,
}
_CHAIN = frozenset({Role.DRAFTER, Role.LEGAL_REVIEWER, Role.SIGNER, *REVIEWERS.values()})


def _of(subject: object) -> RecordAffair:
    if isinstance(subject, RecordAffair):
        return subject
    return RecordAffair(subject if isinstance(subject, int) else None)


@rule
def works_on_records(who: Standing, subject: object) -> bool:
    """Holds a duty of the chain in the body concerned, or in any where none is named."""
    return who.holds(_CHAIN, _of(subject).agency_id)


@rule
def oversees(who: Standing, _subject: object) -> bool:
    """The supervising office sees what its bodies have (`regulations#3`)."""
    return who.supervising


@rule
def drafts_there(who: Standing, subject: object) -> bool:
    """Drafter of the body concerned."""
    return who.holds({Role.DRAFTER, Role.DISCLOSURE_OFFICER}, _of(subject).agency_id)


@rule
def signs_there(who: Standing, subject: object) -> bool:
    """Signer of the body concerned."""
    return who.holds({Role.SIGNER}, _of(subject).agency_id)


@rule
def examines_legality(who: Standing, subject: object) -> bool:
    """Legal reviewer of the body concerned."""
    return who.holds({Role.LEGAL_REVIEWER}, _of(subject).agency_id)


@rule
def keeps_disclosure(who: Standing, subject: object) -> bool:
    """Disclosure officer of the body concerned."""
    return who.holds({Role.DISCLOSURE_OFFICER}, _of(subject).agency_id)


@rule
def decides_finally(who: Standing, subject: object) -> bool:
    """Final reviewer of the body concerned."""
    return who.holds({Role.FINAL_REVIEWER}, _of(subject).agency_id)


@rule
def did_not_write_it(who: Standing, subject: object) -> bool:
    """Nobody reviews what he drafted."""
    return who.user_id is not None and str(who.user_id) not in _of(subject).authors


@rule
def reviews_there(who: Standing, subject: object) -> bool:
    """Holds a duty of review in the body concerned."""
    return who.holds(frozenset(REVIEWERS.values()), _of(subject).agency_id)


def reviews(step: Step) -> Policy:
    """Who may give a verdict at a step: holds its duty there, wrote nothing, and took no other
    step of this version unless the agency's rule lets both be taken together."""

    @rule
    def holds_the_duty(who: Standing, subject: object) -> bool:
        return who.holds({REVIEWERS[step]}, _of(subject).agency_id)

    @rule
    def took_no_other_step(who: Standing, subject: object) -> bool:
        affair = _of(subject)
        mine = {one for one, person in affair.passed if person == str(who.user_id)}
        return all(frozenset({one, step}) in affair.merged for one in mine - {step})

    return Policy(
        f"disclosure.review_{step.value}",
        holds_the_duty & did_not_write_it & took_no_other_step,
        sees,
    )


sees = works_on_records | oversees

SEE = Policy("disclosure.see", sees, sees)
DRAFT = Policy("disclosure.draft", drafts_there, sees)
# Lets stand what screening says must go: never by one who wrote (`regulations#15`).
STAND_FOR = Policy("disclosure.stand_for", reviews_there & did_not_write_it, sees)
GIVE_OPINION = Policy("disclosure.give_opinion", examines_legality & did_not_write_it, sees)
SIGN = Policy("disclosure.sign", signs_there, sees)
REVIEW = {step: reviews(step) for step in Step}


@rule
def has_the_next_word(who: Standing, subject: object) -> bool:
    """May give a verdict at a step at which one is due."""
    affair = _of(subject)
    return any(REVIEW[step].allowed.test(who, affair) for step in affair.due)


REVIEW_NOW = Policy("disclosure.review_now", has_the_next_word, sees)
ORDER_EMERGENCY = Policy(
    "disclosure.order_emergency", (keeps_disclosure | decides_finally) & did_not_write_it, sees
)
PUBLISH = Policy("disclosure.publish", keeps_disclosure, sees)
WITHDRAW = Policy("disclosure.withdraw", keeps_disclosure | decides_finally, sees)
REAPPRAISE = Policy("disclosure.reappraise", keeps_disclosure, sees)
CLEAN_UP = Policy("disclosure.clean_up", keeps_disclosure | decides_finally, sees)
SET_RULE = Policy("disclosure.set_rule", keeps_disclosure | decides_finally, sees)
IMPORT = Policy("disclosure.import", keeps_disclosure, sees)
KEEP_PAGES = Policy("disclosure.keep_pages", keeps_disclosure, sees)
KEEP_PLACES = Policy("disclosure.keep_places", keeps_disclosure, sees)
HAND_OVER = Policy("disclosure.hand_over", keeps_disclosure, sees)
SEE_PUBLIC = Policy("disclosure.see_public", anybody, anybody)
