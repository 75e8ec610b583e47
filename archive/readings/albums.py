"""Pictures that one page shows, taken together: a report in as many pictures as it has pages is one document.

An album is a body of its own, whose digest is made from those of the pictures in their order on the page. Each capture
of the page has the album of the captures of its pictures that are nearest to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import TypeVar

from archive import numbers
from archive.database import Database
from archive.schema import OF_READINGS
from parsers.portals.urls import PICTURES, file_type

Capture = TypeVar("Capture")


def digest(bodies: Sequence[str]) -> str:
    """The digest of the album of some pictures, given by theirs."""
    return hashlib.sha256("\n".join(["album", *bodies]).encode()).hexdigest()


def is_picture(url: str) -> bool:
    """Whether a file, by its address, is a picture."""
    return file_type(url) in PICTURES


def nearest(captures: Sequence[tuple[str, Capture]], at: str) -> Capture | None:
    """Of captures in the order of time, the first since an instant, else the last before it."""
    after = (capture for time, capture in captures if time >= at)
    return next(after, captures[-1][1] if captures else None)


def gather(database: Database) -> None:
    """Note the albums of all pages of which captures are there, and forget those that are no longer nearest; nothing
    is to be done where no evidence came since the derived rows were made."""
    if not database.execute("SELECT EXISTS (SELECT 1 FROM touched)").fetchone()[0]:
        return
    wanted = dict(_albums(database))
    kept = {
        row[0]: row[1]
        for row in database.execute(
            "SELECT DISTINCT bodies.digest, album FROM albums JOIN bodies ON bodies.id = album"
        )
    }
    for stale in kept.keys() - wanted.keys():
        _forget(database, kept[stale])
    new = sorted(wanted.keys() - kept.keys())
    number = numbers.bodies(database, new)
    rows = [(number[name], n, body) for name in new for n, body in enumerate(wanted[name])]
    database.executemany("INSERT INTO albums (album, position, body) VALUES (?, ?, ?)", rows)


def unread(database: Database, generation: int) -> list[int]:
    """Albums that a generation has not read."""
    rows = database.execute(
        """SELECT DISTINCT album FROM albums WHERE NOT EXISTS
           (SELECT 1 FROM readings WHERE readings.body = album AND generation = ?) ORDER BY album""",
        [generation],
    )
    return [row[0] for row in rows]


def pictures(database: Database, album: int) -> list[int]:
    """The bodies of an album's pictures in their order, none for what is no album."""
    rows = database.execute("SELECT body FROM albums WHERE album = ? ORDER BY position", [album])
    return [row[0] for row in rows]


def holding(database: Database, bodies: Iterable[int]) -> set[int]:
    """The albums that hold some bodies."""
    rows = database.execute(
        "SELECT album FROM albums WHERE body IN (SELECT value FROM json_each(?))", [json.dumps(list(bodies))]
    )
    return {row[0] for row in rows}


def _albums(database: Database) -> Iterable[tuple[str, list[int]]]:
    shown: dict[int, list[int]] = {}
    for page, url, address in database.execute(_SHOWN):
        if is_picture(url):
            shown.setdefault(page, []).append(address)
    for page, addresses in shown.items():
        if len(addresses) < 2:
            continue
        captures: dict[int, list[tuple[str, tuple[int, str]]]] = {}
        for address, at, body, name in database.execute(_CAPTURES, [json.dumps(addresses)]):
            captures.setdefault(address, []).append((at, (body, name)))
        for (at,) in database.execute("SELECT at FROM records WHERE page = ?", [page]):
            found = [one for a in addresses if (one := nearest(captures.get(a, ()), at))]
            if len(found) > 1:
                yield digest([name for _, name in found]), [body for body, _ in found]


_SHOWN = f"""SELECT page, urls.url, urls.address FROM page_files JOIN urls ON urls.id = page_files.url
    WHERE {" OR ".join(f"urls.url LIKE '%.{ending}%'" for ending in sorted(PICTURES))} ORDER BY page, position"""
_CAPTURES = """SELECT urls.address, at, records.body, digest FROM json_each(?) AS wanted
    JOIN urls ON urls.address = wanted.value JOIN records ON records.url = urls.id
    JOIN pages ON pages.id = records.page AND page_class IN ('article', 'file')
    JOIN bodies ON bodies.id = records.body ORDER BY at, record"""


def _forget(database: Database, album: int) -> None:
    for statement in (
        *_OF_READINGS,
        "DELETE FROM readings_kept WHERE body = ?",
        "DELETE FROM albums WHERE album = ?",
    ):
        database.execute(statement, [album])
    database.execute("DELETE FROM bodies WHERE id = ?", [album])


_OF_READINGS = tuple(
    f"DELETE FROM {table} WHERE reading IN (SELECT id FROM readings_kept WHERE body = ?)"
    for table in OF_READINGS
)
