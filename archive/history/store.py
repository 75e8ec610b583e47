"""The derived tables: what portals had in them is replaced, the rows of other portals are not touched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from archive import numbers
from archive.database import Database
from archive.history import groups
from archive.history.derive import State
from archive.history.evidence import Reading, Sight
from archive.history.ledger import Row
from archive.history.lines import Line, Report
from archive.history.revisions import Event

COLUMNS = {
    "units": (
        *("id", "code", "name", "kind", "division", "basis", "portal", "first_year", "last_year"),
        "expected",
    ),
    "former_names": ("unit", "name", "first_year", "last_year"),
    "reports": ("id", "unit", "year", "scope", "contested", "stands"),
    "lines_kept": (
        *("id", "report", "address", "part", "moved_to", "first", "last", "gone", "gone_sights", "event"),
    ),
    "renditions_kept": ("id", "line", "url", "format", "reading", "first", "last", "sights"),
    "report_versions": ("id", "report", "reading", "first", "last", "sights"),
    "happenings": (
        *("id", "kind", "unit", "year", "line", "seen_before", "seen_at", "confirmed_at", "old_reading"),
        *("new_reading", "captures", "cells", "message"),
    ),
    "grounds": ("id", "portal", "columns", "captures", "seen_at", "oldest", "why"),
    "duties": ("unit", "year", "state", "due", "not_before", "not_after", "why", "ground"),
    "undecided": ("portal", "column", "url", "title", "reason"),
}
"""The tables of a portal's state, each after those it refers to."""
SHARED = {
    "due_days": ("day", "basis"),
    "states": ("presence", "timing", "reading", "published_basis"),
}
"""Tables of what the duties of all portals have in common."""

_OLD = """SELECT id FROM units WHERE portal IN (SELECT value FROM json_each(:portals))
    OR code IN (SELECT value FROM json_each(:codes))"""
_OLD_REPORTS = f"SELECT id FROM reports WHERE unit IN ({_OLD})"
_CLEAR = (
    f"DELETE FROM duties WHERE unit IN ({_OLD})",
    f"DELETE FROM happenings WHERE unit IN ({_OLD})",
    f"DELETE FROM report_versions WHERE report IN ({_OLD_REPORTS})",
    f"DELETE FROM renditions_kept WHERE line IN (SELECT id FROM lines_kept WHERE report IN ({_OLD_REPORTS}))",
    f"DELETE FROM lines_kept WHERE report IN ({_OLD_REPORTS})",
    f"DELETE FROM reports WHERE unit IN ({_OLD})",
    f"DELETE FROM former_names WHERE unit IN ({_OLD})",
    f"DELETE FROM units WHERE id IN ({_OLD})",
    "DELETE FROM grounds WHERE portal IN (SELECT value FROM json_each(:portals))",
    "DELETE FROM undecided WHERE portal IN (SELECT value FROM json_each(:portals))",
    """DELETE FROM watched WHERE NOT listed AND portal IN (SELECT id FROM portals
       WHERE portal IN (SELECT value FROM json_each(:portals)))""",
)


def clear(database: Database) -> None:
    """Forget everything that was derived."""
    for table in ("watched", "portals", *SHARED, *reversed(COLUMNS)):
        database.execute(f"DELETE FROM {table}")


def store(database: Database, state: State) -> None:
    """Put the state of portals in the place of what the tables hold of them."""
    scope = {"portals": _json(state.portals), "codes": _json([unit.code for unit in state.units])}
    for statement in _CLEAR:
        database.execute(statement, scope)
    groups.note_reached(database, state.portals[0], state.addresses.values())
    rows = _Rows(database, state)
    for table, columns in COLUMNS.items():
        names, slots = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
        database.executemany(f"INSERT INTO {table} ({names}) VALUES ({slots})", rows.of[table])


@dataclass(slots=True)
class _Version:
    """Figures of a report, as one reading has them, and where they were seen."""

    reading: Reading
    sights: list[Sight] = field(default_factory=list)

    def row(self) -> tuple[int, ...]:
        """Reading, first and last sight, and how many sights there were."""
        first, last = min(self.sights, key=_when), max(self.sights, key=_when)
        return self.reading.id, first.id, last.id, len(self.sights)

    def standing(self) -> tuple[bool, str]:
        """What the version that stands for a report has most of."""
        return self.reading.has_cells, max(map(_when, self.sights))


def _when(sight: Sight) -> str:
    return sight.at


