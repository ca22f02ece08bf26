"""The file desk through the HTTP client: taken in, looked through, answered, stripped, blackened,
let out; and what is refused."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from gongkai.files.models import Release, Role, StoredFile
from gongkai.trail.actors import SYSTEM
from gongkai.trail.models import Row
from gongkai.vault.services.masters import ensure_master_key
from tests.gongkai.office.staff import Staff, signed_in

# Nobody's: born before the first identity cards, the check digit agrees.
NUMBER = "110101190001010014"


@pytest.fixture(autouse=True)
def _keys(staff: Staff) -> None:
    ensure_master_key(by=SYSTEM, at=timezone.now())


def letter(*pages: str) -> bytes:
    """A PDF with a line on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for line in pages:
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def upload(client: Client, staff: Staff, name: str, content: bytes) -> StoredFile:
    """Puts a file on the desk of the department."""
    said = {"agency": staff.bureau.code, "file": SimpleUploadedFile(name, content)}
    answer = client.post(reverse("office:files"), said)
    assert answer.status_code == 302, answer.context["form"].errors
    return StoredFile.objects.latest("taken_at")


def page_of(client: Client, file: StoredFile, name: str = "file") -> str:
    answer = client.get(reverse(f"office:{name}", args=[file.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, file: StoredFile, **said: str) -> int:
    return client.post(reverse(f"office:{name}", args=[file.pk]), said).status_code


def answer_each(client: Client, file: StoredFile, reason: str) -> None:
    """Lets every open finding of a file stand, with one reason."""
    for key in re.findall(r'name="key" value="([^"]+)"', page_of(client, file)):
        assert post(client, "file_decide", file, key=key, verdict="justified", reason=reason) == 302


def test_a_number_is_found_masked_and_keeps_the_file_in_the_house(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    file = upload(client, staff, f"张三{NUMBER}.pdf", letter(f"ID {NUMBER}"))
    page = page_of(client, file)
    assert "居民身份证" in page
    assert "第1页" in page
    assert NUMBER not in page
    assert "张三" not in page
    assert "原件不出门" in page
    assert post(client, "file_strip", file) == 302
    stripped = StoredFile.objects.get(role=Role.STRIPPED)
    answer = client.post(
        reverse("office:file_release", args=[stripped.pk]), {"channel": "mail"}, follow=True
    )
    assert "没有放行" in answer.content.decode()
    assert not Release.objects.exists()


def test_blackened_by_words_it_goes_out_without_them(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    file = upload(client, staff, "答复.pdf", letter(f"ID {NUMBER}", "nothing here"))
    assert "第 1 页，共 2 页" in page_of(client, file, "redaction")
    found = {"act": "find", "words": NUMBER, "ground": "privacy", "version": "0", "shown": "1"}
    assert post(client, "redaction", file, **found) == 302
    editor = page_of(client, file, "redaction")
    assert "已标 1 处" in editor
    assert "第1页共1处：涉及个人隐私" in editor
    assert post(client, "redaction_burn", file) == 302
    redacted = StoredFile.objects.get(role=Role.REDACTED)
    page = page_of(client, redacted)
    assert "图片" in page  # the blackened page is a picture now, which somebody has to look at
    answer_each(client, redacted, "逐页看过，没有个人信息")
    answer = client.post(reverse("office:file_release", args=[redacted.pk]), {"channel": "mail"})
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert NUMBER.encode() not in answer.content
    assert Release.objects.count() == 1
    sentences = [row.sentence for row in Row.objects.filter(event__startswith="files.")]
    assert any("遮盖处理" in one for one in sentences)


def test_a_script_saves_boxes_and_a_stale_one_is_told(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    file = upload(client, staff, "答复.pdf", letter("a line"))
    address = reverse("office:redaction_save", args=[file.pk])
    marks = [{"page": 1, "box": [70, 130, 200, 150], "ground": "trade"}]

    def save(version: int, sent: object) -> tuple[int, dict[str, object]]:
        body = json.dumps({"version": version, "marks": sent})
        answer = client.post(address, body, content_type="application/json")
        return answer.status_code, answer.json()

    assert save(0, marks) == (200, {"version": 1, "marks": marks})
    status, said = save(0, [])
    assert status == 409
    assert "他人修改" in str(said["message"])
    assert save(1, "x")[0] == 422
    assert save(1, [{"page": 0, "box": [0, 0, 1, 1], "ground": "trade"}])[0] == 422
    assert client.post(address, b"{", content_type="application/json").status_code == 422
    assert "已标 1 处" in page_of(client, file, "redaction")


def test_words_that_are_not_there_are_said_at_the_field(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    file = upload(client, staff, "答复.pdf", letter("a line"))
    said = {"act": "find", "words": "没有的", "ground": "privacy", "version": "0"}
    answer = client.post(reverse("office:redaction", args=[file.pk]), said)
    assert answer.status_code == 422
    assert "没有找到这些文字" in answer.content.decode()


def test_a_page_is_drawn_for_those_who_work_there_and_not_kept(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    file = upload(client, staff, "答复.pdf", letter("a line"))
    address = reverse("office:redaction_page", args=[file.pk, 1])
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert client.get(reverse("office:redaction_page", args=[file.pk, 9])).status_code == 404
    assert signed_in(staff.officer).get(address).status_code == 404


def test_somebody_of_another_body_sees_nothing_of_it(staff: Staff) -> None:
    file = upload(signed_in(staff.clerk), staff, "答复.pdf", letter("a line"))
    other = signed_in(staff.officer)
    assert other.get(reverse("office:file", args=[file.pk])).status_code == 404
    assert str(file.pk) not in other.get(reverse("office:files")).content.decode()
    assert signed_in(staff.system).get(reverse("office:files")).status_code == 403


def test_a_finding_is_answered_by_a_second_person_with_a_reason(staff: Staff) -> None:
    client = signed_in(staff.clerk)
    file = upload(client, staff, "名单.txt", f"联系人身份证 {NUMBER}".encode())
    key = re.search(r'name="key" value="([^"]+)"', page_of(client, file))
    assert key is not None
    said = {"key": key[1], "verdict": "justified", "reason": "中标人法定代表人，依法公示"}
    answer = client.post(reverse("office:file_decide", args=[file.pk]), said)
    assert answer.status_code == 422
    assert "没有登记" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.exe", b"MZ\x90\x00" + b"\0" * 64),
        ("空.pdf", b""),
        ("x" * 300 + ".pdf", b"%PDF-1.7 broken"),
        ("\u202egpj.exe", b"\x89PNG\r\n\x1a\nbroken"),
    ],
    ids=["a program", "nothing", "a name too long", "a name written backwards"],
)
def test_what_is_not_taken_in_is_said_at_the_field(staff: Staff, name: str, content: bytes) -> None:
    said = {"agency": staff.bureau.code, "file": SimpleUploadedFile(name, content)}
    answer = signed_in(staff.clerk).post(reverse("office:files"), said)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not StoredFile.objects.exists()
