"""Editions: the readings that stand for a report at a chosen time.

Parts of a report complement each other and renditions repeat each other, so an edition may hold several readings: a
cell is taken from the first that has it, and one in which they differ is doubtful.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Literal

from archive import clock
from archive.history.query import Asked
from archive.readings import generation

Choice = Literal["latest", "first", "deadline"]
CHOICES: tuple[Choice, ...] = ("latest", "first", "deadline")
"""`latest`: as last seen; `first`: as first seen; `deadline`: as last seen by the end of the due day."""

ONE_CRAWL = timedelta(days=1)
"""What is seen within so long of a page was published with it: a page and its files."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A line of a report in one format, between its first and its last sight; `reading` and `capture` are of the last.
    `stands` says how well: 2 where the line is live, 1 where it was not followed by another, 0 else."""

    url: str
    address: str
    part: int
    format: str
    reading: int
    capture: str
    first_seen: str
    last_seen: str
    stands: int


@dataclass(slots=True)
class Report:
    """What was published as a unit's report of a year. `contested` says why its figures are not taken as one."""

    number: int
    unit: str
    year: int
    scope: str
    contested: str
    renditions: list[Rendition] = field(default_factory=list)

    @property
    def first_seen(self) -> str:
        """The first sight of any of it."""
        return min((rendition.first_seen for rendition in self.renditions), default="")


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading and the capture of the document that was so read: `at` is its instant, `since` when the same figures
    were first seen."""

    reading: int
    url: str
    address: str
    format: str
    record: str
    at: str
    since: str


def reports(of: Asked, units: Iterable[str]) -> Iterator[Report]:
    """The reports of units, by unit, year and scope, with all their renditions."""
    rows = of.database.execute(_REPORTS, [json.dumps(list(units))])
    for _, group in groupby(rows, lambda row: row["number"]):
        of_report = list(group)
        report = Report(*tuple(of_report[0])[:5])
        report.renditions = [Rendition(*tuple(row)[5:]) for row in of_report if row["reading"] is not None]
        yield report


_REPORTS = """SELECT reports.id AS number, units.code, reports.year, reports.scope, coalesce(reports.contested, ''),
    urls.url, addresses.key, lines.part, renditions.format, renditions.reading AS reading, records.record,
    renditions.first_seen, renditions.last_seen,
    CASE WHEN lines.moved_to IS NOT NULL THEN 0 WHEN lines.gone_since IS NOT NULL THEN 1 ELSE 2 END
    FROM units JOIN reports ON reports.unit = units.id LEFT JOIN lines ON lines.report = reports.id
    LEFT JOIN addresses ON addresses.id = lines.address LEFT JOIN renditions ON renditions.line = lines.id
    LEFT JOIN urls ON urls.id = renditions.url LEFT JOIN records ON records.id = renditions.capture
    WHERE units.code IN (SELECT value FROM json_each(?))
    ORDER BY units.code, reports.year, reports.scope, lines.id, renditions.id"""


def edition(of: Asked, report: Report, choice: Choice, due: date) -> list[Shown]:
    """The readings of a report at the chosen time; none where nothing of it had been seen by then or could be read."""
    renditions = report.renditions
    if choice == "latest":
        best = max((rendition.stands for rendition in renditions), default=0)
        renditions = [rendition for rendition in renditions if rendition.stands == best]
    found = [(_chosen(of, report, one, choice, due), one) for one in renditions]
    return [_shown(of, report, rendition, capture) for capture, rendition in found if capture]


def _chosen(of: Asked, report: Report, one: Rendition, choice: Choice, due: date) -> Any:
    """Record, instant and reading of the capture that shows a rendition as it was at the chosen time."""
    now = clock.stamp(of.at)
    if choice == "deadline":
        return _capture(of, one, min(clock.stamp(clock.end_of_day(due)), now), "DESC")
    if choice == "first":
        return _capture(of, one, _after(report.first_seen), "ASC")
    last = _capture(of, one, min(_after(one.last_seen), now), "DESC")
    return last or (one.capture, one.last_seen, one.reading)


def _capture(of: Asked, one: Rendition, until: str, order: str) -> Any:
    values = [one.part, generation.shown(of.database), one.url, until]
    return of.database.execute(f"{_CAPTURES} ORDER BY records.at {order} LIMIT 1", values).fetchone()


_CAPTURES = """SELECT records.record, records.at, readings.id FROM urls AS named
    JOIN urls ON urls.address = named.address JOIN records ON records.url = urls.id
    JOIN readings ON readings.body = records.body AND readings.part = ? AND readings.generation = ?
    WHERE named.url = ? AND records.at <= ? AND records.truncated IS NULL AND readings.outcome = 'report'"""


def _after(at: str) -> str:
    return clock.stamp(clock.instant(at) + ONE_CRAWL)


def _shown(of: Asked, report: Report, one: Rendition, capture: Any) -> Shown:
    record, at, reading = capture
    since = of.database.execute(
        """SELECT min(first_seen) FROM versions WHERE report = ?
           AND content = (SELECT content FROM readings WHERE id = ?)""",
        [report.number, reading],
    ).fetchone()[0]
    return Shown(reading, one.url, one.address, one.format, record, at, min(since or at, at))
