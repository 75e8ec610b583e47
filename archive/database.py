"""The connection to archive.db: migrations, versions, one writer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlite_utils

from archive.folder import Folder
from archive.schema import migrations
from parsers.errors import Fault, Newer

Database = sqlite3.Connection
BUSY_SECONDS = 30


def open_database(folder: Folder) -> Database:
    """The archive's database, brought to this version's schema. Needs the archive's lock."""
    return open_file(folder.database)


def open_file(path: Path) -> Database:
    """A database file, made where there is none."""
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _refuse_newer(connection, path)
        migrations.apply(sqlite_utils.Database(connection))
    except sqlite3.Error as error:
        raise _fault(path, error) from error
    connection.row_factory = sqlite3.Row
    return connection


def read_database(folder: Folder) -> Database:
    """The archive's database for reading only."""
    folder.require()
    if not folder.database.exists():
        raise Fault(f"{folder.root} has no database yet: `gongkai rebuild` makes it")
    try:
        connection = sqlite3.connect(
            f"{folder.database.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS
        )
        _refuse_newer(connection, folder.database)
        if migrations.pending(sqlite_utils.Database(connection)):
            raise Fault(f"{folder.database} was made by an older version: run `gongkai update` first")
    except sqlite3.Error as error:
        raise _fault(folder.database, error) from error
    connection.row_factory = sqlite3.Row
    return connection


def _refuse_newer(connection: Database, path: Path) -> None:
    known = {migration.name for migration in migrations._migrations}
    applied = {migration.name for migration in migrations.applied(sqlite_utils.Database(connection))}
    if unknown := sorted(applied - known):
        raise Newer(f"{path} was made by a newer version of gongkai ({unknown[-1]}): upgrade gongkai first")


def _fault(path: Path, error: sqlite3.Error) -> Fault:
    return Fault(f"{path} cannot be used as a database ({error}); `gongkai rebuild` makes it anew")
