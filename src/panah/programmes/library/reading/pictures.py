"""Pages of a picture file: grey pixels, upright, large enough for letters to be recognised."""

from __future__ import annotations

import io
from collections.abc import Collection

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from panah.programmes.library.reading.parts import Cannot, Pages, line
from panah.programmes.library.rules.text_layer import NO_TEXT

DPI = 300
MOST_PIXELS = 40_000_000
MOST_FRAMES = 1000
FORMATS = ("PNG", "JPEG", "TIFF")
# Letters on a picture smaller than this are too small: it is drawn twice as large (A4 at 150 dots to the inch is).
SMALL_EDGE = 2000
# How far a dot differs from its neighbours, the middle of all dots of a picture at half its size, and how wide it is
# smoothed then: measured on scans in ten languages (`./panah bench library`). On clean paper the middle is 0.
GRAIN, SMOOTHED = 1, 2.2
LOOKED_AT = 1600


def pages(body: bytearray, *, skip: Collection[int]) -> Pages:
    """Yield each frame of a TIFF, the one of a PNG or JPEG."""
    Image.MAX_IMAGE_PIXELS = None  # counted below, before anything is unpacked
    content = io.BytesIO(body)
    body.clear()
    with Image.open(content, formats=FORMATS) as found:
        total = int(getattr(found, "n_frames", 1))
        if total > MOST_FRAMES:
            raise Cannot("too-large")
        for number in range(1, total + 1):
            if number in skip:
                continue
            if total > 1:
                found.seek(number - 1)
            if found.width * found.height > 4 * MOST_PIXELS:
                yield line(number, total, "", "too-large"), b""
                continue
            grey = without_grain(fitted(ImageOps.exif_transpose(found).convert("L")))
            yield line(number, total, "", NO_TEXT, width=grey.width, height=grey.height), grey.tobytes()


def fitted(picture: Image.Image) -> Image.Image:
    """Return a picture of a size at which letters are recognised."""
    factor = 1.0
    if max(picture.size) < SMALL_EDGE:
        factor = 2.0
    elif picture.width * picture.height > MOST_PIXELS:
        factor = (MOST_PIXELS / (picture.width * picture.height)) ** 0.5
    if factor == 1.0:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def without_grain(picture: Image.Image) -> Image.Image:
    """Return a picture whose paper is smooth: the grain of a scanner or a phone is taken for ink otherwise."""
    left, top = max(0, (picture.width - LOOKED_AT) // 2), max(0, (picture.height - LOOKED_AT) // 2)
    middle = picture.crop(
        (left, top, min(picture.width, left + LOOKED_AT), min(picture.height, top + LOOKED_AT))
    )
    half = middle.reduce(2)
    apart = ImageChops.difference(half, half.filter(ImageFilter.MedianFilter(3)))
    if ImageStat.Stat(apart).median[0] < GRAIN:
        return picture
    return picture.filter(ImageFilter.GaussianBlur(SMOOTHED))
