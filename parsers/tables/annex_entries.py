"""Rows of the annex → entries: a label with what stands behind it, in the order of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.forms.annex import UNITS, head_role
from parsers.tables.align import FEWEST_ALIKE
from parsers.tables.annex_heads import Head, reach, read_head, under
from parsers.tables.rows import Cell, Row
from parsers.text import fold
from parsers.values import is_value, read_cell


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
    torn: str = ""
    """A number alone on the line below its row."""
    places: tuple[str, ...] = ()
    """Where its row stands."""

    @property
    def shown(self) -> str:
        """The label as printed."""
        return "".join(self.labels) or "no label"


def read_entries(rows: list[Row]) -> tuple[list[Entry], set[int]]:
    """The entries in the order of the form, of tables printed side by side the left one first; and the years that
    head their values."""
    usual = {number: _usual(rows, number) for number in {row.grid for row in rows}}
    heads: dict[int, Head] = {}
    lanes: dict[tuple[int, int], list[Entry]] = {}
    last: list[Entry] = []
    for row in rows:
        if row.kind == "torn":
            for entry in last:
                entry.torn = row.cells[0].text.strip()
            continue
        if (found := read_head(row)) is not None:
            heads[row.grid] = found
            if row.kind != "stream":
                continue
        head = heads.get(row.grid, Head())
        ragged = bool(usual[row.grid]) and reach(row) != usual[row.grid]
        row.cells, unclear = under(head, row)
        last = list(_of_row(row))
        places = (row.place, *(block.place for block in row.blocks))
        for lane, entry in enumerate(last):
            entry.exact, entry.ragged, entry.unclear = row.kind == "exact", ragged, unclear
            entry.columns = head.values if entry.exact else frozenset()
            entry.places = places
            lanes.setdefault((row.grid, 0 if row.kind == "stream" else lane), []).append(entry)
    for entries in lanes.values():
        if not entries[0].columns:
            _doubt_all(entries)
    years = {head.year for head in heads.values() if head.year}
    return [entry for lane in sorted(lanes) for entry in lanes[lane]], years


def _doubt_all(entries: list[Entry]) -> None:
    """Where rows hold two numbers, the number of a row with one may stand in the column of the other."""
    crowded = sum(
        sum(read_cell(cell.text).value is not None for cell in entry.after) > 1 for entry in entries
    )
    for entry in entries if crowded >= FEWEST_ALIKE else ():
        entry.unclear |= not entry.columns


def _usual(rows: list[Row], number: int) -> int:
    """How far rows of a grid reach, if nearly all reach as far."""
    found = Counter(reach(row) for row in rows if row.grid == number and row.kind not in ("stream", "torn"))
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
