"""Files → the images of their pages, in greys, at the resolution in which they are read."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO

import cv2
import numpy as np
import pypdfium2
from PIL import Image as Pictures
from PIL import ImageOps, ImageSequence

from parsers.ocr.raster import POINT, Image
from parsers.readers import Unreadable, ofd
from parsers.readers.sheet import Box

LONGEST = 5000
"""Pixels of the longer side of a page: A2 at 200 dpi."""

PAPER = 595.0
"""A picture that does not say how large it is counts as A4 across, in points."""


Numbered = Iterator[tuple[int, Image]]
"""Images of pages with their numbers, from 1."""


def pages_of_pdf(data: bytes, numbers: Sequence[int] = ()) -> Numbered:
    """Pages of a PDF file as they are seen: those of these numbers, else all."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers or range(1, len(document) + 1):
            page = document[number - 1]
            scale = min(POINT, LONGEST / max(page.get_size()))
            yield number, np.squeeze(page.render(scale=scale, grayscale=True).to_numpy()).copy()
    finally:
        document.close()


def pages_of_ofd(data: bytes, numbers: Sequence[int] = ()) -> Numbered:
    """Pages of an OFD file: the pictures on them in their places, and nothing else of them."""
    for sheet, pictures in ofd.pictures(data):
        if numbers and sheet.number not in numbers:
            continue
        scale = min(POINT, LONGEST / max(sheet.width, sheet.height))
        page = np.full((round(sheet.height * scale), round(sheet.width * scale)), 255, np.uint8)
        for box, file in pictures:
            _lay(page, box, scale, next(_frames("ofd", file)))
        yield sheet.number, page


def _lay(page: Image, box: Box, scale: float, picture: Image) -> None:
    """Put a picture into its place on a page, as far as it lies on it."""
    x0, top, x1, bottom = (round(side * scale) for side in box)
    wide, high = x1 - x0, bottom - top
    if wide > LONGEST or high > LONGEST:
        raise Unreadable("ofd", "a picture on a page is larger than any page")
    left, above = max(-x0, 0), max(-top, 0)
    inner = _resized(picture, wide, high)[above : page.shape[0] - top, left : page.shape[1] - x0]
    if inner.size:
        y, x = top + above, x0 + left
        page[y : y + inner.shape[0], x : x + inner.shape[1]] = inner


def pages_of_picture(data: bytes, numbers: Sequence[int] = ()) -> Numbered:
    """The frames of a picture."""
    for number, frame in enumerate(_frames("image", data), 1):
        if not numbers or number in numbers:
            yield number, _sized(frame)


def _frames(format_: str, data: bytes) -> Iterator[Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pictures.DecompressionBombWarning)
            with Pictures.open(BytesIO(data)) as picture:
                for frame in ImageSequence.Iterator(picture):
                    yield np.asarray(_grey(frame))
    except (OSError, SyntaxError, ValueError, Pictures.DecompressionBombError, Warning) as error:
        raise Unreadable(format_, f"{_PICTURE[format_]} that is damaged or too large") from error


_PICTURE = {"image": "it is a picture", "ofd": "a page of it is a picture"}


def _grey(frame: Pictures.Image) -> Pictures.Image:
    upright = ImageOps.exif_transpose(frame).convert("RGBA")
    ground = Pictures.new("RGBA", upright.size, "white")
    return Pictures.alpha_composite(ground, upright).convert("L")


def _sized(grey: Image) -> Image:
    """The picture as large as a page of A4 is at 200 dpi, lying where it is wider than high."""
    height, width = grey.shape
    across = PAPER * (2**0.5 if width > height else 1) * POINT
    scale = min(across / width, LONGEST / max(grey.shape))
    return _resized(grey, round(width * scale), round(height * scale))


def _resized(grey: Image, width: int, height: int) -> Image:
    way = cv2.INTER_AREA if width < grey.shape[1] else cv2.INTER_CUBIC
    return cv2.resize(grey, (max(width, 1), max(height, 1)), interpolation=way)
