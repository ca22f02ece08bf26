"""Everybody reads what is public, the notice of what was taken back, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.services import drafting, publishing
from gongkai.disclosure.steps import Step
from gongkai.files.models import StoredFile
from tests.gongkai.disclosure.chain import (
    LATER,
    Chain,
    drafted,
    passed,
    public,
    staffed,
    submitted,
)
from tests.gongkai.disclosure.filed import PLAIN, attached, cleared_with_a_file, spoilt

CANARY = "金丝雀七二一九"
pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> Chain:
    return staffed()


def read(record: Record) -> tuple[int, str]:
    answer = Client().get(f"/records/{record.public_id}/")
    return answer.status_code, answer.content.decode()


def test_a_public_record_stands_at_its_address_with_its_data(chain: Chain) -> None:
    record = public(chain, doc_no="云政办发〔2026〕3号", keywords="供水")
    status, page = read(record)
    record.refresh_from_db()
    assert status == 200
    for words in (
        "云溪县农村供水工程管护办法",
        "云政办发〔2026〕3号",
        "第一条　为了管好农村供水工程，制定本办法。",
        record.index_no,
        "2026-03-12 10:00",  # an hour after the last verdict, in the time of the office
        "2026-03-05",
        "主动公开",
        "云溪县人民政府办公室",
    ):
        assert words in page, words


def test_whatever_is_not_public_is_not_there(chain: Chain) -> None:
    """Each state of a record with a canary in its words; the control is the same, public."""
    inner: dict[str, Any] = {
        "attribute": "withheld", "attribute_reason": "内部管理", "grounds": ["regulations#16.1"]
    }  # fmt: skip
    hidden = [
        drafted(chain, title=f"{CANARY}草稿"),
        submitted(chain, title=f"{CANARY}在审"),
        passed(chain, submitted(chain, title=f"{CANARY}一步"), Step.SECTION),
        passed(chain, submitted(chain, title=f"{CANARY}待发布")),
        passed(chain, submitted(chain, title=f"{CANARY}不公开", **inner)),
    ]
    leaks = 0
    for version in hidden:
        status, page = read(version.record)
        leaks += status != 404 or CANARY in page
    control = read(public(chain, title=f"{CANARY}公开"))
    print(f"{len(hidden)} records not public: {leaks} shown; control shown: {CANARY in control[1]}")
    assert leaks == 0
    assert control[0] == 200
    assert CANARY in control[1]


def test_a_later_draft_does_not_change_the_page_until_it_is_published(chain: Chain) -> None:
    record = public(chain)
    by = chain.actor("drafter")
    version = drafting.draft_again(record, by=by, at=LATER)
    record.refresh_from_db()
    drafting.edit(version, {"title": CANARY}, revision=record.revision, by=by, at=LATER)
    assert CANARY not in read(record)[1]
    version.refresh_from_db()
    record.refresh_from_db()
    drafting.submit(version, revision=record.revision, by=by, at=LATER)
    cleared = passed(chain, Version.objects.get(pk=version.pk))
    assert CANARY not in read(record)[1]
    at = LATER + timedelta(hours=1)
    publishing.publish(cleared, by=chain.actor("officer"), at=at)
    assert CANARY in read(record)[1]


def test_a_withdrawn_record_leaves_who_when_and_why_at_the_same_address(chain: Chain) -> None:
    record = public(chain, title=CANARY, body=f"<p>{CANARY}</p>")
    reason = "附表有误，更正后重新公开"
    publishing.withdraw(record, reason=reason, by=chain.actor("officer"), at=LATER)
    status, page = read(record)
    assert status == 200
    assert CANARY not in page
    assert "云溪县人民政府办公室于2026-03-12 10:00撤回" in page
    assert reason in page
    assert 'content="noindex"' in page


def test_documents_tied_to_each_other_lead_to_each_other_once_both_are_public(
    chain: Chain,
) -> None:
    old = public(chain, title="旧的办法")
    new = drafted(chain, title="新的办法").record
    publishing.relate(new, old, "corrects", by=chain.actor("drafter"), at=LATER)
    assert "新的办法" not in read(old)[1]
    version = new.versions.get()
    new.refresh_from_db()
    drafting.submit(version, revision=new.revision, by=chain.actor("drafter"), at=LATER)
    cleared = passed(chain, Version.objects.get(pk=version.pk))
    publishing.publish(cleared, by=chain.actor("officer"), at=LATER + timedelta(hours=1))
    assert f'href="/records/{new.public_id}/"' in read(old)[1]
    assert "被更正" in read(old)[1]
    assert f'href="/records/{old.public_id}/"' in read(new)[1]


def download(record: Record, file: str) -> tuple[int, bytes]:
    answer = Client().get(f"/records/{record.public_id}/files/{file}/")
    return answer.status_code, answer.content


def test_an_attachment_is_sent_as_it_was_reviewed_and_only_while_its_record_is_public(
    chain: Chain, home: Path
) -> None:
    version = cleared_with_a_file(chain)
    file = str(version.files[0]["file"])
    assert download(version.record, file)[0] == 404
    record = publishing.publish(version, by=chain.actor("officer"), at=LATER)
    status, content = download(record, file)
    assert (status, content.decode()) == (200, PLAIN)
    assert f"/files/{file}/" in read(record)[1]
    # Neither the original nor a file of somebody else's.
    original = str(version.files[0]["original"])
    assert download(record, original)[0] == 404
    other = drafted(chain, title="别的文件")
    strange = attached(chain, other)
    assert download(record, str(strange.pk))[0] == 404
    publishing.withdraw(record, reason="有误", by=chain.actor("officer"), at=LATER)
    assert download(record, file)[0] == 404


def test_bytes_changed_on_the_disk_are_not_sent(chain: Chain, home: Path) -> None:
    version = cleared_with_a_file(chain)
    record = publishing.publish(version, by=chain.actor("officer"), at=LATER)
    file = str(version.files[0]["file"])
    assert download(record, file)[0] == 200
    spoilt(StoredFile.objects.get(pk=file))
    assert download(record, file)[0] == 404
