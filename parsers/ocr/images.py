"""Files → the images of their pages, in greys, at the resolution in which they are read."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

import cv2
import numpy as np
import pypdfium2
from PIL import Image as Pictures
from PIL import ImageOps, ImageSequence

from parsers.ocr.raster import POINT, Image
from parsers.readers import Unreadable

LONGEST = 5000
"""Pixels of the longer side of a page: A2 at 200 dpi."""

PAPER = 595.0
"""A picture that does not say how large it is counts as A4 across, in points."""


def pages_of_pdf(data: bytes) -> Iterator[Image]:
    """The pages of a PDF file as they are seen."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            page = document[number]
            scale = min(POINT, LONGEST / max(page.get_size()))
            yield np.squeeze(page.render(scale=scale, grayscale=True).to_numpy()).copy()
    finally:
        document.close()


def pages_of_picture(data: bytes) -> Iterator[Image]:
    """The frames of a picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pictures.DecompressionBombWarning)
            with Pictures.open(BytesIO(data)) as picture:
                for frame in ImageSequence.Iterator(picture):
                    yield _sized(np.asarray(_grey(frame)))
    except (OSError, SyntaxError, ValueError, Pictures.DecompressionBombError, Warning) as error:
        raise Unreadable("image", "it is a picture that is damaged or too large") from error


def _grey(frame: Pictures.Image) -> Pictures.Image:
    upright = ImageOps.exif_transpose(frame).convert("RGBA")
    ground = Pictures.new("RGBA", upright.size, "white")
    return Pictures.alpha_composite(ground, upright).convert("L")


def _sized(grey: Image) -> Image:
    """The picture as large as a page of A4 is at 200 dpi, lying where it is wider than high."""
    height, width = grey.shape
    across = PAPER * (2**0.5 if width > height else 1) * POINT
    scale = min(across / width, LONGEST / max(grey.shape))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=way)
