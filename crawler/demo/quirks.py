"""Ways in which offices depart from the official form: each a function from layout to layout."""

from __future__ import annotations

from crawler.demo.layout import Cell, Layout, Table
from parsers.forms import OUTCOMES, REQUEST_COLUMNS

HEADERS = {column.label for column in (*REQUEST_COLUMNS, *OUTCOMES)}


def blank_header_cells(items: Layout) -> Layout:
    """No header spans rows: it stands in the upper row, and blank cells stand below it."""
    return tuple(_unspanned(item) if isinstance(item, Table) else item for item in items)


def _unspanned(table: Table) -> Table:
    rows = []
    for r, row in enumerate(table.squares()):
        cells = []
        for c, (top, left, cell) in enumerate(row):
            if cell.text in HEADERS and cell.rows > 1:
                cells.append(Cell(cell.text if top == r else ""))
            elif (top, left) == (r, c):
                cells.append(cell)
        rows.append(tuple(cells))
    return Table(tuple(rows))
