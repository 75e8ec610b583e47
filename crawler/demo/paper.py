"""Sample reports laid out on pages: where every line of text and every ruling stands.

Points (1/72 inch) from the upper left corner. The letters are those of no font: a Chinese character is as wide as
its size, any other half as wide; `crawler.demo.pdf` and `crawler.demo.ofd` say so to whoever opens the file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from crawler.demo.layout import Cell, Layout, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Paper:
    """How a report is printed. With `cut` the pages end where they are full, be it within a row of a table; without
    it before the row. `ruled` draws the borders of tables, `numbered` the page numbers."""

    width: float = 595.0
    height: float = 842.0
    margin: float = 72.0
    size: float = 14.0
    cell_size: float = 9.0
    ruled: bool = True
    cut: bool = False
    numbered: bool = True


class Run(NamedTuple):
    """Letters on a base line."""

    x: float
    y: float
    size: float
    text: str


class Stroke(NamedTuple):
    """A ruling."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Leaf:
    """A page."""

    runs: list[Run] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)


LEADING, PADDING, BASE = 1.5, 3.0, 0.86
"""From line to line and from the top of a line to its base, in sizes; around the text of a cell, in points."""

LABELS = {10: (2.2, 6.0, 9.0), 4: (3.0,)}
"""How wide the columns of labels are beside columns of values, by the columns of a table."""


def width(text: str, size: float) -> float:
    """How wide letters are."""
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def wrapped(text: str, size: float, most: float) -> list[str]:
    """Text in lines no wider than `most`."""
    lines = [""]
    for character in text:
        if character == "\n" or (lines[-1] and width(lines[-1] + character, size) > most + 0.01):
            lines.append("")
        lines[-1] += "" if character == "\n" else character
    return lines


def pages(items: Layout, paper: Paper = Paper()) -> list[Leaf]:
    """The layout on pages."""
    press = _Press(paper)
    for item in items:
        if isinstance(item, Table):
            press.table(item)
        else:
            press.paragraph(item)
    if paper.numbered:
        press.number()
    return press.leaves


class _Press:
    """Fills page after page; `_y` is how far the last one is filled."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.leaves = [Leaf()]
        self._y = paper.margin
        self._bottom = paper.height - paper.margin

    def paragraph(self, item: Paragraph) -> None:
        """A paragraph, indented by two letters; titles are centred, signatures stand at the right."""
        size = self.paper.size * (1.3 if item.role == "title" else 1)
        most = self.paper.width - 2 * self.paper.margin
        text = "　　" + item.text if item.role in ("text", "heading") else item.text
        for line in wrapped(text, size, most):
            if self._y + size * LEADING > self._bottom:
                self._turn()
            free = most - width(line, size)
            shift = {"title": free / 2, "signature": free}.get(item.role, 0.0)
            self._put(self.paper.margin + shift, self._y, size, line)
            self._y += size * LEADING

    def table(self, table: Table) -> None:
        """A table, over as many pages as it takes."""
        xs = self._columns(table)
        cells = [
            (r, c, cell, wrapped(cell.text, self.paper.cell_size, xs[c + cell.columns] - xs[c] - 2 * PADDING))
            for r, row in enumerate(table.squares())
            for c, (top, left, cell) in enumerate(row)
            if (top, left) == (r, c)
        ]
        ys = self._rows(len(table.rows), cells)
        parts = list(self._parts(ys))
        for r, c, cell, lines in cells:
            left, right, top, bottom = xs[c], xs[c + cell.columns], ys[r], ys[r + cell.rows]
            self._letters(parts, lines, left + PADDING, top)
            if self.paper.ruled:
                self._borders(parts, left, right, top, bottom)
        self._y += self.paper.size / 2

    def number(self) -> None:
        """Number the pages at their foot."""
        for n, leaf in enumerate(self.leaves, 1):
            text = f"— {n} —"
            x = (self.paper.width - width(text, 10)) / 2
            leaf.runs.append(Run(x, self.paper.height - self.paper.margin / 2, 10, text))

    def _columns(self, table: Table) -> list[float]:
        """The x of the column edges."""
        count = max((len(row) for row in table.squares()), default=0)
        shares = [*LABELS.get(count, ()), *[2.0] * count][:count]
        room = self.paper.width - 2 * self.paper.margin
        edges = [self.paper.margin]
        for share in shares:
            edges.append(edges[-1] + room * share / sum(shares))
        return edges

    def _rows(self, count: int, cells: list[_Placed]) -> list[float]:
        """The y of the row edges, from 0: every row as high as its cells, the last of a span as high as is left."""
        edges = [0.0]
        for r in range(count):
            needs = [
                edges[top] + len(lines) * self._line + 2 * PADDING
                for top, _, cell, lines in cells
                if top + cell.rows - 1 == r
            ]
            edges.append(max([edges[-1] + self._line + 2 * PADDING, *needs]))
        return edges

    @property
    def _line(self) -> float:
        return self.paper.cell_size * LEADING

    def _parts(self, ys: list[float]) -> Iterator[_Part]:
        """The parts of a table that stand on one page each."""
        start, top = 0.0, self._y
        for upper, lower in pairwise(ys):
            while top + lower - start > self._bottom:
                cut = self._cut(upper, lower, start + self._bottom - top)
                if cut <= start and top == self.paper.margin:
                    cut = lower  # a row higher than a page
                if cut > start:
                    yield _Part(self.leaves[-1], start, cut, top)
                self._turn()
                start, top = max(cut, start), self._y
        yield _Part(self.leaves[-1], start, ys[-1], top)
        self._y = top + ys[-1] - start

    def _cut(self, upper: float, lower: float, room: float) -> float:
        """Where a row that ends below the page is cut: after the last line that fits, or above it."""
        lines = int((room - upper - 2 * PADDING) / self._line)
        if not self.paper.cut or lines < 1:
            return upper
        return min(upper + PADDING + lines * self._line, lower)

    def _letters(self, parts: list[_Part], lines: list[str], x: float, top: float) -> None:
        y = top + PADDING
        for line in lines:
            for part in parts:
                if y < part.end < y + self._line and part is not parts[-1]:
                    y = part.end + PADDING
            part = next((p for p in parts if p.start <= y < p.end), parts[-1])
            if line:
                baseline = part.y + y - part.start + BASE * self.paper.cell_size
                part.leaf.runs.append(Run(x, baseline, self.paper.cell_size, line))
            y += self._line

    def _borders(self, parts: list[_Part], left: float, right: float, top: float, bottom: float) -> None:
        for part in parts:
            upper, lower = max(top, part.start), min(bottom, part.end)
            if upper < lower:
                y0, y1 = part.y + upper - part.start, part.y + lower - part.start
                part.leaf.strokes += [
                    Stroke(left, y0, right, y0),
                    Stroke(left, y1, right, y1),
                    Stroke(left, y0, left, y1),
                    Stroke(right, y0, right, y1),
                ]

    def _put(self, x: float, y: float, size: float, text: str) -> None:
        letters = text.lstrip("　 ")
        indent = width(text[: len(text) - len(letters)], size)
        self.leaves[-1].runs.append(Run(x + indent, y + BASE * size, size, letters))

    def _turn(self) -> None:
        self.leaves.append(Leaf())
        self._y = self.paper.margin


class _Part(NamedTuple):
    """What of a table stands on one page: from `start` to `end` of its height, from `y` of the page on."""

    leaf: Leaf
    start: float
    end: float
    y: float


_Placed = tuple[int, int, Cell, list[str]]
