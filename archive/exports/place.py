"""Where in a document a cell stands: its table and row, as the reader of the format names them."""

from __future__ import annotations

from parsers.parts import parts
from parsers.readers import Unreadable, read_all
from parsers.report import Report
from parsers.sections import with_headings_apart
from parsers.tables.annex import read_annex
from parsers.tables.place import place
from parsers.tables.rows import rows


def place_of(data: bytes, part: int, path: str) -> str | None:
    """The place of the row that a cell was read from, `None` where the row bears no label of its own. `part` counts
    the reports of a file."""
    table, row = path.split(".")[:2]
    try:
        documents, _ = read_all(data)
    except Unreadable:
        return None
    found = [items for document in documents for items in parts(with_headings_apart(document.items))]
    if part >= len(found):
        return None
    hits = place(rows(read_annex(found[part], Report()))).hits
    return next((hit.row.place for hit in hits if (hit.table, hit.code) == (table, row) and hit.cells), None)
