"""Ways in which offices depart from the official form: each a function from layout to layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from crawler.demo.layout import Cell, Layout, Paragraph, Quirk, Table
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


def annex_column(head: str, at: int, first: int = 1) -> Quirk:
    """The annex of form 2014 has one column more, of the numbers from `first` on: 序号, 代码, 历年累计."""

    def widened(table: Table) -> Table:
        cells = (Cell(head), *(Cell(str(n)) for n in range(first, first + len(table.rows))))
        return Table(
            tuple((*row[:at], cell, *row[at:]) for row, cell in zip(table.rows, cells, strict=False))
        )

    return lambda items: tuple(
        widened(item) if isinstance(item, Table) and _is_annex(item) else item for item in items
    )


def title_row(items: Layout) -> Layout:
    """Every table but the annex has its heading for a first row."""
    out: list[Paragraph | Table] = []
    for n, item in enumerate(items):
        if isinstance(item, Table) and not _is_annex(item):
            width = len(item.squares()[0])
            before = next(
                x.text[2:] for x in items[n::-1] if isinstance(x, Paragraph) and x.role == "heading"
            )
            out.append(Table(((Cell(before, columns=width),), *item.rows)))
        else:
            out.append(item)
    return tuple(out)


def remark_after_tables(items: Layout) -> Layout:
    """A remark stands under every table."""
    remark = Paragraph("注：以上数量含上年度结转数量，政府集中采购数量和总金额为2020年数据。")
    return tuple(x for item in items for x in ((item, remark) if isinstance(item, Table) else (item,)))


def page_marks(items: Layout) -> Layout:
    """The first two tables are cut in two by the number of a page."""
    return _cut(
        items, lambda table: [len(table.rows) // 2] if len(table.rows) > 5 else [], lambda text: (text, "")
    )


def cut_in_a_label(items: Layout) -> Layout:
    """The table of requests is cut by the number of a page within the labels that span rows."""
    return _cut(items, lambda table: [11] if len(table.rows) > 20 else [], lambda text: (text[:4], text[4:]))


def a_table_per_group(items: Layout) -> Layout:
    """The table of requests is one table per group of rows, only the first with its headers."""
    return _cut(items, _group_starts, lambda text: (text, ""), mark="")


def invented_headers(*headers: str) -> Quirk:
    """The table of requests is one table per group of rows, each under headers that no form has."""

    def quirk(items: Layout) -> Layout:
        return tuple(
            _headed(item, headers) if isinstance(item, Table) and len(item.squares()[0]) == 10 else item
            for item in a_table_per_group(items)
        )

    return quirk


def routes_apart(items: Layout) -> Layout:
    """The table of remedies is one table per route."""
    out: list[Paragraph | Table] = []
    for item in items:
        out += _routes(item) if isinstance(item, Table) and len(item.squares()[0]) == 15 else [item]
    return tuple(out)


def headers_in_one_cell(items: Layout) -> Layout:
    """The upper headers of the table of remedies stand together in one cell a row."""
    return tuple(
        _headers_merged(item) if isinstance(item, Table) and len(item.squares()[0]) == 15 else item
        for item in items
    )


def _headers_merged(table: Table) -> Table:
    outcomes = tuple(Cell(cell.text) for _, _, cell in table.squares()[2])
    second = (Cell("", columns=5), Cell("未经复议直接起诉复议后起诉", columns=10))
    return Table(((Cell("行政复议行政诉讼", columns=15),), second, outcomes, table.rows[-1]))


def _routes(table: Table) -> Iterator[Table]:
    *_, outcomes, values = table.squares()
    for n, route in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
        span = slice(5 * n, 5 * n + 5)
        rows = [tuple(Cell(cell.text) for _, _, cell in row[span]) for row in (outcomes, values)]
        yield Table(((Cell(route, columns=5),), *rows))


def _cut(
    items: Layout,
    places: Callable[[Table], list[int]],
    torn: Callable[[str], tuple[str, str]],
    mark: str = "— 4 —",
) -> Layout:
    """Tables cut before some of their rows; `torn` parts the text of a cell that spans the cut."""
    out: list[Paragraph | Table] = []
    for item in items:
        if not isinstance(item, Table) or _is_annex(item):
            out.append(item)
            continue
        edges = [0, *places(item), len(item.rows)]
        for start, stop in pairwise(edges):
            out += [Paragraph(mark)] if start and mark else []
            out.append(_slice(item, start, stop, torn))
    return tuple(out)


def _slice(table: Table, start: int, stop: int, torn: Callable[[str], tuple[str, str]]) -> Table:
    rows = []
    for r, row in enumerate(table.squares()[start:stop], start):
        cells = []
        for c, (top, left, cell) in enumerate(row):
            if left != c or r not in (top, start):
                continue
            text, end = cell.text, top + cell.rows
            if end > stop or top < start:
                text = torn(text)[0 if top >= start else 1]
            cells.append(replace(cell, text=text, rows=min(end, stop) - r))
        rows.append(tuple(cells))
    return Table(tuple(rows))


def _group_starts(table: Table) -> list[int]:
    squares = table.squares()
    if len(squares[0]) != 10:
        return []
    return [r for r in range(4, len(squares)) if squares[r][1][0] == r]


def _headed(table: Table, headers: tuple[str, ...]) -> Table:
    """The table under other headers than its own; one without gets them, too."""
    rows = table.rows[3:] if table.rows[0][-1].text == "申请人情况" else table.rows
    return Table(((Cell("项目", columns=3), *map(Cell, headers)), *rows))


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
