"""Pictures decoded and written anew: the pixels as they are shown, and nothing that stands beside.

Turned as the camera asked, colours brought to sRGB, every page of a TIFF kept. Words drawn in the
picture stay: this sees pixels, not what they say.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import get_sampling
from PIL.TiffImagePlugin import AppendingTiffWriter, TiffImageFile

from screening.extraction.image import harvest
from screening.limits import MAX_FRAMES
from screening.passages import Carrier, Layer, UnfitFileError
from screening.pictures import check_pixels
from screening.stripping.stripped import Stripped
from screening.stripping.tally import Tally

Crop = tuple[float, float, float, float]  # shares cut away: left, top, right, bottom

NO_CROP: Crop = (0.0, 0.0, 0.0, 0.0)

_Made = TypeVar("_Made")
_DAMAGED = "图片损坏或者不完整，无法打开"
_FORMATS = {Carrier.PNG: "PNG", Carrier.JPEG: "JPEG", Carrier.TIFF: "TIFF"}
_INSIDE = ("PNG", "JPEG", "TIFF", "GIF", "BMP")  # what a document may hold and Pillow can read
# What Pillow raises for bytes it cannot read.
_STRAY = (
    Image.DecompressionBombError, OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError,
    AttributeError, OverflowError, ZeroDivisionError, EOFError, struct.error, RuntimeError,
)  # fmt: skip
_QUALITY = 95
_ORIENTATION = 0x0112
_DENSEST = 4800


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A picture written anew, as PNG or JPEG."""

    data: bytes
    suffix: str


def strip(data: bytes) -> Stripped:
    """The picture in its own format. UnfitFileError when it does not decode or is too large."""
    found = harvest(data)  # refuses what is damaged or too large
    carrier = found.extraction.carrier
    tally = Tally()
    for passage in found.extraction.passages:
        tally.add(passage.place.layer, "拍摄信息、作者、说明等图片属性")
    tally.add(Layer.ATTACHMENT, "图片里的缩略图", len(found.embedded))
    for part in found.extraction.not_covered:
        if part.place.layer is not Layer.VISIBLE:
            tally.add(part.place.layer, part.place.part or part.place.layer.label)
    tally.add(Layer.METADATA, "颜色特性文件（颜色已换算）", _decoded(lambda: _profiles(data)))
    return Stripped(carrier, _decoded(lambda: _written(data, carrier)), tally.removals())


def rewritten(data: bytes, crop: Crop = NO_CROP) -> Rewritten:
    """A picture from inside a document, without what the document crops away.

    UnfitFileError for kinds that are not made of pixels, and as `strip`.
    """
    return _decoded(lambda: _rewritten(data, crop))


def _rewritten(data: bytes, crop: Crop) -> Rewritten:
    with Image.open(io.BytesIO(data), formats=_INSIDE) as image:
        check_pixels(*image.size)
        options = _options(image)
        is_jpeg = image.format == "JPEG"
        pixels = _cropped(_pixels(image), crop)
    kind = "JPEG" if is_jpeg else "PNG"
    return Rewritten(_saved(pixels, kind, options), "jpg" if is_jpeg else "png")


def _profiles(data: bytes) -> int:
    with Image.open(io.BytesIO(data), formats=_INSIDE) as image:
        return 1 if image.info.get("icc_profile") else 0


def _written(data: bytes, carrier: Carrier) -> bytes:
    with Image.open(io.BytesIO(data), formats=(_FORMATS[carrier],)) as image:
        if carrier is Carrier.TIFF:
            return _pages(image)
        options = _options(image)
        return _saved(_pixels(image), _FORMATS[carrier], options)


def _pages(image: Image.Image) -> bytes:
    """Page by page, so that one page of a long scan is in memory at a time."""
    stream = io.BytesIO()
    frames = int(getattr(image, "n_frames", 1))
    if frames > MAX_FRAMES:
        raise UnfitFileError(f"图片页数过多，超过 {MAX_FRAMES} 页")
    with AppendingTiffWriter(stream) as writer:
        for frame in range(frames):
            image.seek(frame)
            check_pixels(*image.size)
            pixels = _pixels(image)
            packing = "group4" if pixels.mode == "1" else "tiff_adobe_deflate"
            pixels.save(writer, "TIFF", compression=packing, **_density(image))
            writer.newFrame()
    return stream.getvalue()


