"""Captures → pages: class, family, entries and attachments, read from address, status and body alone. A body that is
to be read is read at the same time: it is unpacked and parsed once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from archive import numbers
from archive.captures.payloads import body_at, place
from archive.database import Database
from archive.folder import Folder
from archive.readings import tables, titles
from archive.readings.pool import Died, one_by_one, run
from archive.readings.tables import Part
from archive.schema import LOOK
from parsers.portals import inspect
from parsers.portals.model import Inspection, Page

GIVEN_STATUS = 200
"""A file given by hand has no status: it stands for what a reader saw."""
AT_ONCE = 20_000
"""Addresses whose pages are looked up together: all of a million would take a gigabyte."""


class Look(NamedTuple):
    """A page to be inspected, and where its body stands; `unread` says that the body is to be read too."""

    url: int
    body: int
    written: str
    status: int
    content_type: str
    unread: bool
    path: Path
    offset: int


class Seen(NamedTuple):
    """What a page is, and the parts of its body where that was read."""

    page: Inspection
    parts: list[Part] | None = None


def fill(
    database: Database, folder: Folder, generation: int, *, jobs: int = 1, new: bool = False
) -> tuple[int, int]:
    """Inspect every page that this generation has not seen, and read the bodies of those that are to be read; numbers
    of pages and of documents. `new` says that only captures without a page can be such: those of an accepted
    generation."""
    inspected = documents = 0
    last = database.execute("SELECT coalesce(max(id), 0) FROM urls").fetchone()[0]
    for first in range(1, last + 1, AT_ONCE):
        looks = _looks(database, folder, generation, first, new=new)
        inspected += len(looks)
        for batch in run(partial(_see, folder.cache), looks, jobs):
            done = [(look, _dead(look) if isinstance(seen, Died) else seen) for look, seen in batch]
            with database:
                documents += _keep(database, generation, done)
    return inspected, documents


def attach(database: Database, generation: int, *, new: bool = False) -> None:
    """Point every capture to its page of the generation, or only those that have none."""
    database.execute(
        f"""UPDATE records SET page = (SELECT id FROM pages_kept AS pages WHERE pages.body = records.body
            AND pages.url = records.url AND pages.status = coalesce(records.status, {GIVEN_STATUS})
            AND generation = ?) WHERE body IS NOT NULL AND truncated IS NULL {"AND page IS NULL" if new else ""}""",
        [generation],
    )


def _looks(database: Database, folder: Folder, generation: int, first: int, *, new: bool) -> list[Look]:
    """The pages at so many addresses from one on that are to be inspected."""
    rows = database.execute(
        f"""SELECT records.url, records.body, urls.url, coalesce(status, {GIVEN_STATUS}), min(content_type),
            EXISTS (SELECT 1 FROM readings_kept AS readings WHERE readings.body = records.body AND generation = ?)
            FROM records INDEXED BY {"records_new" if new else "records_url"} JOIN urls ON urls.id = records.url
            WHERE records.url >= ? AND records.url < ? AND body IS NOT NULL AND truncated IS NULL
            {"AND page IS NULL" if new else ""} AND NOT EXISTS
            (SELECT 1 FROM pages_kept AS pages WHERE pages.body = records.body AND pages.url = records.url
             AND pages.status = coalesce(records.status, {GIVEN_STATUS}) AND generation = ?)
            GROUP BY 1, 2, 4""",
        [generation, first, first + AT_ONCE, generation],
    ).fetchall()
    looks, read = [], {body for _, body, *_, is_read in rows if is_read}
    for url, body, written, status, content_type, _ in rows:
        unread = body not in read
        read.add(body)
        looks.append(
            Look(url, body, written, status, content_type or "", unread, *place(database, folder, body))
        )
    return looks


def _see(cache: Path, look: Look) -> Seen:
    body = body_at(look.path, look.offset)
    page = _inspect(look, body)
    return Seen(
        page, tables.parts_of([body], cache) if look.unread and page.page_class in tables.READ else None
    )


def _inspect(look: Look, body: bytes) -> Inspection:
    try:
        return inspect(Page(look.written, body, look.status, look.content_type))
    except Exception as error:  # noqa: BLE001 - the page carries it, and is no clear sight
        return _unread(f"{type(error).__name__}: {error}")


def _dead(look: Look) -> Seen:
    """What is seen of a page that killed its process: what it is, if that was not it."""
    ((_, seen),) = one_by_one(_see_only, [look])
    if isinstance(seen, Died):
        return Seen(_unread("its reader died"))
    is_read = look.unread and seen.page_class in tables.READ
    return Seen(seen, tables.failed("its reader died") if is_read else None)


def _see_only(look: Look) -> Inspection:
    return _inspect(look, body_at(look.path, look.offset))


def _unread(why: str) -> Inspection:
    return Inspection("unknown", "", "other", f"it could not be inspected: {why}")


def _keep(database: Database, generation: int, done: Sequence[tuple[Look, Seen]]) -> int:
    """Write a batch, and return how many documents were read in it."""
    for look, seen in done:
        _store(database, generation, look, seen.page)
    read = {look.body: seen.parts for look, seen in done if seen.parts is not None}
    if read:
        tables.store(database, generation, read)
    return len(read)


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
