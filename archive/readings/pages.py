"""Captures → pages: class, family, entries and attachments, read from address, status and body alone."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from archive import numbers
from archive.captures.payloads import body_at, place
from archive.database import Database
from archive.folder import Folder
from archive.readings import titles
from archive.readings.pool import Died, run
from archive.schema import LOOK
from parsers.portals import inspect
from parsers.portals.model import Inspection, Page

GIVEN_STATUS = 200
"""A file given by hand has no status: it stands for what a reader saw."""


class Look(NamedTuple):
    """A page to be inspected, and where its body stands."""

    url: int
    body: int
    written: str
    status: int
    content_type: str
    path: Path
    offset: int


def fill(database: Database, folder: Folder, generation: int, *, jobs: int = 1, new: bool = False) -> int:
    """Inspect every page that this generation has not seen, and return how many there were. `new` says that only
    captures without a page can be such: those of an accepted generation."""
    looks = _looks(database, folder, generation, "AND page IS NULL" if new else "")
    for batch in run(_inspect, looks, jobs):
        with database:
            for look, seen in batch:
                _store(
                    database, generation, look, _unread("its reader died") if isinstance(seen, Died) else seen
                )
    return len(looks)


def attach(database: Database, generation: int, *, new: bool = False) -> None:
    """Point every capture to its page of the generation, or only those that have none."""
    database.execute(
        f"""UPDATE records SET page = (SELECT id FROM pages_kept AS pages WHERE pages.body = records.body
            AND pages.url = records.url AND pages.status = coalesce(records.status, {GIVEN_STATUS})
            AND generation = ?) WHERE body IS NOT NULL AND truncated IS NULL {"AND page IS NULL" if new else ""}""",
        [generation],
    )


def _looks(database: Database, folder: Folder, generation: int, which: str) -> list[Look]:
    rows = database.execute(
        f"""SELECT records.url, records.body, urls.url, coalesce(status, {GIVEN_STATUS}), min(content_type)
            FROM records JOIN urls ON urls.id = records.url
            WHERE body IS NOT NULL AND truncated IS NULL {which} AND NOT EXISTS
            (SELECT 1 FROM pages_kept AS pages WHERE pages.body = records.body AND pages.url = records.url
             AND pages.status = coalesce(records.status, {GIVEN_STATUS}) AND generation = ?)
            GROUP BY 1, 2, 4""",
        [generation],
    ).fetchall()
    return [
        Look(url, body, written, status, content_type or "", *place(database, folder, body))
        for url, body, written, status, content_type in rows
    ]


def _inspect(look: Look) -> Inspection:
    body = body_at(look.path, look.offset)
    try:
        return inspect(Page(look.written, body, look.status, look.content_type))
    except Exception as error:  # noqa: BLE001 - the page carries it, and is no clear sight
        return _unread(f"{type(error).__name__}: {error}")


def _unread(why: str) -> Inspection:
    return Inspection("unknown", "", "other", f"it could not be inspected: {why}")


def _store(database: Database, generation: int, look: Look, seen: Inspection) -> None:
    kind = tuple(getattr(seen, name) for name in LOOK)
    title = None if seen.title is None else titles.of_url(database, look.url, seen.title)
    page = database.execute(
        """INSERT INTO pages_kept (generation, url, body, status, look, title, day)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [
            *(generation, look.url, look.body, look.status),
            *(numbers.rows(database, "looks", LOOK, [kind])[kind], title, numbers.day(seen.published_on)),
        ],
    ).lastrowid
    links = [*(e.url for e in seen.entries), *(f.url for f in seen.attachments)]
    known = numbers.urls(database, links)
    entries = [
        (page, position, _entry(database, known[e.url], e.title, e.published_on, e.verdict))
        for position, e in enumerate(seen.entries)
    ]
    database.executemany("INSERT INTO page_entries (page, position, entry) VALUES (?, ?, ?)", entries)
    files = [(page, position, known[f.url], f.title) for position, f in enumerate(seen.attachments)]
    database.executemany("INSERT INTO page_files (page, position, url, title) VALUES (?, ?, ?, ?)", files)


def _entry(database: Database, url: int, title: str, published_on: str | None, verdict: str) -> int:
    day = numbers.day(published_on)
    row = database.execute(
        """SELECT entries.id FROM entries JOIN titles ON titles.id = entries.title
           WHERE url = ? AND text = ? AND day IS ? AND verdict = ?""",
        [url, title, day, verdict],
    ).fetchone()
    if row:
        return int(row[0])
    done = database.execute(
        "INSERT INTO entries (url, title, day, verdict) VALUES (?, ?, ?, ?)",
        [url, titles.of_url(database, url, title), day, verdict],
    )
    return done.lastrowid or 0
