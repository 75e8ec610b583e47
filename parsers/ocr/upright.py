"""Pages that were scanned lying on their side or upside down: the way up in which most of their text can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from parsers.forms.labels import key, words
from parsers.ocr.engine import Words
from parsers.ocr.raster import Image
from parsers.readers.sheet import Sheet

LEGIBLE = 0.5
"""A line is legible if no character of it is less probable."""

ENOUGH = 0.95
"""Of the lines of a page that stands upright so many are legible; upside down and on its side fewer were."""

FEWEST_LABELS = 3
"""So many labels of the forms are not read by chance."""


@dataclass(slots=True)
class Attempt:
    """A page as read in one position; `level` says that its ink lies in rows rather than in columns."""

    sheet: Sheet
    level: bool
    told: list[Words] = field(default_factory=list)

    @property
    def legible(self) -> int:
        """How many characters stand in legible lines of more than one."""
        return sum(len(line.text) for line in self._lines() if line.sure > LEGIBLE)

    def is_upright(self) -> bool:
        """Whether no other position needs to be tried."""
        lines = self._lines()
        share = sum(line.sure > LEGIBLE for line in lines) / max(len(lines), 1)
        labels = sum(key(line.text) in words() for line in lines)
        return share >= ENOUGH and (self.level or labels >= FEWEST_LABELS)

    def _lines(self) -> Sequence[Words]:
        return [line for line in self.told if len(line.text) > 1]


def upright(grey: Image, read: Callable[[Image], Attempt]) -> Sheet:
    """The page as read in the position in which most of it is legible; a blank page as it lies."""
    attempt = read(grey)
    if not attempt.told or attempt.is_upright():
        return attempt.sheet
    others = (read(np.ascontiguousarray(np.rot90(grey, quarters))) for quarters in (1, 2, 3))
    return max((attempt, *others), key=lambda each: each.legible).sheet


def is_level(ink: Image) -> bool:
    """Whether the ink of a page changes more from row to row than from column to column, as that of lines does."""
    dark = (ink > 0).astype(np.float32)
    rows, columns = (float(np.square(np.diff(dark.sum(axis=axis))).sum()) for axis in (1, 0))
    return rows >= columns
