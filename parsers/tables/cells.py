"""Cells of a placed row → values, notes and findings of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.report import Finding, Note, Report, Value
from parsers.tables.align import Aligned
from parsers.tables.place import Headers, Hit
from parsers.text import fold
from parsers.values import Unit, read_cell


def store(report: Report, path: str, hit: Hit, aligned: Aligned) -> None:
    """Write the cells of a row, with a note or finding for all that is no plain number in its place."""
    table, row = path.split(".")
    cells = getattr(report, table).setdefault(row, {})
    for code, text in aligned.texts.items():
        put(report, cells, path, code, text, _unit(hit.headers) if code == "amount" else "count")
    if aligned.unclear:
        shown = " ".join(cell.text.strip() for cell in hit.cells if cell.text.strip())
        for code in aligned.unclear:
            cells[code] = None
            report.notes[f"{path}.{code}"] = Note(shown, "unclear")
        message = f"{len(hit.cells)} cells ({shown}) do not tell under which columns they stand"
        where = tuple(f"{path}.{code}" for code in aligned.unclear)
        report.findings.append(Finding("columns_unclear", where, message))
    if aligned.crossed:
        lost_headers(report, hit.headers, (f"{path}.*",))
    if aligned.extra:
        message = f"more cells than columns: {' '.join(aligned.extra)}"
        report.findings.append(Finding("extra_cells", (f"{path}.*",), message))
    if aligned.missing:
        where = tuple(f"{path}.{code}" for code in aligned.missing)
        report.findings.append(Finding("cells_missing", where, "the row ends before these columns"))


def put(report: Report, cells: dict[str, Value], row: str, code: str, text: str, unit: Unit) -> None:
    """Write one cell of a row; a cell that stands twice with different contents is neither."""
    cell = read_cell(text, unit)
    if code not in cells and cell.note is None and not cell.unit_unknown:
        cells[code] = cell.value
        return
    path = f"{row}.{code}"
    if code in cells and (cells[code] != cell.value or report.notes.get(path) != cell.note):
        before = report.notes[path].text if path in report.notes else str(cells[code])
        cells[code] = None
        report.notes[path] = Note(f"{before} | {text}", "unclear")
        message = f"the cell stands twice in the report, as {before} and as {text}"
        report.findings.append(Finding("cell_repeated", (path,), message))
        return
    cells[code] = cell.value
    if cell.note:
        report.notes[path] = cell.note
        if cell.note.flag == "unclear":
            report.findings.append(Finding("cell_unclear", (path,), f"“{cell.note.text}” is no number"))
    if cell.unit_unknown:
        message = f"{text} stands without a unit (元 or 万元) and was left as printed"
        report.findings.append(Finding("unit_unknown", (path,), message))


_UNIT = re.compile(r"[十百千万亿]*元")
_UNITS: dict[str, Unit] = {"元": "yuan", "万元": "yuan10k"}
"""Other multiples of yuan have not been seen; what stands under one is left as printed, with a finding."""


def _unit(headers: Headers) -> Unit:
    texts = [text for text, word in zip(headers.texts, headers.words, strict=True) if word.code == "amount"]
    text = texts[-1] if texts else ""
    unit = _UNIT.search(fold(text))
    return _UNITS.get(unit.group(), "unknown") if unit else "unknown"


def note_ragged(report: Report, hits: Sequence[Hit], paths: Sequence[str]) -> None:
    """Note that rows are longer or shorter than they should be."""
    for hit, path in zip(hits, paths, strict=True):
        message = f"the row has {len(hit.row.cells)} cells, unlike its header or the rows like it; a cell may be lost"
        report.findings.append(Finding("row_ragged", (f"{path}.*",), message))


def lost_headers(report: Report, headers: Headers, where: tuple[str, ...]) -> None:
    """Note that cells were placed without all of their headers."""
    named = f" ({'、'.join(dict.fromkeys(headers.unknown))})" if headers.unknown else ""
    message = f"headers of the form are lost or not understood{named}; cells were placed by their number"
    report.findings.append(Finding("headers_missing", where, message))
