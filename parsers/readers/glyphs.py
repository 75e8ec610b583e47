"""Glyphs → lines of text, as they stand on the page and not as they were drawn one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(eq=False)
class Line:
    """Glyphs on one line, left to right, and the box around them."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float

    @cached_property
    def em(self) -> float:
        """The height of the highest letter, which is as wide as a Chinese character."""
        return max([bottom - top for _, _, top, _, bottom in self.glyphs])

    @cached_property
    def text(self) -> str:
        """The text of the line."""
        return text(self.glyphs)

    def segments(self, gap: float) -> list[Line]:
        """The line parted where nothing stands for `gap` times the height of the letters."""
        parts: list[list[Glyph]] = []
        end, wide = float("-inf"), gap * self.em
        for glyph in self.glyphs:
            if glyph.x0 - end > wide:
                parts.append([])
            parts[-1].append(glyph)
            end = max(end, glyph.x1)
        return [line(part) for part in parts] if len(parts) > 1 else [self]


def line(glyphs: list[Glyph]) -> Line:
    """A line of glyphs that are in order."""
    _, lefts, tops, rights, bottoms = zip(*glyphs, strict=True)
    return Line(glyphs, min(lefts), min(tops), max(rights), max(bottoms))


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that glyphs stand on, from the top."""
    rows: list[list[Glyph]] = []
    middle = reach = 0.0
    for glyph in sorted(glyphs, key=_middle):
        at = glyph.top + glyph.bottom
        height = glyph.bottom - glyph.top
        if not rows or at - middle > max(reach, height):  # twice the distance against twice half the height
            rows.append([])
            middle, reach = at, height
        elif height > reach:
            middle, reach = at, height
        rows[-1].append(glyph)
    return [line(sorted(row, key=_left)) for row in rows]


def text(glyphs: list[Glyph]) -> str:
    """The text of glyphs on one line: spaces where gaps are, a mark where a digit is raised or overprinted."""
    out: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None:
            between = _between(last, glyph)
            if between is None:
                continue
            out.append(between)
        out.append(glyph.text)
        last = glyph
    return "".join(out)


def _between(last: Glyph, glyph: Glyph) -> str | None:
    """What stands between two neighbours; `None` where the second is the first drawn again, to look bold."""
    text, x0, top, x1, bottom = glyph
    before, left, upper, right, lower = last
    gap, height, high = x0 - right, bottom - top, lower - upper
    digits = text in _NUMERIC and before in _NUMERIC
    least = LOOSE if digits else SPACE
    if gap > least * height and gap > least * high:
        return " "
    if gap < 0 and -gap > OVERPRINT * min(x1 - x0, right - left):
        if text == before:
            return None
        return UNKNOWN if text in _NUMERIC or before in _NUMERIC else ""
    return "^" if digits and height < RAISED * high else ""


def runs_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether two glyphs are parts of one number."""
    near = abs(glyph.top + glyph.bottom - last.top - last.bottom) < last.bottom - last.top
    gap = glyph.x0 - last.x1
    return (
        near and glyph.text in _NUMERIC and last.text in _NUMERIC and gap < SPACE * (last.bottom - last.top)
    )


def _middle(glyph: Glyph) -> float:
    return glyph.top + glyph.bottom


def _left(glyph: Glyph) -> float:
    return glyph.x0
