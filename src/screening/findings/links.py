"""Addresses of the web that should not stand in public: inner machines, local files, disguises.

Fetches nothing; whether a page still answers is the monitoring's matter.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from screening.findings.finding import Kind, Severity
from screening.findings.scene import Hit, Scene
from statute.citations import cite

CUES = (
    "://",
    ":\\\\",
    "www.",
    "file:",
    "javascript:",
    "vbscript:",
    "data:text",
    "\\\\",
    "@http",
)

_URL = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]{1,15}:(?://|\\\\|/)?[^\s\x00“”‘’「」《》（）()，。；、<>\"'|]{1,500}"
)
_BARE = re.compile(
    r"www\.[^\s\x00“”‘’「」《》（）()，。；、<>\"'|/:]{3,200}[^\s\x00“”‘’「」《》（）()，。；、<>\"'|]{0,300}"
)
_SHARE = re.compile(r"\\\\[A-Za-z0-9.\-]{1,60}\\[^\s\x00，。；]{1,200}")
_SCHEME_START = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{0,15}\Z")
_SCRIPTS = ("javascript", "vbscript", "data")
_INNER = (".local", ".lan", ".internal", ".intranet", ".corp", ".home.arpa")
_CHINESE_ENDS = ("政务", "公益", "中国", "中國", "公司", "网络")
_GOVERNMENT = re.compile(r"(?:^|[.-])gov[.-]?cn[.-]")
_RULE = cite("website_inspection_2019#单项否决1")
_SECRECY = cite("website_guide_2017#保密")


def search(scene: Scene) -> Iterator[Hit]:
    """Every address that a cue leads to."""
    text = scene.squeezed.text
    done = 0
    for sighting in sorted(scene.sightings["links"], key=lambda seen: seen.start):
        if sighting.start < done:
            continue
        match = _address(text, sighting.start, done)
        if match is None or match.end() <= sighting.start:
            continue
        done = match.end()
        judged = judge(match[0].rstrip(".,;:!?"))
        if judged is not None:
            severity, says = judged
            start, end = scene.squeezed.raw_span(*match.span())
            inner = "内部" in says or "本机" in says
            yield Hit(
                Kind.LINK, severity, start, end, says=says, suggestion="删去，或者改为对外的网址",
                rule=_SECRECY if inner else _RULE,
            )  # fmt: skip


def _address(text: str, cue: int, done: int) -> re.Match[str] | None:
    if text.startswith("www.", cue):
        return _BARE.match(text, cue)
    if text.startswith("\\\\", cue):
        return _SHARE.match(text, cue)
    before = _SCHEME_START.search(text, max(done, cue - 16), cue)
    return _URL.match(text, before.start() if before else cue)


def judge(address: str) -> tuple[Severity, str] | None:
    """What is wrong with one address; None: nothing."""
    if address.startswith("\\\\"):
        return Severity.ANSWER, "内部网络的共享文件夹"
    scheme, _, rest = address.partition(":")
    scheme = "http" if address.startswith("www.") else scheme.lower()
    if scheme in _SCRIPTS:
        return Severity.MUST, "不是网址，是脚本或者数据"
    if scheme == "file" or (len(scheme) == 1 and rest.startswith("\\")):
        return Severity.ANSWER, "指向本机文件，别人打不开，还会泄露文件夹名"
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return Severity.ANSWER, "网址写法不对"
    if parts.username is not None:
        return Severity.MUST, "网址里带有用户名或者口令，或者冒充别的网站"
    return _judge_host(unquote(host))


def _judge_host(host: str) -> tuple[Severity, str] | None:
    address = _ip(host)
    inner = host == "localhost" or host.endswith(_INNER) or (host != "" and "." not in host)
    if inner if address is None else not address.is_global:
        return Severity.ANSWER, "内部网络地址"
    if address is not None:
        return Severity.ANSWER, "直接用 IP 地址，没有域名"
    return _judge_name(host)


def _judge_name(host: str) -> tuple[Severity, str] | None:
    if not host.isascii() and not _is_chinese_name(host):
        return Severity.MUST, "域名里有形似的外文字母，疑为仿冒"
    if _GOVERNMENT.search(host) and not host.endswith(".gov.cn"):
        return Severity.MUST, "域名仿冒政府网站"
    if host.startswith("xn--") or ".xn--" in host:
        return Severity.ANSWER, "域名是转写的外文，看不出是哪里"
    return None


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An IP address, also written as one number or in hexadecimal parts."""
    try:
        return ipaddress.ip_address(int(host, 0)) if host.isdigit() else ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_chinese_name(host: str) -> bool:
    """Chinese characters, digits and ASCII letters only, under a Chinese ending or .cn."""
    plain = all(
        letter.isascii() or "\u4e00" <= unicodedata.normalize("NFC", letter) <= "\u9fff"
        for letter in host
    )
    return plain and (host.endswith((".cn", ".com", ".net")) or host.endswith(_CHINESE_ENDS))
