"""A stripped picture is its pixels, upright, and nothing else."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from screening.passages import Carrier, Layer, UnfitFileError
from screening.stripping import dispatch, image
from screening.stripping.image import rewritten, strip
from tests.screening.strip_builders import TRAPS, pixels, saved
from tests.screening.strip_checks import NUMBER, holds

_OF_PICTURES = [name for name in TRAPS if not name.startswith("html")]


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("name", _OF_PICTURES)
def test_what_stands_beside_the_pixels_is_gone(name: str) -> None:
    old = TRAPS[name](NUMBER)

    new = dispatch.strip(old)

    assert holds(old)
    assert not holds(new.data)
    assert new.removed
    assert opened(new.data).size == opened(old).size


@pytest.mark.parametrize("name", _OF_PICTURES)
def test_a_picture_that_is_not_written_anew_keeps_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image, "_written", lambda data, _: data)

    assert holds(strip(TRAPS[name](NUMBER)).data)


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGB", "RGBA", "P", "CMYK", "I;16"])
def test_the_pixels_are_the_same(form: str, mode: str) -> None:
    if (form, mode) == ("PNG", "CMYK"):
        picture = pixels()
    elif mode == "I;16":
        picture = Image.new("I;16", (4, 4), 1234)
    else:
        picture = pixels().convert(mode)
    old = saved(picture, form)

    new = opened(strip(old).data)

    assert new.convert("RGBA").tobytes() == opened(old).convert("RGBA").tobytes()


def test_a_jpeg_looks_the_same() -> None:
    old = saved(pixels((64, 64)), "JPEG", quality=80)

    before, after = opened(old).tobytes(), opened(strip(old).data).tobytes()

    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) <= 3


def test_a_picture_is_turned_as_the_camera_asked() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    new = opened(strip(saved(pixels((40, 30)), "JPEG", exif=exif)).data)

    assert new.size == (30, 40)
    assert not new.getexif()


def test_every_page_of_a_scan_is_kept() -> None:
    pages = [pixels((20, 10)).convert("1"), pixels((30, 10)), pixels((10, 10)).convert("L")]
    old = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(300, 300))

    with Image.open(io.BytesIO(strip(old).data)) as new:
        sizes = []
        for number in range(getattr(new, "n_frames", 1)):
            new.seek(number)
            sizes.append(new.size)

    assert sizes == [(20, 10), (30, 10), (10, 10)]


def test_colours_under_full_transparency_are_gone() -> None:
    picture = Image.new("RGBA", (2, 1), (255, 0, 0, 0))
    picture.putpixel((1, 0), (0, 0, 255, 255))

    new = opened(strip(saved(picture, "PNG")).data)

    assert [new.getpixel((x, 0)) for x in (0, 1)] == [(0, 0, 0, 0), (0, 0, 255, 255)]


def test_colours_of_a_palette_that_no_pixel_has_are_gone() -> None:
    picture = Image.new("P", (2, 1))
    picture.putpalette([1, 2, 3, 200, 100, 50, 9, 9, 9])
    picture.putpixel((1, 0), 1)

    new = opened(strip(saved(picture, "PNG")).data)

    assert (new.getpalette() or [])[:9] == [1, 2, 3, 200, 100, 50, 0, 0, 0]


def test_a_profile_is_applied_and_not_kept() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    new = opened(strip(saved(pixels(), "PNG", icc_profile=profile)).data)

    assert "icc_profile" not in new.info


def test_a_picture_inside_a_document_is_cut_as_shown() -> None:
    cut = opened(rewritten(saved(pixels((100, 50)), "PNG"), (0.25, 0.0, 0.25, 0.5)).data)

    assert cut.size == (50, 25)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(UnfitFileError, match="图片"):
        rewritten(b"<svg/>")


def test_the_report_says_what_was_there() -> None:
    new = strip(TRAPS["jpeg: EXIF 说明"](NUMBER))

    assert new.carrier is Carrier.JPEG
    assert [one.layer for one in new.removed] == [Layer.METADATA]
