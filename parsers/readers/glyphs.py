"""Glyphs → lines of text, as they stand on the page and not as they were drawn one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from parsers.readers.sheet import UNKNOWN, Glyph

SPACE = 0.3
"""A gap of this part of the letters' height parts words."""

LOOSE = 0.15
"""So much of a gap parts digits: they stand close within a number, and two numbers must not become one."""

RAISED = 0.75
"""A digit lower than this part of the digit before it is an index: 5 with a raised 1 is not 51."""

OVERPRINT = 0.5
"""Two letters that share this part of their width are drawn one over the other."""

_NUMERIC = frozenset("0123456789.,０１２３４５６７８９．，")


@dataclass(eq=False, slots=True)
class Line:
    """Glyphs on one line, left to right, and the box around them."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    _em: float | None = None
    _text: str | None = None
    _parts: tuple[float, list[Line]] | None = None

    @property
    def em(self) -> float:
        """The height of the highest letter, which is as wide as a Chinese character."""
        if self._em is None:
            self._em = max([bottom - top for _, _, top, _, bottom in self.glyphs])
        return self._em

    @property
    def text(self) -> str:
        """The text of the line."""
        if self._text is None:
            self._text = text(self.glyphs)
        return self._text

    def segments(self, gap: float) -> list[Line]:
        """The line parted where nothing stands for `gap` times the height of the letters."""
        if self._parts is None or self._parts[0] != gap:
            self._parts = gap, self._parted(gap)
        return self._parts[1] or [self]

    def _parted(self, gap: float) -> list[Line]:
        starts, end, wide = [0], self.glyphs[0].x1, gap * self.em
        for number, (_, x0, _, x1, _) in enumerate(self.glyphs):
            if x0 - end > wide:
                starts.append(number)
            end = max(end, x1)
        if len(starts) == 1:
            return []
        return [line(self.glyphs[start:stop]) for start, stop in pairwise((*starts, len(self.glyphs)))]


def line(glyphs: list[Glyph]) -> Line:
    """A line of glyphs that are in order."""
    if len(glyphs) == 1:
        return Line(glyphs, *glyphs[0][1:])
    _, lefts, tops, rights, bottoms = zip(*glyphs, strict=True)
    return Line(glyphs, lefts[0], min(tops), max(rights), max(bottoms))


def lines(glyphs: list[Glyph]) -> list[Line]:
    """The lines that glyphs stand on, from the top."""
    if len(glyphs) == 1:
        return [line(glyphs)]
    rows: list[list[Glyph]] = []
    middle = reach = 0.0
    for glyph in sorted(glyphs, key=_middle):
        _, _, top, _, bottom = glyph
        at, height = top + bottom, bottom - top
        if not rows or at - middle > max(reach, height):  # twice the distance against twice half the height
            rows.append([])
            middle, reach = at, height
        elif height > reach:
            middle, reach = at, height
        rows[-1].append(glyph)
    return [line(sorted(row, key=_left)) for row in rows]


def text(glyphs: list[Glyph]) -> str:
    """The text of glyphs on one line: spaces where gaps are, a mark where a digit is raised or overprinted."""
    last = glyphs[0]
    out = [last.text]
    for glyph in glyphs[1:]:
        between = _between(last, glyph)
        if between is not None:
            out += (between, glyph.text)
            last = glyph
    return "".join(out)


def _between(last: Glyph, glyph: Glyph) -> str | None:
    """What stands between two neighbours; `None` where the second is the first drawn again, to look bold."""
    text, x0, top, x1, bottom = glyph
    before, left, upper, right, lower = last
    gap, height, high = x0 - right, bottom - top, lower - upper
    if gap > LOOSE * height and gap > LOOSE * high:
        least = LOOSE if text in _NUMERIC and before in _NUMERIC else SPACE
        if gap > least * height and gap > least * high:
            return " "
    if gap < 0 and -gap > OVERPRINT * min(x1 - x0, right - left):
        if text == before:
            return None
        return UNKNOWN if text in _NUMERIC or before in _NUMERIC else ""
    return "^" if height < RAISED * high and text in _NUMERIC and before in _NUMERIC else ""


def runs_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether two glyphs are parts of one number."""
    if glyph.text not in _NUMERIC or last.text not in _NUMERIC:
        return False
    high = last.bottom - last.top
    near = abs(glyph.top + glyph.bottom - last.top - last.bottom) < high
    return near and glyph.x0 - last.x1 < SPACE * high


def _middle(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]


_left = itemgetter(1)
