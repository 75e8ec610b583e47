"""Which generation of readings the views show, and what a new one would change."""

from __future__ import annotations

from dataclasses import dataclass

from archive.database import Database
from archive.folder import Folder
from archive.readings import albums, pages, tables, titles
from archive.schema import OF_READINGS
from parsers import GENERATION
from parsers.errors import Newer


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that two generations read differently from the same bytes."""

    body: str
    part: int
    path: str
    old: object
    new: object


def accepted(database: Database) -> int | None:
    """The generation the views show, `None` in a new archive."""
    row = database.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    if row and int(row[0]) > GENERATION:
        raise Newer(f"the archive was read by a newer gongkai (generation {row[0]}): upgrade gongkai first")
    return int(row[0]) if row else None


def shown(database: Database) -> int:
    """The generation to derive from: the accepted one, in a new archive this version's."""
    of_views = accepted(database)
    return GENERATION if of_views is None else of_views


def is_current(database: Database) -> bool:
    """Whether what this version reads is what the views show; a new archive takes this version's generation."""
    if accepted(database) is None:
        with database:
            _set(database, GENERATION)
    return accepted(database) == GENERATION


def fill(database: Database, folder: Folder, jobs: int = 1) -> tuple[int, int]:
    """Inspect and read what this generation has not seen, in so many processes; numbers of pages and of documents."""
    shown = accepted(database) == GENERATION
    inspected, documents = pages.fill(database, folder, GENERATION, jobs=jobs, new=shown)
    if shown:
        with database:
            pages.attach(database, GENERATION, new=True)
    return inspected, documents + tables.fill(database, folder, GENERATION, jobs=jobs)


def read_again(database: Database, folder: Folder, jobs: int = 1) -> int:
    """Read again what this generation could not read for lack of an extra that is there now; number of documents."""
    return tables.read_again(database, folder, GENERATION, jobs=jobs)


def changes(database: Database) -> list[CellChange]:
    """The cells that would change if this version's generation were accepted."""
    rows = database.execute(
        """WITH side AS (SELECT readings.generation, digest AS body, part, path, value FROM readings
               JOIN bodies ON bodies.id = readings.body
               JOIN reading_cells ON reading_cells.reading = readings.id WHERE readings.generation IN (?, ?)),
           keys AS (SELECT DISTINCT body, part, path FROM side)
           SELECT keys.*, old.value AS old, new.value AS new FROM keys
           LEFT JOIN side AS old ON old.generation = ? AND old.body = keys.body AND old.part = keys.part
               AND old.path = keys.path
           LEFT JOIN side AS new ON new.generation = ? AND new.body = keys.body AND new.part = keys.part
               AND new.path = keys.path
           WHERE old.value IS NOT new.value OR (old.path IS NULL) != (new.path IS NULL) ORDER BY 1, 2, 3""",
        [accepted(database), GENERATION, accepted(database), GENERATION],
    )
    return [CellChange(*row) for row in rows]


def accept(database: Database) -> None:
    """Show this version's generation from now on and forget the others; the caller's transaction, in which what
    follows from readings is derived anew, makes it so."""
    _set(database, GENERATION)
    for table in ("page_entries", "page_files"):
        database.execute(
            f"DELETE FROM {table} WHERE page IN (SELECT id FROM pages_kept WHERE generation != {GENERATION})"
        )
    database.execute("DELETE FROM entries WHERE id NOT IN (SELECT entry FROM page_entries)")
    pages.attach(database, GENERATION)
    for table in OF_READINGS:
        old = f"SELECT id FROM readings_kept WHERE generation != {GENERATION}"
        database.execute(f"DELETE FROM {table} WHERE reading IN ({old})")
    for table in ("pages_kept", "readings_kept"):
        database.execute(f"DELETE FROM {table} WHERE generation != {GENERATION}")
    titles.forget_unused(database)
    albums.gather(database)


def _set(database: Database, generation: int) -> None:
    database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('generation', ?)", [str(generation)])
