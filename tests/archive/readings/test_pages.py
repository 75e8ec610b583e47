"""Pages inspected, and the bodies that are to be read read with them."""

from contextlib import closing

import pytest

from archive.captures import index
from archive.captures.ingest import ingest
from archive.database import open_database, read_database
from archive.folder import Folder, writing
from archive.readings import pages, pool, tables
from archive.upkeep.update import update
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
from parsers import GENERATION


@pytest.fixture
def folder(tmp_path):
    folder, files = Folder(tmp_path / "archive").create(), tmp_path / "files"
    files.mkdir()
    for number, name in enumerate(("白鹭镇", "苍溪镇")):
        (files / f"{number}.html").write_text(
            as_page(make_report(f"{name}人民政府", 2023, "2021", seed=number))
        )
    (files / "nothing.html").write_text("<html><body><p>访问的页面不存在</p></body></html>")
    ingest(folder, [files])
    return folder


def rows(folder):
    with closing(read_database(folder)) as database:
        return [
            tuple(row)
            for row in database.execute(
                """SELECT page_class, outcome, readings.message FROM pages
                   LEFT JOIN readings ON readings.body = pages.body ORDER BY 1, 2, 3"""
            )
        ]


def test_bodies_are_read_when_their_pages_are_inspected(folder):
    with writing(folder), closing(open_database(folder)) as database:
        index.catch_up(database, folder)
        assert pages.fill(database, folder, GENERATION) == (3, 2)
        assert (
            tables.fill(database, folder, GENERATION) == 1
        )  # what was given by hand is read, whatever it is
        assert pages.fill(database, folder, GENERATION) == (0, 0)


def test_body_that_was_read_is_not_read_again_for_another_page(folder):
    update(folder, jobs=1)
    with writing(folder), closing(open_database(folder)) as database, database:
        database.execute("DELETE FROM pages_kept")
        assert pages.fill(database, folder, GENERATION) == (3, 0)


def test_page_whose_reading_killed_the_process_is_seen(folder, monkeypatch):
    """It was inspected and read in one go: only one of the two need have been the reason."""
    update(folder, jobs=1)
    alive = rows(folder)
    folder.database.unlink()
    monkeypatch.setattr(pages, "run", lambda work, looks, jobs: [[(look, pool.Died()) for look in looks]])
    update(folder, jobs=1)
    seen = rows(folder)
    assert [row[0] for row in seen] == [row[0] for row in alive] == ["article", "article", "error"]
    assert seen[:2] == [("article", "unreadable", "its reader died")] * 2


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("new", [True, False])
def test_pages_are_inspected_however_many_are_looked_up_together(folder, monkeypatch, at_once, new):
    monkeypatch.setattr(pages, "AT_ONCE", at_once)
    with writing(folder), closing(open_database(folder)) as database:
        index.catch_up(database, folder)
        assert pages.fill(database, folder, GENERATION, new=new) == (3, 2)
        assert pages.fill(database, folder, GENERATION, new=new) == (0, 0)
