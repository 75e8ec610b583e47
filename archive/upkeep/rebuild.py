"""`gongkai rebuild`: the database again from `warc/` and `inputs/`, put in place when it is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from archive.captures import index
from archive.database import Database, open_file
from archive.folder import Folder, writing
from archive.history.current import refresh
from archive.readings import generation, pool
from archive.upkeep.natural import differences
from parsers import GENERATION
from parsers.errors import Fault, Newer


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild found. `compared` is whether there was a database to compare with; `differences` are tables
    with the number of rows that only the old and only the new one held."""

    records: int
    documents: int
    compared: bool = False
    differences: dict[str, tuple[int, int]] = field(default_factory=dict)


def rebuild(folder: Folder, *, wait_seconds: float = 0) -> Rebuilt:
    """Make the database anew and replace the old one, with which it is compared first."""
    with writing(folder.require(), wait_seconds):
        fresh = folder.database.with_name("archive.db.new")
        _remove(fresh)
        with closing(open_file(fresh)) as database:
            records = index.catch_up(database, folder)
            generation.is_current(database)
            _, documents = generation.fill(database, folder, pool.processors())
            generation.read_again(database, folder, pool.processors())
            refresh(database, folder)
            result = Rebuilt(records, documents)
            _compare(folder, database, result)
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _remove_journals(folder.database)
        _remove_journals(fresh)
        fresh.replace(folder.database)
        folder.note("rebuilt", records=records, differences=result.differences)
        return result


def _compare(folder: Folder, database: Database, result: Rebuilt) -> None:
    if not folder.database.exists():
        return
    try:
        with closing(open_file(folder.database)) as old:
            if generation.accepted(old) == GENERATION:
                index.catch_up(old, folder)
                generation.fill(old, folder)
                generation.read_again(old, folder)
                refresh(old, folder)
                result.compared = True
                result.differences = differences(old, database)
            else:
                folder.note("generation accepted", old=generation.accepted(old), new=GENERATION, by="rebuild")
    except Newer:
        raise
    except (Fault, sqlite3.Error):
        result.compared = False  # the old database cannot be used: that is what a rebuild is for


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _remove_journals(path)


def _remove_journals(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
