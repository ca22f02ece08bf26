"""Compares the files of a record with what was reviewed, what was let out, and what is on the disk.

Rows refuse to be changed; a disk does not, and whoever owns the database can write what he likes.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.disclosure.attachments import outgoing_files, owner_of
from gongkai.disclosure.models import Record, Version
from gongkai.files import contents
from gongkai.files.errors import MissingContentError
from gongkai.files.models import Channel
from gongkai.files.queries import releases_of
from gongkai.vault.errors import DamagedValueError, KeyDestroyedError, MasterKeyError


def file_faults(record: Record) -> Iterator[str]:
    """All disagreements, as sentences."""
    for version in record.versions.filter(submitted_at__isnull=False):
        yield from _reviewed(record, version)
    if record.live is not None:
        yield from _let_out(record, record.live.version)


def _named(version: Version) -> dict[str, str]:
    """What was reviewed: hash by file."""
    return {one["file"]: one["sha256"] for one in version.files if one.get("file")}


def _reviewed(record: Record, version: Version) -> Iterator[str]:
    files = outgoing_files(version)
    if {str(one.pk): one.sha256 for one in files} != _named(version):
        yield f"第{version.number}稿的附件与送审时的摘要不符"
    if any(one.owner != owner_of(record) or not one.is_outgoing for one in files):
        yield f"第{version.number}稿的附件不是本信息的清理件或者遮盖件"


def _let_out(record: Record, version: Version) -> Iterator[str]:
    named = _named(version)
    if not named:
        return
    sets = [
        {str(item.file_id): item.sha256 for item in release.items.all()}
        for release in releases_of(owner_of(record))
        if release.channel == Channel.WEB
    ]
    if named not in sets:
        yield "公开的附件没有对应的放行记录"
    for file in outgoing_files(version):
        try:
            contents.read(file)  # compares the hash
        except (MissingContentError, DamagedValueError, KeyDestroyedError, MasterKeyError):
            yield f"公开的{file}在磁盘上读不出来，或者与登记的摘要不符"
