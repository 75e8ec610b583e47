"""The annex of form 2014 (政府信息公开情况统计表): each row a label, a unit and one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.document import Block, Grid
from parsers.forms.annex import ANNEX, MONEY, UNITS, head_role
from parsers.report import Finding, Note, Report
from parsers.tables.align import FEWEST_ALIKE
from parsers.tables.annex_heads import Head, reach, read_head, under
from parsers.tables.annex_labels import Label, read_label
from parsers.tables.annex_rows import split_annex
from parsers.tables.cells import put
from parsers.tables.rows import Cell, Row
from parsers.text import fold
from parsers.values import MARKS, Unit, is_value, read_cell

_OFFICIAL = {row.code: row for row in ANNEX}
_MONEY_UNITS: dict[str, Unit] = {"万元": "yuan10k", "元": "yuan"}


@dataclass(slots=True)
class Entry:
    """A label with what stands behind it, up to the next label."""

    labels: list[str] = field(default_factory=list)
    unit: str = ""
    before: list[Cell] = field(default_factory=list)
    """Cells between label and unit."""
    after: list[Cell] = field(default_factory=list)
    exact: bool = False
    columns: frozenset[int] = frozenset()
    """The columns under 统计数, where they are known."""
    ragged: bool = False
    unclear: bool = False
    """Not all columns of its table hold values, and which of its cells does is not known."""

    @property
    def shown(self) -> str:
        """The label as printed."""
        return "".join(self.labels) or "no label"


def read_annex(items: Sequence[Block | Grid], report: Report) -> list[Block | Grid]:
    """Fill the report's annex; returns the items that are not part of it."""
    rest, rows = split_annex(items)
    if rows:
        _Filler(report).fill(_entries(rows))
    return rest


def _entries(rows: list[Row]) -> list[Entry]:
    """The entries in the order of the form: of tables printed side by side the left one first."""
    usual = {number: _usual(rows, number) for number in {row.grid for row in rows}}
    heads: dict[int, Head] = {}
    lanes: dict[tuple[int, int], list[Entry]] = {}
    for row in rows:
        if (found := read_head(row)) is not None:
            heads[row.grid] = found
            if row.kind != "stream":
                continue
        head = heads.get(row.grid, Head())
        ragged = bool(usual[row.grid]) and reach(row) != usual[row.grid]
        row.cells, unclear = under(head, row)
        for lane, entry in enumerate(_of_row(row)):
            entry.exact, entry.ragged, entry.unclear = row.kind == "exact", ragged, unclear
            entry.columns = head.values if entry.exact else frozenset()
            lanes.setdefault((row.grid, 0 if row.kind == "stream" else lane), []).append(entry)
    for entries in lanes.values():
        if not entries[0].columns:
            _doubt_all(entries)
    return [entry for lane in sorted(lanes) for entry in lanes[lane]]


def _doubt_all(entries: list[Entry]) -> None:
    """Where rows hold two numbers, the number of a row with one may stand in the column of the other."""
    crowded = sum(
        sum(read_cell(cell.text).value is not None for cell in entry.after) > 1 for entry in entries
    )
    for entry in entries if crowded >= FEWEST_ALIKE else ():
        entry.unclear |= not entry.columns


def _usual(rows: list[Row], number: int) -> int:
    """How far rows of a grid reach, if nearly all reach as far."""
    found = Counter(reach(row) for row in rows if row.grid == number and row.kind != "stream")
    far, times = found.most_common(1)[0] if found else (0, 0)
    return far if times >= FEWEST_ALIKE and times * 2 > found.total() else 0


def _of_row(row: Row) -> Iterator[Entry]:
    entry = Entry()
    for cell in row.cells:
        word = fold(cell.text)
        if row.kind == "stream" and head_role(word):
            continue
        if word in UNITS and not entry.unit:
            entry.unit, entry.before, entry.after = word, entry.after, []
        elif not word or is_value(cell.text) or cell.inherited or word in UNITS or head_role(word):
            if not cell.inherited or is_value(cell.text):
                entry.after.append(cell)
        elif entry.labels and (entry.unit or entry.after):
            yield entry
            entry = Entry([cell.text.strip()])
        else:
            entry.labels.append(cell.text.strip())
    yield entry


class _Filler:
    """Writes entries one after the other; `last` is the row or group above."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.last: str | None = None
        self.unknown: list[str] = []

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
