"""What is derived and asked of a large archive, against SQLite reading the same rows, and against sqlite-utils."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlite_utils

from archive import clock
from archive.captures.ingest import ingest
from archive.cells import FIGURES
from archive.database import Database, open_database
from archive.exports.panel import panel
from archive.exports.selection import Selection, units, years
from archive.exports.standing import Options
from archive.folder import Folder
from archive.history import current, query
from archive.history.query import Asked, Only, asked
from archive.readings import pages, tables
from archive.upkeep.update import update
from crawler.verbs.series import HEADLINES
from parsers import GENERATION
from parsers.parse import parse
from tests.bench import large
from tests.bench.pairs import Pair, Sides
from tests.bench.reports import pages as documents
from tests.bench.reports import told_apart

COUNTIES = 25
"""Some 20,000 reports: what is asked takes as long in an archive of 40,000 units but for the rows that it shows."""
SHARE = 100
"""One document in so many is read for comparison: reading them all would take minutes."""
STORED = 300
"""Readings that are stored at once."""
UPDATED = 1000
"""Documents of an update: what a county brings in a year."""
WRITTEN = ("titles", "readings_kept", *tables.COLUMNS)


def _beside_sqlite(
    ours: Callable[[Asked], object], scan: str, values: dict[str, Any]
) -> Callable[[], Iterator[Sides]]:
    """What a verb asks, against SQLite fetching the rows that it rests on by their indexes."""

    def sides() -> Iterator[Sides]:
        with tempfile.TemporaryDirectory() as folder:
            archive, _ = large.make(Path(folder), COUNTIES)
            with asked(archive, clock.instant(large.NOW)) as of:
                yield Sides(lambda: ours(of), lambda: of.database.execute(scan, values).fetchall(), 1)

    return sides


COUNTY = "900105"
MISSING = """SELECT * FROM duties JOIN units ON units.id = duties.unit JOIN due_days ON due_days.id = duties.due
    JOIN states ON states.id = duties.state JOIN grounds ON grounds.id = duties.ground
    WHERE duties.state IN (SELECT id FROM states WHERE presence = 'absent')"""
LEDGER = """SELECT * FROM units JOIN duties ON duties.unit = units.id JOIN due_days ON due_days.id = duties.due
    JOIN states ON states.id = duties.state
    JOIN reports ON reports.unit = units.id AND reports.year = duties.year JOIN lines ON lines.report = reports.id
    JOIN records ON records.id = lines.capture WHERE units.division = :county"""
UNIT = f"{LEDGER} AND units.code = :unit"


def _unit(of: Asked) -> object:
    only = Only(unit=f"{COUNTY}-东山镇")
    return [
        *query.ledger(of, only),
        *query.events(of, unit=only.unit),
        *query.renditions(of, only.unit or "", 2023),
    ]


RENDITIONS = """FROM units JOIN reports ON reports.unit = units.id JOIN lines_kept ON lines_kept.report = reports.id
    JOIN renditions_kept ON line = lines_kept.id JOIN records ON records.id = renditions_kept.last
    JOIN urls ON urls.id = records.url JOIN readings_kept ON readings_kept.id = renditions_kept.reading"""
SERIES = (
    LEDGER,
    f"SELECT * {RENDITIONS} WHERE units.division = :county",
    *(
        f"SELECT {table}.* {RENDITIONS} JOIN {table} ON {table}.reading = readings_kept.id WHERE division = :county"
        for table in (*(f"{name}_kept" for name in FIGURES), "findings_kept", "notes")
    ),
)


def series() -> Iterator[Sides]:
    """The main figures of a county over the years, each with its quality."""
    with tempfile.TemporaryDirectory() as folder:
        archive, _ = large.make(Path(folder), COUNTIES)
        with asked(archive, clock.instant(large.NOW)) as of:
            wanted = Selection(county=COUNTY)

            def ours() -> int:
                chosen = units(of, wanted)
                cells = panel(of, chosen, years(of, chosen, wanted), list(HEADLINES), Options())
                return sum(1 for _ in cells)

            def reference() -> None:
                for query_ in SERIES:
                    of.database.execute(query_, {"county": COUNTY}).fetchall()

            yield Sides(ours, reference, ours())


def stored() -> Iterator[Sides]:
    """Rows of readings, every table of them."""
    parts = [part for page in documents() for part in tables.as_parts(parse(page))]
    read = {number: [parts[number % len(parts)]] for number in range(1, STORED + 1)}
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_database(Folder(Path(folder)).create())) as database,
    ):
        rows = _rows(database, read)
        theirs = sqlite_utils.Database(Path(folder, "theirs.db"))

        def reference() -> None:
            for table, listed in rows.items():
                theirs[table].drop(ignore=True)
                theirs[table].insert_all(listed)

        def ours() -> None:
            with database:
                for table in WRITTEN:
                    database.execute(f"DELETE FROM {table}")
                tables.store(database, GENERATION, read)

        yield Sides(ours, reference, sum(map(len, rows.values())))


def _rows(database: Database, read: dict[int, list[tables.Part]]) -> dict[str, list[dict[str, Any]]]:
    with database:
        tables.store(database, GENERATION, read)
    names = [table for table in WRITTEN if database.execute(f"SELECT 1 FROM {table}").fetchone()]
    return {name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")] for name in names}


def processes() -> Iterator[Sides]:
    """The whole of an update, in two processes and in one; of documents each with an issuer of its own, as a crawl
    brings them: many of one issuer would be compared with each other."""
    with tempfile.TemporaryDirectory() as root:
        files = Path(root, "files")
        files.mkdir()
        for number, page in enumerate(told_apart(UPDATED)):
            (files / f"{number}.html").write_bytes(page)
        folder = Folder(Path(root, "archive")).create()
        ingest(folder, [files])

        def run(jobs: int) -> None:
            for path in folder.root.glob("archive.db*"):
                path.unlink()
            update(folder, jobs=jobs)

        yield Sides(lambda: run(2), lambda: run(1), len(list(files.iterdir())))


def unchanged() -> Iterator[Sides]:
    """An update of an archive in which nothing came, against reading as few of its documents as there are samples."""
    with tempfile.TemporaryDirectory() as root, large.now():
        folder, reports = large.make(Path(root), COUNTIES)
        sample = documents()
        with closing(open_database(folder)) as database:

            def ours() -> None:
                pages.fill(database, folder, GENERATION, new=True)
                tables.fill(database, folder, GENERATION)
                current.refresh(database, folder)

            def reference() -> None:
                for number in range(reports // SHARE):
                    parse(sample[number % len(sample)])

            yield Sides(ours, reference, reports)


_missing = _beside_sqlite(lambda of: list(query.missing(of)), MISSING, {})
_county = _beside_sqlite(lambda of: list(query.ledger(of, Only(county=COUNTY))), LEDGER, {"county": COUNTY})
_page = _beside_sqlite(_unit, UNIT, {"county": COUNTY, "unit": f"{COUNTY}-东山镇"})

ARCHIVE = (
    Pair("missing", "what is missing, with its sentences", "SQLite fetching its rows", 0.33, _missing),
    Pair("ledger", "the ledger of a county", "SQLite fetching its rows", 0.33, _county),
    Pair("unit", "the page of a unit", "SQLite fetching its rows", 0.33, _page),
    Pair("series", "the figures of a county", "SQLite fetching its rows", 0.33, series),
    Pair("stored", "readings stored in their tables", "sqlite-utils insert_all", 8, stored, rounds=5),
    Pair("processes", "an update in two processes", "an update in one", 1.8, processes, rounds=3),
    Pair("unchanged", "an update without news", "reading a hundredth of it", 0.05, unchanged, rounds=3),
)
