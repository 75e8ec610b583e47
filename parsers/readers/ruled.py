"""Lattices and glyphs → tables whose cells know where on the page they stand, so that a page break can be mended."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from parsers.document import Grid
from parsers.readers.glyphs import Line, lines, runs_on
from parsers.readers.rulings import Lattice, lattices, nearest
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
    """A ruled table on a page; `loose` holds its rows where the rulings close no cells, `places` says where each row
    stands, where it goes on over pages."""

    edges: list[float]
    height: int
    cells: list[Cell]
    top: float
    bottom: float
    place: str = ""
    loose: list[list[str | None]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

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
        return Grid(rows, exact=True, place=self.place, origins=origins, places=self.places)

    def each_place(self) -> list[str]:
        """Where its rows stand."""
        return self.places or [f"{self.place} row {row + 1}" for row in range(self.height)]


def tables(sheet: Sheet) -> tuple[list[Table], list[Glyph]]:
    """The ruled tables of a page from the top, and the glyphs that stand in none."""
    found: list[Table] = []
    rest = sheet.glyphs
    for lattice in lattices(sheet.horizontals, sheet.verticals):
        held, inside, rest = _held(rest, lattice)
        if inside or _pictures(sheet.pictures, lattice):
            table = Table(lattice.xs, len(lattice.ys) - 1, [], lattice.ys[0], lattice.ys[-1])
            if held[_OPEN]:
                table.loose = [[part.text for part in row.segments(WORD_GAP)] for row in lines(inside)]
            else:
                table.cells = _cells(lattice, held, sheet.pictures)
            found.append(table)
    found.sort(key=lambda table: table.top)
    for number, table in enumerate(found, 1):
        table.place = f"{sheet.place} table {number}"
    return found, rest


_OPEN = -1
"""The number of squares that the rulings do not close, and the place of what they hold."""


def _held(glyphs: list[Glyph], lattice: Lattice) -> tuple[list[list[Glyph]], list[Glyph], list[Glyph]]:
    """The glyphs in each cell of a lattice, those in all of it, those outside."""
    xs, ys, of = lattice.xs, lattice.ys, lattice.of
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    held: list[list[Glyph]] = [[] for _ in (*lattice.areas, _OPEN)]
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        _, x0, y0, x1, y1 = glyph
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if left <= x < right and top <= y < bottom:
            held[of[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]].append(glyph)
            inside.append(glyph)
        else:
            outside.append(glyph)
    return held, inside, outside


def _pictures(pictures: list[Box], lattice: Lattice) -> set[int]:
    """The cells in which a picture lies; one that covers several cells is a background."""
    covered = set()
    for x0, top, x1, bottom in pictures:
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        inside = lattice.xs[0] <= x < lattice.xs[-1] and lattice.ys[0] <= y < lattice.ys[-1]
        if not inside:
            continue
        number = lattice.of[bisect_right(lattice.ys, y) - 1][bisect_right(lattice.xs, x) - 1]
        if number != _OPEN:
            area = lattice.areas[number]
            width = lattice.xs[area.right + 1] - lattice.xs[area.left]
            height = lattice.ys[area.last + 1] - lattice.ys[area.first]
            if x1 - x0 <= width * 1.2 and bottom - top <= height * 1.2:
                covered.add(number)
    return covered


def _cells(lattice: Lattice, held: list[list[Glyph]], pictures: list[Box]) -> list[Cell]:
    rows = [lines(glyphs) for glyphs in held]
    texts = ["\n".join([line.text for line in each]) for each in rows]
    for number in _pictures(pictures, lattice):
        texts[number] = texts[number] or UNKNOWN
    for number in _overrun(lattice, rows):
        texts[number] += UNKNOWN
    xs = lattice.xs
    return [
        Cell(xs[area.left], xs[area.right + 1], area.first, area.last, text)
        for area, text in zip(lattice.areas, texts, strict=False)
    ]


def _overrun(lattice: Lattice, rows: list[list[Line]]) -> set[int]:
    """The cells over whose sides a number runs into the next: neither holds a number that can be trusted."""
    found: set[int] = set()
    for number, area in enumerate(lattice.areas):
        if not rows[number] or area.right + 1 >= len(lattice.xs) - 1:
            continue
        beside = {lattice.of[r][area.right + 1] for r in range(area.first, area.last + 1)}
        for line in rows[number]:
            for other in beside:
                if any(runs_on(line.glyphs[-1], next_.glyphs[0]) for next_ in rows[other]):
                    found |= {number, other}
    return found
