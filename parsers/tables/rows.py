"""Document items → rows of cells: grids as they stand, and bare lines gathered into rows by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from parsers.document import Block, Grid
from parsers.forms.labels import is_article, known
from parsers.report import TABLES
from parsers.sections import heading
from parsers.text import squeeze, strip
from parsers.values import is_value

Kind = Literal["exact", "tabular", "stream", "torn", "break"]
"""`exact`: columns are known; `tabular`: cells are counted but not placed; `stream`: a run of bare lines, in
which blank cells are lost; `torn`: a number alone on the line below a tabular row; `break`: the heading of a
section."""

_TRAILING = re.compile(
    r"^(?P<label>(?:\d{1,2}[.、．])?\D.*?)(?P<values>(?:\s+[+\-−]?[\d,.]+(?:万?元|万)?|\s+[/—无-])+)$"
)
_GLUED = re.compile(r"(?P<label>.*[^\d.,+-])?(?P<digits>\d+(?:\.\d+)?)$")
_SPLINTER = re.compile(r"^(?:[三本年度办理结果]{1,7}|[三本年度办理结果]*、)\s+(?=[(（]|\d{1,2}[.、．])")
"""A part of 三、本年度办理结果, which stands upright beside its rows: what takes text line by line puts it before
the label of the row beside it."""
REMEDY_CELLS = 15
_LONGEST_LINE = 60
_OPENS = {"items", "applicants", "organizations", "balance", "received"}


class Cell(NamedTuple):
    """A cell with the columns it covers (those of its grid, or its place in the row)."""

    text: str
    column: int
    width: int = 1
    inherited: bool = False
    """It began in a row above."""


@dataclass(slots=True)
class Row:
    """A row of a table; `grid` tells the rows of one grid from those of another."""

    kind: Kind
    cells: list[Cell]
    grid: int
    place: str = ""
    blocks: list[Block] = field(default_factory=list)
    """The lines it was gathered from."""

    def run(self) -> list[int]:
        """The places of the first words in it, up to the next value; a value before them strayed there."""
        run: list[int] = []
        for place, cell in enumerate(self.cells):
            if not cell.text.strip():
                continue
            if not is_value(cell.text):
                run.append(place)
            elif run:
                break
        return run


class Whole(NamedTuple):
    """A grid that is rows as it stands, and its number among the items."""

    grid: Grid
    number: int


def rows(items: Sequence[Block | Grid]) -> Iterator[Row]:
    """Every row that can belong to a statutory table, and a break at every heading."""
    return spread(sift(items))


def spread(pieces: Iterable[Row | Whole]) -> Iterator[Row]:
    """The rows of grids, and other rows as they are."""
    for piece in pieces:
        if isinstance(piece, Row):
            yield piece
        else:
            yield from grid_rows(*piece)


def sift(items: Sequence[Block | Grid]) -> Iterator[Row | Whole]:
    """What `rows` spreads: grids stay whole."""
    stream = _Stream()
    above: Block | Grid | None = None
    for number, item in enumerate(items):
        below, above = above, item
        if isinstance(item, Block) and is_torn(item, below):
            yield from stream.flush()
            yield Row("torn", [Cell(item.text, 0)], number, item.place, [item])
        elif isinstance(item, Grid) and is_column(item):
            for texts in item.rows:
                yield from stream.take(Block(texts[0] or "", item.place), number, texts)
        elif isinstance(item, Grid):
            yield from stream.flush()
            stream.opened |= any(text and _opens(text) for texts in item.rows for text in texts)
            yield Whole(item if item.exact else _with_lone_blanks_joined(item), number)
        elif heading(item.text) and not stream.holds(item.text):
            yield from stream.flush()
            stream.opened, stream.expected = False, _table_of(item.text)
            yield Row("break", [Cell(item.text, 0)], number, item.place)
        else:
            yield from stream.take(item, number)
    yield from stream.flush()


def _table_of(text: str) -> str:
    """The table that stands under a heading, empty where none does."""
    section = heading(text)
    return section if section in TABLES else ""


def is_column(grid: Grid) -> bool:
    """Whether a grid is a table, or a part of one, whose cells stand one below the other."""
    lone = sum(len(texts) < 2 for texts in grid.rows)
    return not grid.exact and (lone == len(grid.rows) or lone * 2 > len(grid.rows) > 3)


def is_torn(line: Block, above: Block | Grid | None) -> bool:
    """Whether a line is a number alone under a tabular row: that of a page, or the rest of the last in the row."""
    return isinstance(above, Grid) and not is_exact_or_column(above) and strip(line.text).isdecimal()


def is_exact_or_column(grid: Grid) -> bool:
    """Whether the cells of a grid do not stand in lines of text."""
    return grid.exact or is_column(grid)


def _with_lone_blanks_joined(grid: Grid) -> Grid:
    """Blank cells that each have a line of their own, after a label that has one too."""
    joined: list[list[str | None]] = []
    lone = False
    for texts in grid.rows:
        if lone and len(texts) == 1 and not (texts[0] or "").strip():
            joined[-1].append(texts[0])
        else:
            lone = len(texts) == 1 and bool((texts[0] or "").strip())
            joined.append(list(texts))
    return Grid(joined, grid.exact, grid.place)


def grid_rows(grid: Grid, number: int) -> Iterator[Row]:
    """The rows of a grid as they stand."""
    for r, texts in enumerate(grid.rows):
        if grid.exact:
            cells = _exact_cells(grid, r, texts)
        else:
            cells = [Cell(text or "", column) for column, text in enumerate(texts)]
        kind: Kind = "exact" if grid.exact else "tabular"
        yield Row(kind, cells, number, grid.place_of(r))


def _exact_cells(grid: Grid, r: int, texts: list[str | None]) -> list[Cell]:
    origins = grid.origins[r] if grid.origins else [(r, c) for c in range(len(texts))]
    starts = [c for c, origin in enumerate(origins) if not c or origin != origins[c - 1]]
    return [
        Cell(text, start, stop - start, origins[start][0] < r)
        for start, stop in pairwise([*starts, len(texts)])
        if (text := texts[start]) is not None
    ]


class _Stream:
    """Gathers bare lines into rows: words, then values; the next word begins the next row."""

    def __init__(self) -> None:
        self.opened = False
        self.expected = ""
        self._cells: list[str] = []
        self._blocks: list[Block] = []
        self._number = 0
        self._has_values = False

    def holds(self, text: str) -> bool:
        """Whether an open stream takes a line as a word of its table although it reads like a heading."""
        found = known(text)
        return self.opened and any(word.role != "group" for word in found)

    def take(self, block: Block, number: int, texts: Sequence[str | None] = ()) -> Iterator[Row]:
        """Add a line, or the cells of a line, if it can be part of a table."""
        pieces = [text or "" for text in texts] if len(texts) > 1 else _pieces(block.text)
        if not self.opened and not self._begins(pieces):
            return
        if not all(_is_filler(piece) or _is_word(piece) for piece in pieces):
            yield from self.flush()
            return
        self.opened = True
        for piece in pieces:
            if not _is_filler(piece) and self._has_values:
                yield from self.flush()
            self._has_values |= _is_filler(piece) and bool(self._cells)
            self._number = self._number if self._cells else number
            self._cells.append(piece)
        self._blocks.append(block)

    def _begins(self, pieces: list[str]) -> bool:
        """Whether a line begins a table; under its heading the values of the third do; its header may be lost."""
        if self.expected == "remedies" and len(pieces) == REMEDY_CELLS and all(map(is_value, pieces)):
            return True
        return any(_opens(piece, bool(self.expected)) for piece in pieces)

    def flush(self) -> Iterator[Row]:
        """The row gathered so far."""
        if self._cells:
            cells = [Cell(text, column) for column, text in enumerate(self._cells)]
            yield Row(
                "stream", cells, self._number, self._blocks[0].place if self._blocks else "", self._blocks
            )
        self._cells, self._blocks, self._has_values = [], [], False


def _is_filler(text: str) -> bool:
    return not text.strip() or is_value(text)


def _pieces(text: str) -> list[str]:
    """A line as cells: wide gaps part them, and so do single spaces before or between values."""
    if len(text.split()) == 1:
        return _unglued(text.strip())
    return [piece for part in re.split(r"[ \t\xa0\u3000]{2,}", text.strip()) for piece in _parted(part)]


def _unglued(text: str) -> list[str]:
    """A label and the digits that run on from it, as scrapers glue the cells of a row: zeros are a number each, as no
    number begins with one; other digits may be one number or several, and only a row of one column tells."""
    match = _GLUED.match(text) if text[-1:].isdigit() else None
    if not match or (match["label"] and not known(match["label"])):
        return [text]
    digits = match["digits"]
    numbers = list(digits) if set(digits) == {"0"} else [digits]
    return [match["label"], *numbers] if match["label"] else numbers


def _parted(text: str) -> list[str]:
    parts = text.split()
    if len(parts) > 1 and all(is_value(part) for part in parts):
        return parts
    text = _SPLINTER.sub("", text)
    match = None if is_value(text) else _TRAILING.match(text)
    values = match["values"].split() if match else []
    return [match["label"], *values] if match and values != ["无"] else [text]


def _is_word(text: str) -> bool:
    line = squeeze(text)
    return bool(known(text)) or (len(line) <= _LONGEST_LINE and not re.search(r"[。;!?]|^注[::]", line))


def _opens(text: str, expected: bool = False) -> bool:
    """Whether a bare line can only stand in a statutory table; under the heading of one any word of it can."""
    if is_article(text):
        return len(squeeze(text)) <= 12
    found = known(text)
    if expected and found:
        return True
    return any(
        word.code in _OPENS or (word.role == "column" and len(word.key) > 2 and len(found) == 1)
        for word in found
    )
