"""Lines of text on a page by its ink: what stands close side by side, parted where a gap shows columns.

A page set straight needs no network to find its lines, which would take longer than reading them. Where ink stands
higher than a line of text (a stamp over a signature, a drawing) the detector is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from parsers.ocr.engine import boxes
from parsers.ocr.raster import POINT, Image

Pixels = tuple[int, int, int, int]
"""x0, top, x1, bottom."""

REACH = round(14 * POINT)
"""Ink no farther apart on one level belongs to one line at first."""

LOW, HIGH = 3 * POINT, 30 * POINT
"""No line is smaller both ways, and none higher; the title of a report has 22 points."""

GAP = 1.2
"""A gap of so many of its heights parts a line: between columns of a table without rulings."""

BAND = round(6 * POINT)
"""White around the ink that is given to the detector."""


def find_lines(grey: Image, ink: Image) -> list[Pixels]:
    """The boxes of lines from the top."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, REACH), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[Pixels] = []
    for left, top, width, height, _area in stats[1:count].tolist():
        found.append((left, top, left + width, top + height))
    found = _merged(found)
    tall = [box for box in found if box[3] - box[1] > HIGH]
    plain = [box for box in found if box[3] - box[1] <= HIGH]
    apart = [
        part for box in plain if max(box[3] - box[1], box[2] - box[0]) >= LOW for part in _parted(ink, box)
    ]
    return sorted([*apart, *_detected(grey, tall)], key=lambda box: (box[1], box[0]))


def _merged(found: list[Pixels]) -> list[Pixels]:
    """Boxes that share most of the height of the lower one, and lie over or close beside one another, as one: the
    strokes of 二, the dot of a sentence."""
    out: list[Pixels] = []
    for box in sorted(found, key=lambda box: box[1] - box[3]):
        at = next((n for n, other in enumerate(out) if _is_of(box, other)), None)
        if at is None:
            out.append(box)
        else:
            a = out[at]
            out[at] = min(a[0], box[0]), min(a[1], box[1]), max(a[2], box[2]), max(a[3], box[3])
    return out


def _is_of(small: Pixels, large: Pixels) -> bool:
    shared = min(small[3], large[3]) - max(small[1], large[1])
    beside = max(small[0], large[0]) - min(small[2], large[2])
    return shared > 0.5 * (small[3] - small[1]) and beside < 0.6 * (large[3] - large[1])


def _parted(ink: Image, box: Pixels) -> Iterator[Pixels]:
    """A line in the pieces between its wide gaps."""
    x0, top, x1, bottom = box
    columns = np.flatnonzero(ink[top:bottom, x0:x1].max(axis=0))
    breaks = np.flatnonzero(np.diff(columns) > GAP * (bottom - top))
    starts = [int(columns[0]), *(int(columns[n + 1]) for n in breaks)]
    ends = [*(int(columns[n]) for n in breaks), int(columns[-1])]
    for start, end in zip(starts, ends, strict=True):
        yield x0 + start, top, x0 + end + 1, bottom


def _detected(grey: Image, tall: list[Pixels]) -> Iterator[Pixels]:
    """The lines that the detector finds where ink stands too high."""
    height, width = grey.shape
    for x0, top, x1, bottom in tall:
        left, above = max(x0 - BAND, 0), max(top - BAND, 0)
        part = grey[above : min(bottom + BAND, height), left : min(x1 + BAND, width)]
        for a, b, c, d in boxes(part):
            yield a + left, b + above, c + left, d + above
