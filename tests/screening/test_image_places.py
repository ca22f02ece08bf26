"""What pictures carry beside their pixels: by whom, where, with what, and what was cut away."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational, ImageFileDirectory_v2

from screening.extraction import image, image_chunks
from screening.passages import Extraction, Layer
from screening.reading import extract
from tests.screening.hostile_pictures import chunk, tiff_pages, with_chunk, with_segment
from tests.screening.samples import picture

PLANTED = "张三丰7788"

XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:a="x" a:City="ATTRIBUTE"><dc:creator>'
    "<rdf:Seq><rdf:li>VALUE</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF>"
    '</x:xmpmeta><?xpacket end="w"?>'
)


def found(extraction: Extraction, words: str = PLANTED) -> list[tuple[Layer, str]]:
    return [
        (each.place.layer, each.place.part) for each in extraction.passages if words in each.text
    ]


def _exif(tag: int, value: object, directory: int = 0) -> Image.Exif:
    exif = Image.Exif()
    if directory:
        exif.get_ifd(directory)[tag] = value
    else:
        exif[tag] = value
    return exif


def _international(key: bytes, words: str, *, packed: bool) -> bytes:
    value = zlib.compress(words.encode()) if packed else words.encode()
    return key + (b"\0\1\0" if packed else b"\0\0\0") + b"zh\0\0" + value


def _exif_chunk(form: str) -> bytes:
    return picture(form, exif=_exif(315, PLANTED.encode()))


def _photoshop() -> bytes:
    record = b"\x1c\x02\x50" + struct.pack(">H", len(PLANTED.encode())) + PLANTED.encode()
    return b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record


def _tags(tag: int, value: bytes) -> ImageFileDirectory_v2:
    tags = ImageFileDirectory_v2()
    tags.tagtype[tag] = 1 if tag == 700 else 2  # XMP is bytes; text Pillow writes in ASCII only
    tags[tag] = value
    return tags


def _tiff(tag: int, words: str) -> bytes:
    return picture("TIFF", tiffinfo=_tags(tag, words.encode()))


# Hiding place → (file, name of the place), by hand; the layer is always METADATA.
PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "JPEG 作者": (lambda: _exif_chunk("JPEG"), "Artist"),
    "PNG 的 EXIF": (lambda: _exif_chunk("PNG"), "Artist"),
    "TIFF 作者": (lambda: _tiff(315, PLANTED), "Artist"),
    "TIFF 计算机名": (lambda: _tiff(316, PLANTED), "HostComputer"),
    "TIFF 私有标签": (lambda: _tiff(50_000, PLANTED), "标签 50000"),
    "JPEG 相机主人": (
        lambda: picture("JPEG", exif=_exif(0xA430, PLANTED.encode(), 0x8769)), "CameraOwnerName",
    ),
    "JPEG 用户注释": (
        lambda: picture("JPEG", exif=_exif(
            0x9286, b"UNICODE\0" + PLANTED.encode("utf-16-le"), 0x8769)),
        "UserComment",
    ),
    "JPEG 微软标题": (
        lambda: picture("JPEG", exif=_exif(0x9C9B, PLANTED.encode("utf-16-le"))), "XPTitle",
    ),
    "JPEG 国标编码的说明": (
        lambda: picture("JPEG", exif=_exif(270, PLANTED.encode("gb18030"))), "ImageDescription",
    ),
    "JPEG 厂商说明": (
        lambda: picture("JPEG", exif=_exif(
            0x927C, b"\x00\x01\xff\xfe" + PLANTED.encode() + b"\xff\x00\x80", 0x8769)),
        "MakerNote",
    ),
    "JPEG 注释": (lambda: with_segment(0xFE, PLANTED.encode()), "注释"),
    "JPEG 的 XMP": (
        lambda: picture("JPEG", xmp=XMP.replace("VALUE", PLANTED).encode()), "XMP creator",
    ),
    "JPEG 的 XMP 属性": (
        lambda: picture("JPEG", xmp=XMP.replace("ATTRIBUTE", PLANTED).encode()), "XMP City",
    ),
    "JPEG 扩展 XMP": (
        lambda: with_segment(
            0xE1, b"http://ns.adobe.com/xmp/extension/\0" + PLANTED.encode()),
        "XMP",
    ),
    "JPEG 的 IPTC": (lambda: with_segment(0xED, _photoshop()), "APP13"),
    "JPEG 未知的段": (lambda: with_segment(0xEC, b"\1\2\3\4" + PLANTED.encode()), "APP12"),
    "JPEG 结尾以后": (lambda: picture("JPEG") + PLANTED.encode(), "图片结尾之后"),
    "PNG 结尾以后": (lambda: picture("PNG") + PLANTED.encode(), "图片结尾之后"),
    "PNG 文字块": (lambda: with_chunk(b"tEXt", b"Author\0" + PLANTED.encode()), "Author"),
    "PNG 压缩文字块": (
        lambda: with_chunk(b"zTXt", b"Author\0\0" + zlib.compress(PLANTED.encode())), "Author",
    ),
    "PNG 国际文字块": (
        lambda: with_chunk(b"iTXt", _international(b"Title", PLANTED, packed=False)), "Title",
    ),
    "PNG 压缩国际文字块": (
        lambda: with_chunk(b"iTXt", _international(b"Title", PLANTED, packed=True)), "Title",
    ),
    "PNG 的 XMP": (
        lambda: with_chunk(b"iTXt", _international(
            b"XML:com.adobe.xmp", XMP.replace("VALUE", PLANTED), packed=False)),
        "XMP creator",
    ),
    "PNG 私有块": (lambda: with_chunk(b"prVt", PLANTED.encode()), "prVt"),
    "PNG 私有块的 UTF-16": (lambda: with_chunk(b"prVt", PLANTED.encode("utf-16-le")), "prVt"),
    "TIFF 的 XMP": (lambda: _tiff(700, XMP.replace("VALUE", PLANTED)), "XMP creator"),
}  # fmt: skip


@pytest.mark.parametrize("place", PICTURES)
def test_every_hiding_place_of_a_picture_is_read(place: str) -> None:
    make, part = PICTURES[place]
    assert (Layer.METADATA, part) in found(extract(make()))


# Control: the piece of the reader that is taken out → the places that are then missed.
GUARDS: dict[str, tuple[object, str, object, tuple[str, ...]]] = {
    "tags": (image, "exif_passages", lambda _: [], (
        "JPEG 作者", "PNG 的 EXIF", "TIFF 作者", "TIFF 私有标签", "JPEG 相机主人", "JPEG 用户注释",
        "JPEG 微软标题", "JPEG 厂商说明", "JPEG 国标编码的说明", "TIFF 的 XMP",
    )),
    "chunks": (image_chunks, "CHUNKS", dict.fromkeys(
        (b"tEXt", b"zTXt", b"iTXt"), lambda _: []), (
        "PNG 文字块", "PNG 压缩文字块", "PNG 国际文字块", "PNG 压缩国际文字块", "PNG 的 XMP",
    )),
    "runs": (image_chunks, "runs", lambda _: (), (
        "JPEG 的 IPTC", "JPEG 未知的段", "PNG 私有块", "PNG 私有块的 UTF-16",
    )),
    "values": (image_chunks, "words_of", lambda _: "", ("JPEG 注释",)),
    "XMP": (image_chunks, "xmp_passages", lambda _: [], (
        "JPEG 的 XMP", "JPEG 的 XMP 属性", "JPEG 扩展 XMP",
    )),
    "behind": (image, "runs", lambda _: (), ("JPEG 结尾以后", "PNG 结尾以后")),
}  # fmt: skip


@pytest.mark.parametrize("guard", GUARDS)
def test_without_its_reader_a_hiding_place_of_a_picture_is_missed(
    guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name, instead, places = GUARDS[guard]
    monkeypatch.setattr(module, name, instead)
    for place in places:
        assert found(extract(PICTURES[place][0]())) == [], place


def test_every_hiding_place_of_a_picture_has_its_control() -> None:
    assert {place for *_, places in GUARDS.values() for place in places} == set(PICTURES) - {
        "TIFF 计算机名"  # read by the same loop as its author
    }


def test_the_place_of_a_photograph_is_read_in_degrees() -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (IFDRational(25), IFDRational(2), IFDRational(30))
    gps[3], gps[4] = "E", (IFDRational(102), IFDRational(42), IFDRational(36))
    texts = {each.place.part: each.text for each in extract(picture("JPEG", exif=exif)).passages}
    # 25 + 2/60 + 30/3600 and 102 + 42/60 + 36/3600
    assert texts["拍摄地点 GPSLatitude"] == "25.041667 N"
    assert texts["拍摄地点 GPSLongitude"] == "102.710000 E"


def test_the_small_picture_in_exif_is_a_file_inside() -> None:
    small = picture("JPEG", (16, 12))
    header = b"Exif\0\0II*\0\x08\0\0\0\0\0" + struct.pack("<I", 14)
    entries = struct.pack("<H", 2) + struct.pack("<HHII", 513, 4, 1, 44)
    entries += struct.pack("<HHII", 514, 4, 1, len(small)) + struct.pack("<I", 0)
    extraction = extract(with_segment(0xE1, header + entries + small))
    assert [part.place.inside for part in extraction.not_covered] == [(), ("缩略图.jpg",)]


def test_every_page_of_a_tiff_says_that_its_words_are_not_recognised() -> None:
    extraction = extract(tiff_pages(3))
    assert extraction.pages == 3
    assert [(part.place.page, part.reason) for part in extraction.not_covered] == [
        (number, "图片中的文字没有检查（未装文字识别）") for number in (1, 2, 3)
    ]


def test_the_author_of_a_later_page_is_read() -> None:
    stream = io.BytesIO()
    first, second = Image.new("L", (8, 8)), Image.new("L", (8, 8))
    second.encoderinfo = {"tiffinfo": _tags(315, PLANTED.encode())}
    first.save(stream, "TIFF", save_all=True, append_images=[second])
    assert found(extract(stream.getvalue())) == [(Layer.METADATA, "Artist")]


def test_the_other_pictures_of_an_animation_are_said_to_be_not_covered() -> None:
    stream = io.BytesIO()
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 90, 200)]
    frames[0].save(stream, "PNG", save_all=True, append_images=frames[1:])
    reasons = [part.reason for part in extract(stream.getvalue()).not_covered]
    assert reasons == ["图片中的文字没有检查（未装文字识别）", "动画的其他画面没有检查"]


def test_what_follows_a_picture_is_counted() -> None:
    extraction = extract(picture("PNG") + bytes(1000))
    assert extraction.not_covered[1].reason == "图片结尾之后还有 1000 字节其他内容，没有检查"


def test_a_clean_picture_has_no_words_and_one_remark() -> None:
    for form in ("PNG", "JPEG", "TIFF"):
        extraction = extract(picture(form))
        assert extraction.passages == ()
        assert len(extraction.not_covered) == 1


def test_a_time_in_a_picture_is_read() -> None:
    body = struct.pack(">H5B", 2026, 1, 5, 9, 7, 0)
    (passage,) = extract(with_chunk(b"tIME", body)).passages
    assert passage.text == "2026-01-05 09:07:00"


def test_a_chunk_helper_writes_what_a_decoder_accepts() -> None:
    assert chunk(b"IEND", b"") == bytes.fromhex("0000000049454e44ae426082")
