"""Sample reports as pages that draw tables otherwise than the form: without `<table>`, a table for every row, fields
to fill in, cards; and as pages that take a table apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from itertools import groupby

from crawler.demo.dumped import REQUESTS, rows_of
from crawler.demo.layout import Cell, Paragraph, Table
from crawler.demo.renderers import Quirks, layout
from crawler.demo.reports import SampleReport

Rows = list[list[str]]
HEADERS, LABELS = 3, 3
"""Rows of headers and columns of labels of the table of requests."""


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _table(rows: Rows) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{_html(text)}</td>' for text in row)}</tr>" for row in rows)
    return f"<table>{body}</table>"


def _spanned(table: Table, inner: Callable[[Cell], str]) -> str:
    rows = (
        "".join(f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{inner(cell)}</td>' for cell in row)
        for row in table.rows
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def divisions(table: Table) -> str:
    """A division a row, a division a cell."""
    rows = ("".join(f"<div>{_html(cell.text)}</div>" for cell in row) for row in table.rows)
    return f"<div>{''.join(f'<div>{row}</div>' for row in rows)}</div>"


def lists(table: Table) -> str:
    """A list a row, an item a cell."""
    return "".join(
        f"<ul>{''.join(f'<li>{_html(cell.text)}</li>' for cell in row)}</ul>" for row in table.rows
    )


def a_table_per_row(table: Table) -> str:
    """Every row is a table; what spans rows stands in its first alone."""
    return "".join(_table([row]) for row in rows_of(table, repeated=False))


def fields(table: Table) -> str:
    """Every number stands in a field of a form."""
    return _spanned(
        table,
        lambda cell: (
            f'<input type="text" value="{cell.text}">'
            if re.fullmatch(r"[\d.+-]+", cell.text)
            else _html(cell.text)
        ),
    )


def sections(table: Table) -> str:
    """As editors of WeChat articles nest every cell."""
    span = '<section style="text-align: center;"><span leaf=""><span textstyle="">{}</span></span></section>'
    inner = _spanned(table, lambda cell: span.format(_html(cell.text)))
    return f"<section><section>{inner}</section></section>"


def headers_repeated(table: Table) -> str:
    """The headers of the table of requests stand again on every page, after eight rows."""
    rows = rows_of(table, repeated=True)
    if len(rows[0]) != REQUESTS:
        return _spanned(table, lambda cell: _html(cell.text))
    head, body = rows[:HEADERS], rows[HEADERS:]
    return _table([row for n in range(0, len(body), 8) for row in (*head, *body[n : n + 8])])


def pictures(table: Table) -> str:
    """Every number is a picture."""
    return _spanned(
        table, lambda cell: f'<img src="/n/{cell.text}.png">' if cell.text.isdecimal() else _html(cell.text)
    )


def named_cells(table: Table) -> str:
    """Every value of the table of requests has the header of its column before it, as pages for telephones show it."""
    rows = rows_of(table, repeated=True)
    if len(rows[0]) != REQUESTS:
        return _spanned(table, lambda cell: _html(cell.text))
    return _table([
        [*row[:LABELS], *(f"{head}\n{text}" for head, text in zip(rows[2][LABELS:], row[LABELS:], strict=True))]
        for row in rows[HEADERS:]
    ])  # fmt: skip


def beside(table: Table) -> str:
    """The labels are one table, the numbers another beside it."""
    rows = rows_of(table, repeated=True)
    return _table([row[:LABELS] for row in rows]) + _table([row[LABELS:] for row in rows])


def lines_in_cells(table: Table) -> str:
    """The rows of a group are lines in the cells of one row."""
    rows = rows_of(table, repeated=True)
    if len(rows[0]) != REQUESTS:
        return _spanned(table, lambda cell: _html(cell.text))
    groups = [[*group] for _, group in groupby(rows[HEADERS:], lambda row: row[:2])]
    joined = [[*group[0][:2], *map("\n".join, list(zip(*group, strict=True))[2:])] for group in groups]
    return _table([*rows[:HEADERS], *joined])


def turned(table: Table) -> str:
    """Rows are columns and columns are rows."""
    return _table([list(column) for column in zip(*rows_of(table, repeated=True), strict=True)])


SHAPES: dict[str, Callable[[Table], str]] = {
    shape.__name__: shape for shape in (divisions, lists, a_table_per_row, fields, sections, headers_repeated)
}
"""How a table comes out."""

LOSSY: dict[str, Callable[[Table], str]] = {
    shape.__name__: shape for shape in (pictures, named_cells, beside, lines_in_cells, turned)
}
"""How its cells lose their row, their column or their digits."""


def as_reshaped(report: SampleReport, shape: str = "divisions", quirks: Quirks = ()) -> str:
    """A whole page."""
    shapes = SHAPES | LOSSY
    if shape not in shapes:
        raise KeyError(f"{shape} is none of the shapes {', '.join(shapes)}")
    body = (
        f"<p>{_html(item.text)}</p>" if isinstance(item, Paragraph) else shapes[shape](item)
        for item in layout(report, quirks)
    )
    head = f'<meta charset="utf-8"><title>{escape(report.title)}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(body)}</body></html>"
