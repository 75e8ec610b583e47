"""Captures → pages: class, family, entries and attachments, read from address, status and body alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from archive import numbers
from archive.captures.payloads import body_at, place
from archive.database import Database
from archive.folder import Folder
from archive.readings.pool import Died, run
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
        f"""UPDATE records SET page = (SELECT id FROM pages WHERE pages.body = records.body
            AND pages.url = records.url AND pages.status = coalesce(records.status, {GIVEN_STATUS})
            AND generation = ?) WHERE body IS NOT NULL AND truncated IS NULL {"AND page IS NULL" if new else ""}""",
        [generation],
    )


def _looks(database: Database, folder: Folder, generation: int, which: str) -> list[Look]:
    rows = database.execute(
        f"""SELECT records.url, records.body, urls.url, coalesce(status, {GIVEN_STATUS}), min(content_type)
            FROM records JOIN urls ON urls.id = records.url
            WHERE body IS NOT NULL AND truncated IS NULL {which} AND NOT EXISTS
            (SELECT 1 FROM pages WHERE pages.body = records.body AND pages.url = records.url
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
    page = database.execute(
        """INSERT INTO pages (generation, url, body, status, family, fingerprint, page_class, evidence, title,
           published_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            *(generation, look.url, look.body, look.status, seen.family, seen.fingerprint),
            *(seen.page_class, seen.evidence, seen.title, seen.published_on),
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


def _entry(database: Database, *entry: Any) -> int:
    row = database.execute(
        "SELECT id FROM entries WHERE url = ? AND title = ? AND published_on IS ? AND verdict = ?", entry
    ).fetchone()
    if row:
        return int(row[0])
    done = database.execute(
        "INSERT INTO entries (url, title, published_on, verdict) VALUES (?, ?, ?, ?)", entry
    )
    return done.lastrowid or 0
