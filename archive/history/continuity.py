"""Identities across years (勾稽关系 5 to 7 of the forms): what one year carries over, the next must take up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.cells import ROW_IDS, TABLE_COLUMNS, rows_of
from archive.database import Database
from archive.history.lines import Line, Report, Run
from archive.history.revisions import Event, event
from archive.wording import EVENTS
from parsers.forms import REQUEST_COLUMNS

Cells = dict[str, Any]
Shown = tuple[Line, Run]
Pair = tuple[Report, Report, Shown, Shown]

STOCKS = ("rules", "normative_documents")
"""Rows of what is in force: that of last year, and what was issued less what was repealed."""
ITEMS = ("licensing", "other_external_matters", "penalties", "coercion", "administrative_charges")
"""Rows whose number of items is that of last year and the change that was said then."""
JOINED = {"requests": ("brought_forward", "carried_forward"), "proactive": (*STOCKS, *ITEMS)}


def continuity(database: Database, reports: list[Report], happened: list[Event]) -> Iterator[Event]:
    """An event for each pair of years whose figures do not join; nothing is said of contested reports. What `happened`
    says of a revision is completed by how many figures joined before and after it."""
    pairs = list(_pairs(reports))
    revised = [e for e in happened if e.kind == "revised"]
    read = {shown.reading.id for *_, (_, old), (_, new) in pairs for shown in (old.last, new.last)}
    cells = _cells(database, read | {r for e in revised for r in (e.old_reading, e.new_reading) if r})
    for before, report, (_, old), (line, new) in pairs:
        if breaks := list(_breaks(cells.get(old.last.reading.id, {}), cells.get(new.last.reading.id, {}))):
            first = max(old.first.sight.at, new.first.sight.at)
            said = EVENTS["carry_over_broken"].format(year=before.year, count=len(breaks))
            broken = event("carry_over_broken", report, line, new.first.body, first, said)
            broken.cells, broken.captures = breaks, [old.first.sight.record, new.first.sight.record]
            broken.old_reading, broken.new_reading = old.last.reading.id, new.last.reading.id
            yield broken
    _say_what_joined(revised, pairs, cells)


def _pairs(reports: list[Report]) -> Iterator[Pair]:
    by_key = {(r.unit.code, r.year, r.scope): r for r in reports if not r.contested}
    for (unit, year, scope), report in by_key.items():
        before = by_key.get((unit, year - 1, scope))
        old, new = before and _latest(before), _latest(report)
        if before and old and new:
            yield before, report, old, new


def _say_what_joined(revised: list[Event], pairs: list[Pair], cells: dict[int, Cells]) -> None:
    """Say of each revision how many figures joined those of the years beside before it, and how many after."""
    before = {(r.unit.code, r.year): old.last.reading.id for _, r, (_, old), _ in pairs}
    after = {(r.unit.code, r.year): new.last.reading.id for r, _, _, (_, new) in pairs}
    for one in revised:
        counts = []
        for reading in (one.old_reading or 0, one.new_reading or 0):
            own = cells.get(reading, {})
            breaks = [*_breaks(cells.get(before.get((one.unit, one.year), 0), {}), own)]
            counts.append(len([*breaks, *_breaks(own, cells.get(after.get((one.unit, one.year), 0), {}))]))
        if counts[0] != counts[1]:
            one.message += EVENTS["revised, years"].format(before=counts[0], after=counts[1])


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


def _latest(report: Report) -> Shown | None:
    """The figures that a report shows now, and the address at which it does."""
    found = ((line, run) for line in report.lines if line.live and (run := line.figures()))
    return next(found, None)


def _cells(database: Database, readings: set[int]) -> dict[int, Cells]:
    """The cells of readings that what is carried over can stand in, by their paths."""
    out: dict[int, Cells] = {}
    for table, codes in JOINED.items():
        columns, names = TABLE_COLUMNS[table], {ROW_IDS[table, code]: code for code in codes}
        rows = rows_of(database, table, sorted(readings), codes)
        for reading, row, present, *values in rows:
            there = (
                (c, v) for bit, (c, v) in enumerate(zip(columns, values, strict=True)) if present & 1 << bit
            )
            out.setdefault(reading, {}).update({f"{table}.{names[row]}.{c}": v for c, v in there})
    return out
