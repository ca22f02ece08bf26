"""Files come in one by one: kept once, looked through, and named where they stop the record."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from gongkai.disclosure.models import Record
from gongkai.disclosure.queries import latest
from gongkai.files.models import Role, StoredFile
from tests.gongkai.api.oa import ID, Oa, Reply
from tests.gongkai.disclosure.chain import Chain, submitted


def workbook(*, hidden: bool) -> bytes:
    """A list of water stations; where asked, with an identity number in a hidden column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["水站", "户数", "联系人证件"])
    sheet.append(["城南水站", 120, ID if hidden else ""])
    if hidden:
        sheet.column_dimensions["C"].hidden = True
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def send(oa: Oa, address: str, content: bytes, name: str = "水站.xlsx", **more: str) -> Reply:
    """One file, as a browser or a program sends it."""
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    whole = head.encode() + content + b"\r\n--b--\r\n"
    return oa.post(f"{address}/files", raw=whole, kind="multipart/form-data; boundary=b", **more)


def test_a_clean_file_is_attached_once(oa: Oa) -> None:
    address, content = oa.draft(), workbook(hidden=False)
    first = send(oa, address, content, Idempotency_Key="file-0001")
    assert (first.status, first.body["missing"]) == (201, [])
    (file,) = first.body["files"]
    assert (file["name"], file["ready"]) == ("水站.xlsx", True)
    assert first.headers.get("Idempotency-Replayed") is None
    again = send(oa, address, content, Idempotency_Key="file-0001")
    assert (again.status, again.body) == (201, first.body)
    assert again.headers["Idempotency-Replayed"] == "true"
    # Under another key, as after a power cut between file and answer: it is there already.
    other = send(oa, address, content, Idempotency_Key="file-0002")
    assert (other.status, other.body) == (201, first.body)
    assert StoredFile.objects.filter(role=Role.ORIGINAL).count() == 1
    clash = send(oa, address, workbook(hidden=True), Idempotency_Key="file-0001")
    assert (clash.status, clash.body["code"]) == (409, "key_used")
    done = oa.post(f"{address}/submission", If_Match=str(first.body["revision"]))
    assert done.body["state"]["code"] == "section"


def test_an_identity_number_in_a_hidden_column_stops_it_with_the_place(oa: Oa) -> None:
    address = oa.draft()
    sent = send(oa, address, workbook(hidden=True))
    assert (sent.status, sent.body["files"][0]["ready"]) == (201, False)
    sentence = " ".join(one["message"] for one in sent.body["missing"])
    assert "水站.xlsx" in sentence
    assert "C2" in sentence
    assert ID not in str(sent.body)
    refused = oa.post(f"{address}/submission", If_Match=str(sent.body["revision"]))
    assert (refused.status, refused.body["code"], refused.body["field"]) == (
        422, "incomplete", "files"
    )  # fmt: skip
    assert latest(Record.objects.get()).submitted_at is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "文件是空的"), (b"\x7fELF\x00\x01", "未予收存")],
    ids=["空", "程序"],
)
def test_what_is_not_taken_in_is_said(content: bytes, sentence: str, oa: Oa) -> None:
    address = oa.draft()
    refused = send(oa, address, content, "名单.exe")
    assert (refused.status, refused.body["code"], refused.body["where"]) == (422, "refused", "file")
    assert sentence in refused.body["message"]
    assert send(oa, address, workbook(hidden=False)).status == 201


@pytest.mark.parametrize(
    ("kind", "raw", "status"),
    [
        ("multipart/form-data", "x", 400),
        ("multipart/form-data; boundary=\u4e2d", "x", 400),
        ("multipart/form-data; boundary=b", "--b\r\nno head", 422),
        ("multipart/form-data; boundary=b", "", 422),
        ("application/json", "{}", 422),
    ],
)
def test_what_is_no_file_is_said_in_the_one_form(kind: str, raw: str, status: int, oa: Oa) -> None:
    refused = oa.post(f"{oa.draft()}/files", raw=raw, kind=kind)
    assert refused.status == status
    assert set(refused.body) == {"code", "message", "field", "where", "id", "more"}
    assert StoredFile.objects.count() == 0


def test_one_file_at_a_time_and_nothing_beside_it(oa: Oa) -> None:
    address, part = oa.draft(), '--b\r\nContent-Disposition: form-data; name="{}"'
    beside = part.format("live") + "\r\n\r\n1\r\n" + part.format("file")
    whole = beside + '; filename="a.txt"\r\n\r\n名单\r\n--b--\r\n'
    refused = oa.post(f"{address}/files", raw=whole, kind="multipart/form-data; boundary=b")
    assert (refused.status, refused.body["message"]) == (422, "live：没有这一项，不能写")
    assert StoredFile.objects.count() == 0


def test_too_large_is_refused_before_it_is_read(oa: Oa) -> None:
    address = oa.draft()
    refused = oa.post(f"{address}/files", raw=b"x", Content_Length=str(10**10))
    assert (refused.status, refused.body["code"]) == (413, "too_large")


def test_nothing_comes_to_a_record_under_review(oa: Oa, chain: Chain) -> None:
    address = oa.draft(submit=True)
    refused = send(oa, address, workbook(hidden=False))
    assert (refused.status, refused.body["code"]) == (422, "refused")
    assert "已经送审" in refused.body["message"]
    assert StoredFile.objects.count() == 0
    assert submitted(chain).files == []
