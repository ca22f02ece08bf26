"""A record as the owner of files: who sees and changes them, what a list costs, what is not done
twice; and files that come with an imported list."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.queries import standing_of
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.disclosure.attachments import attachments_of, owner_of
from gongkai.disclosure.errors import DisclosureError, NotReleasedError
from gongkai.disclosure.models import BatchItem, Record, Version
from gongkai.disclosure.services.importing_files import FILES_WAIT, WORDS_WAIT
from gongkai.disclosure.services.publishing import publish
from gongkai.disclosure.verification import faults
from gongkai.files import policies
from gongkai.files.models import Release, Screening, StoredFile
from gongkai.files.services import take_in
from gongkai.jobs.models import OutboxRow
from gongkai.jobs.running import Ran, run_next
from tests.gongkai.disclosure.batches import imported, passed_batch, public_batch
from tests.gongkai.disclosure.chain import AT, LATER, Chain, drafted, passed, person, staffed
from tests.gongkai.disclosure.documents import body
from tests.gongkai.disclosure.filed import (
    NUMBER,
    attached,
    fresh,
    outgoing,
    pdf,
    sent_in,
    with_a_file,
)
from tests.gongkai.disclosure.lists import row

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def chain(home: Path) -> Chain:
    return staffed()


def jobs_done() -> set[str]:
    """Everything due a minute later, by the names of the jobs."""
    while run_next(worker="w", clock=lambda: AT + timedelta(minutes=1)) is Ran.DONE:
        pass
    return set(OutboxRow.objects.values_list("name", flat=True))


def may(chain: Chain, name: str, policy_name: str, subject: object) -> bool:
    policy = getattr(policies, policy_name)
    allowed: bool = policy.allowed.test(standing_of(getattr(chain, name), AT), subject)
    return allowed


def test_who_works_in_the_body_sees_its_files_and_drafters_change_them_in_a_draft(
    chain: Chain,
) -> None:
    file = outgoing(with_a_file(chain))
    names = ("drafter", "section", "secrecy", "officer", "final", "legal", "signer")
    assert [name for name in names if may(chain, name, "SEE", file)] == list(names)
    assert [name for name in names if may(chain, name, "WORK_ON", file)] == ["drafter", "officer"]


def test_under_review_nobody_changes_them(chain: Chain) -> None:
    version = with_a_file(chain)
    file = outgoing(version)
    assert may(chain, "drafter", "WORK_ON", file)
    sent_in(chain, version)
    assert not may(chain, "drafter", "WORK_ON", file)
    assert not may(chain, "drafter", "TAKE_IN", file.owner)
    assert may(chain, "drafter", "DOWNLOAD", file)


def test_who_has_duties_in_another_body_alone_sees_nothing(chain: Chain) -> None:
    health = Agency.objects.get(code="health")
    stranger = standing_of(person("stranger", "外人", Role.DRAFTER, health), AT)
    here = outgoing(with_a_file(chain))
    there = outgoing(with_a_file(body(chain, "health"), "卫生健康局的附件。"))
    assert not policies.SEE.visible.test(stranger, here)
    assert policies.SEE.visible.test(stranger, there)


def test_any_number_of_files_costs_the_same_few_queries(chain: Chain) -> None:
    version = drafted(chain)
    counts = []
    for number in range(4):
        attached(chain, version, f"第{number}份说明。", f"{number}.txt")
        now = fresh(version)
        with CaptureQueriesContext(connection) as made:
            found = attachments_of(now)
        counts.append((len(found), len(made)))
    assert counts == [(1, 7), (2, 7), (3, 7), (4, 7)]


def test_what_was_looked_through_at_once_is_not_looked_through_by_the_job(chain: Chain) -> None:
    version = with_a_file(chain)
    files = list(StoredFile.objects.all())
    assert Screening.objects.count() == len(files) == 2
    orders = OutboxRow.objects.filter(name="files.screen")
    assert orders.count() == 2
    assert jobs_done() == {"files.screen"}
    assert Screening.objects.count() == 2
    assert version.files


def test_a_file_that_nobody_looked_through_is_by_the_job(chain: Chain) -> None:
    record = drafted(chain).record
    file = take_in(
        io.BytesIO("说明".encode()), name="a.txt", owner=owner_of(record), agency_code="x",
        by=chain.actor("drafter"), at=AT,
    )  # fmt: skip
    assert jobs_done() == {"files.screen"}
    assert Screening.objects.filter(file=file).count() == 1


# --- files of an imported list --------------------------------------------------------------------


def folder_with(path: Path, **files: bytes | str) -> Path:
    folder = path / "附件"
    folder.mkdir()
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def test_files_of_a_list_go_out_with_their_records(chain: Chain, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, a_txt="管护说明。", b_pdf=pdf("Repairs 2019"))
    rows = [row(附件="a.txt；b.pdf", 发文字号="云政办〔2019〕1号")]
    public_batch(chain, imported(chain, tmp_path, *rows, folder=folder))
    (release,) = Release.objects.all()
    (version,) = Version.objects.all()
    assert [item.sha256 for item in release.items.all()] == [one["sha256"] for one in version.files]
    assert [one["name"] for one in version.files] == ["a.txt", "b.pdf"]
    assert faults() == []


def test_a_row_with_something_grave_is_excepted_and_its_fellows_go_on(
    chain: Chain, tmp_path: Path
) -> None:
    folder = folder_with(
        tmp_path, a_txt="管护说明。", b_txt=f"证件号码{NUMBER}", c_pdf=b"%PDF-1.7 broken"
    )
    rows = [
        row(附件="a.txt", 发文字号="云政办〔2019〕1号", 标题="甲"),
        row(附件="b.txt", 发文字号="云政办〔2019〕2号", 标题="乙"),
        row(附件="c.pdf", 发文字号="云政办〔2019〕3号", 标题="丙"),
        row(正文="秘密★1年\n关于防汛的通知。", 发文字号="云政办〔2019〕4号", 标题="丁"),
    ]
    batch = imported(chain, tmp_path, *rows, folder=folder)
    assert [one.exception_reason for one in batch.items.order_by("row")] == [
        "", FILES_WAIT, FILES_WAIT, WORDS_WAIT,
    ]  # fmt: skip
    public_batch(chain, batch)
    titles = [one.live.version.title for one in Record.objects.public() if one.live]
    assert titles == ["甲"]
    assert faults() == []


def test_an_excepted_row_does_not_get_past_four_reviewers_with_what_is_grave_in_it(
    chain: Chain, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path, c_pdf=b"%PDF-1.7 broken")
    rows = [
        row(发文字号="云政办〔2019〕1号", 标题="甲"),
        row(正文="秘密★1年\n关于防汛的通知。", 发文字号="云政办〔2019〕4号", 标题="丁"),
        row(附件="c.pdf", 发文字号="云政办〔2019〕3号", 标题="丙"),
    ]
    passed_batch(chain, imported(chain, tmp_path, *rows, folder=folder))
    words, file = BatchItem.objects.filter(excepted=True).order_by("row")
    chain = chain_of_others(chain)
    with pytest.raises(DisclosureError, match="必须处理的发现（密级或者内部标记）"):
        passed(chain, words.version)
    reviewed = passed(chain, file.version)
    with pytest.raises(NotReleasedError, match="没有清理件"):
        publish(reviewed, by=chain.actor("officer"), at=LATER)
    assert Record.objects.public().count() == 0
    assert not hasattr(fresh(words.version), "clearance")


def chain_of_others(chain: Chain) -> Chain:
    """The chain with another officer than the one who brought the list in."""
    other = person("officer-2", "副公开", Role.DISCLOSURE_OFFICER, chain.agency)
    return replace(chain, officer=other)
