"""The statutory tables of a report, from grids and bare lines: cells placed by their labels and headers."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.document import Block, Grid
from parsers.report import Report
from parsers.tables.fill import fill
from parsers.tables.place import Placed, place
from parsers.tables.rows import rows


def read_tables(items: Sequence[Block | Grid], report: Report) -> Placed:
    """Fill the report's tables from the items of a document; returns where they stood."""
    placed = place(rows(items))
    fill(report, placed)
    return placed
