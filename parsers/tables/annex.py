"""The annex of form 2014 (政府信息公开情况统计表): each row a label, a unit and one value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.document import Block, Grid
from parsers.forms.annex import ANNEX, MONEY
from parsers.report import Finding, Note, Report, plain
from parsers.tables.annex_entries import Entry, read_entries
from parsers.tables.annex_labels import Label, read_label
from parsers.tables.annex_rows import FEWEST_STRAYS, split_annex
from parsers.tables.cells import put
from parsers.tables.rows import Cell
from parsers.values import MARKS, Unit

_OFFICIAL = {row.code: row for row in ANNEX}
_MONEY_UNITS: dict[str, Unit] = {"万元": "yuan10k", "元": "yuan"}


class Annex(NamedTuple):
    """The annex of a document."""

    rest: list[Block | Grid]
    """The items that are not part of it."""
    places: dict[str, tuple[str, ...]]
    """Where the row of each code stands."""
    years: set[int]
    """Those that head its values."""


def read_annex(items: Sequence[Block | Grid], report: Report) -> Annex:
    """Fill the report's annex, where the document has one."""
    rest, rows, strays = split_annex(items)
    filler = _Filler(report)
    entries, years = read_entries(rows)
    if rows:
        filler.fill(entries)
    elif len(strays) >= FEWEST_STRAYS:
        where = tuple(f"annex.{code}" for code in _OFFICIAL)
        message = "rows of the annex are in the text, but not as a table that can be read"
        report.findings.append(Finding("table_missing", where, message))
    return Annex(rest, filler.places, years)


def doubt_year(report: Report, years: set[int]) -> None:
    """Doubt every number of an annex that stands under another year than the report's."""
    if not years or report.year is None or report.year in years:
        return
    named = "、".join(f"{year}年" for year in sorted(years))
    where = tuple(f"annex.{code}" for code, value in report.annex.items() if value is not None)
    for path in where:
        _, _, code = path.partition(".")
        shown = report.notes[path].text if path in report.notes else plain(report.annex[code] or 0)
        report.annex[code], report.notes[path] = None, Note(shown, "unclear")
    message = f"the numbers stand under {named}, and the report is of {report.year}"
    report.findings.append(Finding("columns_unclear", where, message))


MOST_PLACES = 8
"""Of one row: no report prints one more often."""


class _Filler:
    """Writes entries one after the other; `last` is the row or group above."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.last: str | None = None
        self.unknown: list[str] = []
        self.places: dict[str, tuple[str, ...]] = {}

    def fill(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._take(entry)
        lost = tuple(f"annex.{code}" for code in _OFFICIAL if code not in self.report.annex)
        for message in self.unknown:
            where = lost or tuple(f"annex.{code}" for code in self.report.annex)
            self._add(Finding("unknown_row", where, message))
        self.report.annex = {code: self.report.annex[code] for code in _OFFICIAL if code in self.report.annex}

    def _take(self, entry: Entry) -> None:
        label = _label(entry)
        if label and label.group:
            self.last = label.group
        code = label.within(self.last) if label else None
        full = [cell.text.strip() for cell in (*entry.before, *entry.after) if cell.text.strip()]
        if code is None or label is None:
            if any(text not in MARKS for text in full) and (
                entry.unit or not label or label.codes or label.group
            ):
                self._unknown(entry, full)
            return
        self.last = code
        path = f"annex.{code}"
        if label.guessed:
            self._add(Finding("label_guessed", (path,), f"“{entry.shown}” was taken for {code}"))
        if entry.ragged:
            self._add(
                Finding(
                    "row_ragged",
                    (path,),
                    "the row has not as many cells as the rows like it; a cell may be lost",
                )
            )
        if entry.torn:
            message = f"{entry.torn} stands alone under the row; its last number may go on there"
            self._add(Finding("stray_cell", (path,), message))
        known = self.places.get(code, ())
        if known is not entry.places and len(known) < MOST_PLACES:
            self.places[code] = (*known, *entry.places) if known else entry.places
        self._value(path, entry, _OFFICIAL[code].unit)

    def _unknown(self, entry: Entry, full: list[str]) -> None:
        self.unknown.append(f"a row that the form does not have ({entry.shown}) holds {' '.join(full)}")

    def _value(self, path: str, entry: Entry, official: str) -> None:
        cells, others = _chosen(entry)
        if not cells and not others:
            self._add(Finding("row_without_cells", (path,), f"the row “{entry.shown}” stands without a cell"))
            return
        full = [cell for cell in cells if cell.text.strip()]
        strange = [cell.text.strip() for cell in others if cell.text.strip()]
        if not cells or len(full) > 1 or (full and entry.unclear) or any(cell.inherited for cell in full):
            shown = " ".join(cell.text.strip() for cell in (*cells, *others) if cell.text.strip())
            self.report.annex[path.partition(".")[2]] = None
            self.report.notes[path] = Note(shown, "unclear")
            message = f"{len(cells) + len(others)} cells ({shown}) do not tell which of them is the value"
            self._add(Finding("columns_unclear", (path,), message))
            return
        if strange:
            self._add(Finding("extra_cells", (path,), f"more cells than columns: {' '.join(strange)}"))
        put(
            self.report,
            self.report.annex,
            "annex",
            path.partition(".")[2],
            full[0].text if full else "",
            self._unit(path, entry, official),
        )

    def _unit(self, path: str, entry: Entry, official: str) -> Unit:
        if official not in MONEY:
            if entry.unit in MONEY:
                self._add(
                    Finding(
                        "unit_differs", (path,), f"a count in {official} is printed as one in {entry.unit}"
                    )
                )
            return "count"
        return _MONEY_UNITS.get(entry.unit, "unknown")

    def _add(self, finding: Finding) -> None:
        self.report.findings.append(finding)


def _label(entry: Entry) -> Label | None:
    """What the label says, whole, or else its last piece: a group may stand before it."""
    for text in ("".join(entry.labels), *reversed(entry.labels)):
        if text and (label := read_label(text)):
            return label
    return None


def _chosen(entry: Entry) -> tuple[list[Cell], list[Cell]]:
    """The cells that may hold the value, and those that stand elsewhere."""
    if entry.columns:
        over = [c for c in entry.after if entry.columns & set(range(c.column, c.column + c.width))]
        return over, [cell for cell in (*entry.before, *entry.after) if cell not in over]
    if any(cell.text.strip() for cell in entry.before):
        return [], [*entry.before, *entry.after]
    after = entry.after
    if not entry.unit and len(after) > 1 and after[0].text.strip() in MARKS:
        after = after[1:]  # a mark in the column of units
    return after, []
