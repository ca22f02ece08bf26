"""Records in every state in which two verbs can meet, and the verbs that are lawful there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import Role
from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.queries import latest
from gongkai.disclosure.services import drafting, publishing, reviewing
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.trail.actors import Actor
from tests.gongkai.disclosure.chain import (
    AT,
    LATER,
    Chain,
    drafted,
    passed,
    person,
    submitted,
)
from tests.gongkai.disclosure.interleaving import Verb

SOON = LATER + timedelta(days=1)


class States:
    """Makes records and calls verbs on them; a second person stands beside each reviewer."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        roles = {
            "drafter": Role.DRAFTER,
            "section": Role.SECTION_REVIEWER,
            "secrecy": Role.SECRECY_REVIEWER,
            "officer": Role.DISCLOSURE_OFFICER,
            "final": Role.FINAL_REVIEWER,
        }
        self._seconds: dict[str, User] = {
            name: person(f"{name}-2", f"副{name}", role, chain.agency)
            for name, role in roles.items()
        }

    def second(self, name: str) -> Actor:
        return actor_for(self._seconds[name], self.chain.agency)

    # --- records ---------------------------------------------------------------------------------

    def draft(self) -> Record:
        return drafted(self.chain).record

    def under_review(self) -> Record:
        return passed(self.chain, submitted(self.chain), Step.SECTION).record

    def before_final(self) -> Record:
        three = (Step.SECTION, Step.SECRECY, Step.DISCLOSURE)
        return passed(self.chain, submitted(self.chain), *three).record

    def cleared(self) -> Record:
        return passed(self.chain, submitted(self.chain)).record

    def published(self) -> Record:
        version = passed(self.chain, submitted(self.chain))
        return publishing.publish(version, by=self.chain.actor("officer"), at=LATER)

    def in_an_emergency(self) -> Record:
        version = submitted(self.chain, kind="emergency")
        by = self.chain.actor("officer")
        reviewing.order_emergency(version, by=by, at=AT, reason="预警")
        return passed(self.chain, version, Step.SECRECY).record

    # --- verbs -----------------------------------------------------------------------------------

    def edit(self, record: Record) -> object:
        by = self.second("drafter")
        changes = {"title": "改了标题", "body": "<p>夹带</p>"}
        return drafting.edit(latest(record), changes, revision=record.revision, by=by, at=AT)

    def submit(self, record: Record) -> object:
        by = self.chain.actor("drafter")
        return drafting.submit(latest(record), revision=record.revision, by=by, at=AT)

    def sign(self, record: Record) -> object:
        number, on = "云政办发〔2026〕6号", date(2026, 3, 5)
        by, revision = self.chain.actor("signer"), record.revision
        version = latest(record)
        return drafting.sign(version, doc_no=number, formed_on=on, revision=revision, by=by, at=AT)

    def passing(self, step: Step, name: str) -> Callable[[Record], object]:
        def call(record: Record) -> object:
            version = latest(record)
            by, digest = self._who(name), version.content_hash
            return reviewing.pass_step(version, step, digest=digest, by=by, at=AT)

        return call

    def returning(self, step: Step, name: str, back_to: str) -> Callable[[Record], object]:
        def call(record: Record) -> object:
            version = latest(record)
            by, digest = self._who(name), version.content_hash
            return reviewing.return_version(
                version, step, back_to=back_to, digest=digest, by=by, at=AT, reason="有问题"
            )

        return call

    def publish(self, record: Record) -> object:
        return publishing.publish(latest(record), by=self.chain.actor("officer"), at=LATER)

    def plan(self, record: Record) -> object:
        by = self.second("officer")
        return publishing.plan(latest(record), SOON, by=by, at=LATER)

    def draft_again(self, record: Record) -> object:
        return drafting.draft_again(record, by=self.chain.actor("drafter"), at=LATER)

    def withdraw(self, record: Record) -> object:
        by = self.chain.actor("final")
        return publishing.withdraw(record, reason="有误", by=by, at=LATER)

    def clear_in_emergency(self, record: Record) -> object:
        by = self.chain.actor("officer")
        return reviewing.clear_in_emergency(Version.objects.get(record=record), by=by, at=AT)

    def _who(self, name: str) -> Actor:
        stem, _, number = name.partition("-")
        return self.second(stem) if number else self.chain.actor(stem)

    def meetings(self) -> dict[str, tuple[Callable[[], Record], tuple[Verb, ...]]]:
        """Each state with the verbs that can meet there."""
        final, final2 = Step.FINAL, "final-2"
        secrecy = Step.SECRECY
        return {
            "起草": (
                self.draft,
                (Verb("改", self.edit), Verb("送审", self.submit), Verb("签发", self.sign)),
            ),
            "在审": (
                self.under_review,
                (
                    Verb("保密通过", self.passing(secrecy, "secrecy")),
                    Verb("另一人保密通过", self.passing(secrecy, "secrecy-2")),
                    Verb("退回起草人", self.returning(secrecy, "secrecy-2", TO_DRAFTER)),
                    Verb("改", self.edit),
                ),
            ),
            "待终审": (
                self.before_final,
                (
                    Verb("终审通过", self.passing(final, "final")),
                    Verb("另一人终审通过", self.passing(final, final2)),
                    Verb("另一人退回起草人", self.returning(final, final2, TO_DRAFTER)),
                    Verb("另一人退回保密", self.returning(final, final2, Step.SECRECY)),
                    Verb("改", self.edit),
                ),
            ),
            "已许可": (
                self.cleared,
                (
                    Verb("发布", self.publish),
                    Verb("定时", self.plan),
                    Verb("另起一稿", self.draft_again),
                ),
            ),
            "已公开": (
                self.published,
                (
                    Verb("撤回", self.withdraw),
                    Verb("另起一稿", self.draft_again),
                    Verb("再发布", self.publish),
                ),
            ),
            "应急": (
                self.in_an_emergency,
                (
                    Verb("应急许可", self.clear_in_emergency),
                    Verb("退回起草人", self.returning(Step.SECTION, "section", TO_DRAFTER)),
                    Verb("终审通过", self.passing(final, "final")),
                ),
            ),
        }
