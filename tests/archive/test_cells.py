"""Rows of zeros are bits, and nobody sees it: every table and view shows the cells that were read, and no other."""

from contextlib import closing

import pytest

from archive import cells, numbers
from archive.database import open_file
from archive.readings import tables
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
from parsers.forms.annex import ANNEX
from parsers.parse import Reading, parse
from parsers.report import Note, Report, number
from tests.bench import large

COUNT = 7
MOST = 1100
"""Bytes of database for each report, beside captures and prose, of which 150 are what an empty archive takes too: in a
large one a report takes less than a thousand."""


def zeros(form):
    """A report whose tables are zeros from end to end, as far as the form has them."""
    year = 2020 if form == "2019" else 2023
    (report,) = parse(as_page(make_report("白鹭镇人民政府", year, form, seed=COUNT)).encode()).reports
    for table in cells.TABLE_COLUMNS:
        for row in getattr(report, table).values():
            row.update(dict.fromkeys(row, 0))
    return report


def edited(form):
    """The same with a blank cell, a mark, a number, a cell and a row that are not there."""
    report = zeros(form)
    report.requests["received"]["business"] = None
    report.requests["granted"]["business"] = None
    report.notes["requests.granted.business"] = Note("/", "mark")
    report.requests["concluded"]["total"] = 3
    del report.requests["partly_granted"]["total"]
    del report.requests["denied_deliberative"]
    return report


def annex():
    report = Report(year=2014, form="2014")
    report.annex = {row.code: (None, 0, 5)[n % 3] for n, row in enumerate(ANNEX[:-2])}
    return report


CASES = {
    "zeros 2019": zeros("2019"),
    "zeros 2021": zeros("2021"),
    "edited 2019": edited("2019"),
    "edited 2021": edited("2021"),
    "annex": annex(),
    "nothing": Report(),
}


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A database with the cases, and their numbers in it."""
    with closing(open_file(tmp_path_factory.mktemp("cells") / "archive.db")) as database, database:
        bodies = numbers.bodies(database, CASES)
        parts = {
            bodies[name]: tables.as_parts(Reading("html", "report", [report]))
            for name, report in CASES.items()
        }
        tables.store(database, 1, parts)
        ids = dict(map(tuple, database.execute("SELECT body, id FROM readings")))
        yield database, {name: ids[bodies[name]] for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_every_view_shows_what_was_read(stored, name):
    database, ids = stored
    report = CASES[name]
    expected = {path: number(value) for path, value in report.cells().items()}
    listed = database.execute("SELECT path, value FROM reading_cells WHERE reading = ?", [ids[name]])
    assert sorted(map(tuple, listed), key=str) == sorted(expected.items(), key=str)
    assert tables.load(database, ids[name]).cells() == report.cells()


@pytest.mark.parametrize("table", cells.FIGURES)
def test_tables_and_rows_of_many_readings_are_the_same(stored, table):
    database, ids = stored
    of_view = database.execute(f"SELECT * FROM {table} WHERE reading > 0")
    of_rows = cells.rows_of(database, table, list(ids.values()))
    assert sorted(map(tuple, of_view), key=str) == sorted(map(tuple, of_rows), key=str)


def test_zeros_take_no_rows(stored):
    database, ids = stored
    kept = "SELECT count(*) FROM requests_kept WHERE reading = ?"
    counts = {name: database.execute(kept, [ids[name]]).fetchone()[0] for name in CASES}
    assert counts["zeros 2021"] == 0
    assert counts["edited 2021"] == 4


@pytest.mark.parametrize("narrowed", ["unit = '990101100'", "unit = '990101100' AND path = 'annex.staff'"])
def test_cells_of_a_unit_are_found_without_reading_those_of_others(stored, narrowed):
    plan = stored[0].execute(f"EXPLAIN QUERY PLAN SELECT value FROM cells WHERE {narrowed}").fetchall()
    scanned = {row[3].split()[1] for row in plan if row[3].startswith("SCAN ")}
    assert scanned <= {"report_cells", "cells"}


def test_a_report_takes_a_kilobyte_beside_its_captures_and_prose(tmp_path):
    folder, reports = large.make(tmp_path, 3)
    with closing(open_file(folder.database)) as database:
        database.execute("VACUUM")
        sizes = large.beside(database, reports)
    assert sum(sizes.values()) < MOST, sizes
