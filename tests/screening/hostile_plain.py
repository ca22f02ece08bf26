"""Files without packages: programs, other formats, old Office, broken text, dangerous pages."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import partial

from tests.screening.samples import WORDS, old_office

Maker = Callable[[], bytes]

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

_BINARY = bytes(range(256)) * 4

# Beginnings of files that are no document of ours, each with a body of all bytes.
_BEGINNINGS: dict[str, bytes] = {
    "Windows 程序": b"MZ\x90\x00\x03",
    "Linux 程序": b"\x7fELF\x02\x01\x01",
    "Java 程序": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
    "苹果程序": b"\xcf\xfa\xed\xfe\x07\x00\x00\x01",
    "快捷方式": b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00",
    "GIF": b"GIF89a\x01\x00\x01\x00",
    "BMP": b"BM\x36\x00\x00\x00",
    "图标": b"\x00\x00\x01\x00\x01\x00",
    "WEBP": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "HEIC": b"\x00\x00\x00\x18ftypheic",
    "AVIF": b"\x00\x00\x00\x1cftypavif",
    "MP4": b"\x00\x00\x00\x18ftypmp42",
    "MP3": b"ID3\x04\x00\x00",
    "OGG": b"OggS\x00\x02",
    "WAV": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "AVI": b"RIFF\x24\x00\x00\x00AVI LIST",
    "MKV": b"\x1aE\xdf\xa3\x01",
    "FLV": b"FLV\x01\x05",
    "RAR": b"Rar!\x1a\x07\x01\x00",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "gzip": b"\x1f\x8b\x08\x00",
    "bzip2": b"BZh91AY&SY\x00",
    "xz": b"\xfd7zXZ\x00",
    "CAB": b"MSCF\x00\x00",
    "RTF": b"{\\rtf1\\ansi ",
    "PostScript": b"%!PS-Adobe-3.0\n",
    "随机内容": b"\x93\x01\xfe\x00",
}

_TEXTS: dict[str, str] = {
    "SVG": '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><text>文</text></svg>',
    "带声明的 SVG": '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "XML 数据": '<?xml version="1.0"?><名单><人>甲</人></名单>',
    "Word 2003 XML": (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    ),
    "单文件 ODS": '<?xml version="1.0"?><office:document xmlns:office="x"/>',
    "网页归档": (
        "From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>正文</html>"
    ),
    "邮件": "Subject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n5Lit\n",
    "脚本": "#!/bin/sh\nrm -rf x\n",
    "PHP": "<?php system($_GET['c']); ?>",
    "ASP": "<% eval request(1) %>",
    "编码不一致的网页": '<html><meta charset="iso-2022-jp"><p>通知</p></html>',
    "自称 UTF-7 的网页": "<html><meta charset=utf-7>+ADw-script+AD4-</html>",
    "只有空白": " \r\n\t\u3000\n",
    "控制字符": "通知\x1b[2J正文",
    "退格字符": "通知\x08\x08正文",
}


def _circle() -> bytes:
    """The table says that the directory's sector follows itself."""
    data = bytearray(old_office("WordDocument"))
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    return bytes(data)


REFUSED: dict[str, Maker] = {
    name: partial(bytes.__add__, head, _BINARY) for name, head in _BEGINNINGS.items()
}
REFUSED |= {name: text.encode for name, text in _TEXTS.items()}
REFUSED |= {
    "空文件": lambda: b"",
    "一个空字节": lambda: b"\0",
    "超过上限的文件": lambda: b"a" * 50_000_001,
    "防病毒测试文件": lambda: EICAR,
    "防病毒测试文件加换行": lambda: EICAR + b"\r\n",
    "文字里有空字节": f"{WORDS}\0{WORDS}".encode,
    "没有标记的 UTF-16": lambda: WORDS.encode("utf-16-le"),
    "奇数个字节的 UTF-16": lambda: codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le") + b"\x4e",
    "落单代理的 UTF-16": lambda: codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00",
    "UTF-32": lambda: WORDS.encode("utf-32"),
    "有标记却不是 UTF-8": lambda: codecs.BOM_UTF8 + WORDS.encode("gb18030"),
    "有损坏的 UTF-8": lambda: f"{WORDS * 3}".encode() + b"\xe4\xb8" + WORDS.encode(),
    "网页嵌套过深": lambda: b"<html>" + b"<div>" * 100_000 + "深".encode(),
    "网页里一段过长": lambda: b"<html><p>" + b"x" * 11_000_000 + "后".encode(),
    "截断的 GB 18030": lambda: WORDS.encode("gb18030") + b"\x81",
    "标签过多的网页": lambda: b"<html>" + b"<b></b>" * 1_100_000,
    "DOC": lambda: old_office("WordDocument", "1Table"),
    "XLS": lambda: old_office("Workbook"),
    "带宏的 DOC": lambda: old_office("WordDocument", "Macros"),
    "带宏的 XLS": lambda: old_office("Workbook", "_VBA_PROJECT_CUR"),
    "加密的 DOCX": lambda: old_office("EncryptionInfo", "EncryptedPackage"),
    "PPT": lambda: old_office("PowerPoint Document"),
    "邮件 MSG": lambda: old_office("__properties_version1.0"),
    "既是 DOC 又是 XLS": lambda: old_office("WordDocument", "Workbook"),
    "没有目录的旧格式": lambda: old_office("WordDocument")[:1024],
    "只有开头的旧格式": lambda: old_office("WordDocument")[:40],
    "目录成环的旧格式": _circle,
}

# Accepted: what is dangerous in them is read, shown and later stripped.
ACCEPTED: dict[str, tuple[Maker, str]] = {
    "网页带脚本": (lambda: b"<html><script>alert('x')</script><p>a</p></html>", "script"),
    "网页带事件": (lambda: b"<html><body onload='alert(1)'><p>a</p></body></html>", "script"),
    "网页带 javascript 链接": (lambda: b"<html><a href='javascript:x()'>a</a></html>", "script"),
    "过长编码的 UTF-8": (lambda: b"notice \xc0\xaf\xc0\xae notice", "visible"),
    "网页结束以后还有文字": ("<html><p>a</p></html>后".encode, "visible"),
    "没有闭合的引号": (lambda: '单位,说明\n城北县,"没有'.encode() + b"\n" * 100_000, "visible"),
    "一行很长": (lambda: WORDS.encode() * 200_000, "visible"),
    "全是换行": (lambda: b"\n" * 3_000_000 + b"x", "visible"),
    "方向控制字符": ("通知\u202egpj.exe".encode, "visible"),
    "公式注入": (lambda: b"a,b\n=cmd|' /C calc'!A0,1\n", "visible"),
}
