"""Old documents from a list to the public: kept, excepted, sealed, passed by two, cleared."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.accounts import services as accounts
from gongkai.accounts.roles import Role
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import DisclosureError, NotEntitledError
from gongkai.disclosure.imports.batches import (
    Cleared,
    batch_faults,
    pending,
    standing_of_batch,
)
from gongkai.disclosure.models import BatchItem, Clearance, ImportBatch, Record, Version
from gongkai.disclosure.publication_days import first_public_on
from gongkai.disclosure.services import drafting, importing, reviewing
from gongkai.disclosure.services.clearing_batches import clear_batch, pass_batch
from gongkai.disclosure.services.importing import (
    ListFaultsError,
    except_row,
    import_batch,
    seal_batch,
)
from gongkai.disclosure.services.publishing import publish
from gongkai.disclosure.steps import TO_DRAFTER, Step
from gongkai.disclosure.verification import faults
from gongkai.files.models import StoredFile
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from tests.gongkai.disclosure.batches import SOURCE, imported, passed_batch, public_batch, sealed
from tests.gongkai.disclosure.chain import AT, LATER, Chain, passed, staffed
from tests.gongkai.disclosure.lists import numbered, row, xlsx

pytestmark = pytest.mark.django_db

ON_REQUEST: dict[str, Any] = {
    "公开属性": "依申请公开",
    "属性的理由": "内部管理",
    "首次公开日期": None,
}


@pytest.fixture
def chain() -> Chain:
    return staffed()


def sentences() -> list[str]:
    rows = Row.objects.filter(event__startswith="disclosure.batch").order_by("pk")
    return [one.sentence for one in rows]


def test_a_list_becomes_public_with_its_old_dates_after_two_other_people_passed_it(
    chain: Chain, tmp_path: Path
) -> None:
    batch = imported(
        chain,
        tmp_path,
        row(标题="甲"),
        row(标题="乙", 首次公开日期=None),
        row(标题="丙", **ON_REQUEST),
        row(标题="丁"),
    )
    assert Record.objects.public().count() == 0
    last = batch.items.get(row=5)
    except_row(last, reason="附件里有个人信息", by=chain.actor("officer"), at=AT)
    batch = public_batch(chain, batch)
    found = {one.version.title: one.version.record for one in batch.items.all()}
    assert {title: one.is_public for title, one in found.items()} == {
        "甲": True,
        "乙": True,
        "丙": False,
        "丁": False,
    }
    assert (found["甲"].first_published_on, found["甲"].first_published_source) == (
        date(2019, 3, 8),
        SOURCE,
    )
    assert found["甲"].published_at == LATER
    assert first_public_on(found["甲"]) == date(2019, 3, 8)
    assert (found["乙"].first_published_on, found["乙"].first_published_source) == (None, "")
    assert first_public_on(found["乙"]) == date(2026, 3, 12)
    assert all(found[one].index_no for one in "甲乙丙")
    name = "云溪县人民政府办公室"
    assert sentences() == [
        f"{name}张公开导入“历年文件”，4条，来源：{SOURCE}",
        f"{name}张公开将导入批次“历年文件”第5行“丁”除外，理由：附件里有个人信息",
        f"{name}张公开将导入批次“历年文件”送审，4条，除外1条",
        f"{name}施保密保密审查通过导入批次“历年文件”，清单摘要{batch.digest}",
        f"{name}孔终审终审通过导入批次“历年文件”，清单摘要{batch.digest}",
        f"{name}张公开办理导入批次“历年文件”：取得公开许可3条，公开2条，未办1条",
    ]
    assert faults() == []
    assert batch_faults() == []


def test_what_is_kept_is_what_the_list_says_with_its_hash_and_its_author(
    home: Path, chain: Chain, tmp_path: Path
) -> None:
    folder = tmp_path / "附件"
    folder.mkdir()
    (folder / "通知.txt").write_text("管护经费由受益户分担。", encoding="utf-8")
    rows = [row(附件="通知.txt", 索引号="YX/2019-7", 发文字号="云政办〔2019〕7号")]
    batch = imported(chain, tmp_path, *rows, folder=folder)
    version = Version.objects.get()
    (entry,) = version.files
    file = StoredFile.objects.get(pk=entry["file"])
    assert (entry["name"], entry["sha256"], entry["size"]) == ("通知.txt", file.sha256, file.size)
    assert file.is_outgoing
    assert version.content_hash == digest_of(version.content())
    assert batch.items.get().content_hash == version.content_hash
    assert version.record.index_no == "YX/2019-7"
    officer = chain.actor("officer")
    assert [one.person for one in version.record.authors.all()] == [officer.id]
    assert drafting.submission_faults(version) == []
    public_batch(chain, batch)
    assert Record.objects.get().index_no == "YX/2019-7"


def test_a_list_with_one_fault_is_not_brought_in_at_all(chain: Chain, tmp_path: Path) -> None:
    with pytest.raises(ListFaultsError, match="1处问题") as refused:
        imported(chain, tmp_path, row(), row(成文日期="2019-2-30"))
    assert [one.row for one in refused.value.report.faults] == [3]
    assert (ImportBatch.objects.count(), Record.objects.count(), sentences()) == (0, 0, [])


def test_the_same_file_again_goes_on_after_its_last_row_and_doubles_nothing(
    chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PART", 3)
    path = xlsx(tmp_path / "文件.xlsx", *numbered(8))
    officer, said = chain.actor("officer"), list[tuple[int, int]]()

    class CutShortError(Exception):
        pass

    def listen(done: int, total: int) -> None:
        said.append((done, total))
        if done == 6 and len(said) == 3:
            raise CutShortError

    def run() -> ImportBatch:
        return import_batch(
            chain.agency, path, folder=None, label="文件", source=SOURCE, by=officer, at=AT,
            progress=listen,
        )  # fmt: skip

    with pytest.raises(CutShortError):
        run()
    assert said == [(0, 8), (3, 8), (6, 8)]
    with pytest.raises(DisclosureError, match="清单有8行，只导入了6行"):
        seal_batch(ImportBatch.objects.get(), by=officer, at=AT)
    batch = run()
    assert said[3:] == [(6, 8), (8, 8)]
    run()
    titles = [one.version.title for one in batch.items.order_by("row")]
    assert titles == [f"第{n}号文件" for n in range(1, 9)]
    assert (Record.objects.count(), ImportBatch.objects.count()) == (8, 1)
    parts = Row.objects.filter(event="disclosure.batch_imported").order_by("pk")
    assert [one.facts["rows"] for one in parts] == [
        "3",
        "3",
        "2",
    ]


def test_nobody_goes_on_with_what_another_began(
    chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise he could pass as a reviewer what he brought in himself."""
    path = xlsx(tmp_path / "文件.xlsx", *numbered(3))
    monkeypatch.setattr(importing, "PART", 2)

    def run(name: str, progress: Callable[[int, int], object]) -> None:
        import_batch(
            chain.agency, path, folder=None, label="文件", source=SOURCE, by=chain.actor(name),
            at=AT, progress=progress,
        )  # fmt: skip

    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run("officer", stop)
    accounts.grant_role(
        chain.secrecy, by=SYSTEM, at=AT, agency=chain.agency, role=Role.DISCLOSURE_OFFICER
    )
    with pytest.raises(DisclosureError, match="由张公开导入了一部分"):
        run("secrecy", lambda _done, _total: None)
    assert BatchItem.objects.count() == 2


