"""Zips that lie: about their size, their names, their borders. Each is made for five kinds."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO

from tests.screening.samples import PACKAGES, package, zipped

Maker = Callable[[], bytes]


def raw_zip(
    entries: list[tuple[bytes, bytes, int, int]],
    *, flags: int = 0, method: int = 8, between: bytes = b"", local_name: bytes | None = None,
) -> bytes:  # fmt: skip
    """A zip byte by byte. An entry is (name, packed, crc, stated size)."""
    body, directory = b"", b""
    for number, (name, packed, crc, size) in enumerate(entries):
        place = len(body)
        stated = (flags, method, 0, 0x5C25, crc, len(packed), size)
        own = local_name or name
        body += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, *stated, len(own), 0) + own + packed
        body += between if number < len(entries) - 1 else b""
        directory += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, *stated, len(name), 0, 0, 0, 0, 0, place
        )
        directory += name
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(body), 0
    )
    return body + directory + end


def deflated(content: bytes) -> bytes:
    """Raw deflate, as in a zip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _entries(kind: str) -> list[tuple[bytes, bytes, int, int]]:
    return [entry(name, content) for name, content in PACKAGES[kind]().items()]


def entry(name: str, content: bytes) -> tuple[bytes, bytes, int, int]:
    """An honest entry for `raw_zip`."""
    return name.encode(), deflated(content), zlib.crc32(content), len(content)


def _with(kind: str, *more: tuple[str, bytes]) -> bytes:
    return zipped([*PACKAGES[kind]().items(), *more])


def overlapping(kind: str, copies: int = 50) -> bytes:
    """Many names for the same packed megabyte: what bombs without nesting are folded from."""
    own = _entries(kind)
    folded = entry("填充0.bin", bytes(1024 * 1024))
    whole = raw_zip([*own, folded])
    place = whole.index(folded[0]) - 30
    directory_at = whole.index(b"PK\x01\x02")
    rows = whole[directory_at:-22]
    last = rows[rows.rindex(b"PK\x01\x02") :]
    for number in range(1, copies):
        rows += last.replace("填充0".encode(), f"填{number:03}".encode()[:7].ljust(7, b"x"))
    count = len(own) + copies
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(rows), directory_at, 0)
    assert place > 0
    return whole[:directory_at] + rows + end


def _symlink(kind: str) -> bytes:
    stream = BytesIO(package(kind))
    with zipfile.ZipFile(stream, "a") as archive:
        link = zipfile.ZipInfo("链接")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _lying_small(kind: str) -> bytes:
    """States ten bytes, unpacks to three megabytes."""
    name, packed, crc, _ = entry("小.xml", b"<a>" + b" " * 3_000_000 + b"</a>")
    return raw_zip([*_entries(kind), (name, packed, crc, 10)])


def _replaced_byte(kind: str) -> bytes:
    """One byte of a stored entry changed behind the back of its checksum."""
    data = zipped(PACKAGES[kind](), zipfile.ZIP_STORED)
    place = data.index(b"PK\x03\x04", 4) - 5
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def bomb(kind: str, size: int) -> bytes:
    """One honest entry of blanks: it unpacks to a thousand times what it weighs."""
    return raw_zip([*_entries(kind), entry("空白.bin", bytes(size))])


def many_megabytes(kind: str) -> bytes:
    """Each entry alone is within its ratio; together they are 300 MiB."""
    _, packed, crc, size = entry("", bytes(1_900_000))
    blocks = [(f"{number}.bin".encode(), packed, crc, size) for number in range(170)]
    return raw_zip([*_entries(kind), *blocks])


def _nameless(name: bytes) -> Callable[[str], bytes]:
    return lambda kind: raw_zip([*_entries(kind), (name, b"", 0, 0)], method=0)


def _stored(kind: str) -> list[tuple[bytes, bytes, int, int]]:
    return [
        (name.encode(), content, zlib.crc32(content), len(content))
        for name, content in PACKAGES[kind]().items()
    ]


def _named(name: bytes) -> Callable[[str], bytes]:
    return lambda kind: raw_zip([*_stored(kind), (name, b"x", zlib.crc32(b"x"), 1)], method=0)