class _Rows:
    """The rows of a state, table by table, with the numbers that they go by in this database."""

    def __init__(self, database: Database, state: State) -> None:
        self.of: dict[str, list[Sequence[Any]]] = {table: [] for table in COLUMNS}
        self._database, self._state = database, state
        self._ids = {
            table: count(_last(database, table) + 1)
            for table, c in COLUMNS.items()
            if c[0] == "id" and table != "happenings"
        }
        self._shared: dict[tuple[str, tuple[Any, ...]], int] = {}
        self._grounds: dict[Sequence[Any], int] = {}
        self._units = {unit.code: next(self._ids["units"]) for unit in state.units}
        self.of["units"] = [
            (
                *(self._units[u.code], u.code, u.name, u.kind, u.division, u.basis, u.portal),
                *(u.first_year, u.last_year, u.expected),
            )
            for u in state.units
        ]
        self.of["former_names"] = [
            (self._units[u.code], called.name, called.first_year, called.last_year)
            for u in state.units
            for called in u.former
        ]
        self._first = {(e.unit, e.year, e.line): e for e in state.events if e.kind == "first_seen"}
        for report in state.reports:
            self._report(report)
        self.of["happenings"] = [self._event(e) for e in state.events if e.kind != "first_seen"]
        self.of["duties"] = [self._duty(row) for row in state.ledger]
        self.of["undecided"] = list(_undecided(state))

    def _report(self, report: Report) -> None:
        number, unit = next(self._ids["reports"]), self._units[report.unit.code]
        versions: dict[str | None, _Version] = {}
        for line in report.lines:
            self._line(number, report, line)
            for rendition in line.renditions:
                for run in rendition.figures():
                    first = run.first.reading
                    version = versions.setdefault(first.content, _Version(first))
                    version.sights += [seen.sight for seen in run.seen]
        self.of["report_versions"].extend(
            (next(self._ids["report_versions"]), number, *version.row()) for version in versions.values()
        )
        stands = max(versions.values(), key=_Version.standing, default=None)
        facts = (report.year, report.scope, report.contested or None, stands.reading.id if stands else None)
        self.of["reports"].append((number, unit, *facts))

    def _line(self, of_report: int, report: Report, line: Line) -> None:
        number, addresses = next(self._ids["lines_kept"]), self._state.addresses
        moved_to = addresses[line.moved_to] if line.moved_to else None
        gone = line.gone[0].id if line.gone else None
        self.of["lines_kept"].append(
            (
                *(number, of_report, addresses[line.address], line.claim.part, moved_to),
                *(line.sights[0].id, line.sights[-1].id, gone, len(line.gone)),
                self._first_seen(report, line),
            )
        )
        for rendition in line.renditions:
            sights = [seen.sight for seen in rendition.seen]
            facts = (self._state.urls[rendition.url], rendition.format, rendition.latest.id)
            self.of["renditions_kept"].append(
                (next(self._ids["renditions_kept"]), number, *facts, sights[0].id, sights[-1].id, len(sights))
            )

    def _first_seen(self, report: Report, line: Line) -> bytes | None:
        """The id of the event that a line's first sight is, once for all reports and parts at one address."""
        event = self._first.pop((report.unit.code, report.year, line.address), None)
        return bytes.fromhex(event.id) if event else None

    def _event(self, event: Event) -> Sequence[Any]:
        return (
            *(event.id, event.kind, self._units[event.unit], event.year, self._state.addresses[event.line]),
            *(event.seen_before, event.seen_at, event.confirmed_at, event.old_reading, event.new_reading),
            *(_json([self._record(record) for record in event.captures]), _json(event.cells), event.message),
        )

    def _record(self, record: str) -> int:
        found = self._database.execute("SELECT id FROM records WHERE record = ?", [record]).fetchone()
        return int(found[0])

    def _duty(self, row: Row) -> Sequence[Any]:
        seen = row.presence in {"present", "withdrawn"}
        state = self._number("states", (row.presence, row.timing, row.reading, row.published_basis))
        due = self._number("due_days", (str(row.due.day), row.due.basis))
        return (
            *(self._units[row.unit.code], row.year, state, due),
            *(numbers.day(row.not_before), numbers.day(row.not_after)),
            *((_json(row.why) if row.why else None, None) if seen else (None, self._ground(row))),
        )

    def _number(self, table: str, values: tuple[Any, ...]) -> int:
        if (table, values) not in self._shared:
            found = numbers.rows(self._database, table, SHARED[table], [values])
            self._shared[table, values] = found[values]
        return self._shared[table, values]

    def _ground(self, row: Row) -> int:
        facts = (
            *(row.unit.portal, _json(row.columns), _json(row.captures), row.last_clear_sight),
            *(row.oldest or None, _json(row.why)),
        )
        if facts not in self._grounds:
            self._grounds[facts] = next(self._ids["grounds"])
            self.of["grounds"].append((self._grounds[facts], *facts))
        return self._grounds[facts]


def _undecided(state: State) -> Iterator[Sequence[Any]]:
    rows: dict[tuple[Any, ...], None] = {}
    for claim in state.undecided:
        title = next(claim.address.titles(), "")
        listed = {(walk.portal, walk.column) for walk, _ in claim.address.listed} or {("", "")}
        rows.update({(*where, claim.address.key, title, claim.reason): None for where in sorted(listed)})
    yield from rows


def _last(database: Database, table: str) -> int:
    row = database.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
    return int(row[0])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