def test_who_may_do_what_with_a_batch(chain: Chain, tmp_path: Path) -> None:
    officer = chain.actor("officer")
    with pytest.raises(NotEntitledError):
        import_batch(
            chain.agency, xlsx(tmp_path / "a.xlsx", row()), folder=None, label="a", source="b",
            by=chain.actor("drafter"), at=AT,
        )  # fmt: skip
    batch = imported(chain, tmp_path, row())
    with pytest.raises(NotEntitledError):
        except_row(batch.items.get(), reason="不", by=chain.actor("final"), at=AT)
    with pytest.raises(NotEntitledError):
        seal_batch(batch, by=chain.actor("final"), at=AT)
    secrecy = chain.actor("secrecy")
    with pytest.raises(DisclosureError, match="还没有送审"):
        pass_batch(batch, Step.SECRECY, digest="", by=secrecy, at=AT)
    batch = sealed(chain, batch)
    digest = batch.digest
    for name, step in (("final", Step.SECRECY), ("secrecy", Step.FINAL), ("officer", Step.FINAL)):
        with pytest.raises(NotEntitledError):
            pass_batch(batch, step, digest=digest, by=chain.actor(name), at=AT)
    with pytest.raises(DisclosureError, match="只有保密审查和终审"):
        pass_batch(batch, Step.SECTION, digest=digest, by=chain.actor("section"), at=AT)
    with pytest.raises(DisclosureError, match="不是送审的清单"):
        pass_batch(batch, Step.SECRECY, digest="0" * 64, by=secrecy, at=AT)
    with pytest.raises(DisclosureError, match="现在应进行保密审查"):
        pass_batch(batch, Step.FINAL, digest=digest, by=chain.actor("final"), at=AT)
    pass_batch(batch, Step.SECRECY, digest=digest, by=secrecy, at=AT)
    with pytest.raises(DisclosureError, match="已经通过"):
        pass_batch(batch, Step.SECRECY, digest=digest, by=secrecy, at=AT)
    with pytest.raises(DisclosureError, match="还没有通过保密审查和终审"):
        clear_batch(batch, by=officer, at=LATER)
    pass_batch(batch, Step.FINAL, digest=digest, by=chain.actor("final"), at=AT)
    with pytest.raises(NotEntitledError):
        clear_batch(batch, by=chain.actor("final"), at=LATER)
    assert clear_batch(batch, by=officer, at=LATER) == Cleared(1, 1, 0)
    with pytest.raises(DisclosureError, match="没有待公开的行"):
        clear_batch(batch, by=officer, at=LATER)


