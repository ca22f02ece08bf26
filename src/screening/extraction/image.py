"""Pictures: everything around the pixels is read, the pixels are only proved to be a picture.

Words drawn in a picture are not recognised; every picture says so as not covered.
"""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image, UnidentifiedImageError

from screening.embedded import Embedded, Harvest
from screening.extraction.exif import exif_passages, thumbnail
from screening.extraction.image_chunks import BESIDE
from screening.extraction.words import runs
from screening.limits import MAX_FRAMES
from screening.passages import (
    Carrier,
    Extraction,
    Layer,
    NotCovered,
    Passage,
    Place,
    UnfitFileError,
)
from screening.pictures import check_picture, check_pixels

NOT_RECOGNISED = "图片中的文字没有检查（未装文字识别）"

_DAMAGED = "图片损坏或者不完整，无法打开"
_CARRIERS = {"PNG": Carrier.PNG, "JPEG": Carrier.JPEG, "TIFF": Carrier.TIFF}
# What Pillow raises for bytes it cannot read, besides what it says it raises.
_STRAY = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    EOFError,
    struct.error,
    RuntimeError,
)


def harvest(data: bytes) -> Harvest:
    """What stands beside the pixels. UnfitFileError when they do not decode or are too many."""
    with warnings.catch_warnings():
        # Pillow warns of odd metadata, which is what is looked for here.
        warnings.simplefilter("ignore")
        try:
            return _harvest(data)
        except UnfitFileError:
            raise
        except _STRAY:
            raise UnfitFileError(_DAMAGED) from None


def _harvest(data: bytes) -> Harvest:
    with Image.open(io.BytesIO(data), formats=tuple(_CARRIERS)) as image:
        carrier = _CARRIERS[image.format or ""]
        check_picture(data, carrier)
        frames = _decode(image, carrier)
        passages = exif_passages(image)
        preview = thumbnail(image)
    beside = BESIDE[carrier](data)
    passages += beside.passages
    not_covered = [
        NotCovered(Place(page=page if frames > 1 else 0), NOT_RECOGNISED)
        for page in range(1, frames + 1)
    ]
    if beside.behind:
        place = Place(layer=Layer.METADATA, part="图片结尾之后")
        passages += [Passage(words, place) for words in runs(beside.behind)]
        reason = f"图片结尾之后还有 {len(beside.behind)} 字节其他内容，没有检查"
        not_covered.append(NotCovered(place, reason))
    not_covered += beside.not_covered
    embedded = (Embedded("缩略图.jpg", preview),) if preview else ()
    return Harvest(Extraction(carrier, tuple(passages), tuple(not_covered), frames), embedded)


def _decode(image: Image.Image, carrier: Carrier) -> int:
    """Decodes every picture of the file, one after the other; gives their number."""
    frames = int(getattr(image, "n_frames", 1)) if carrier is Carrier.TIFF else 1
    if frames > MAX_FRAMES:
        raise UnfitFileError(f"图片页数过多，超过 {MAX_FRAMES} 页")
    for frame in range(frames):
        if frames > 1:
            image.seek(frame)
        check_pixels(*image.size)
        image.load()
    if frames > 1:
        image.seek(0)
    return frames
