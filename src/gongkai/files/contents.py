"""The content of a file: sealed onto the disk, and read back only if every hash agrees.

It writes no rows; whoever lets a person read logs it.
"""

from __future__ import annotations

import hashlib
import uuid

from gongkai.files import storage
from gongkai.files.errors import MissingContentError
from gongkai.files.models import StoredFile
from gongkai.files.registry import Owner
from gongkai.files.sealing import box_of


def store(owner: Owner, file_id: uuid.UUID, content: bytes) -> str:
    """Seals content and puts it on the disk for good; returns its name there. To be called before
    the row is written, never after."""
    return storage.put(box_of(owner).shut(_field(file_id), content))


def read(file: StoredFile) -> bytes:
    """The content as it was stored. MissingContentError, KeyDestroyedError, DamagedValueError,
    MasterKeyError."""
    content = box_of(file.owner).opened(_field(file.id), storage.get(file.stored_as))
    if digest(content) != file.sha256:
        raise MissingContentError("文件内容与登记的摘要不符")
    return content


def digest(content: bytes) -> str:
    """The hash by which content is known."""
    return hashlib.sha256(content).hexdigest()


def _field(file_id: uuid.UUID) -> str:
    return f"file {file_id}"
