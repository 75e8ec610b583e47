"""Ways in which offices depart from the official form: each a function from layout to layout."""

from __future__ import annotations

from crawler.demo.layout import Cell, Layout, Paragraph, Table
from parsers.forms import OUTCOMES, REQUEST_COLUMNS

HEADERS = {column.label for column in (*REQUEST_COLUMNS, *OUTCOMES)}


def blank_header_cells(items: Layout) -> Layout:
    """No header spans rows: it stands in the upper row, and blank cells stand below it."""
    return tuple(_unspanned(item) if isinstance(item, Table) else item for item in items)


def annex_alone(items: Layout) -> Layout:
    """The annex of form 2014 is a document of its own: its caption is the title."""
    at = next(
        (n for n, item in enumerate(items) if isinstance(item, Paragraph) and item.role == "caption"), None
    )
    return items if at is None else items[at : at + 2]


def annex_side_by_side(items: Layout) -> Layout:
    """The annex of form 2014 stands in two halves beside each other."""
    return tuple(_halved(item) if isinstance(item, Table) and _is_annex(item) else item for item in items)


def annex_without_units(items: Layout) -> Layout:
    """The annex of form 2014 has no column of units."""
    return tuple(
        Table(tuple((row[0], row[2]) for row in item.rows))
        if isinstance(item, Table) and _is_annex(item)
        else item
        for item in items
    )


def _is_annex(table: Table) -> bool:
    return [cell.text for cell in table.rows[0]] == ["统计指标", "单位", "统计数"]


def _halved(table: Table) -> Table:
    head, *rows = table.rows
    half = (len(rows) + 1) // 2
    empty = (Cell(""),) * len(head)
    right = [*rows[half:], *[empty] * (2 * half - len(rows))]
    return Table((head + head, *(a + b for a, b in zip(rows[:half], right, strict=True))))


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