def test_the_importer_passes_nothing_of_his_batch_whatever_duties_he_has(
    chain: Chain, tmp_path: Path
) -> None:
    for role in (Role.SECRECY_REVIEWER, Role.FINAL_REVIEWER):
        accounts.grant_role(chain.officer, by=SYSTEM, at=AT, agency=chain.agency, role=role)
    batch = sealed(chain, imported(chain, tmp_path, row()))
    officer = chain.actor("officer")
    with pytest.raises(NotEntitledError, match="自己起草的内容"):
        pass_batch(batch, Step.SECRECY, digest=batch.digest, by=officer, at=AT)


def test_one_person_does_not_pass_both_steps(chain: Chain, tmp_path: Path) -> None:
    accounts.grant_role(
        chain.secrecy, by=SYSTEM, at=AT, agency=chain.agency, role=Role.FINAL_REVIEWER
    )
    batch = sealed(chain, imported(chain, tmp_path, row()))
    both = chain.actor("secrecy")
    pass_batch(batch, Step.SECRECY, digest=batch.digest, by=both, at=AT)
    with pytest.raises(NotEntitledError, match="两人分别进行"):
        pass_batch(batch, Step.FINAL, digest=batch.digest, by=both, at=AT)


def test_after_the_seal_nothing_is_excepted_and_before_it_something_is_left(
    chain: Chain, tmp_path: Path
) -> None:
    officer = chain.actor("officer")
    batch = imported(chain, tmp_path, row(), row(标题="乙"))
    first, second = batch.items.order_by("row")
    except_row(first, reason="未核实", by=officer, at=AT)
    with pytest.raises(DisclosureError, match="已经除外"):
        except_row(first, reason="未核实", by=officer, at=AT)
    with pytest.raises(DisclosureError, match="请写明除外的理由"):
        except_row(second, reason=" ", by=officer, at=AT)
    sealed(chain, batch)
    with pytest.raises(DisclosureError, match="已经送审"):
        except_row(second, reason="未核实", by=officer, at=AT)
    with pytest.raises(DisclosureError, match="已经送审"):
        seal_batch(batch, by=officer, at=AT)
    other = imported(chain, tmp_path, row(标题="丙"), name="另一批")
    except_row(other.items.get(), reason="未核实", by=officer, at=AT)
    with pytest.raises(DisclosureError, match="所有行都已除外"):
        seal_batch(other, by=officer, at=AT)


