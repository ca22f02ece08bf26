"""Files for records in tests: made, attached, and brought to where a test starts."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from gongkai.disclosure.models import Record, Version
from gongkai.disclosure.services import attaching, drafting
from gongkai.files.models import StoredFile
from gongkai.files.storage import path_of
from statute.check_digits import resident_check_digit
from tests.gongkai.disclosure.chain import AT, Chain, drafted, passed

# Place code 339900 belongs to no county.
NUMBER = "33990019800101001" + resident_check_digit("33990019800101001")
PLAIN = "管护经费由受益户、村集体和财政分担，按照年度预算安排。"


def sheet(*, hidden: str = "", shown: str = "") -> bytes:
    """A list of repairs; `hidden` stands in C14 of a hidden column, `shown` in B14."""
    book = Workbook()
    one = book.active
    assert one is not None
    one.title = "名单"
    one.append(["工程", "金额"])
    for number in range(2, 15):
        one.append([f"第{number}处工程", number])
    if shown:
        one["B14"] = shown
    if hidden:
        one["C14"] = hidden
        one.column_dimensions["C"].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(*lines: str) -> bytes:
    """A page of text; Latin, for which the standard fonts suffice."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=True)
    for number, line in enumerate(lines):
        canvas.drawString(40, 250 - 30 * number, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def fresh(version: Version) -> Version:
    """The version and its record as they are now."""
    return Version.objects.select_related("record").get(pk=version.pk)


def attached(
    chain: Chain, version: Version, content: bytes | str = PLAIN, name: str = "说明.txt"
) -> StoredFile:
    """A file attached by the drafter."""
    data = content.encode() if isinstance(content, str) else content
    return attaching.attach(
        fresh(version), io.BytesIO(data), name=name, revision=fresh(version).record.revision,
        by=chain.actor("drafter"), at=AT,
    )  # fmt: skip


def settled(chain: Chain, version: Version) -> Version:
    """The drafter takes what was cleaned."""
    now = fresh(version)
    by = chain.actor("drafter")
    return attaching.settle_attachments(now, revision=now.record.revision, by=by, at=AT)


def sent_in(chain: Chain, version: Version) -> Version:
    """Submitted by the drafter."""
    now = fresh(version)
    by = chain.actor("drafter")
    return drafting.submit(now, revision=now.record.revision, by=by, at=AT)


def with_a_file(chain: Chain, content: bytes | str = PLAIN, **changes: Any) -> Version:
    """A draft with one clean file, settled."""
    version = drafted(chain, **changes)
    attached(chain, version, content)
    return fresh(version)


def cleared_with_a_file(chain: Chain, content: bytes | str = PLAIN) -> Version:
    """Passed by all four, with one file."""
    return passed(chain, sent_in(chain, with_a_file(chain, content)))


def outgoing(version: Version) -> StoredFile:
    """The one file that the version names."""
    (entry,) = fresh(version).files
    return StoredFile.objects.get(pk=entry["file"])


def spoilt(file: StoredFile) -> Path:
    """The file's bytes on the disk changed behind everybody's back."""
    path = path_of(file.stored_as)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert str(settings.GONGKAI_HOME) in str(path)
    return path


def public_record(version: Version) -> Record:
    """The record as it stands now."""
    return Record.objects.get(pk=version.record_id)
