"""Old documents on the screen: a list tried, brought in, left out, passed by two, made public."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.disclosure.models import BatchItem, BatchReview, ImportBatch, Record
from gongkai.office.views.upkeep import batches
from tests.gongkai.disclosure.batches import imported, passed_batch, sealed
from tests.gongkai.disclosure.lists import numbered, row, xlsx
from tests.gongkai.office.staff import signed_in
from tests.gongkai.office.upkeep import NOW, Desk, staffed_desk

# Screens over verbs that are tried on both databases elsewhere.
pytestmark = pytest.mark.once


@pytest.fixture
def desk(db: None, settings: Settings) -> Iterator[Desk]:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield staffed_desk()


def sent(desk: Desk, data: bytes, **said: str) -> Any:
    """A list as the officer's browser sends it."""
    words = {
        "agency": desk.chain.agency.code, "label": "历年文件", "source": "县政府网站旧版",
        "file": SimpleUploadedFile("清单.xlsx", data), **said,
    }  # fmt: skip
    return desk.client("officer").post(reverse("office:import_new"), words)


def digest_in(answer: Any) -> str:
    """The digest of the list that was tried, which comes back with the second press."""
    page: str = answer.content.decode()
    return page.split('name="digest" value="')[1].split('"', maxsplit=1)[0]


def test_a_list_is_tried_first_and_brought_in_on_the_second_press(
    desk: Desk, tmp_path: Path
) -> None:
    data = xlsx(tmp_path / "清单.xlsx", *numbered(3)).read_bytes()
    tried = sent(desk, data)
    assert tried.status_code == 200
    page = tried.content.decode()
    assert "3 条都没有问题" in page
    assert "导入 3 条</button>" in page
    assert 'value="县政府网站旧版"' in page
    assert not ImportBatch.objects.exists()
    assert sent(desk, data, save="1", digest=digest_in(tried)).status_code == 302
    batch = ImportBatch.objects.get()
    assert (batch.items.count(), batch.source) == (3, "县政府网站旧版")
    assert not Record.objects.public().exists()


def test_each_faulty_cell_is_shown_and_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    rows = [*numbered(2), row(标题="坏日期", 成文日期="2019-2-30"), row(标题="", 发文字号="")]
    data = xlsx(tmp_path / "清单.xlsx", *rows).read_bytes()
    answer = sent(desk, data, save="1")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "4 行里有 2 行有问题" in page
    assert '<span class="cell-wrong">2019-2-30</span>' in page
    assert "成文日期（D列）" in page
    assert '<span class="cell-wrong">（空）</span>' in page
    assert 'value="历年文件"' in page
    assert not ImportBatch.objects.exists()


def test_another_list_than_the_one_tried_is_not_brought_in(desk: Desk, tmp_path: Path) -> None:
    tried = sent(desk, xlsx(tmp_path / "a.xlsx", *numbered(1)).read_bytes())
    other = xlsx(tmp_path / "b.xlsx", *numbered(2)).read_bytes()
    answer = sent(desk, other, save="1", digest=digest_in(tried))
    assert answer.status_code == 422
    assert "不是同一个文件" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_what_is_no_list_says_so(desk: Desk) -> None:
    answer = sent(desk, b"\xd0\xcf\x11\xe0 old")
    assert answer.status_code == 422
    assert "另存为不加密码的 .xlsx" in answer.content.decode()


def test_only_the_disclosure_office_brings_lists_in(desk: Desk) -> None:
    assert desk.client("drafter").get(reverse("office:import_new")).status_code == 403
    assert desk.client("officer").get(reverse("office:import_new")).status_code == 200


# --- a batch ----------------------------------------------------------------------------------


def test_a_row_is_left_out_with_its_reason_before_sealing(desk: Desk, tmp_path: Path) -> None:
    batch = imported(desk.chain, tmp_path, *numbered(2))
    assert desk.post("officer", "import_except", batch.pk, 2, reason="") == 422
    assert desk.post("officer", "import_except", batch.pk, 2, reason="正文不全") == 302
    assert desk.post("officer", "import_except", batch.pk, 9, reason="没有这行") == 404
    page = desk.page("officer", "import_batch", batch.pk, query="?show=excepted")
    assert "除外：正文不全" in page
    assert "共 1 行" in page
    assert desk.post("officer", "import_seal", batch.pk) == 302
    assert desk.post("officer", "import_except", batch.pk, 3, reason="太迟") == 422
    assert BatchItem.objects.filter(excepted=True).count() == 1


