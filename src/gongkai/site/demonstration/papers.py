"""A record on its way: each act of it is one verb, by whoever holds the duty in its body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from gongkai.accounts.roles import Role
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import Reappraisal, Record, Version
from gongkai.disclosure.policies import REVIEWERS
from gongkai.disclosure.queries import latest, position_of
from gongkai.disclosure.services import (
    attaching,
    drafting,
    publishing,
    reappraising,
    reviewing,
)
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.site.demonstration.content import body_of, dated
from gongkai.site.demonstration.days import Agenda, Days
from gongkai.site.demonstration.people import Desk
from gongkai.site.demonstration.workbooks import workbook

Act = Callable[[datetime], object]
_STEPS = tuple(step.value for step in Step)
# How far a record is: the acts that led there.
STATES: Mapping[str, tuple[str, ...]] = {
    "draft": ("draft",),
    "opined": ("draft", "opinion"),
    "submitted": ("draft", "submit"),
    "section": ("draft", "submit", *_STEPS[:1]),
    "secrecy": ("draft", "submit", *_STEPS[:2]),
    "disclosure": ("draft", "submit", *_STEPS[:3]),
    "asked": ("draft", "ask", "submit", *_STEPS[:3]),
    "cleared": ("draft", "submit", *_STEPS),
    "scheduled": ("draft", "submit", *_STEPS, "plan"),
    "published": ("draft", "submit", *_STEPS, "publish"),
    "emergency": ("draft", "submit", "order", "secrecy", "hurry", "publish"),
}
_WORDS = ("summary", "attribute", "attribute_reason", "grounds", "theme", "keywords")


@dataclass(slots=True)
class Shelf:
    """What the papers of the county share: the days, the numbers given, records by their key."""

    days: Days
    numbers: Counter[str] = field(default_factory=Counter)
    records: dict[str, Record] = field(default_factory=dict)

    def number(self, letters: str, year: int) -> str:
        """The next document number of a body in a year."""
        self.numbers[f"{letters}{year}"] += 1
        return f"{letters}〔{year}〕{self.numbers[f'{letters}{year}']}号"


class Paper:
    """One record of the data, and what is done with it."""

    def __init__(self, words: Mapping[str, Any], desk: Desk, shelf: Shelf) -> None:
        self.words, self.desk, self.shelf = words, desk, shelf
        self.kind = RecordKind(words["kind"])
        self.reason: str = words.get("reason", "")
        self.record: Record

    # --- what is done, in the order of the data ------------------------------------------------

    def schedule(self, agenda: Agenda, shift: int) -> None:
        """Puts the acts that lead to the state, and what comes later, on the agenda."""
        words = self.words
        names = self._acts()
        end = words.get("end", words["start"])
        agenda.add(words["start"], end, *(self.act(name) for name in names), shift=shift)
        if later := words.get("later"):
            acts = [self._because(later)] + [self.act(name) for name in later["acts"]]
            start = later["start"]
            agenda.add(start, later.get("end", start), *acts, shift=shift)

    def _acts(self) -> tuple[str, ...]:
        acts = STATES[self.words["state"]]
        if "file" in self.words:
            acts = ("draft", "attach", *acts[1:])
        signed = self.kind == RecordKind.NORMATIVE and "submit" in acts
        return ("draft", "opinion", "sign", *acts[1:]) if signed else acts

    def _because(self, later: Mapping[str, Any]) -> Act:
        def give_the_reason(_at: datetime) -> None:
            self.reason = later.get("reason", "")

        return give_the_reason

    def act(self, name: str) -> Act:
        """The verb of a name."""
        if name in _STEPS:
            return lambda at: self._pass(Step(name), at)
        act: Act = getattr(self, name)
        return act

    # --- drafting ------------------------------------------------------------------------------

    def draft(self, at: datetime) -> None:
        """The first draft; what it does to other records stands in it from the beginning."""
        by = self.desk.by(Role.DRAFTER)
        version = drafting.draft(self.desk.agency, self.kind, self._content(), by=by, at=at)
        self.record = version.record
        if key := self.words.get("key"):
            self.shelf.records[key] = self.record
        if said := self.words.get("relation"):
            earlier = self.shelf.records[said["to"]]
            forms = tuple(said.get("forms", ()))
            publishing.relate(self.record, earlier, said["kind"], by=by, at=at, forms=forms)

    def _content(self) -> dict[str, Any]:
        words, formed = self.words, self._formed
        content: dict[str, Any] = {
            "title": words["title"],
            "body": body_of(words["text"]),
            "formed_on": formed,
            "details": dated(words.get("details", {}), formed),
            **{name: words[name] for name in _WORDS if name in words},
        }
        today = self.shelf.days.today
        if self.kind == RecordKind.NORMATIVE:
            soon = words.get("effective_in")
            content["effective_on"] = formed if soon is None else today + timedelta(days=soon)
        if "expires_in" in words:
            content["expires_on"] = today + timedelta(days=words["expires_in"])
        if self.kind == RecordKind.DOCUMENT:
            content["doc_no"] = self.shelf.number(self.desk.agency.letter_code, formed.year)
        return content

    @property
    def _formed(self) -> date:
        return self.shelf.days.ago(self.words["start"])

    def attach(self, at: datetime) -> None:
        """A workbook taken in, looked through, cleaned where nothing was found."""
        said = self.words["file"]
        attaching.attach(
            latest(self.record),
            workbook(said),
            name=said["name"],
            revision=self._revision,
            by=self.desk.by(Role.DRAFTER),
            at=at,
        )

    def opinion(self, at: datetime) -> None:
        """合法性审核意见."""
        formed = self._formed
        drafting.give_opinion(
            latest(self.record),
            number=self.shelf.number("合审", formed.year),
            given_on=formed,
            lawful=True,
            opinion="制定权限、程序和内容合法，同意提交审议。",
            by=self.desk.by(Role.LEGAL_REVIEWER),
            at=at,
        )

    def sign(self, at: datetime) -> None:
        """签发, with the number."""
        formed = self._formed
        drafting.sign(
            latest(self.record),
            doc_no=self.shelf.number(f"{self.desk.agency.letter_code}发", formed.year),
            formed_on=formed,
            revision=self._revision,
            by=self.desk.by(Role.SIGNER),
            at=at,
        )

    def ask(self, at: datetime) -> None:
        """协商: another body is asked."""
        reviewing.ask_other_body(
            latest(self.record),
            other=self.words["other"],
            question=self.reason,
            by=self.desk.by(Role.DRAFTER),
            at=at,
        )

    def submit(self, at: datetime) -> None:
        """送审."""
        by = self.desk.by(Role.DRAFTER)
        drafting.submit(latest(self.record), revision=self._revision, by=by, at=at)

    def again(self, at: datetime) -> None:
        """A new draft of the same words, a line more in it."""
        by = self.desk.by(Role.DRAFTER)
        version = drafting.draft_again(self.record, by=by, at=at)
        changes: dict[str, Any] = {"body": f"{version.body}<p>办理情况可以向本机关查询。</p>"}
        if Record.objects.get(pk=self.record.pk).is_public:
            changes["changed_on"] = at.date()
        drafting.edit(version, changes, revision=self._revision, by=by, at=at)

    # --- review --------------------------------------------------------------------------------

    def _pass(self, step: Step, at: datetime) -> Version:
        version = latest(self.record)
        by = self.desk.by(REVIEWERS[step])
        reviewing.pass_step(version, step, digest=version.content_hash, by=by, at=at)
        return version

    def _next_step(self) -> Step:
        step = position_of(latest(self.record)).next
        if step is None:
            raise ValueError("审查已经结束")
        return step

    def _return(self, back_to: str, at: datetime) -> None:
        version, step = latest(self.record), self._next_step()
        by, digest = self.desk.by(REVIEWERS[step]), version.content_hash
        reviewing.return_version(
            version, step, back_to=back_to, digest=digest, by=by, at=at, reason=self.reason
        )

    def send_back(self, at: datetime) -> None:
        """退回起草人."""
        self._return(TO_DRAFTER, at)

    def back(self, at: datetime) -> None:
        """退回科室初审."""
        self._return(Step.SECTION, at)

    def refer(self, at: datetime) -> None:
        """不能确定，报请确定."""
        version, step = latest(self.record), self._next_step()
        by, digest = self.desk.by(REVIEWERS[step]), version.content_hash
        reviewing.refer(
            version, step, to="secrecy", digest=digest, by=by, at=at, reason=self.reason
        )

    def order(self, at: datetime) -> None:
        """应急缩短审查."""
        by = self.desk.by(Role.DISCLOSURE_OFFICER)
        reviewing.order_emergency(latest(self.record), by=by, at=at, reason=self.reason)

    def hurry(self, at: datetime) -> None:
        """The clearance after secrecy review alone."""
        by = self.desk.by(Role.DISCLOSURE_OFFICER)
        reviewing.clear_in_emergency(latest(self.record), by=by, at=at)

    # --- the public, and what is kept from it --------------------------------------------------

    def publish(self, at: datetime) -> None:
        """公开."""
        by = self.desk.by(Role.DISCLOSURE_OFFICER)
        publishing.publish(latest(self.record), by=by, at=at)

    def plan(self, at: datetime) -> None:
        """定时发布, on the next morning of work."""
        by = self.desk.by(Role.DISCLOSURE_OFFICER)
        moment = self.shelf.days.next_morning()
        publishing.plan(latest(self.record), moment, by=by, at=at)

    def withdraw(self, at: datetime) -> None:
        """撤回."""
        by = self.desk.by(Role.FINAL_REVIEWER)
        publishing.withdraw(self.record, reason=self.reason, by=by, at=at)

    def keep(self, at: datetime) -> None:
        """评估: kept as it is for another year."""
        self._reappraise(Reappraisal.Decision.KEEP, at)

    def disclose(self, at: datetime) -> None:
        """评估: to become public, which starts a draft."""
        self._reappraise(Reappraisal.Decision.DISCLOSE, at)

    def _reappraise(self, decision: str, at: datetime) -> None:
        by = self.desk.by(Role.DISCLOSURE_OFFICER)
        reappraising.decide(self.record, decision, reason=self.reason, by=by, at=at)

    @property
    def _revision(self) -> int:
        return Record.objects.get(pk=self.record.pk).revision
