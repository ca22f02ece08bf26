"""DOC and XLS → DOCX and XLSX by LibreOffice, where the machine has it; elsewhere they are refused.

The old formats are not read here at all. The converter runs in a folder of its own with a fresh
profile, macros off, limited in memory, time and what it writes; what it gives is sniffed again.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path

from screening.limits import MAX_FILE_BYTES, MIB
from screening.passages import Carrier, UnfitFileError
from screening.sniffing import sniff

WALL_SECONDS = 90.0

_PROGRAMS = ("soffice", "libreoffice")
_TARGETS = {Carrier.DOC: Carrier.DOCX, Carrier.XLS: Carrier.XLSX}
_LIMITS = (
    (resource.RLIMIT_AS, 4096 * MIB),  # an office program maps gigabytes before it reads a word
    (resource.RLIMIT_CPU, 60),
    (resource.RLIMIT_FSIZE, 256 * MIB),
    (resource.RLIMIT_CORE, 0),
)
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),  # never
    ("Calc/Content/Update", "Link", "1"),  # never
)


@dataclass(frozen=True, slots=True)
class Converted:
    """The file in its present format."""

    carrier: Carrier
    data: bytes


def converter() -> str:
    """The program of this machine that reads the old formats; empty where there is none."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), "")


def convert(data: bytes) -> Converted:
    """A DOC as DOCX, an XLS as XLSX; a file of another carrier as it is.

    UnfitFileError when there is no converter, when it fails, or gives something else. Not for
    calling where an event loop runs already.
    """
    carrier = sniff(data)
    target = _TARGETS.get(carrier)
    if target is None:
        return Converted(carrier, data)
    program = converter()
    if not program:
        raise UnfitFileError(f"{carrier.label}无法读取，请另存为 {target.label}")
    with tempfile.TemporaryDirectory(prefix="convert-") as folder:
        result = _convert(program, data, carrier, target, Path(folder))
    if sniff(result) is not target:
        raise UnfitFileError(f"{carrier.label}转换后的文件不是 {target.label}，请自行另存")
    return Converted(target, result)


def _convert(program: str, data: bytes, old: Carrier, new: Carrier, folder: Path) -> bytes:
    source, profile = folder / f"file.{old.value}", folder / "profile"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(_profile(), encoding="utf-8")
    arguments = (
        f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
        "--nolockcheck", "--nodefault", "--convert-to", new.value,
        "--outdir", str(folder / "out"), str(source),
    )  # fmt: skip
    asyncio.run(_run(program, arguments, folder))
    result = folder / "out" / f"file.{new.value}"
    if not result.is_file() or result.is_symlink() or result.stat().st_size > MAX_FILE_BYTES:
        raise UnfitFileError(f"{old.label}转换失败，请另存为 {new.label}")
    return result.read_bytes()


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    space = "http://openoffice.org/2001/registry"
    return f'<?xml version="1.0"?><oor:items xmlns:oor="{space}">{items}</oor:items>'


async def _run(program: str, arguments: tuple[str, ...], folder: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(folder)}
    child = await asyncio.create_subprocess_exec(
        program, *arguments, cwd=folder, env=environment, start_new_session=True,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with contextlib.suppress(ProcessLookupError):  # already done
            for limit, value in _LIMITS:
                resource.prlimit(child.pid, limit, (value, value))
        await asyncio.wait_for(child.wait(), WALL_SECONDS)
    except TimeoutError:
        raise UnfitFileError("转换用的时间超过上限，请自行另存为新格式") from None
    finally:
        # The program starts others; all of them go, also when the first has ended.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
