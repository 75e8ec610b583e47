"""Sheets of a workbook → blocks and grids.

A sheet is one large grid in which a report may lie as a whole. Its titles, headings and sentences become blocks, so
that they are read as in any other document; what stands between them is a grid of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.document import Block, Grid
from parsers.forms.labels import is_article, key, words
from parsers.readers import Unreadable
from parsers.sections import heading
from parsers.titles import read_title
from parsers.values import is_value

MOST_ROWS, MOST_COLUMNS = 5_000, 256
"""Rows and columns of a sheet in which anything stands; what lies beyond is no report."""

MOST_CHARACTERS = 10_000_000
"""Of a sheet; one long text may be referred to by every cell."""

LONGEST_LABEL = 60
"""A longer text alone in its row is a sentence, not a label."""

HIDDEN = "（隐藏）"
"""Put behind a number in a hidden row or column."""


@dataclass(slots=True)
class Sheet:
    """The texts of a sheet by (row, column), its merged areas as (first row, last row, first column, last column),
    and the rows and columns that are hidden."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    size: int = 0

    def put(self, format_: str, row: int, column: int, text: str) -> None:
        """Put a text into a cell; what no report has is refused."""
        if not text.strip():
            return
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            size = f"{MOST_ROWS} rows or {MOST_COLUMNS} columns"
            raise Unreadable(format_, f"the sheet {self.name} has more than {size}, which no report has")
        self.size += len(text)
        if self.size > MOST_CHARACTERS:
            most = f"{MOST_CHARACTERS // 1_000_000} million characters"
            raise Unreadable(format_, f"the sheet {self.name} holds more than {most}, which no report does")
        self.texts[row, column] = text


def items(sheets: list[Sheet]) -> list[Block | Grid]:
    """What stands on the sheets, one after the other."""
    return [item for sheet in sheets for item in _sheet(sheet)]


def _sheet(sheet: Sheet) -> Iterator[Block | Grid]:
    if not sheet.texts:
        return
    height = max(row for row, _ in sheet.texts) + 1
    width = max(column for _, column in sheet.texts) + 1
    grid = _squares(sheet, height, width)
    lines = [_alone(grid, row) for row in range(height)]
    begin = 0
    for row, line in enumerate([*lines, None]):
        if row == height or (line and _is_line(line)):
            yield from _part(grid, lines, begin, row, sheet.name)
            begin = row + 1
        if row < height and line and begin == row + 1:
            yield Block(line, f"sheet {sheet.name} row {row + 1}")


def _part(grid: Grid, lines: list[str | None], begin: int, end: int, name: str) -> Iterator[Block | Grid]:
    """The rows between two lines: those at either edge in which one text stands alone are lines too."""
    full = [row for row in range(begin, end) if lines[row] != ""]
    table = [row for row in full if lines[row] is None or _is_of_form(lines[row] or "")]
    first, last = (table[0], table[-1]) if table else (end, end)
    for row in full:
        if row < first or row > last:
            yield Block(lines[row] or "", f"sheet {name} row {row + 1}")
        elif row == first:
            yield _cut(grid, first, last + 1, f"sheet {name} row {first + 1}")


def _cut(grid: Grid, begin: int, end: int, place: str) -> Grid:
    rows = grid.rows[begin:end]
    width = max((c + 1 for row in rows for c, text in enumerate(row) if text), default=0)
    origins = [[(max(r - begin, 0), c) for r, c in row[:width]] for row in grid.origins[begin:end]]
    return Grid([row[:width] for row in rows], exact=True, place=place, origins=origins)


def _squares(sheet: Sheet, height: int, width: int) -> Grid:
    rows: list[list[str | None]] = [[""] * width for _ in range(height)]
    origins = [[(r, c) for c in range(width)] for r in range(height)]
    for (r, c), text in sheet.texts.items():
        unseen = r in sheet.hidden_rows or c in sheet.hidden_columns
        rows[r][c] = text + HIDDEN if unseen and is_value(text) else text
    for top, bottom, left, right in sheet.merged:
        if top >= height or left >= width:
            continue
        for r in range(top, min(bottom + 1, height)):
            last = min(right + 1, width)
            rows[r][left:last] = [rows[top][left]] * (last - left)
            origins[r][left:last] = [(top, left)] * (last - left)
    return Grid(rows, exact=True, origins=origins)


def _alone(grid: Grid, row: int) -> str | None:
    """The text that stands alone in a row; empty where none does, `None` where several stand."""
    found = {origin: text for origin, text in zip(grid.origins[row], grid.rows[row], strict=True) if text}
    begun = [text for (top, _), text in found.items() if top == row]
    if not found:
        return ""
    return begun[0] if len(found) == 1 and begun else None


def _is_line(text: str) -> bool:
    """Whether a text alone in its row is running text even in the midst of a table."""
    if heading(text) is not None:
        return True
    sentence = len(text) > LONGEST_LABEL or "。" in text
    return not _is_of_form(text) and (sentence or read_title(text).verdict == "report")


def _is_of_form(text: str) -> bool:
    return is_article(text) or key(text) in words() or is_value(text)
