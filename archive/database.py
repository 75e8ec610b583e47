"""The connection to archive.db: migrations, versions, one writer."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from archive.folder import Folder
from archive.schema import MIGRATIONS, RETIRED
from archive.trouble import trouble
from parsers.errors import Fault, Newer, Status

Database = sqlite3.Connection
BUSY_SECONDS = 30
_SET = "gongkai"


def open_database(folder: Folder) -> Database:
    """The archive's database, brought to this version's schema. Needs the archive's lock."""
    return open_file(folder.database)


def open_file(path: Path) -> Database:
    """A database file, made where there is none."""
    with _closed_on_fault(path) as opened:
        connection = opened.enter_context(closing(sqlite3.connect(path, timeout=BUSY_SECONDS)))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if _pending(connection, path):
            _migrate(connection)
    connection.row_factory = sqlite3.Row
    return connection


def read_database(folder: Folder) -> Database:
    """The archive's database for reading only."""
    folder.require()
    if not folder.database.exists():
        raise Fault(f"{folder.root} has no database yet: `gongkai rebuild` makes it")
    with _closed_on_fault(folder.database) as opened:
        connection = opened.enter_context(closing(_connect(folder.database)))
        if _pending(connection, folder.database):
            raise Fault(f"{folder.database} was made by an older version: run `gongkai update` first")
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def _closed_on_fault(path: Path) -> Iterator[ExitStack]:
    """What is opened stays open where nothing goes wrong; what SQLite refuses is told as a fault."""
    with ExitStack() as opened:
        try:
            yield opened
        except sqlite3.Error as error:
            raise _fault(path, error) from error
        opened.pop_all()


def _connect(path: Path) -> Database:
    """A connection for reading. In a folder that cannot be written SQLite can make no shared memory for a database;
    it is read as it stands then, for nobody writes it."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if not isinstance(error, sqlite3.OperationalError) or os.access(path.parent, os.W_OK):
            raise
        return sqlite3.connect(f"{address}&immutable=1", uri=True)
    return connection


def _pending(connection: Database, path: Path) -> bool:
    """Whether a database lacks a migration; one that has a migration we do not know is refused."""
    known = {migration.__name__ for migration in MIGRATIONS}
    applied = _applied(connection)
    if applied & RETIRED:
        raise Fault(f"{path} was made before the first release: `gongkai rebuild` makes it anew")
    if unknown := sorted(applied - known):
        raise Newer(f"{path} was made by a newer version of gongkai ({unknown[-1]}): upgrade gongkai first")
    return applied != known


def _applied(connection: Database) -> set[str]:
    """The names under which sqlite-utils has recorded migrations."""
    recorded = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    names = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    return {row[0] for row in connection.execute(names, [_SET])} if recorded else set()


def _migrate(connection: Database) -> None:
    with _unseen("pandas", "numpy"):
        import sqlite_utils

    migrations = sqlite_utils.Migrations(_SET)
    for migration in MIGRATIONS:
        migrations()(migration)
    migrations.apply(sqlite_utils.Database(connection))


@contextmanager
def _unseen(*modules: str) -> Iterator[None]:
    """Where modules seem not to be installed: sqlite-utils brings these two in wherever they are, a second and 130 MB
    for a process that crawls and has no use for them."""
    hidden = [name for name in modules if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _fault(path: Path, error: sqlite3.Error) -> Fault:
    if said := trouble(error):
        return Fault(f"{path}: {said}", Status.ATTENTION)
    return Fault(f"{path} cannot be used as a database ({error}); `gongkai rebuild` makes it anew")
