"""What the listing verbs show: the ledger, events and units as of an instant, and the cells of a reading.

What is asked of now, or of any time since the last sight, comes from the derived tables; what is asked of an earlier
time is derived into temporary tables of the same names. The queries are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from archive import clock, schema, wording
from archive.database import Database, read_database
from archive.folder import Folder
from archive.history import beside, current
from archive.history.derive import State
from archive.history.ledger import on_day
from archive.inputs import read_settings
from archive.readings.tables import load


@dataclass(frozen=True, slots=True)
class Asked:
    """A database whose derived tables stand for an instant. `behind` says that evidence came, or inputs were changed,
    that they do not show yet."""

    database: Database
    at: datetime
    sight_days: int
    behind: bool = False

    @property
    def days(self) -> dict[str, str]:
        """The Beijing day, and the one before which a sight proves no absence, as parameters of a query."""
        day = clock.day(self.at)
        return {"day": str(day), "oldest": str(day - timedelta(days=self.sight_days))}


@contextmanager
def asked(
    folder: Folder, at: datetime, *, unit: str | None = None, county: str | None = None, events: bool = True
) -> Iterator[Asked]:
    """The archive as of an instant. Of a past one only what is asked for need be derived: the portals that know a
    unit (by code or name) or the units of a county, and those that they depend on; events where they are wanted."""
    with closing(read_database(folder)) as database:
        days = read_settings(folder.inputs).sight_days
        if current.holds(database, at):
            yield Asked(database, at, days, current.behind(database, folder))
        else:
            beside.derive_beside(database, folder, at, beside.About(unit, county, events))
            yield Asked(database, at, days)


def state(folder: Folder, as_of: datetime, portals: Iterable[str] | None = None) -> State:
    """Everything that follows from what was seen up to an instant, of some portals or of all, computed from evidence:
    for whole archives of some thousand reports, or for what the tables do not hold."""
    with closing(read_database(folder)) as database:
        beside.make_beside(database)
        day, sight_days = clock.day(as_of), read_settings(folder.inputs).sight_days
        out = State(as_of)
        for part in beside.derived(database, folder, as_of, portals):
            out.judgements = part.judgements
            for name in ("portals", "units", "reports", "ledger", "events", "undecided"):
                getattr(out, name).extend(getattr(part, name))
        out.ledger = [on_day(row, day, sight_days) for row in out.ledger]
        out.events.sort(key=lambda e: (e.seen_at, e.unit, e.year, e.kind, e.id))
        return out


@dataclass(frozen=True, slots=True)
class Only:
    """Which rows of the ledger are asked for; `sure` leaves out units that nobody listed: learned and assumed."""

    unit: str | None = None
    county: str | None = None
    year: int | None = None
    presence: str | None = None
    sure: bool = False
    units: tuple[str, ...] | None = None

    def where(self) -> tuple[str, dict[str, Any]]:
        """The condition in SQL, and its parameters."""
        tests = {
            "unit": "units.code = :unit",
            "units": "units.code IN (SELECT value FROM json_each(:units))",
            "county": "units.division = :county",
            "year": "duties.year = :year",
            "presence": f"{_PRESENCE} = :presence",
        }
        values = {name: getattr(self, name) for name in tests if getattr(self, name) is not None}
        terms = [tests[name] for name in values]
        if self.units is not None:
            values["units"] = json.dumps(self.units)
        if self.sure:
            terms.append("units.basis NOT IN ('learned', 'assumed')")
        if self.presence == "missing":
            terms += ["duties.ground IS NOT NULL", _ABSENT]  # what the index finds
        return " AND ".join(terms) or "1", values


_ABSENT = "duties.state IN (SELECT id FROM states WHERE presence = 'absent')"
_DAYS = {"day": ":day", "oldest": ":oldest"}
_PRESENCE = schema.PRESENCE.format_map(_DAYS)
_TABLES = f"{schema.LEDGER_TABLES} JOIN units ON units.id = duties.unit"
_ROW = f"""SELECT units.code AS unit, units.name, units.kind, units.basis AS expected_by, units.portal,
    {schema.LEDGER.format_map(_DAYS)} FROM {_TABLES}"""


def ledger(of: Asked, only: Only = Only()) -> Iterator[dict[str, Any]]:
    """The rows of the ledger, as the verbs print them."""
    where, values = only.where()
    rows = of.database.execute(
        f"{_ROW} WHERE {where} ORDER BY units.portal, units.code, duties.year", of.days | values
    )
    names = [column[0] for column in rows.description]
    for row in rows:
        shown = dict(zip(names, row, strict=True))
        shown["why"], shown["columns"] = _list(shown["why"]), _list(shown["columns"])
        shown["captures"] = _records(shown["captures"])
        yield shown


@lru_cache
def _list(text: str) -> list[str]:
    """A JSON array, of the few that many rows have in common."""
    found: list[str] = json.loads(text)
    return found


def _records(text: str) -> list[str]:
    """A JSON array of record ids, in which JSON escapes nothing: taken apart in a tenth of the time."""
    if text == "[]":
        return []
    return text[2:-2].split('","') if "\\" not in text else list(json.loads(text))


def missing(of: Asked, only: Only = Only()) -> Iterator[dict[str, Any]]:
    """The missing reports, each with the sentence that says what was observed and nothing more."""
    today = clock.day(of.at)
    return (_accused(row, today) for row in ledger(of, replace(only, presence="missing")))


def portals_in_doubt(of: Asked, only: Only = Only()) -> list[str]:
    """The portals of units whose due reports are missing or unseen."""
    where, values = only.where()
    query = f"""SELECT DISTINCT units.portal FROM {_TABLES} WHERE {where} AND units.portal != ''
        AND states.presence IN ('absent', 'unseen') AND due_days.day < :day ORDER BY 1"""
    return [row[0] for row in of.database.execute(query, of.days | values)]


def counts(of: Asked, only: Only = Only()) -> dict[str, int]:
    """How many units and years are in which state."""
    where, values = only.where()
    query = f"SELECT {_PRESENCE}, count(*) FROM {_TABLES} WHERE {where} GROUP BY 1"
    return dict(map(tuple, of.database.execute(query, of.days | values)))


AREAS = {
    "county": "units.division",
    "city": "substr(units.division, 1, 4) || '00'",
    "province": "substr(units.division, 1, 2) || '0000'",
    "level": "units.kind",
}
"""What rates are told by."""


def rates(of: Asked, by: str, only: Only = Only()) -> list[dict[str, Any]]:
    """Of the units whose reports were due, by area or level and year: how many there are, how many reports were seen,
    how many were missing, of how many nothing can be said. `rate` is `present` over `expected`; where anything is
    `unseen` it can only be more."""
    where, values = only.where()
    rows = of.database.execute(
        f"""SELECT area, year, sum(n) AS expected,
            coalesce(sum(n) FILTER (WHERE presence = 'present'), 0) AS present,
            coalesce(sum(n) FILTER (WHERE timing = 'on_time' AND presence = 'present'), 0) AS on_time,
            coalesce(sum(n) FILTER (WHERE timing = 'late' AND presence = 'present'), 0) AS late,
            coalesce(sum(n) FILTER (WHERE presence = 'withdrawn'), 0) AS withdrawn,
            coalesce(sum(n) FILTER (WHERE presence = 'missing'), 0) AS missing,
            coalesce(sum(n) FILTER (WHERE presence = 'unseen'), 0) AS unseen
            FROM (SELECT {AREAS[by]} AS area, duties.year AS year, {_PRESENCE} AS presence, timing, count(*) AS n
                  FROM {_TABLES} WHERE {where} AND due_days.day < :day GROUP BY 1, 2, 3, 4)
            WHERE presence NOT IN ('not_expected', 'pending') GROUP BY area, year ORDER BY area, year""",
        of.days | values,
    )
    return [dict(row) | {"rate": round(row["present"] / row["expected"], 4)} for row in rows]


_EVENT = f"""SELECT happenings.id, happenings.kind, units.code AS unit, units.name, year, addresses.key AS line,
    seen_before, seen_at, confirmed_at, message, cells, {schema.EVENT_CAPTURES} AS captures FROM happenings
    JOIN units ON units.id = happenings.unit JOIN addresses ON addresses.id = happenings.line"""
_FIRST_SEEN = f"""SELECT lower(hex(event)) AS id, 'first_seen' AS kind, units.code AS unit, units.name, year,
    addresses.key AS line, NULL AS seen_before, records.at AS seen_at, NULL AS confirmed_at,
    '{wording.EVENTS["first_seen"]}' AS message,
    '[]' AS cells, json_array(records.record) AS captures FROM {schema.FIRST_SIGHTS}"""


def events(
    of: Asked, *, unit: str | None = None, year: int | None = None, kind: str | None = None, since: str = ""
) -> Iterator[dict[str, Any]]:
    """What happened, in the order of time; first sights only where they are asked for by their kind. `since` is the
    stamp from which on it was seen or confirmed."""
    first = kind == "first_seen"
    tests = {"units.code": unit, "year": year, "happenings.kind": None if first else kind}
    terms = [f"{name} = ?" for name, value in tests.items() if value is not None]
    values = [value for value in tests.values() if value is not None]
    terms.append("(seen_at >= ? OR confirmed_at >= ?)")
    query = (
        f"{_FIRST_SEEN if first else _EVENT} WHERE {' AND '.join(terms)} ORDER BY seen_at, unit, year, 2, 1"
    )
    for row in of.database.execute(query, [*values, since, since]):
        yield dict(row) | {name: json.loads(row[name]) for name in ("cells", "captures")}


def renditions(of: Asked, unit: str, year: int) -> list[dict[str, Any]]:
    """Where a unit's reports of a year stood and stand, in which format, and what they were last read as."""
    rows = of.database.execute(
        """SELECT scope, contested, addresses.key AS address, urls.url, format, reading, renditions.first_seen,
           renditions.last_seen, sights, records.record AS capture, moved.key AS moved_to
           FROM units JOIN reports ON reports.unit = units.id JOIN lines ON lines.report = reports.id
           JOIN renditions ON renditions.line = lines.id JOIN urls ON urls.id = renditions.url
           JOIN addresses ON addresses.id = lines.address JOIN records ON records.id = renditions.capture
           LEFT JOIN addresses AS moved ON moved.id = lines.moved_to
           WHERE units.code = ? AND year = ? ORDER BY scope, lines.id, renditions.id""",
        [unit, year],
    )
    return [dict(row) for row in rows]


def _accused(row: dict[str, Any], today: date) -> dict[str, Any]:
    due = date.fromisoformat(row["due"])
    row["days_overdue"] = (today - due).days
    row["sentence"] = (
        f"{_chinese(clock.day(row['last_clear_sight']))}最后一次完整查看时，{row['name']}{row['year']}年度政府信息公开工作年度报告"
        f"未见于栏目{'、'.join(row['columns'])}；应公布日期为{_chinese(due)}（依据：{wording.basis(row['basis'])}）。"
    )
    return row


def reading(database: Database, reading_id: int) -> dict[str, Any]:
    """What one reading holds, in the shape of `gongkai parse --json`."""
    head = database.execute(
        "SELECT digest, readings.* FROM readings JOIN bodies ON bodies.id = body WHERE readings.id = ?",
        [reading_id],
    ).fetchone()
    source = {
        "sha256": head["digest"],
        "format": head["format"],
        "generation": head["generation"],
        "engines": json.loads(head["engines"]),
    }
    return load(database, reading_id).as_json(source)


@lru_cache
def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