def test_two_others_pass_it_and_then_it_is_made_public(desk: Desk, tmp_path: Path) -> None:
    batch = sealed(desk.chain, imported(desk.chain, tmp_path, *numbered(3)))
    assert "保密审查通过</a>" in desk.page("secrecy", "import_batch", batch.pk)
    assert "保密审查通过</a>" not in desk.page("officer", "import_batch", batch.pk)
    said = {"digest": batch.digest, "reason": "看过了"}
    assert desk.post("officer", "import_secrecy", batch.pk, **said) == 403
    assert desk.post("final", "import_final", batch.pk, **said) == 422
    assert desk.post("secrecy", "import_secrecy", batch.pk, **said) == 302
    assert desk.post("final", "import_final", batch.pk, **said) == 302
    assert BatchReview.objects.count() == 2
    assert "公开这个批次（3 行）" in desk.page("officer", "import_batch", batch.pk)
    assert desk.post("final", "import_clear", batch.pk) == 403
    assert desk.post("officer", "import_clear", batch.pk) == 302
    assert Record.objects.public().count() == 3
    page = desk.page("officer", "import_batch", batch.pk)
    assert "已公开 3 件" in page
    assert "公开这个批次" not in page


def test_a_long_batch_goes_on_with_the_next_press(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = passed_batch(desk.chain, imported(desk.chain, tmp_path, *numbered(50)))
    monkeypatch.setattr(batches, "SECONDS", 0.0)
    client, address = desk.client("officer"), reverse("office:import_clear", args=[batch.pk])
    first = client.post(address, follow=True).content.decode()
    assert Record.objects.public().count() == 40
    assert "继续公开（还有 10 行）" in first
    assert "已办 40 / 50" in first
    assert "data-goes-on" in first
    # Opened anew it waits for a press: nothing goes on because of an address.
    assert "data-goes-on" not in desk.page("officer", "import_batch", batch.pk)
    assert "整个批次已办完" in client.post(address, follow=True).content.decode()
    assert Record.objects.public().count() == 50


def test_a_batch_that_was_not_passed_stays_in_the_house(desk: Desk, tmp_path: Path) -> None:
    batch = sealed(desk.chain, imported(desk.chain, tmp_path, *numbered(1)))
    answer = desk.client("officer").post(
        reverse("office:import_clear", args=[batch.pk]), follow=True
    )
    assert "还没有通过保密审查和终审" in answer.content.decode()
    assert not Record.objects.public().exists()


def test_another_body_does_not_see_the_batch(desk: Desk, tmp_path: Path) -> None:
    batch = imported(desk.chain, tmp_path, *numbered(1))
    client = signed_in(desk.stranger)
    assert "还没有导入过" in client.get(reverse("office:imports")).content.decode()
    assert client.get(reverse("office:import_batch", args=[batch.pk])).status_code == 404
    assert batch.label in desk.page("drafter", "imports")


@pytest.mark.parametrize("rows", [1, 50])
def test_a_batch_asks_as_often_for_one_row_as_for_many(
    rows: int, desk: Desk, tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    batch = imported(desk.chain, tmp_path, *numbered(rows))
    client, address = desk.client("officer"), reverse("office:import_batch", args=[batch.pk])
    client.get(address)
    with django_assert_num_queries(19):
        client.get(address)


@pytest.mark.parametrize("number", [1, 28])
def test_the_batches_ask_as_often_for_one_as_for_many(
    number: int, desk: Desk, tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for one in range(number):
        line = row(标题=f"第{one}件", 发文字号=f"云政办〔2019〕{one + 1}号")
        imported(desk.chain, tmp_path, line, name=f"批次{one}")
    client = desk.client("officer")
    client.get(reverse("office:imports"))
    with django_assert_num_queries(10):
        client.get(reverse("office:imports"))
