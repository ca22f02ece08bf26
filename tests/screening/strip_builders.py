"""Pictures, texts and web pages with one hiding place each.

Each builder takes the secret and gives a file that says it nowhere else.
"""

from __future__ import annotations

import io
import zlib

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from screening.passages import Layer
from tests.screening.traps import SHOWN, Traps

_T = Traps()
trap, TRAPS, EXPECTED = _T.trap, _T.builders, _T.expected


def pixels(size: tuple[int, int] = (40, 30)) -> Image.Image:
    """A small picture with a run of greys in it."""
    return Image.linear_gradient("L").resize(size).convert("RGB")


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The picture as a file."""
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def _exif(tag: int, value: object) -> Image.Exif:
    exif = Image.Exif()
    exif[tag] = value
    return exif


def _segment(data: bytes, marker: int, body: bytes) -> bytes:
    return data[:2] + bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body + data[2:]


def _chunk(data: bytes, kind: bytes, body: bytes) -> bytes:
    sum_ = zlib.crc32(kind + body).to_bytes(4, "big")
    return data[:33] + len(body).to_bytes(4, "big") + kind + body + sum_ + data[33:]


@trap("jpeg: EXIF 说明", Layer.METADATA)
def _jpeg_exif(secret: str) -> bytes:
    return saved(pixels(), "JPEG", exif=_exif(0x010E, secret))


@trap("jpeg: 拍摄地点", Layer.METADATA)
def _jpeg_gps(secret: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[0x1C] = b"ASCII\0\0\0" + secret.encode()
    return saved(pixels(), "JPEG", exif=exif)


@trap("jpeg: XMP", Layer.METADATA)
def _jpeg_xmp(secret: str) -> bytes:
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{secret}</a></x:xmpmeta>'.encode()
    return _segment(saved(pixels(), "JPEG"), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


@trap("jpeg: 注释", Layer.METADATA)
def _jpeg_comment(secret: str) -> bytes:
    return saved(pixels(), "JPEG", comment=secret.encode())


@trap("jpeg: 颜色特性文件", Layer.METADATA)
def _jpeg_profile(secret: str) -> bytes:
    return saved(pixels(), "JPEG", icc_profile=secret.encode())


@trap("jpeg: 自定义段", Layer.METADATA)
def _jpeg_own(secret: str) -> bytes:
    return _segment(saved(pixels(), "JPEG"), 0xED, b"Own\0" + secret.encode())


@trap("jpeg: 结尾之后", Layer.METADATA)
def _jpeg_behind(secret: str) -> bytes:
    return saved(pixels(), "JPEG") + secret.encode()


@trap("png: 文字块", Layer.METADATA)
def _png_text(secret: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", secret)
    return saved(pixels(), "PNG", pnginfo=info)


@trap("png: XMP", Layer.METADATA)
def _png_xmp(secret: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", f'<x xmlns="a">{secret}</x>')
    return saved(pixels(), "PNG", pnginfo=info)


@trap("png: EXIF", Layer.METADATA)
def _png_exif(secret: str) -> bytes:
    return saved(pixels(), "PNG", exif=_exif(0x013B, secret))


@trap("png: 私有块", Layer.METADATA)
def _png_own(secret: str) -> bytes:
    return _chunk(saved(pixels(), "PNG"), b"prVt", secret.encode())


@trap("png: 结尾之后", Layer.METADATA)
def _png_behind(secret: str) -> bytes:
    return saved(pixels(), "PNG") + secret.encode()


@trap("tiff: 作者", Layer.METADATA)
def _tiff_author(secret: str) -> bytes:
    tags = ImageFileDirectory_v2()
    tags[315] = secret
    return saved(pixels(), "TIFF", tiffinfo=tags)


@trap("tiff: 第二页的说明", Layer.METADATA)
def _tiff_second(secret: str) -> bytes:
    second = pixels((20, 10))
    tags = ImageFileDirectory_v2()
    tags[270] = secret
    second.encoderinfo = {"tiffinfo": tags}
    return saved(pixels(), "TIFF", save_all=True, append_images=[second])


def page(body: str, head: str = "") -> bytes:
    """A web page with the line for everybody."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body><p>{SHOWN}</p>'
        f"{body}</body></html>"
    ).encode()


@trap("html: 注释", Layer.COMMENT)
def _html_comment(secret: str) -> bytes:
    return page(f"<!-- {secret} -->")


@trap("html: 脚本", Layer.SCRIPT)
def _html_script(secret: str) -> bytes:
    return page(f"<script>var a = '{secret}';</script>")


@trap("html: 隐藏元素", Layer.HIDDEN_TEXT)
def _html_hidden(secret: str) -> bytes:
    return page(f"<div hidden>{secret}</div>")


@trap("html: 样式里的隐藏", Layer.HIDDEN_TEXT)
def _html_style(secret: str) -> bytes:
    return page(f'<div style="display: none">{secret}</div>')


@trap("html: 样式表里的隐藏", Layer.HIDDEN_TEXT)
def _html_sheet(secret: str) -> bytes:
    return page(f'<p class="a b">{secret}</p>', "<style>.a { display:none }</style>")


@trap("html: 白色文字", Layer.WHITE_TEXT)
def _html_white(secret: str) -> bytes:
    return page(f'<span style="color:#fff">{secret}</span>')


@trap("html: 网页标题", Layer.METADATA)
def _html_title(secret: str) -> bytes:
    return page("", f"<title>{secret}</title>")


@trap("html: 网页属性", Layer.METADATA)
def _html_meta(secret: str) -> bytes:
    return page("", f'<meta name="author" content="{secret}">')


@trap("html: 替代文字", Layer.ALT_TEXT)
def _html_alt(secret: str) -> bytes:
    return page(f'<p title="{secret}">甲</p>')


@trap("html: 数据属性", Layer.METADATA)
def _html_data(secret: str) -> bytes:
    return page(f'<p data-id="{secret}">甲</p>')


@trap("html: 链接", Layer.LINK)
def _html_link(secret: str) -> bytes:
    return page(f'<a href="file:///D:/{secret}">甲</a>')


@trap("html: 隐藏的表单值", Layer.HIDDEN_TEXT)
def _html_input(secret: str) -> bytes:
    return page(f'<input type="hidden" value="{secret}">')
