"""A title is kept once, and what is no day of the calendar as it stood."""

from contextlib import closing

import pytest

from archive import numbers
from archive.database import open_database
from archive.folder import Folder
from archive.readings import titles
from archive.schema import day
from crawler.demo.county import qinghe
from tests.archive.simulated import SimulatedCrawl

ALIKE = """SELECT count(*) FROM entries JOIN pages_kept ON pages_kept.url = entries.url
    JOIN readings_kept ON readings_kept.body = pages_kept.body AND readings_kept.title IS NOT NULL
    JOIN titles AS listed ON listed.id = entries.title JOIN titles AS shown ON shown.id = pages_kept.title
    JOIN titles AS read ON read.id = readings_kept.title WHERE listed.text = shown.text AND shown.text = read.text"""


@pytest.fixture
def database(tmp_path):
    folder = Folder(tmp_path / "archive").create()
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    with closing(open_database(folder)) as opened:
        yield opened


def count(database, query):
    return database.execute(query).fetchone()[0]


def test_an_entry_its_page_and_its_report_have_one_title(database):
    assert count(database, ALIKE) > 40
    assert count(database, f"{ALIKE} AND (listed.id != shown.id OR shown.id != read.id)") == 0


def test_titles_of_nothing_are_forgotten_and_others_are_not(database):
    before = [tuple(row) for row in database.execute("SELECT id, text FROM titles")]
    with database:
        database.execute("INSERT INTO titles (text) VALUES ('旧标题')")
        titles.forget_unused(database)
    assert [tuple(row) for row in database.execute("SELECT id, text FROM titles")] == before


@pytest.mark.parametrize(
    "said", ["2025-01-12", "1969-12-31", "2023-02-30", "20230115", "2023-W01-1", "", None]
)
def test_a_day_comes_back_as_it_was_written(database, said):
    assert database.execute(f"SELECT {day('?1')}", [numbers.day(said)]).fetchone()[0] == said


def test_days_are_numbers():
    assert numbers.day("1970-01-02") == 1
