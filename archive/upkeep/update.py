"""`gongkai update`: index what is not indexed, read what is not read, and derive the rest anew."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field

from archive.captures import index
from archive.database import open_database
from archive.folder import Folder, writing
from archive.history.current import refresh
from archive.readings import generation, pool
from archive.readings.generation import CellChange
from parsers import GENERATION


@dataclass(slots=True)
class Summary:
    """What an update did; `derived` counts portals, `again` documents that were read again with an extra that their
    first reading lacked. `no_reports` are the names of files given by hand in which no report was read now, each with
    the reason; `waiting` says that a new generation has been read and awaits acceptance."""

    records: int = 0
    pages: int = 0
    documents: int = 0
    again: int = 0
    mended: int = 0
    derived: int = 0
    undecided: int = 0
    damaged: list[str] = field(default_factory=list)
    changes: list[CellChange] = field(default_factory=list)
    no_reports: list[tuple[str, str]] = field(default_factory=list)
    waiting: bool = False


def update(
    folder: Folder,
    *,
    wait_seconds: float = 0,
    dry_run: bool = False,
    accept: bool = False,
    jobs: int | None = None,
) -> Summary:
    """Bring the database up to the WARC files and the inputs, reading in so many processes (as many as there are
    processors). What an interrupted update has read is kept, and the next goes on from there.

    Where this version reads differently from the generation the views show, both are kept until `accept`.
    """
    jobs = jobs or pool.processors()
    with writing(folder, wait_seconds) as mended, closing(open_database(folder)) as database:
        summary = Summary(records=index.catch_up(database, folder), mended=len(mended))
        same = generation.is_current(database)
        known = database.execute("SELECT coalesce(max(id), 0) FROM readings").fetchone()[0]
        summary.pages, summary.documents = generation.fill(database, folder, jobs)
        summary.again = generation.read_again(database, folder, jobs)
        summary.no_reports = [tuple(row) for row in database.execute(_NO_REPORTS, [known])]
        if not same:
            summary.changes = generation.changes(database)
            if accept and not dry_run:
                before = generation.accepted(database)
                generation.accept(database)
                summary.derived = refresh(database, folder)
                folder.note("generation accepted", old=before, new=GENERATION)
            summary.waiting = not accept
        if not dry_run:
            summary.derived += refresh(database, folder)
        summary.damaged = [
            row[0] for row in database.execute("SELECT name FROM warcs WHERE damage IS NOT NULL")
        ]
        summary.undecided = database.execute("SELECT count(*) FROM undecided").fetchone()[0]
        return summary


_NO_REPORTS = """SELECT DISTINCT coalesce(records.name, urls.url), message FROM readings
    JOIN records ON records.body = readings.body JOIN urls ON urls.id = records.url
    WHERE readings.id > ? AND outcome != 'report' AND records.kind = 'resource' ORDER BY 1"""
"""Of the readings since one, those of files given by hand that hold no report."""
