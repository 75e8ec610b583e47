"""The statutory tables of a report, from grids and bare lines: cells placed by their labels and headers."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.document import Block, Grid
from parsers.report import Report
from parsers.tables.fill import fill
from parsers.tables.place import place
from parsers.tables.rows import sift, spread
from parsers.tables.skeleton import Stood, fill_alike


def read_tables(items: Sequence[Block | Grid], report: Report) -> Stood:
    """Fill the report's tables from the items of a document; returns where they stood."""
    pieces = list(sift(items))
    if stood := fill_alike(report, pieces):
        return stood
    placed = place(spread(pieces))
    fill(report, placed)
    return Stood(placed.grids, placed.blocks)
