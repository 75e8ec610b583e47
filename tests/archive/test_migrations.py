"""Every schema there ever was becomes the present one: once, in order, whole or not at all."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from archive import database, schema
from archive.database import open_database, open_file, read_database
from archive.folder import Folder
from archive.upkeep.natural import differences
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from crawler.demo.county import yingchuan
from parsers.errors import Fault
from tests.archive.simulated import SimulatedCrawl, at


def m9998_remarks(db):
    """A fictional next schema: a column with what it held before, and a table."""
    db.execute("ALTER TABLE crawls ADD COLUMN remark TEXT NOT NULL DEFAULT ''")
    db.execute("UPDATE crawls SET remark = 'by ' || vantage")
    db.execute("CREATE TABLE remarks (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")


def m9999_fails(db):
    db.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO remarks (text) VALUES (NULL)")


def migrations(*further):
    """The real ones, and after them fictional ones."""
    return (*schema.MIGRATIONS, *further)


def shape(path):
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall())


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("migrations") / "archive").create()
    SimulatedCrawl(folder, yingchuan(), "2025-01-12T01:00:00Z")
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made.root, tmp_path / "archive")
    return Folder(tmp_path / "archive")


EVERY = [migration.__name__ for migration in migrations(m9998_remarks)]


@pytest.mark.parametrize("count", range(1, len(EVERY)))
def test_every_earlier_schema_becomes_the_present_one(tmp_path, monkeypatch, count):
    present = migrations(m9998_remarks)
    for name, steps in (("old", [present[:count], present]), ("new", [present])):
        for step in steps:
            monkeypatch.setattr(database, "MIGRATIONS", step)
            open_file(tmp_path / name).close()
    tables = [[row[:2] for row in shape(tmp_path / name)] for name in ("old", "new")]
    assert tables[0] == tables[1]
    with closing(sqlite3.connect(tmp_path / "old")) as connection:
        applied = [row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY name")]
    assert applied == EVERY


def test_upgrade_keeps_every_row(folder, made, monkeypatch):
    monkeypatch.setattr(database, "MIGRATIONS", migrations(m9998_remarks))
    with pytest.raises(Fault, match="run `gongkai update` first"):
        read_database(folder)
    with at("2025-01-12T02:00:00Z"):
        update(folder)
    with closing(read_database(folder)) as upgraded:
        remarks = upgraded.execute("SELECT remark, vantage FROM crawls").fetchall()
        assert [row["remark"] for row in remarks] == [f"by {row['vantage']}" for row in remarks] != []
        monkeypatch.undo()
        with closing(read_database(made)) as before:
            assert differences(upgraded, before) == {}
    with pytest.raises(Fault, match="newer version"):
        read_database(folder)


def test_upgrade_that_fails_leaves_the_database_as_it_was(folder, monkeypatch):
    before = shape(folder.database)
    monkeypatch.setattr(database, "MIGRATIONS", migrations(m9998_remarks, m9999_fails))
    with pytest.raises(Fault):
        update(folder)
    with closing(sqlite3.connect(folder.database)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert "remarks" in names  # the one before it is whole
        assert "half" not in names
    monkeypatch.setattr(database, "MIGRATIONS", migrations(m9998_remarks))
    update(folder)
    monkeypatch.undo()
    assert before != shape(folder.database)


def test_migration_runs_once(folder, monkeypatch):
    ran = []

    def m9998_remarks(db):
        ran.append(db)

    monkeypatch.setattr(database, "MIGRATIONS", migrations(m9998_remarks))
    for _ in range(2):
        open_database(folder).close()
    assert len(ran) == 1


def test_database_from_before_the_first_release_is_made_anew(folder):
    with closing(sqlite3.connect(folder.database)) as connection, connection:
        connection.execute("UPDATE _sqlite_migrations SET name = 'm0001_first'")
        connection.execute("DROP TABLE records")
    for use in (read_database, update):
        with pytest.raises(Fault, match="before the first release: `gongkai rebuild`"):
            use(folder)
    assert rebuild(folder).compared is False
    with closing(read_database(folder)) as database:
        assert database.execute("SELECT count(*) FROM records").fetchone()[0] > 0


MADE = """import sys; from pathlib import Path; from archive.database import open_file
open_file(Path(sys.argv[1])).close(); print(sorted({"pandas", "numpy"} & sys.modules.keys()))"""


def test_a_new_database_brings_in_nothing_that_it_has_no_use_for(tmp_path):
    """And what was kept out may come in afterwards."""
    made = subprocess.run(
        [sys.executable, "-c", f"{MADE}; import numpy", tmp_path / "archive.db"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout == "[]\n"
