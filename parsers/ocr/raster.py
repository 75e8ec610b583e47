"""A page as an array of greys: set straight, parted into ink and rulings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from parsers.readers.rulings import Lattice, lattices
from parsers.readers.sheet import Box, Rule

DPI = 200
"""Pages are read at this resolution."""

POINT = DPI / 72
"""Pixels in a point."""

STEEPEST, COARSE, FINE = 3.0, 0.25, 0.03
"""A page is set straight if it is turned by no more degrees; the steps in which the angle is sought."""

LEVEL, UPRIGHT = 24 * POINT, 12 * POINT
"""No level and no upright ruling of a table is shorter. No level stroke of a letter is so long; an upright one counts
only where it meets a level ruling."""

NARROWEST = 90.0
"""No table is narrower, in points."""

BRIDGE = 3
"""Gaps of so many pixels in a ruling are closed."""

THICKEST = 4 * POINT
"""A wider bar is no ruling."""

SPECK = 4
"""Dark spots of fewer pixels are dirt."""

Image = Any
"""An array of greys, 0 black to 255 white."""


@dataclass(slots=True)
class Raster:
    """A page set straight: its greys without the rulings, its ink (255 where there is any), its rulings in points."""

    grey: Image
    ink: Image
    level: list[Rule]
    upright: list[Rule]


def raster(grey: Image) -> Raster:
    """The page in an image of `DPI`."""
    straight = turned(grey, -slant(grey))
    smooth = cv2.GaussianBlur(straight, (3, 3), 0)
    dark = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 61, 18)
    across = _runs(dark, (int(LEVEL), 1))
    down = _meeting(_runs(dark, (1, int(UPRIGHT))), across)
    level, upright = _rules(across, upright=False), _rules(down, upright=True)
    inside = _in_tables(dark, level, upright)
    lines = cv2.dilate((across | down) & inside, np.ones((5, 5), np.uint8))
    grey = np.where(lines > 0, np.uint8(np.median(smooth)), smooth)
    ink = np.where(lines > 0, np.uint8(0), dark)
    return Raster(grey, without_specks(ink), level, upright)


def tables(level: list[Rule], upright: list[Rule]) -> list[Lattice]:
    """The tables that rulings make; what is narrower than a few letters is strokes of letters."""
    return [found for found in lattices(level, upright) if found.xs[-1] - found.xs[0] >= NARROWEST]


def _in_tables(dark: Image, level: list[Rule], upright: list[Rule]) -> Image:
    mask = np.zeros_like(dark)
    for table in tables(level, upright):
        x0, top, x1, bottom = pixels((table.xs[0], table.ys[0], table.xs[-1], table.ys[-1]), dark)
        mask[max(top - 4, 0) : bottom + 5, max(x0 - 4, 0) : x1 + 5] = 255
    return mask


def turned(grey: Image, degrees: float) -> Image:
    """The image turned counter-clockwise about its middle, white where nothing was."""
    if abs(degrees) < FINE:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def slant(grey: Image) -> float:
    """By how many degrees the lines of a page are turned counter-clockwise."""
    small = cv2.resize(grey, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18)
    best = max(np.arange(-STEEPEST, STEEPEST + COARSE, COARSE), key=lambda angle: _contrast(dark, angle))
    near = np.arange(best - COARSE, best + COARSE, FINE)
    return float(max(near, key=lambda angle: _contrast(dark, angle)))


def _contrast(dark: Image, angle: float) -> float:
    """How sharply full and empty lines part after turning back by an angle."""
    height, width = dark.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -float(angle), 1.0)
    sums = cv2.reduce(cv2.warpAffine(dark, matrix, (width, height)), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F)
    return float(np.square(np.diff(sums[:, 0])).sum())


def without_specks(ink: Image) -> Image:
    """Ink without dirt."""
    count, of, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = np.zeros(count, np.uint8)
    kept[1:] = np.where(stats[1:, cv2.CC_STAT_AREA] >= SPECK, 255, 0)
    return kept[of]


def pixels(box: Box, image: Image) -> tuple[int, int, int, int]:
    """A box in points as pixels of the image: x0, top, x1, bottom."""
    height, width = image.shape
    x0, top, x1, bottom = (round(side * POINT) for side in box)
    return max(x0, 0), max(top, 0), min(x1, width), min(bottom, height)


def _runs(dark: Image, size: tuple[int, int]) -> Image:
    """The dark runs that are long enough for rulings."""
    along = (BRIDGE if size[1] > 1 else 1, BRIDGE if size[0] > 1 else 1)
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(along, np.uint8))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(size[::-1], np.uint8))


def _meeting(runs: Image, others: Image) -> Image:
    """The runs that meet one of the others."""
    near = cv2.dilate(others, np.ones((7, 7), np.uint8))
    count, of = cv2.connectedComponents(runs, connectivity=8)
    kept = np.zeros(count, np.uint8)
    kept[np.unique(of[near > 0])] = 255
    kept[0] = 0
    return kept[of]


def _rules(runs: Image, *, upright: bool) -> list[Rule]:
    found: list[Rule] = []
    count, _, stats, middles = cv2.connectedComponentsWithStats(runs, connectivity=8)
    for number in range(1, count):
        left, top, width, height = (int(stats[number, part]) for part in range(4))
        if min(width, height) > THICKEST:
            continue
        start, long, at = (top, height, middles[number][0]) if upright else (left, width, middles[number][1])
        found.append(Rule(float(at) / POINT, start / POINT, (start + long) / POINT))
    return found
