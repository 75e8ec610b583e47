"""Tables of word processors, where a cell is known by its two edges: rows of cells → grids.

Readers gather a *flow*: paragraphs (a soft break is a newline in them) and tables, whose cells hold flows again.
`items` makes of it what a `Document` holds. Edges are in twips (1/1440 inch) or any other unit that grows to the
right; rows drawn by hand rarely have the same edges to the twip, so near ones are one edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from parsers.document import Block, Document, Grid
from parsers.forms.labels import key, words
from parsers.values import UNSEEN

NEAREST_EDGES = 120
"""Two edges nearer than this (2 mm) are one, unless one row has both."""

NEAREST_SHARE = 60
"""Nor may they be farther apart than this part of the table's width: small tables have narrow columns."""

MOST_SQUARES = 400_000
"""A table with more squares is no form; its rows are kept without their columns."""

LONGEST_CELL, FEWEST_WORDS = 300, 5
"""A table with a longer cell, or with a table in it, lays out a page, unless it holds this many words of the forms."""

MOST_DEPTH = 40
"""Tables in tables in tables; deeper ones are read as text."""

_SPACE = re.compile(r"[ \t\r\f\v]+")
_BLANK = " \xa0\u3000"
_LETTER = re.compile(r"[^\W\d_]")
"""What is drawn beside words is no number."""


@dataclass(slots=True)
class Cell:
    """A cell from its left to its right edge; `above` says that it goes on with the cell above it."""

    left: int
    right: int
    flow: Flow = field(default_factory=list)
    above: bool = False


@dataclass(slots=True)
class Table:
    """Rows of cells; without `exact` the edges mean nothing."""

    rows: list[list[Cell]] = field(default_factory=list)
    exact: bool = True


Flow: TypeAlias = list["str | Table"]


def items(flow: Flow) -> list[Block | Grid]:
    """The flow of a document as its items."""
    gathered = _Items()
    gathered.add(flow, 0)
    return gathered.items


def document(format_: str, flow: Flow) -> Document:
    """The flow of a document as a document."""
    return Document(format_, items(flow))


class _Items:
    """Blocks and grids with their places: paragraphs and tables are counted together."""

    def __init__(self) -> None:
        self.items: list[Block | Grid] = []
        self._number = 0

    def add(self, flow: Flow, depth: int) -> None:
        """Take in a flow; a table that lays out the page is its cells one after the other."""
        for piece in flow:
            if isinstance(piece, str):
                self._lines(piece)
            elif depth < MOST_DEPTH and _is_layout(piece):
                for cell in (cell for row in piece.rows for cell in row if not cell.above):
                    self.add(cell.flow, depth + 1)
            elif piece.rows:
                self._number += 1
                self.items.append(grid(piece, f"table {self._number}"))

    def _lines(self, paragraph: str) -> None:
        for line in paragraph.split("\n"):
            if text := _SPACE.sub(" ", line.replace(UNSEEN, "")).strip(_BLANK):
                self._number += 1
                self.items.append(Block(text, f"paragraph {self._number}"))


def grid(table: Table, place: str) -> Grid:
    """A table as a grid in which a spanning cell stands in every square it covers."""
    rows = [_ordered(row) for row in table.rows]
    columns = _columns(rows) if table.exact else {}
    width = max(columns.values(), default=0)
    if not table.exact or width * len(rows) > MOST_SQUARES:
        return Grid([[cell_text(cell.flow) for cell in row] for row in rows], exact=False, place=place)
    texts: list[list[str | None]] = []
    origins: list[list[tuple[int, int]]] = []
    for r, row in enumerate(rows):
        texts.append([None] * width)
        origins.append([(r, c) for c in range(width)])
        for cell in row:
            first, last = columns[cell.left], columns[cell.right]
            text: str | None = None
            if cell.above and r:
                text, origin = texts[r - 1][first], origins[r - 1][first]
            if text is None:
                text, origin = cell_text(cell.flow), (r, first)
            texts[r][first:last] = [text] * (last - first)
            origins[r][first:last] = [origin] * (last - first)
    return Grid(texts, exact=True, place=place, origins=origins)


def cell_text(flow: Flow) -> str:
    """The text of a cell, a paragraph a line; a table in it comes out line by line."""
    if not flow or flow == [""]:
        return ""
    if len(flow) == 1 and isinstance(flow[0], str) and flow[0].isalnum():
        return flow[0]
    lines = (_SPACE.sub(" ", line).strip(_BLANK) for line in _cell_lines(flow, 0))
    text = "\n".join(lines).strip("\n ")
    return text.replace(UNSEEN, "") if _LETTER.search(text) else text


def _cell_lines(flow: Flow, depth: int) -> Iterator[str]:
    for piece in flow:
        if isinstance(piece, str):
            yield from piece.split("\n")
        elif depth < MOST_DEPTH:
            for row in piece.rows:
                for cell in row:
                    yield from _cell_lines(cell.flow, depth + 1)


def _is_layout(table: Table) -> bool:
    if not any(_is_full(cell.flow) for row in table.rows for cell in row if cell.flow):
        return False
    own = (key("".join(p for p in cell.flow if isinstance(p, str))) for row in table.rows for cell in row)
    return sum(text in words() for text in own) < FEWEST_WORDS


def _is_full(flow: Flow) -> bool:
    """Whether a cell holds a table or more text than a cell of a form."""
    length = 0
    for piece in flow:
        if not isinstance(piece, str):
            return True
        length += len(piece)
    return length > LONGEST_CELL


def _ordered(row: list[Cell]) -> list[Cell]:
    """The row with every cell at least one unit wide and none over its neighbour."""
    at = -(1 << 40)
    for cell in row:
        cell.left = max(cell.left, at)
        cell.right = at = max(cell.right, cell.left + 1)
    return row


def _columns(rows: list[list[Cell]]) -> dict[int, int]:
    """The column that begins at each edge, near edges taken together."""
    users: dict[int, set[int]] = {}
    for r, row in enumerate(rows):
        for cell in row:
            users.setdefault(cell.left, set()).add(r)
            users.setdefault(cell.right, set()).add(r)
    edges = sorted(users)
    if not edges:
        return {}
    nearest = min(NEAREST_EDGES, (edges[-1] - edges[0]) // NEAREST_SHARE)
    columns: dict[int, int] = {}
    column, begin, here = -1, 0, set[int]()
    for edge in edges:
        if column < 0 or edge - begin > nearest or users[edge] & here:
            column, begin, here = column + 1, edge, set()
        columns[edge] = column
        here |= users[edge]
    return columns
