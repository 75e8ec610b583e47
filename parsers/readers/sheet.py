"""A page as drawn: glyphs, rulings and pictures, whatever format they come from.

Everything is in points (1/72 inch), measured from the upper left corner of the page; y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

UNKNOWN = "\ufffd"
"""Stands for what is drawn but cannot be read: a glyph that no font maps, a picture in a cell, numbers that run
into each other. A cell that holds it is never a number."""


class Glyph(NamedTuple):
    """A character and the box it takes up: its advance wide, from ascent to descent high."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Rule(NamedTuple):
    """A straight ruling: a level one at y = `at` from x = `start`, an upright one at x = `at` from y = `start`."""

    at: float
    start: float
    end: float


Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


@dataclass(slots=True)
class Sheet:
    """One page; `number` counts from 1, `kind` names it in the places of a document."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    kind: str = "page"

    @property
    def place(self) -> str:
        """Where what is on it stands."""
        return f"{self.kind} {self.number}"

    def is_picture(self) -> bool:
        """Whether nothing on the page can be read and something is drawn."""
        return not self.glyphs and bool(self.pictures)


def turned(sheet: Sheet, quarters: int) -> Sheet:
    """The page turned clockwise by quarters of a circle."""
    for _ in range(quarters % 4):
        sheet = _turned_once(sheet)
    return sheet


def _turned_once(sheet: Sheet) -> Sheet:
    height = sheet.height

    def box(x0: float, top: float, x1: float, bottom: float) -> Box:
        return height - bottom, x0, height - top, x1

    return replace(
        sheet,
        width=sheet.height,
        height=sheet.width,
        glyphs=[Glyph(glyph.text, *box(*glyph[1:])) for glyph in sheet.glyphs],
        horizontals=[Rule(at, height - end, height - start) for at, start, end in sheet.verticals],
        verticals=[Rule(height - at, start, end) for at, start, end in sheet.horizontals],
        pictures=[box(*picture) for picture in sheet.pictures],
    )


def add_line(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    """Add a stroke to the rulings of the page, if it is level or upright."""
    across, down = abs(x1 - x0), abs(y1 - y0)
    if across >= down and down <= SLANT:
        sheet.horizontals.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif across <= SLANT:
        sheet.verticals.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


SLANT = 1.5
"""How far off level, in points, a ruling may be."""

THIN = 3.0
"""A filled rectangle no thicker than this is a ruling."""


def add_filled(sheet: Sheet, box: Box) -> bool:
    """Add a filled rectangle to the rulings, if it is thin; returns whether it was."""
    x0, top, x1, bottom = box
    if bottom - top <= THIN and bottom - top <= x1 - x0:
        sheet.horizontals.append(Rule((top + bottom) / 2, x0, x1))
    elif x1 - x0 <= THIN:
        sheet.verticals.append(Rule((x0 + x1) / 2, top, bottom))
    else:
        return False
    return True
