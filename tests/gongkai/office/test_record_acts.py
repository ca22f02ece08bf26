"""Acts on a record over HTTP: opinion, signature, other bodies, relations, and files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from gongkai.accounts.queries import actor_for
from gongkai.disclosure.attachments import attachments_of
from gongkai.disclosure.models import LegalityOpinion, Relation, Version
from gongkai.disclosure.services import drafting
from gongkai.disclosure.services.drafting import submission_faults
from gongkai.files.models import Role, StoredFile
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.disclosure.chain import AT
from tests.gongkai.disclosure.filed import NUMBER, fresh, sheet
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.test_record_page import draft, pk, submitted
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

OPINION = {"number": "云府法审〔2026〕1号", "given_on": "2026-03-06", "opinion": "符合法定权限"}


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    settings.GONGKAI_HOME, settings.GONGKAI_CLAMD = tmp_path, ""
    ensure_master_key(by=SYSTEM, at=AT)
    with time_machine.travel(NOW):
        yield staffed_desk()


def upload(desk: Desk, version: Version, *files: tuple[str, bytes]) -> str:
    """The page after the upload."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    revision = fresh(version).record.revision
    answer = desk.client("drafter").post(
        reverse("office:record_attach", args=[pk(version)]),
        {"files": sent, "revision": revision},
        follow=True,
    )
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_opinion_comes_before_the_signature(desk: Desk) -> None:
    version = draft(desk, kind="normative")
    sign = {"doc_no": "云政规〔2026〕1号", "formed_on": "2026-03-10",
            "revision": fresh(version).record.revision}  # fmt: skip
    assert desk.post("signer", "record_sign", pk(version), **sign) == 422
    assert desk.post("legal", "record_opinion", pk(version), lawful="yes", **OPINION) == 302
    assert LegalityOpinion.objects.get().lawful
    assert desk.post("signer", "record_sign", pk(version), **sign) == 302
    assert fresh(version).doc_no == "云政规〔2026〕1号"


def test_a_stale_signature_is_refused(desk: Desk) -> None:
    version = draft(desk)
    sign = {"doc_no": "云政办发〔2026〕6号", "formed_on": "2026-03-10"}
    assert desk.post("signer", "record_sign", pk(version), **sign, revision=99) == 422
    now = fresh(version).record.revision
    assert desk.post("signer", "record_sign", pk(version), **sign, revision=now) == 302


def test_the_next_draft_waits_until_the_last_has_ended(desk: Desk) -> None:
    version = submitted(desk, draft(desk))
    assert desk.post("drafter", "record_again", pk(version)) == 422


def test_another_body_is_asked_and_answers(desk: Desk) -> None:
    version = draft(desk)
    asked = {"other": "云溪县财政局", "question": "补助标准"}
    assert desk.post("drafter", "record_ask", pk(version), **asked) == 302
    question = version.coordinations.get()
    said = {"agreed": "yes", "answer": "没有意见"}
    assert desk.post("drafter", "record_answer", pk(version), question.pk, **said) == 302
    assert desk.post("drafter", "record_answer", pk(version), question.pk, **said) == 422
    assert desk.post("drafter", "record_answer", pk(draft(desk)), question.pk, **said) == 404
    assert "没有意见" in desk.page("drafter", "record", pk(version))


def test_a_relation_is_found_and_registered(desk: Desk) -> None:
    version, other = draft(desk), draft(desk, "旧的供水办法")
    assert pk(other) in desk.page("drafter", "record_relate", pk(version), query="?q=旧的供水")
    assert "没有找到" in desk.page("drafter", "record_relate", pk(version), query="?q=没有这件")
    said = {"earlier": pk(other), "kind": "corrects"}
    assert desk.post("drafter", "record_relate", pk(version), **said) == 302
    assert Relation.objects.get().earlier_id == other.record_id
    assert "旧的供水办法" in desk.page("drafter", "record", pk(version))
    assert "供水管护通知" in desk.page("drafter", "record", pk(other))


def test_a_draft_of_others_is_not_found(desk: Desk) -> None:
    theirs = draft(desk, "机密的旧件")
    by = actor_for(desk.stranger, desk.bureau)
    mine = drafting.draft(desk.bureau, "document", {"title": "局里的通知"}, by=by, at=NOW)
    client, address = signed_in(desk.stranger), reverse("office:record_relate", args=[pk(mine)])
    assert f"earlier={pk(theirs)}" not in client.get(f"{address}?q=机密的").content.decode()
    said = {"earlier": pk(theirs), "kind": "corrects"}
    assert client.post(address, said).status_code == 404


def test_several_files_are_attached_and_one_is_taken_off(desk: Desk) -> None:
    version = draft(desk)
    page = upload(desk, version, ("甲.txt", "第一份".encode()), ("乙.txt", "第二份".encode()))
    assert "已附上“甲.txt”" in page
    assert "已附上“乙.txt”" in page
    first, _ = attachments_of(fresh(version))
    stale = desk.post("drafter", "record_detach", pk(version), first.original.pk, revision=1)
    assert stale == 302
    assert len(fresh(version).files) == 2
    now = fresh(version).record.revision
    desk.post("drafter", "record_detach", pk(version), first.original.pk, revision=now)
    assert [one["name"] for one in fresh(version).files] == ["乙.txt"]


def test_a_file_that_cannot_be_taken_is_named(desk: Desk) -> None:
    version = draft(desk)
    page = upload(desk, version, ("坏.exe", b"MZ\x90\x00"), ("好.txt", "内容".encode()))
    assert "“坏.exe”" in page
    assert [one["name"] for one in fresh(version).files] == ["好.txt"]


def test_a_hidden_column_is_stopped_cleaned_and_goes_to_review(desk: Desk) -> None:
    version = draft(desk)
    page = upload(desk, version, ("花名册.xlsx", sheet(hidden=NUMBER)))
    assert "C14" in page
    assert NUMBER not in page
    assert any(field == "files" for field, _ in submission_faults(fresh(version)))
    original = StoredFile.objects.get(role=Role.ORIGINAL)
    assert "回到信息的附件" in desk.page("drafter", "file", original.pk)
    assert desk.post("drafter", "file_strip", original.pk) == 302
    now = fresh(version).record.revision
    assert desk.post("drafter", "record_settle", pk(version), revision=now) == 302
    assert "可以公开" in desk.page("drafter", "record_files", pk(version))
    submitted(desk, fresh(version))
    assert "不能再改" in desk.page("drafter", "record_files", pk(version))


def test_a_file_of_a_record_goes_out_with_it_alone(desk: Desk) -> None:
    version = draft(desk)
    upload(desk, version, ("说明.txt", "内容".encode()))
    (one,) = attachments_of(fresh(version))
    assert one.outgoing is not None
    address = reverse("office:file_release", args=[one.outgoing.pk])
    assert desk.client("drafter").post(address, {"channel": "portal"}).status_code == 404
    assert desk.page("drafter", "file", one.outgoing.pk)
    assert signed_in(desk.stranger).get(
        reverse("office:file", args=[one.outgoing.pk])
    ).status_code == 404  # fmt: skip
