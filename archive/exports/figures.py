"""The cells of many readings at a time, with their notes and findings: seven queries for five hundred readings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from archive.cells import FIGURES, MASKS, ROW_IDS, TABLE_COLUMNS, kept_rows, zero_rows
from archive.database import Database
from parsers.report import Note, Value

BATCH = 500
"""Readings per query; SQLite takes some thousands of parameters."""

_PLACES: dict[str, tuple[int, int]] = {
    f"{table}.{code}.{column}": (number, bit)
    for (table, code), number in ROW_IDS.items()
    for bit, column in enumerate(TABLE_COLUMNS.get(table, ()))
} | {f"{table}.{code}": (number, -1) for (table, code), number in ROW_IDS.items() if table == "annex"}
"""Row and column of every cell, by its path; an annex has one column, and what stands in it is there."""


class Cells(Mapping[str, Value]):
    """The cells of a reading by their paths, taken out of its rows when they are asked for."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: dict[int, Sequence[Any]] = {}
        """By their number: what is present, and the values; of an annex the value alone."""

    def __contains__(self, path: object) -> bool:
        row, bit = _PLACES.get(path, _NOWHERE)  # type: ignore[call-overload]
        stored = self.rows.get(row)
        return stored is not None and (bit < 0 or bool(stored[0] & 1 << bit))

    def __getitem__(self, path: str) -> Value:
        if path not in self:
            raise KeyError(path)
        value: Value = self.get(path)
        return value

    def get(self, path: str, default: Any = None) -> Any:
        """The value of a cell; asked for a hundred times for each that is shown, to see which sums hold."""
        row, bit = _PLACES.get(path, _NOWHERE)
        stored = self.rows.get(row)
        if stored is None or (bit >= 0 and not stored[0] & 1 << bit):
            return default
        value = stored[bit + 1]
        return value if value is None or type(value) is int else Decimal(str(value))

    def __iter__(self) -> Iterator[str]:
        return (path for path in _PLACES if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return bool(self.rows)

    def has_table(self, table: str) -> bool:
        """Whether a row of a table is there."""
        return not self.rows.keys().isdisjoint(_OF_TABLE[table])


_NOWHERE = (0, -1)
_OF_TABLE = {
    table: frozenset(number for (of, _), number in ROW_IDS.items() if of == table) for table in FIGURES
}


@dataclass(slots=True)
class Figures:
    """What one reading says in figures: the digest of its document, its form, its cells by path, their notes, and the
    findings on them (code, paths)."""

    body: str
    form: str
    cells: Cells = field(default_factory=Cells)
    notes: dict[str, Note] = field(default_factory=dict)
    findings: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    sums: dict[int, bool | None] = field(default_factory=dict)
    """Which sums hold, as far as they were looked at, by their number in the form; none where a cell is lacking."""


def figures(database: Database, readings: Sequence[int]) -> dict[int, Figures]:
    """The figures of readings, by reading."""
    found: dict[int, Figures] = {}
    wanted = sorted(set(readings))
    for start in range(0, len(wanted), BATCH):
        found.update(_batch(database, wanted[start : start + BATCH]))
    return found


def _batch(database: Database, ids: Sequence[int]) -> dict[int, Figures]:
    def rows(columns: str, table: str, key: str = "reading") -> Iterator[tuple[Any, ...]]:
        where = f"{key} IN ({', '.join('?' * len(ids))})"
        yield from map(tuple, database.execute(f"SELECT {columns} FROM {table} WHERE {where}", ids))

    heads = rows(
        f"readings_kept.id, digest, form, {', '.join(MASKS)}",
        "readings_kept JOIN bodies ON bodies.id = body JOIN manners ON manners.id = manner",
        "readings_kept.id",
    )
    found = {}
    for reading, body, form, *masks in heads:
        one = found[reading] = Figures(body, form or "narrative")
        for table, mask in zip(FIGURES, masks, strict=True):
            one.cells.rows.update(zero_rows(table, mask))
    for table in FIGURES:
        for reading, row, *stored in kept_rows(database, table, ids):
            found[reading].cells.rows[row] = stored
    for reading, path, text, flag in rows("reading, path, text, flag", "notes"):
        found[reading].notes[path] = Note(text, flag)
    for reading, code, where in rows('reading, code, "where"', "findings"):
        found[reading].findings.append((code, tuple(json.loads(where))))
    return found
