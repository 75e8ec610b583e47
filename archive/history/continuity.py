"""Identities across years (勾稽关系 5 to 7 of the forms): what one year carries over, the next must take up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.database import Database
from archive.history.lines import Line, Report
from archive.history.revisions import Event
from archive.schema import ROW_IDS, TABLE_COLUMNS
from parsers.forms import REQUEST_COLUMNS

Cells = dict[str, Any]

STOCKS = ("rules", "normative_documents")
"""Rows of what is in force: that of last year, and what was issued less what was repealed."""
ITEMS = ("licensing", "other_external_matters", "penalties", "coercion", "administrative_charges")
"""Rows whose number of items is that of last year and the change that was said then."""
JOINED = {"requests": ("brought_forward", "carried_forward"), "proactive": (*STOCKS, *ITEMS)}


def continuity(database: Database, reports: list[Report]) -> Iterator[Event]:
    """An event for each pair of years whose figures do not join; nothing is said of contested reports."""
    by_key = {(r.unit.code, r.year, r.scope): r for r in reports if not r.contested}
    pairs = [
        (before, report, old, new)
        for (unit, year, scope), report in by_key.items()
        if (before := by_key.get((unit, year - 1, scope)))
        and (old := _latest(before)) is not None
        and (new := _latest(report)) is not None
    ]
    cells = _cells(database, {reading for *_, old, new in pairs for reading in (old, new)})
    for before, report, old, new in pairs:
        if breaks := list(_breaks(cells.get(old, {}), cells.get(new, {}))):
            line = next(x for x in report.lines if x.renditions)
            event = Event(
                *("carry_over_broken", report.unit.code, report.year, line.address, _shown(line)),
                *(line.sights[-1].at, f"{len(breaks)} figures do not join those of {before.year}"),
            )
            event.cells, event.captures = breaks, [line.sights[-1].record]
            event.old_reading, event.new_reading = old, new
            yield event


def _shown(line: Line) -> str:
    """The body that a line last showed."""
    return next(r.seen[-1].body for r in line.renditions)


def _breaks(old: Cells, new: Cells) -> Iterator[dict[str, Any]]:
    for column in (c.code for c in REQUEST_COLUMNS):
        path = f"requests.brought_forward.{column}"
        yield from _unequal(path, old.get(f"requests.carried_forward.{column}"), new.get(path))
    for row in STOCKS:
        path = f"proactive.{row}.in_force"
        parts: list[Any] = [
            old.get(path),
            new.get(f"proactive.{row}.issued"),
            new.get(f"proactive.{row}.repealed"),
        ]
        if all(isinstance(part, int) for part in parts):
            yield from _unequal(path, parts[0] + parts[1] - parts[2], new.get(path))
    for row in ITEMS:
        path = f"proactive.{row}.items_last_year"
        parts = [old.get(path), old.get(f"proactive.{row}.items_change")]
        if all(isinstance(part, int) for part in parts):
            yield from _unequal(path, parts[0] + parts[1], new.get(path))


def _unequal(path: str, expected: Any, found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(expected, int) and isinstance(found, int) and expected != found:
        yield {"path": path, "old": expected, "new": found}


def _latest(report: Report) -> int | None:
    read = [r.latest.id for line in report.lines if line.live for r in line.renditions if r.latest.has_cells]
    return read[0] if read else None


def _cells(database: Database, readings: set[int]) -> dict[int, Cells]:
    """The cells of readings that what is carried over can stand in, by their paths."""
    out: dict[int, Cells] = {}
    for table, codes in JOINED.items():
        columns, names = TABLE_COLUMNS[table], {ROW_IDS[table, code]: code for code in codes}
        rows = database.execute(
            f"""SELECT reading, row, present, {", ".join(columns)} FROM json_each(?) AS wanted
                JOIN {table} ON reading = wanted.value AND row IN ({", ".join(map(str, names))})""",
            [json.dumps(sorted(readings))],
        )
        for reading, row, present, *values in rows:
            there = (
                (c, v) for bit, (c, v) in enumerate(zip(columns, values, strict=True)) if present & 1 << bit
            )
            out.setdefault(reading, {}).update({f"{table}.{names[row]}.{c}": v for c, v in there})
    return out
