"""Lattices and glyphs → tables whose cells know where on the page they stand, so that a page break can be mended."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from parsers.document import Grid
from parsers.readers.glyphs import Line, lines, runs_on
from parsers.readers.rulings import Area, Lattice, lattices, nearest
from parsers.readers.sheet import UNKNOWN, Box, Glyph, Sheet

WORD_GAP = 1.0
"""In a table whose rulings do not close, a gap of this many letters parts cells."""


@dataclass(slots=True)
class Cell:
    """A cell: the x of its sides, its first and last row, its text."""

    x0: float
    x1: float
    first: int
    last: int
    text: str

    @property
    def span(self) -> int:
        """How many rows it covers."""
        return self.last - self.first + 1


@dataclass(slots=True)
class Table:
    """A ruled table on a page; `loose` holds its rows where the rulings close no cells."""

    edges: list[float]
    height: int
    cells: list[Cell]
    top: float
    bottom: float
    place: str = ""
    loose: list[list[str | None]] = field(default_factory=list)

    def grid(self) -> Grid:
        """The table with a spanning cell in every square it covers."""
        if self.loose:
            return Grid(list(self.loose), exact=False, place=self.place)
        columns = len(self.edges) - 1
        rows: list[list[str | None]] = [[None] * columns for _ in range(self.height)]
        origins = [[(r, c) for c in range(columns)] for r in range(self.height)]
        for cell in self.cells:
            left, right = nearest(self.edges, cell.x0), nearest(self.edges, cell.x1)
            for r in range(cell.first, cell.last + 1):
                for c in range(left, right):
                    rows[r][c], origins[r][c] = cell.text, (cell.first, left)
        return Grid(rows, exact=True, place=self.place, origins=origins)


def tables(sheet: Sheet) -> tuple[list[Table], list[Glyph]]:
    """The ruled tables of a page from the top, and the glyphs that stand in none."""
    found: list[Table] = []
    rest = sheet.glyphs
    for lattice in lattices(sheet.horizontals, sheet.verticals):
        inside, rest = _parted(rest, lattice)
        if inside or _pictures(sheet.pictures, lattice):
            found.append(_table(lattice, inside, sheet.pictures))
    found.sort(key=lambda table: table.top)
    for number, table in enumerate(found, 1):
        table.place = f"page {sheet.number} table {number}"
    return found, rest


def _parted(glyphs: list[Glyph], lattice: Lattice) -> tuple[list[Glyph], list[Glyph]]:
    left, right, top, bottom = lattice.xs[0], lattice.xs[-1], lattice.ys[0], lattice.ys[-1]
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        _, x0, y0, x1, y1 = glyph
        within = left <= (x0 + x1) / 2 < right and top <= (y0 + y1) / 2 < bottom
        (inside if within else outside).append(glyph)
    return inside, outside


def _square(lattice: Lattice, x: float, y: float) -> int:
    """The number of the cell over a point of the lattice."""
    row = min(bisect_right(lattice.ys, y), len(lattice.ys) - 1) - 1
    column = min(bisect_right(lattice.xs, x), len(lattice.xs) - 1) - 1
    return lattice.of[row][column]


def _pictures(pictures: list[Box], lattice: Lattice) -> set[int]:
    """The cells in which a picture lies; one that covers several cells is a background."""
    covered = set()
    for x0, top, x1, bottom in pictures:
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        inside = lattice.xs[0] <= x < lattice.xs[-1] and lattice.ys[0] <= y < lattice.ys[-1]
        if inside and (number := _square(lattice, x, y)) >= 0:
            area = lattice.areas[number]
            width = lattice.xs[area.right + 1] - lattice.xs[area.left]
            height = lattice.ys[area.last + 1] - lattice.ys[area.first]
            if x1 - x0 <= width * 1.2 and bottom - top <= height * 1.2:
                covered.add(number)
    return covered


def _table(lattice: Lattice, glyphs: list[Glyph], pictures: list[Box]) -> Table:
    held: list[list[Glyph]] = [[] for _ in lattice.areas]
    table = Table(lattice.xs, len(lattice.ys) - 1, [], lattice.ys[0], lattice.ys[-1])
    for glyph in glyphs:
        _, x0, top, x1, bottom = glyph
        number = _square(lattice, (x0 + x1) / 2, (top + bottom) / 2)
        if number < 0:
            table.loose = [[part.text for part in row.segments(WORD_GAP)] for row in lines(glyphs)]
            return table
        held[number].append(glyph)
    rows = [lines(glyphs) for glyphs in held]
    texts = ["\n".join(line.text for line in each) for each in rows]
    for number in _pictures(pictures, lattice):
        texts[number] = texts[number] or UNKNOWN
    for number in _overrun(lattice, rows):
        texts[number] += UNKNOWN
    table.cells = [_cell(lattice, area, text) for area, text in zip(lattice.areas, texts, strict=True)]
    return table


def _cell(lattice: Lattice, area: Area, text: str) -> Cell:
    return Cell(lattice.xs[area.left], lattice.xs[area.right + 1], area.first, area.last, text)


def _overrun(lattice: Lattice, rows: list[list[Line]]) -> set[int]:
    """The cells over whose sides a number runs into the next: neither holds a number that can be trusted."""
    found: set[int] = set()
    for number, area in enumerate(lattice.areas):
        if area.right + 1 >= len(lattice.xs) - 1:
            continue
        beside = {lattice.of[r][area.right + 1] for r in range(area.first, area.last + 1)} - {-1}
        for line in rows[number]:
            for other in beside:
                if any(runs_on(line.glyphs[-1], next_.glyphs[0]) for next_ in rows[other]):
                    found |= {number, other}
    return found