# What is done to a clean package → whether it must be refused. All are.
LIES: dict[str, Callable[[str], bytes]] = {
    "前面接有其他内容": lambda kind: b"GIF89a;" + package(kind),
    "后面接有其他内容": lambda kind: package(kind) + b"\n<script>alert(1)</script>",
    "后面再接一个压缩包": lambda kind: package(kind) + zipped({"b.txt": b"b"}),
    "带加密标志": lambda kind: raw_zip(_entries(kind), flags=1),
    "重名的条目": lambda kind: raw_zip([*_entries(kind), _entries(kind)[0]]),
    "只有大小写不同的重名": lambda kind: _with(kind, ("A.TXT", b"1"), ("a.txt", b"2")),
    "校验码不符": _replaced_byte,
    "条目之间夹有内容": lambda kind: raw_zip(_entries(kind), between="身份证号".encode()),
    "符号链接": _symlink,
    "绝对路径": _named(b"/etc/cron.d/x"),
    "上级目录": _named(b"../../x.txt"),
    "中间的上级目录": _named(b"word/../../x.txt"),
    "反斜杠": _named(b"..\\x.txt"),
    "名称里有空字符": _named(b"a.txt\0.exe"),
    "盘符": _named(b"C:x.txt"),
    "名称过长": _named(b"n" * 2000),
    "没有名称": _named(b""),
    "条目重叠": overlapping,
    "BZIP2 压缩": lambda kind: zipped(PACKAGES[kind](), zipfile.ZIP_BZIP2),
    "LZMA 压缩": lambda kind: zipped(PACKAGES[kind](), zipfile.ZIP_LZMA),
    "条目自称另一个名称": lambda kind: raw_zip(_entries(kind), local_name=b"other.xml"),
    "自称很小": _lying_small,
    "压缩比异常": lambda kind: bomb(kind, 40_000_000),
    "总量过大": many_megabytes,
    "条目过多": lambda kind: _with(kind, *((f"{number}.txt", b"") for number in range(10_001))),
    "截去四分之三": lambda kind: package(kind)[: len(package(kind)) // 4],
    "截去一半": lambda kind: package(kind)[: len(package(kind)) // 2],
    "截去目录": lambda kind: package(kind)[: package(kind).index(b"PK\x01\x02")],
    "截去最后一个字节": lambda kind: package(kind)[:-1],
    "目录指向文件以外": lambda kind: package(kind)[:-6] + b"\xff\xff\xff\x7f\0\0",
}


def nested(levels: int) -> bytes:
    """A zip in a zip, so many times; a note at the bottom."""
    data = "最里面".encode()
    for level in range(levels):
        data = zipped({f"第{level}层.{'zip' if level else 'txt'}": data})
    return data


def fan(width: int, levels: int) -> bytes:
    """Zips of zips: width to the power of levels files, all small."""
    data = b"x"
    for level in range(levels):
        name = "zip" if level else "txt"
        data = zipped([(f"{number}.{name}", data) for number in range(width)])
    return data


REFUSED: dict[str, Maker] = {
    f"{kind}：{what}": partial(make, kind) for what, make in LIES.items() for kind in PACKAGES
}
REFUSED |= {
    "空的压缩包": lambda: zipped({}),
    "压缩包内只有文件夹": lambda: zipped([("目录/", b"")]),
    "压缩包内有程序": lambda: zipped({"安装.exe": b"MZ\x90\0"}),
    "压缩包内有类文件": lambda: zipped(
        {"META-INF/MANIFEST.MF": b"x", "A.class": b"\xca\xfe\xba\xbe"}
    ),
    "层层展开的压缩包": lambda: fan(40, 3),
}
# Accepted, but what is too deep or no document inside must be listed as not covered.
NOT_WHOLLY: dict[str, Maker] = {
    "五层压缩包": lambda: nested(5),
    "压缩包内的程序换了后缀": lambda: zipped({"通知.txt": b"MZ\x90\0\3\0\0\0"}),
    "压缩包内的防病毒测试文件": lambda: zipped(
        {"eicar.com": b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"}
    ),
    "压缩包内有伪装的压缩包": lambda: zipped({"内.zip": b"junk" + package("docx")}),
    "压缩包内有炸弹": lambda: zipped({"内.zip": bomb("zip", 40_000_000)}),
    "文档里嵌有三层压缩包": lambda: zipped(
        {**PACKAGES["docx"](), "word/embeddings/a.zip": nested(4)}
    ),
}
