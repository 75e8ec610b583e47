"""Sample reports as scans: their pages drawn as greys, turned and dirtied by a seeded random, in a PDF of pictures.

Needs the extra `gongkai[ocr]`, with which Pillow and numpy come, and a Chinese font.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from crawler.demo.paper import BASE, Leaf, Paper, pages
from crawler.demo.renderers import layout
from crawler.demo.reports import SampleReport

FONTS = ("uming*", "NotoSerifCJK-Regular*", "NotoSansCJK-Regular*", "wqy-*", "simsun*", "Songti*")
"""Chinese fonts, the likest to those of reports first."""

PLACES = (Path("/usr/share/fonts"), Path("/Library/Fonts"), Path.home() / ".fonts")


def chinese_font() -> str | None:
    """A Chinese font of this machine."""
    found = (path for name in FONTS for place in PLACES for path in sorted(place.rglob(f"{name}.tt[cf]")))
    return next((str(path) for path in found), None)


@dataclass(frozen=True, slots=True)
class Scanner:
    """How pages are scanned: dots per inch, the steepest turn in degrees, the dirt (standard deviation of greys),
    the blur in pixels, the quality of the JPEG."""

    font: str
    dpi: int = 200
    skew: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 85


def scanned(
    report: SampleReport,
    scanner: Scanner,
    *,
    seed: int,
    paper: Paper = Paper(),  # noqa: B008 - a frozen value
) -> list[Image.Image]:
    """The pages of the report as pictures."""
    rng = random.Random(seed)
    return [_dirtied(_drawn(leaf, scanner, paper), scanner, rng) for leaf in pages(layout(report, ()), paper)]


def as_scan(
    report: SampleReport,
    scanner: Scanner,
    *,
    seed: int,
    paper: Paper = Paper(),  # noqa: B008 - a frozen value
) -> bytes:
    """The report as a PDF file whose pages are pictures."""
    return pdf_of_pictures(scanned(report, scanner, seed=seed, paper=paper), scanner)


def pdf_of_pictures(pictures: Iterable[Image.Image], scanner: Scanner) -> bytes:
    """Pictures as the pages of a PDF file."""
    first, *rest = pictures
    out = BytesIO()
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=scanner.dpi, quality=scanner.quality)
    return out.getvalue()


def _drawn(leaf: Leaf, scanner: Scanner, paper: Paper) -> Image.Image:
    scale = scanner.dpi / 72
    page = Image.new("L", (round(paper.width * scale), round(paper.height * scale)), 255)
    pen = ImageDraw.Draw(page)
    for stroke in leaf.strokes:
        pen.line([side * scale for side in stroke], fill=0, width=max(round(0.7 * scale), 1))
    for x, y, size, text in leaf.runs:
        font = ImageFont.truetype(scanner.font, size * scale)
        pen.text((x * scale, (y - (BASE - 0.86) * size) * scale), text, fill=0, font=font, anchor="ls")
    return page


def _dirtied(page: Image.Image, scanner: Scanner, rng: random.Random) -> Image.Image:
    turned = page.rotate(
        rng.uniform(-scanner.skew, scanner.skew), resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    blurred = turned.filter(ImageFilter.GaussianBlur(scanner.blur))
    noise = np.random.default_rng(rng.randrange(1 << 32)).normal(0, scanner.noise, (page.height, page.width))
    return Image.fromarray(np.clip(np.asarray(blurred) + noise, 0, 255).astype(np.uint8))
