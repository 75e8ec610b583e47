"""The derived tables, written anew in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from archive.database import Database
from archive.history.derive import State
from archive.history.lines import Line, Rendition, Report

TABLES = ("undecided", "ledger", "events", "versions", "renditions", "lines", "reports", "units")


def store(database: Database, state: State) -> None:
    """Replace what the derived tables hold."""
    with database:
        for table in TABLES:
            database.execute(f"DELETE FROM {table}")
        units = {unit.code: number for number, unit in enumerate(state.units, start=1)}
        _insert(
            database,
            "units (id, code, name, kind, division, basis, portal)",
            ((units[u.code], u.code, u.name, u.kind, u.division, u.basis, u.portal) for u in state.units),
        )
        for number, report in enumerate(state.reports, start=1):
            _report(database, number, units[report.unit.code], report)
        _insert(database, f"events ({EVENT_COLUMNS})", map(_event, state.events))
        rows = ((units[row.unit.code], *_ledger(row)) for row in state.ledger)
        _insert(database, f"ledger ({LEDGER_COLUMNS})", rows)
        _undecided(database, state)


EVENT_COLUMNS = """id, kind, unit, year, line, seen_before, seen_at, confirmed_at, old_reading, new_reading, captures,
    cells, message"""
LEDGER_COLUMNS = """unit, year, presence, timing, reading, why, due, basis, not_before, not_after, published_basis,
    last_clear_sight, captures"""


def _event(event: Any) -> tuple[Any, ...]:
    return (
        *(event.id, event.kind, event.unit, event.year, event.line, event.seen_before, event.seen_at),
        *(
            event.confirmed_at,
            event.old_reading,
            event.new_reading,
            _json(event.captures),
            _json(event.cells),
        ),
        event.message,
    )


def _ledger(row: Any) -> tuple[Any, ...]:
    return (
        *(row.year, row.presence, row.timing, row.reading, _json(row.why), str(row.due.day), row.due.basis),
        *(row.not_before, row.not_after, row.published_basis, row.last_clear_sight, _json(row.captures)),
    )


def _report(database: Database, number: int, unit: int, report: Report) -> None:
    row = (number, unit, report.year, report.scope, report.contested or None)
    _insert(database, "reports (id, unit, year, scope, contested)", [row])
    versions: dict[str, list[Any]] = {}
    for line in report.lines:
        line_id = _line(database, number, line)
        for rendition in line.renditions:
            _rendition(database, line_id, rendition)
            for run in rendition.runs(lambda reading: reading.content):
                _version(versions, run.first.reading, [seen.sight.at for seen in run.seen])
    rows = ((number, content, *values) for content, values in versions.items())
    _insert(database, "versions (report, content, reading, first_seen, last_seen, sights)", rows)


def _version(versions: dict[str, list[Any]], reading: Any, sights: list[str]) -> None:
    known = versions.setdefault(reading.content, [reading.id, sights[0], sights[-1], 0])
    known[1], known[2] = min(known[1], sights[0]), max(known[2], sights[-1])
    known[3] += len(sights)


def _line(database: Database, report: int, line: Line) -> int:
    gone_since = line.gone[0].at if line.gone else None
    row = database.execute(
        """INSERT INTO lines (report, address, part, moved_to, first_seen, last_seen, gone_since, gone_sights)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            *(report, line.address, line.claim.part, line.moved_to, line.sights[0].at, line.sights[-1].at),
            *(gone_since, len(line.gone)),
        ],
    )
    return row.lastrowid or 0


def _rendition(database: Database, line: int, rendition: Rendition) -> None:
    sights = [seen.sight for seen in rendition.seen]
    row = (
        *(line, rendition.url, rendition.format, rendition.latest.id),
        *(sights[0].at, sights[-1].at, len(sights), sights[-1].record),
    )
    _insert(
        database, "renditions (line, url, format, reading, first_seen, last_seen, sights, capture)", [row]
    )


def _undecided(database: Database, state: State) -> None:
    rows: dict[tuple[Any, ...], None] = {}
    for claim in state.undecided:
        title = next(claim.address.titles(), "")
        listed = {(walk.portal, walk.column) for walk, _ in claim.address.listed} or {("", "")}
        rows.update({(*where, claim.address.key, title, claim.reason): None for where in sorted(listed)})
    _insert(database, 'undecided (portal, "column", url, title, reason)', rows)


def _insert(database: Database, target: str, rows: Iterable[Sequence[Any]]) -> None:
    slots = ", ".join("?" * (target.count(",") + 1))
    database.executemany(f"INSERT INTO {target} VALUES ({slots})", rows)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
