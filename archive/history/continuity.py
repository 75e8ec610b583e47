"""Identities across years (勾稽关系 5 to 7 of the forms): what one year carries over, the next must take up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.database import Database
from archive.history.lines import Line, Report
from archive.history.revisions import Event
from parsers.forms import REQUEST_COLUMNS

Cells = dict[str, Any]


def continuity(database: Database, reports: list[Report]) -> Iterator[Event]:
    """An event for each pair of years whose figures do not join; nothing is said of contested reports."""
    by_key = {(r.unit.code, r.year, r.scope): r for r in reports if not r.contested}
    for (unit, year, scope), report in by_key.items():
        before = by_key.get((unit, year - 1, scope))
        if before is None:
            continue
        old, new = _latest(before), _latest(report)
        if old is None or new is None:
            continue
        breaks = list(_breaks(_cells(database, old), _cells(database, new)))
        if breaks:
            line = next(x for x in report.lines if x.renditions)
            event = Event("carry_over_broken", unit, year, line.address, _shown(line), line.sights[-1].at, "")
            event.message = f"{len(breaks)} figures do not join those of {year - 1}"
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
    for row in ("rules", "normative_documents"):
        path = f"proactive.{row}.in_force"
        parts: list[Any] = [
            old.get(path),
            new.get(f"proactive.{row}.issued"),
            new.get(f"proactive.{row}.repealed"),
        ]
        if all(isinstance(part, int) for part in parts):
            yield from _unequal(path, parts[0] + parts[1] - parts[2], new.get(path))
    for row in ("licensing", "other_external_matters", "penalties", "coercion", "administrative_charges"):
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


def _cells(database: Database, reading: int) -> Cells:
    return dict(
        map(tuple, database.execute("SELECT path, value FROM reading_cells WHERE reading = ?", [reading]))
    )