def test_an_excepted_row_runs_through_the_four_steps_on_its_own(
    chain: Chain, tmp_path: Path
) -> None:
    accounts.grant_role(
        chain.section, by=SYSTEM, at=AT, agency=chain.agency, role=Role.DISCLOSURE_OFFICER
    )
    merged = [["section", "disclosure"]]
    officer = chain.actor("officer")
    reviewing.set_rule(chain.agency, merged=merged, days_each=2, by=officer, at=AT)
    batch = imported(chain, tmp_path, row(), row(标题="乙"))
    item = batch.items.get(row=2)
    except_row(item, reason="须逐级审查", by=officer, at=AT)
    public_batch(chain, batch)
    with pytest.raises(NotEntitledError):
        passed(chain, item.version)  # the officer, who brought it in
    version = Version.objects.get(pk=item.version_id)
    section = chain.actor("section")
    for step, by in (
        (Step.SECRECY, chain.actor("secrecy")),
        (Step.DISCLOSURE, section),
        (Step.FINAL, chain.actor("final")),
    ):
        if not version.reviews.filter(step=step).exists():
            reviewing.pass_step(version, step, digest=version.content_hash, by=by, at=AT)
    record = publish(Version.objects.get(pk=version.pk), by=officer, at=LATER)
    assert (record.is_public, record.first_published_on) == (True, None)


def test_a_row_sent_back_to_its_drafter_after_the_seal_is_not_cleared_and_the_rest_is(
    chain: Chain, tmp_path: Path
) -> None:
    batch = passed_batch(chain, imported(chain, tmp_path, row(), row(标题="乙")))
    version = batch.items.get(row=3).version
    reviewing.return_version(
        version, Step.SECTION, back_to=TO_DRAFTER, digest=version.content_hash,
        by=chain.actor("section"), at=AT, reason="正文里有手机号",
    )  # fmt: skip
    assert [one.row for one in pending(batch)] == [2]
    assert clear_batch(batch, by=chain.actor("officer"), at=LATER) == Cleared(1, 1, 1)
    assert not Record.objects.get(pk=version.record_id).is_public


def test_clearing_that_was_cut_short_goes_on(
    chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.disclosure.services.clearing_batches.PART", 2)
    batch = passed_batch(chain, imported(chain, tmp_path, *numbered(5)))
    officer = chain.actor("officer")

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        clear_batch(batch, by=officer, at=LATER, progress=stop)
    assert standing_of_batch(batch) == Cleared(2, 2, 3)
    assert clear_batch(batch, by=officer, at=LATER) == Cleared(5, 5, 0)
    assert sentences()[-1].endswith("取得公开许可5条，公开5条，未办0条")
    assert len([one for one in sentences() if "取得公开许可" in one]) == 1


def test_an_old_normative_document_comes_without_a_legality_opinion(
    chain: Chain, tmp_path: Path
) -> None:
    normative = {"信息种类": "行政规范性文件", "施行日期": "2019-4-1"}
    batch = imported(chain, tmp_path, row(发文字号="云政发〔2019〕6号", **normative))
    public_batch(chain, batch)
    record = Record.objects.get()
    assert (record.kind, record.is_public) == ("normative", True)


def test_an_index_number_brought_along_is_not_drawn_again(chain: Chain, tmp_path: Path) -> None:
    first = public_batch(chain, imported(chain, tmp_path, row()))
    drawn = first.items.get().version.record.index_no
    stem, _, number = drawn.rpartition("-")
    following = f"{stem}-{int(number) + 1:05d}"
    rows = (row(标题="甲", 索引号=following), row(标题="乙"))
    second = public_batch(chain, imported(chain, tmp_path, *rows, name="第二批"))
    numbers = [one.version.record.index_no for one in second.items.order_by("row")]
    assert numbers == [following, f"{stem}-{int(number) + 2:05d}"]


def test_five_thousand_rows(chain: Chain, tmp_path: Path) -> None:
    rows = numbered(5000)
    start = time.monotonic()
    batch = imported(chain, tmp_path, *rows)
    kept = time.monotonic() - start
    print(f"5,000 rows written, checked and kept in {kept:.1f} s")
    assert batch.items.count() == 5000
    assert Clearance.objects.count() == 0
