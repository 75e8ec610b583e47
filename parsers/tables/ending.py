"""Where a document ends in the middle of a table: its last number may be cut, and cells of its last row lost."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.document import Block, Grid
from parsers.report import TABLES, Finding, Report
from parsers.tables.rows import is_column
from parsers.tables.skeleton import Stood
from parsers.values import is_value


def cut_off(report: Report, stood: Stood, items: Sequence[Block | Grid], last: Block | Grid) -> list[Finding]:
    """A finding for the row in which a document ends; `items` are those outside the annex, `last` ends them all."""
    tail = _tail(last)
    if tail and not is_value(tail):
        return []
    if not items or items[-1] is not last:
        where = tuple(f"annex.{code}" for code in list(report.annex)[-1:])
    elif _is_of_a_table(last, len(items) - 1, stood):
        where = _last_row(report)
    else:
        where = ()
    shown = tail or "a blank cell"
    return [Finding("cut_off", where, f"the document ends in this row, with {shown}")] if where else []


def _tail(item: Block | Grid) -> str:
    """The text of the last cell of an item; of a line, what stands behind its last gap."""
    if isinstance(item, Block):
        return item.text.split()[-1] if item.text.strip() else ""
    if is_column(item):
        return next(
            (text.strip() for row in reversed(item.rows) for text in reversed(row) if text and text.strip()),
            "",
        )
    return next(
        (text.strip() for row in reversed(item.rows) for text in reversed(row) if text is not None), ""
    )


def _is_of_a_table(item: Block | Grid, number: int, stood: Stood) -> bool:
    if isinstance(item, Block):
        return id(item) in stood.blocks
    return number in stood.grids or is_column(item)


def _last_row(report: Report) -> tuple[str, ...]:
    """The last row that was read; the third table is one row of all routes."""
    table = next((name for name in reversed(TABLES) if getattr(report, name)), "")
    rows = list(getattr(report, table)) if table else []
    return tuple(f"{table}.{row}.*" for row in (rows if table == "remedies" else rows[-1:]))
