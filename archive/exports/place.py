"""Where in a document a cell stands: its table and row, as the reader of the format names them, and in Chinese."""

from __future__ import annotations

import re

from parsers.parts import parts
from parsers.readers import Unreadable, read_all
from parsers.report import Report
from parsers.sections import with_headings_apart
from parsers.tables.annex import read_annex
from parsers.tables.place import place
from parsers.tables.rows import rows

PLACES = {
    "scanned page": "扫描第{}页",
    "page": "第{}页",
    "picture": "第{}图",
    "sheet": "工作表“{}”",
    "table": "第{}块表格",
    "paragraph": "第{}段",
    "line": "第{}行",
    "row": "第{}行",
}
"""The words of the readers; paragraphs and tables of a document are counted together."""
_STEP = re.compile(rf"({'|'.join(PLACES)}) (.+?)(?= (?:{'|'.join(PLACES)}) |$)")
_NEXT = re.compile(rf", (?={'|'.join(PLACES)})")
_WITHIN = re.compile("(第[0-9]+行)(?=第)")


def in_chinese(place: str) -> str:
    """A place as a citation names it."""
    return "、".join(map(_one_in_chinese, _NEXT.split(place)))


def _one_in_chinese(place: str) -> str:
    steps = (PLACES[word].format(number) for word, number in _STEP.findall(place))
    return _WITHIN.sub(r"\1起", "".join(steps)) or place


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
    annex = read_annex(found[part], Report())
    if table == "annex":
        return next(iter(annex.places.get(row, ())), None)
    hits = place(rows(annex.rest)).hits
    return next((hit.row.place for hit in hits if (hit.table, hit.code) == (table, row) and hit.cells), None)