def _saved(pixels: Image.Image, kind: str, options: Mapping[str, Any]) -> bytes:
    stream = io.BytesIO()
    pixels.save(stream, kind, **options)
    return stream.getvalue()


def _options(image: Image.Image) -> dict[str, Any]:
    """How to write so that the picture looks as before: density, and the tables of a JPEG."""
    options: dict[str, Any] = dict(_density(image))
    if image.format != "JPEG":
        return options
    tables = getattr(image, "quantization", None)
    if image.mode in ("L", "RGB") and tables and not image.info.get("icc_profile"):
        sampling = get_sampling(image) if image.mode == "RGB" else -1
        return options | {"qtables": tables} | ({"subsampling": sampling} if sampling >= 0 else {})
    return options | {"quality": _QUALITY, "subsampling": 0}


def _density(image: Image.Image) -> dict[str, tuple[int, int]]:
    """Dots an inch in whole numbers, where the file says something likely."""
    stated = image.info.get("dpi")
    try:
        across, down = (round(float(part)) for part in stated or ())
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return {}
    likely = 1 <= across <= _DENSEST and 1 <= down <= _DENSEST
    return {"dpi": (across, down)} if likely else {}


def _pixels(image: Image.Image) -> Image.Image:
    """The pixels as shown, upright, without info, profile, or colours under glass.

    A large picture is not copied where nothing has to change: memory is short here.
    """
    image.load()
    profile = image.info.get("icc_profile")
    if image.getexif().get(_ORIENTATION, 1) != 1:
        ImageOps.exif_transpose(image, in_place=True)
    shown = _seen_through(_plain_mode(_in_srgb(image, profile)))
    if isinstance(shown, TiffImageFile):
        shown = shown.copy()  # without the tags, some of which would be written again
    shown.info.clear()
    if shown.mode == "P":
        shown.putpalette(_used_palette(shown))
    return shown


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """A profile of colours holds names and texts; it is applied instead of kept."""
    if not isinstance(profile, bytes) or not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(
            image, own, ImageCms.createProfile("sRGB"), outputMode=target
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # as programs show it that know no profiles
    return image if turned is None else turned


def _plain_mode(image: Image.Image) -> Image.Image:
    if "transparency" in image.info and image.mode in ("1", "L", "RGB", "P"):
        return image.convert("RGBA")
    if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        return image
    if image.mode in ("I", "F", "I;16B", "I;16L", "I;16N"):
        return image.convert("I").convert("I;16")
    return image.convert("RGBA" if image.mode in ("PA", "La", "RGBa") else "RGB")


def _seen_through(image: Image.Image) -> Image.Image:
    """Colours where nothing is opaque are seen by nobody and still in the file: they go."""
    if image.mode not in ("RGBA", "LA"):
        return image
    alpha = image.getchannel("A")
    blank = Image.new(image.mode, image.size)
    return Image.composite(image, blank, alpha.point(lambda value: 255 if value else 0))


def _used_palette(image: Image.Image) -> list[int]:
    palette = image.getpalette("RGB") or []
    used = {int(str(index)) for _, index in image.getcolors(256) or ()}
    return [part if place // 3 in used else 0 for place, part in enumerate(palette)]


def _cropped(image: Image.Image, crop: Crop) -> Image.Image:
    if crop == NO_CROP:
        return image
    width, height = image.size
    left, top, right, bottom = (min(max(part, 0.0), 1.0) for part in crop)
    box = (
        int(left * width), int(top * height),
        max(int(left * width) + 1, round((1 - right) * width)),
        max(int(top * height) + 1, round((1 - bottom) * height)),
    )  # fmt: skip
    return image.crop(box)


def _decoded(work: Callable[[], _Made]) -> _Made:
    """What the decoder meets in a broken picture is a refusal, not a mistake of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, none of which is kept
        try:
            return work()
        except _STRAY:
            raise UnfitFileError(_DAMAGED) from None
