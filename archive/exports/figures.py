"""The cells of many readings at a time, with their notes and findings: seven queries for five hundred readings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from archive.cells import ROW_IDS, TABLE_COLUMNS, rows_of
from archive.database import Database
from parsers.report import Note, Value

BATCH = 500
"""Readings per query; SQLite takes some thousands of parameters."""

_ROWS = {number: key for key, number in ROW_IDS.items()}


@dataclass(slots=True)
class Figures:
    """What one reading says in figures: the digest of its document, its form, its cells by path, their notes, and the
    findings on them (code, paths)."""

    body: str
    form: str
    cells: dict[str, Value] = field(default_factory=dict)
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
        "readings.id, digest, form", "readings JOIN bodies ON bodies.id = readings.body", "readings.id"
    )
    found = {reading: Figures(body, form or "narrative") for reading, body, form in heads}
    for table, columns in TABLE_COLUMNS.items():
        for reading, row, present, *values in rows_of(database, table, ids):
            path = ".".join(_ROWS[row])
            for bit, (column, value) in enumerate(zip(columns, values, strict=True)):
                if present & 1 << bit:
                    found[reading].cells[f"{path}.{column}"] = _value(value)
    for reading, row, value in rows_of(database, "annex", ids):
        found[reading].cells[".".join(_ROWS[row])] = _value(value)
    for reading, path, text, flag in rows("reading, path, text, flag", "notes"):
        found[reading].notes[path] = Note(text, flag)
    for reading, code, where in rows('reading, code, "where"', "findings"):
        found[reading].findings.append((code, tuple(json.loads(where))))
    return found


def _value(stored: float | str | None) -> Value:
    """Back from SQLite as it was read: decimals exactly, however they are stored."""
    return stored if stored is None or isinstance(stored, int) else Decimal(str(stored))
