"""Refusals of this app, worded for whoever asked."""

from __future__ import annotations

from collections.abc import Iterable

from statute.errors import StatuteError


class FileRefusedError(StatuteError):
    """A file that is not taken in, or an act on a file that its state does not allow."""


class StaleDraftError(FileRefusedError):
    """Somebody saved the redaction in the meantime; `version` is the one that stands now."""

    def __init__(self, version: int) -> None:
        super().__init__("遮盖方案已被他人修改，请刷新后在最新的方案上继续")
        self.version = version


class ReleaseRefusedError(StatuteError):
    """Nothing of the set goes out; `reasons` are all of them, in Chinese."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("不能发出：" + "；".join(self.reasons))


class MissingContentError(Exception):
    """The content of a file is not on the disk, or is not what was stored there."""


class ScannerDownError(Exception):
    """The virus scanner does not answer, or answers that it could not look."""
